"""What must not be built: faults of a page, of the book, and of what the library says of the book."""
