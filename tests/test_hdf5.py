"""Files of pictures: what is accepted, and how each fault is named."""

import re

import h5py
import numpy as np
import pytest

from neurone.hdf5 import load_hdf5

REMEDY = "`python data/make.py` draws the pictures anew, `make photos` fetches the photographs"


def write(path, **arrays):
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            file[name] = array
    return path


def pictures(m=4, dtype=np.uint8):
    return (np.arange(m * 64 * 64) % 251).reshape(m, 64, 64).astype(dtype)


def labels(*values, dtype=np.float64):
    return np.array(values or (0, 1, 0, 1), dtype=dtype)[:, None]


def refusal(path):
    """The message with which load_hdf5 refuses the file: one line, the file first, the remedy last."""
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z") as caught:
        load_hdf5(path)
    message = str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__  # one error, not a chain
    assert message.startswith(f"{path}: ")
    assert REMEDY in message
    return message


def test_a_sound_file_gives_what_was_written(tmp_path):
    X, Y = load_hdf5(write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels()))
    np.testing.assert_array_equal(X, pictures())
    np.testing.assert_array_equal(Y, labels())
    assert (X.dtype, Y.dtype) == (np.uint8, np.float64)


def test_a_file_of_the_test_set_needs_no_hint(tmp_path):
    X, _ = load_hdf5(write(tmp_path / "file.hdf5", X_test=pictures(), Y_test=labels()))
    np.testing.assert_array_equal(X, pictures())


def test_a_missing_file_is_named_with_the_remedy(tmp_path):
    with pytest.raises(FileNotFoundError, match=re.escape(f"{tmp_path}/no.hdf5: no such file; {REMEDY}")):
        load_hdf5(tmp_path / "no.hdf5")


@pytest.mark.parametrize("keep", [0, 1, 100, 3000, -1])
def test_a_file_cut_short_is_refused(tmp_path, keep):
    path = write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels())
    path.write_bytes(path.read_bytes()[:keep])
    refusal(path)


def test_a_directory_is_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        load_hdf5(tmp_path)


def test_a_damaged_file_is_refused(tmp_path):
    path = write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels())
    content = bytearray(path.read_bytes())
    content[100:2000] = bytes(1900)
    path.write_bytes(content)
    refusal(path)


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = tmp_path / "file.hdf5"
    path.write_text("a cat and a dog\n" * 500)
    assert "file signature not found" in refusal(path)


WRONG_KEYS = {
    "holds nothing": {},
    "holds images, y": {"images": pictures(), "y": labels()},
    "holds X_train": {"X_train": pictures()},
    "holds X_train, Y_train, Z_train": {"X_train": pictures(), "Y_train": labels(), "Z_train": labels()},
    "holds X_train, Y_test": {"X_train": pictures(), "Y_test": labels()},
    "holds X_train, Y_train": {"X_train/inside": pictures(), "Y_train": labels()},
}


@pytest.mark.parametrize(("fault", "arrays"), WRONG_KEYS.items(), ids=WRONG_KEYS)
def test_a_file_with_other_keys_is_refused(tmp_path, fault, arrays):
    message = refusal(write(tmp_path / "file.hdf5", **arrays))
    assert f": {fault}, not the data sets X_train and Y_train; " in message


FAULTS = {
    "X_train has shape (4, 4096), not (m, 64, 64)": {"X_train": pictures().reshape(4, -1)},
    "X_train has shape (4, 32, 32), not (m, 64, 64)": {"X_train": pictures()[:, :32, :32]},
    "X_train has shape (), not (m, 64, 64)": {"X_train": np.uint8(7)},
    "X_train has type float64, not uint8": {"X_train": pictures(dtype=np.float64)},
    "X_train holds NaN": {"X_train": np.where(pictures() == 5, np.nan, pictures())},
    "X_train is empty": {"X_train": pictures(0), "Y_train": np.empty((0, 1))},
    "Y_train is empty": {"Y_train": h5py.Empty("f8")},
    "Y_train has shape (4,), not (m, 1)": {"Y_train": labels()[:, 0]},
    "Y_train has type int64, not float64": {"Y_train": labels(dtype=np.int64)},
    "Y_train has type |S3, not float64": {"Y_train": np.array([[b"cat"], [b"dog"]])},
    "Y_train holds NaN": {"Y_train": labels(0, 1, np.nan, 1)},
    "Y_train holds 2 labels for 4 pictures": {"Y_train": labels(0, 1)},
    "Y_train holds the label 2, not only 0 (cat) and 1 (dog)": {"Y_train": labels(0, 1, 2, 1)},
    "Y_train holds the label -1, not only 0 (cat) and 1 (dog)": {"Y_train": labels(-1, 1, -1, 1)},
    "Y_train holds the label inf, not only 0 (cat) and 1 (dog)": {"Y_train": labels(0, 1, np.inf, 1)},
    "Y_train holds the label 1 alone, not both 0 (cat) and 1 (dog)": {"Y_train": labels(1, 1, 1, 1)},
}


@pytest.mark.parametrize(("fault", "arrays"), FAULTS.items(), ids=FAULTS)
def test_a_fault_in_the_pictures_or_labels_is_named(tmp_path, fault, arrays):
    sound = {"X_train": pictures(), "Y_train": labels()}
    assert f": {fault}; " in refusal(write(tmp_path / "file.hdf5", **sound | arrays))
