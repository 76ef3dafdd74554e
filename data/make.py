"""Draw the cats (label 0) and dogs (label 1) of trainset.hdf5 and testset.hdf5: `python data/make.py`.

Picture i depends on the seed, i and its label alone: the same seed gives the same pixels, another seed gives
another sample, and any picture can be drawn again without the others.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import h5py
import numpy as np
from animals import Cat, Dog
from tqdm import tqdm

SEED = 2024
SPECIES = Cat, Dog
SETS = {"train": range(1000), "test": range(1000, 1200)}


def labels(seed: int, numbers: range) -> np.ndarray:
    """Labels of the pictures of these numbers, in random order, as many cats as dogs.

    Shapes:  (m,)
    """
    return np.random.default_rng([seed, numbers.start, len(numbers)]).permutation(len(numbers)) % 2


def picture(seed: int, number: int, label: int) -> np.ndarray:
    """The picture of this number.

    Shapes:  (64, 64) uint8
    """
    return SPECIES[label](np.random.default_rng([seed, number])).draw()


def write_set(path: Path, name: str, seed: int, numbers: range) -> None:
    """Draw the pictures of these numbers into the datasets X_<name> and Y_<name> of a new file."""
    with h5py.File(path, "w") as file:
        Y = labels(seed, numbers)
        drawings = zip(tqdm(numbers, f"{name} set"), Y, strict=True)
        file.create_dataset(f"X_{name}", data=[picture(seed, number, label) for number, label in drawings])
        file.create_dataset(f"Y_{name}", data=Y[:, None].astype(float))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file to write, which takes the place of path when all went well and vanishes otherwise."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def make(folder: Path, seed: int, sets: dict[str, range] = SETS) -> None:
    """Write both sets to the folder, or neither."""
    folder.mkdir(parents=True, exist_ok=True)
    with replacing(folder / "trainset.hdf5") as train, replacing(folder / "testset.hdf5") as test:
        write_set(train, "train", seed, sets["train"])
        write_set(test, "test", seed, sets["test"])


def natural(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 0 upwards")
    return int(text)


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw cats and dogs to trainset.hdf5 and testset.hdf5.")
    parser.add_argument(
        "--seed", type=natural, default=SEED, help="another seed, another sample (default: %(default)s)"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write to (default: data)")
    options = parser.parse_args()
    try:
        make(options.out, options.seed)
    except OSError as error:
        sys.exit(f"{options.out}: cannot be written ({error}); choose another folder with --out")


if __name__ == "__main__":
    main()
