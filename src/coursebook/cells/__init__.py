"""The cells of the pages run, and their results are kept for as long as all that they depend on stays."""
