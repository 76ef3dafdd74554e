"""The claim as it was written, put to numbers; nothing here knows of the algebra.

Importing the words registers how each is evaluated.
"""

from . import averages, matrices, slopes, sums  # noqa: F401
