"""What the kernel of a chapter imports: the style of its figures, and the numbers for its prose; nothing of Sphinx."""
