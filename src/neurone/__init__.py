"""A neural network in NumPy, readable in an afternoon: the code that the course teaches and proves."""
