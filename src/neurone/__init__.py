"""A neural network in NumPy: what the course teaches and proves."""
