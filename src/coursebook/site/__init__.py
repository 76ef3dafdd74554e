"""What is made of the pages together: addresses, notebooks, previews, the PDF, the preview while writing."""
