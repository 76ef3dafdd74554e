"""Small sets that chapters learn from: drawn anew, or measured once.

They come with scikit-learn.
"""

import numpy as np

from neurone.arrays import Array


def blobs(m: int, *, seed: int) -> tuple[Array, Array]:
    """Two clouds of m points in all, the labels 0 and 1 balanced.

    Shapes:  X (m, 2), Y (m, 1)
    Raises:  ValueError if m < 2
    Source:  scikit-learn, make_blobs
    """
    # inside, here and below: scikit-learn takes seconds to import
    from sklearn.datasets import make_blobs

    m = _at_least_two(m)
    return _column(*make_blobs(m, centers=2, random_state=seed))


def circles(m: int, *, seed: int) -> tuple[Array, Array]:
    """Two rings of m points in all, which no line parts.

    The ring of label 1 lies inside that of label 0.

    Shapes:  X (m, 2), Y (m, 1)
    Raises:  ValueError if m < 2
    Source:  scikit-learn, make_circles
    """
    from sklearn.datasets import make_circles

    m = _at_least_two(m)
    rings = make_circles(m, noise=0.1, factor=0.3, random_state=seed)
    return _column(*rings)


def breast_cancer() -> tuple[Array, Array]:
    """Measurements of 569 tumours, malignant (label 0) or benign (label 1).

    Shapes:  X (569, 30), Y (569, 1)
    Source:  scikit-learn, load_breast_cancer
    """
    from sklearn.datasets import load_breast_cancer

    return _column(*load_breast_cancer(return_X_y=True))


def digits() -> tuple[Array, Array]:
    """Handwritten digits of 8 x 8 pixels, each from 0 to 16.

    A row of Y has its one at the digit.

    Shapes:  X (1797, 64), Y (1797, 10)
    Source:  scikit-learn, load_digits
    """
    from sklearn.datasets import load_digits

    X, y = load_digits(return_X_y=True)
    return X, np.eye(10)[y]


def _column(X: Array, y: Array) -> tuple[Array, Array]:
    return X, y[:, None].astype(np.float64)


def _at_least_two(m: int) -> int:
    if m < 2:
        raise ValueError(
            f"m is {m}, but two classes need at least 2 points"
        )
    return m
