"""The data that the chapters learn from.

That is pictures of cats and dogs in HDF5 files, and small sets of
scikit-learn. The pictures are drawings that come with the course. Where
`python -m neurone.datasets` has fetched the photographs of the course that
this one follows, they take the place of the drawings, and a folder named
by the environment variable NEURONE_DATA takes the place of both.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from neurone.hdf5 import load_hdf5

Array = np.ndarray

CHECKOUT = Path(__file__).parents[2] / "data"
INSTALLED = Path(sys.prefix, "share", "deep-learning-proved")
DRAWN = CHECKOUT if CHECKOUT.is_dir() else INSTALLED
DRAWINGS = {
    "trainset.hdf5": "0d9442e9518a68d7bd523d9b80cb033b"
    "1650d50f94c7d52a7533dca6a108b3a5",
    "testset.hdf5": "0258cf37083df41a6b2ff2b2eb16b0a7"
    "d50a0799d0fcc22b80ac24b2e923a965",
}
PHOTOGRAPHS = {
    "trainset.hdf5": "0af70335b103c2d23919fa312d7ac109"
    "9d206e671dcd50e3f02273f06b7e65bb",
    "testset.hdf5": "9164849a343ac9f8f1db646f81a44ba7"
    "8854f9655bb711fed9b368c2ae4696fe",
}
PHOTOGRAPHS_URL = (
    "https://github.com/MachineLearnia/Deep-Learning-Youtube/raw/"
    "6fec1555d012dc9f9dd38a26c97ced2cf29b7bbf/datasets/"
)


@dataclass(frozen=True, eq=False)
class CatsAndDogs:
    """Pictures of cats (label 0) and dogs (label 1).

    Some are there to train on, others to test on. The source is
    "drawings", "photographs" or "the files in <folder>": by content,
    whatever the folder is called.

    Shapes:  X_train (m, 64, 64), X_test (k, 64, 64), as stored of uint8;
             Y_train (m, 1), Y_test (k, 1)
    """

    X_train: Array
    Y_train: Array
    X_test: Array
    Y_test: Array
    source: str

    @property
    def name(self) -> str:
        """The source in words, for prose."""
        names = {
            "drawings": "the drawings of this course",
            "photographs": "the photographs of the original course",
        }
        return names.get(self.source, self.source)

    def flattened(self) -> "CatsAndDogs":
        """Each picture as one row of float64.

        Shapes:  X_train (m, 4096), X_test (k, 4096)
        """
        return self._mapped(
            lambda X: X.reshape(len(X), -1).astype(np.float64)
        )

    def scaled(self) -> "CatsAndDogs":
        """Both sets divided by the largest value of the training set."""
        return self._mapped(lambda X: X / self.X_train.max())

    def centred(self) -> "CatsAndDogs":
        """Both sets less the mean of each pixel over the training set."""
        return self._mapped(lambda X: X - self.X_train.mean(axis=0))

    def _mapped(self, transform: Callable[[Array], Array]) -> "CatsAndDogs":
        return replace(
            self,
            X_train=transform(self.X_train),
            X_test=transform(self.X_test),
        )


def load_cats_and_dogs(folder: str | Path | None = None) -> CatsAndDogs:
    """The pictures in trainset.hdf5 and testset.hdf5 of the folder.

    It is data_folder() if none is given.

    Shapes:  of the course's files, X_train (1000, 64, 64),
             Y_train (1000, 1), X_test (200, 64, 64), Y_test (200, 1)
    Raises:  FileNotFoundError and ValueError as load_hdf5 does
    """
    folder = Path(folder or data_folder())
    train = load_hdf5(folder / "trainset.hdf5", "train")
    test = load_hdf5(folder / "testset.hdf5", "test")
    return CatsAndDogs(*train, *test, source=_source(folder))


def data_folder() -> Path:
    """The folder of the pictures.

    It is NEURONE_DATA if set, else that of the photographs if they are
    fetched, else data.
    """
    if chosen := os.environ.get("NEURONE_DATA"):
        return Path(chosen).expanduser().resolve()
    fetched = photographs_folder()
    complete = all((fetched / file).exists() for file in PHOTOGRAPHS)
    return fetched if complete else DRAWN


def _source(folder: Path) -> str:
    found = {
        file: hashlib.sha256((folder / file).read_bytes()).hexdigest()
        for file in DRAWINGS
    }
    known = {"drawings": DRAWINGS, "photographs": PHOTOGRAPHS}
    return next(
        (source for source, files in known.items() if files == found),
        f"the files in {folder}",
    )


def photographs_folder() -> Path:
    """The folder that `make photos` fetches to, in the user's cache."""
    return user_cache_path("deep-learning-proved")


def fetch_photographs() -> Path:
    """Download the photographs to photographs_folder().

    A file arrives whole and with the right checksum, or not at all.

    Raises:  ConnectionError if a download fails;
             ValueError if a checksum differs;
             OSError if the folder cannot be written
    """
    # inside: a chapter that only reads files need not load a downloader
    import pooch
    from requests import RequestException

    folder = photographs_folder()
    store = pooch.create(
        path=folder, base_url=PHOTOGRAPHS_URL, registry=PHOTOGRAPHS
    )
    try:
        for file in PHOTOGRAPHS:
            store.fetch(file, progressbar=True)
    except RequestException as error:
        raise ConnectionError(
            f"{store.get_url(file)}: download failed ({error}); "
            "`make photos` tries again"
        ) from None
    except ValueError as error:
        raise ValueError(
            f"{store.get_url(file)}: {error} `make photos` tries again"
        ) from None
    except OSError as error:
        raise OSError(
            f"{folder}: cannot be written ({error}); "
            "make it writable and run `make photos` again"
        ) from None
    return folder


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


def _main() -> None:
    """Fetch the photographs: where they are, or what stands in the way."""
    try:
        print(
            f"The photographs are in {fetch_photographs()}; "
            "the book is built on them from now on."
        )
    except (OSError, ValueError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(
            "interrupted: only whole files are kept, "
            "and `make photos` fetches the rest"
        )


if __name__ == "__main__":
    _main()
