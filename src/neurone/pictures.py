"""Pictures of cats and dogs, in HDF5 files.

They are drawings that come with the course. Where the photographs have
been fetched, they take the place of the drawings, and a folder named by
the environment variable NEURONE_DATA takes the place of both.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from neurone.arrays import Array, equal
from neurone.files import one_line
from neurone.hdf5 import load_hdf5
from neurone.photographs import PHOTOGRAPHS, photographs_folder

CHECKOUT = Path(__file__).parents[2] / "data"
INSTALLED = Path(sys.prefix, "share", "deep-learning-proved")
DRAWN = CHECKOUT if CHECKOUT.is_dir() else INSTALLED
DRAWINGS = {
    "trainset.hdf5": "0d9442e9518a68d7bd523d9b80cb033b"
    "1650d50f94c7d52a7533dca6a108b3a5",
    "testset.hdf5": "0258cf37083df41a6b2ff2b2eb16b0a7"
    "d50a0799d0fcc22b80ac24b2e923a965",
}


@dataclass(frozen=True)
class CatsAndDogs:
    """Pictures of cats (label 0) and dogs (label 1).

    Some are there to train on, others to test on. The source is
    "drawings", "photographs" or "the files in <folder>": by content,
    whatever the folder is called; of one file, "the file <path>".

    Shapes:  X_train (m, h, w), X_test (k, h, w), as stored of uint8,
             or (m, h, w, 3), (k, h, w, 3) in colour;
             Y_train (m, 1), Y_test (k, 1)
    Raises:  ValueError if the pictures of the sets differ in shape
    """

    X_train: Array
    Y_train: Array
    X_test: Array
    Y_test: Array
    source: str

    def __post_init__(self) -> None:
        train, test = self.X_train.shape[1:], self.X_test.shape[1:]
        if train != test:
            raise ValueError(
                f"{one_line(self.source)}: a picture to train on has shape "
                f"{train}, one to test on {test}; give both one shape"
            )

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

        Shapes:  X_train (m, n), X_test (k, n) with n = h w, or 3 h w
        """
        return self._mapped(
            lambda X: X.reshape(len(X), -1).astype(np.float64)
        )

    def scaled(self) -> "CatsAndDogs":
        """Both sets divided by the largest value of the training set.

        Raises:  ValueError if that is 0 or negative
        """
        largest = self.X_train.max()
        if not largest > 0:
            raise ValueError(
                "X_train is black throughout: give pictures to learn from"
            )
        return self._mapped(lambda X: X / largest)

    def centred(self) -> "CatsAndDogs":
        """Both sets less the mean of each pixel over the training set."""
        return self._mapped(lambda X: X - self.X_train.mean(axis=0))

    def _mapped(self, transform: Callable[[Array], Array]) -> "CatsAndDogs":
        return replace(
            self,
            X_train=transform(self.X_train),
            X_test=transform(self.X_test),
        )

    def __eq__(self, other: object) -> bool:
        return equal(self, other)


def load_cats_and_dogs(folder: str | Path | None = None) -> CatsAndDogs:
    """The pictures in trainset.hdf5 and testset.hdf5 of the folder.

    It is data_folder() if none is given. A file in its place holds both.

    Shapes:  of the course's files, X_train (1000, 64, 64),
             Y_train (1000, 1), X_test (200, 64, 64), Y_test (200, 1)
    Raises:  FileNotFoundError and ValueError as load_hdf5 does
    """
    folder = Path(os.path.expanduser(folder or data_folder()))
    both = folder.is_file()
    train, test = (folder if both else folder / file for file in DRAWINGS)
    return CatsAndDogs(
        *load_hdf5(train, "train"),
        *load_hdf5(test, "test"),
        source=f"the file {folder}" if both else _source(folder),
    )


def data_folder() -> Path:
    """The folder of the pictures.

    It is NEURONE_DATA if set, else that of the photographs if they are
    fetched, else data.
    """
    if chosen := os.environ.get("NEURONE_DATA"):
        return Path(os.path.realpath(os.path.expanduser(chosen)))
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
