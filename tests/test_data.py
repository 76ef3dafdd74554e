"""The drawings in data/: what they hold, and that they can be drawn again pixel by pixel."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

from neurone.pictures import DRAWINGS, load_cats_and_dogs

DATA = Path(__file__).parents[1] / "data"
PARTS = ("train", 1000), ("test", 200)
SMALL = {"train": range(6), "test": range(6, 10)}


@pytest.fixture(scope="module")
def make():
    """The module data/make.py, which imports its neighbours as a script does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(DATA)
        yield importlib.import_module("make")


@pytest.fixture(scope="module")
def drawings():
    return load_cats_and_dogs(DATA)


@pytest.mark.parametrize(("part", "m"), PARTS)
def test_a_file_has_the_keys_shapes_and_types_of_the_original_course(part, m):
    with h5py.File(DATA / f"{part}set.hdf5") as file:
        assert {name: (array.shape, array.dtype.str) for name, array in file.items()} == {
            f"X_{part}": ((m, 64, 64), "|u1"),
            f"Y_{part}": ((m, 1), "<f8"),
        }


def test_the_committed_files_are_known_as_the_drawings(drawings):
    assert drawings.source == "drawings"


def test_there_are_as_many_cats_as_dogs_in_no_regular_order(drawings):
    for Y in (drawings.Y_train, drawings.Y_test):
        assert Y.mean() == 0.5
        changes = np.mean(Y[1:] != Y[:-1])
        assert abs(changes - 0.5) < 3 / np.sqrt(len(Y))


def test_no_picture_occurs_twice(drawings):
    pictures = {X.tobytes() for X in (*drawings.X_train, *drawings.X_test)}
    assert len(pictures) == 1200


def test_pictures_drawn_again_have_the_stored_pixels(make, drawings):
    for X, Y, numbers in (
        (drawings.X_train, drawings.Y_train, make.SETS["train"]),
        (drawings.X_test, drawings.Y_test, make.SETS["test"]),
    ):
        np.testing.assert_array_equal(make.labels(make.SEED, numbers), Y[:, 0])
        for i in range(0, len(X), len(X) // 20):
            np.testing.assert_array_equal(make.picture(make.SEED, numbers[i], int(Y[i, 0])), X[i])


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_pictures(make, tmp_path):
    for folder, seed in (("once", 7), ("again", 7), ("other", 8)):
        make.make(tmp_path / folder, seed, SMALL)
    for file in DRAWINGS:
        once, again, other = ((tmp_path / folder / file).read_bytes() for folder in ("once", "again", "other"))
        assert once == again
        assert once != other


def test_a_drawing_session_that_fails_leaves_the_old_files_alone(make, tmp_path, monkeypatch):
    make.make(tmp_path, 7, SMALL)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def out_of_ink(seed, number, label):
        assert number < 6, "out of ink"
        return np.zeros((64, 64), np.uint8)

    monkeypatch.setattr(make, "picture", out_of_ink)
    with pytest.raises(AssertionError, match="out of ink"):
        make.make(tmp_path, 8, SMALL)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert before.keys() == DRAWINGS.keys()


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_drawn(tmp_path):
    folder = tmp_path / "a file" / "inside"
    folder.parent.write_text("in the way")
    run = subprocess.run(
        [sys.executable, DATA / "make.py", "--out", folder], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert re.fullmatch(rf"{re.escape(str(folder))}: cannot be written \(.*\); choose another .*--out\n", run.stderr)


def test_a_seed_below_zero_is_refused_by_name(make, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["make.py", "--seed", "-1"])
    with pytest.raises(SystemExit):
        make.main()
    assert "argument --seed: -1 is not a whole number from 0 upwards" in capsys.readouterr().err


def test_a_line_tells_most_cats_from_dogs_and_leaves_room_for_deeper_networks(drawings):
    flat = drawings.flattened().scaled().centred()
    kernel = flat.X_train @ flat.X_train.T + 1000 * np.eye(1000)
    weights = flat.X_train.T @ np.linalg.solve(kernel, 2 * flat.Y_train - 1)
    accuracy = np.mean((flat.X_test @ weights > 0) == flat.Y_test)
    assert 0.65 < accuracy < 0.85  # chance is 0.5, with a standard error of 0.035
