"""Files of pictures: what is accepted, and how each fault is named."""

import os
import re

import h5py
import numpy as np
import pytest

from neurone import hdf5
from neurone.hdf5 import load_hdf5

REMEDY = "`python data/make.py` draws the pictures anew, `make photos` fetches the photographs"


def write(path, **arrays):
    """The file, with a group for {}."""
    with h5py.File(path, "w") as file:
        for name, array in arrays.items():
            if isinstance(array, dict):
                file.create_group(name)
            else:
                file[name] = array
    return path


@pytest.fixture(params=["in another process", "in this one"])
def read(request, monkeypatch):
    """Files are read in either."""
    if request.param == "in this one":
        monkeypatch.setattr(hdf5, "read_apart", lambda reader, path, *words: reader(path, *words))


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


def test_a_sound_file_gives_what_was_written(tmp_path, read):
    X, Y = load_hdf5(write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels()))
    np.testing.assert_array_equal(X, pictures())
    np.testing.assert_array_equal(Y, labels())
    assert (X.dtype, Y.dtype) == (np.uint8, np.float64)


def test_a_file_of_the_test_set_needs_no_hint(tmp_path, read):
    X, _ = load_hdf5(write(tmp_path / "file.hdf5", X_test=pictures(), Y_test=labels()))
    np.testing.assert_array_equal(X, pictures())


@pytest.mark.parametrize("shape", [(4, 8, 8), (4, 5, 7), (4, 8, 8, 3), (4, 1, 1)], ids=str)
def test_pictures_may_have_any_size_and_three_colours(tmp_path, read, shape):
    X = pictures().ravel()[: np.prod(shape)].reshape(shape)
    np.testing.assert_array_equal(load_hdf5(write(tmp_path / "file.hdf5", X_train=X, Y_train=labels()))[0], X)


def test_a_file_may_hold_both_sets_if_the_part_is_said(tmp_path, read):
    both = {"X_train": pictures(), "Y_train": labels(), "X_test": pictures(2), "Y_test": labels(1, 0)}
    path = write(tmp_path / "file.hdf5", **both)
    for part, m in (("train", 4), ("test", 2)):
        X, Y = load_hdf5(path, part)
        assert (len(X), len(Y)) == (m, m)
    assert ": holds two sets: choose part='train' or 'test'; " in refusal(path)


def test_labels_of_the_other_byte_order_are_the_same_numbers(tmp_path, read):
    path = write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels(dtype=">f8"))
    _, Y = load_hdf5(path)
    np.testing.assert_array_equal(Y, labels())
    assert Y.dtype == np.float64 and Y.dtype.isnative


def test_compressed_pictures_are_read(tmp_path, read):
    path = tmp_path / "file.hdf5"
    with h5py.File(path, "w") as file:
        file.create_dataset("X_train", data=pictures(), compression="gzip", shuffle=True, fletcher32=True)
        file.create_dataset("Y_train", data=labels(), chunks=(3, 1), maxshape=(None, 1))
    np.testing.assert_array_equal(load_hdf5(path)[0], pictures())


def test_a_missing_file_is_named_with_the_remedy(tmp_path):
    with pytest.raises(FileNotFoundError, match=re.escape(f"{tmp_path}/no.hdf5: no such file; {REMEDY}")):
        load_hdf5(tmp_path / "no.hdf5")


@pytest.mark.parametrize("keep", [0, 1, 100, 3000, -1])
def test_a_file_cut_short_is_refused(tmp_path, keep):
    path = write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels())
    path.write_bytes(path.read_bytes()[:keep])
    refusal(path)


def test_a_folder_or_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(FileNotFoundError, match=re.escape(f"{path}: is no file; {REMEDY}")):
            load_hdf5(path)


@pytest.mark.parametrize("name", ["a" * 256, "null\0byte", "line\nbreak", "\udcff", "~nobody/file"])
def test_a_name_that_no_file_can_have_or_none_has_is_a_missing_file(name):
    with pytest.raises(FileNotFoundError, match=r"\A[ -~]+: no such file; [^\n]+\Z"):
        load_hdf5(name)


def test_the_home_folder_may_be_written_as_a_wave(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path / "file.hdf5", X_train=pictures(), Y_train=labels())
    np.testing.assert_array_equal(load_hdf5("~/file.hdf5")[0], pictures())


def test_a_name_of_255_bytes_is_read(tmp_path):
    load_hdf5(write(tmp_path / ("f" * 255), X_train=pictures(), Y_train=labels()))


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
    r"holds cat\ndog": {"cat\ndog": labels()},
    "holds X_train, Y_train, Z_train": {"X_train": pictures(), "Y_train": labels(), "Z_train": labels()},
    "holds X_train, Y_test": {"X_train": pictures(), "Y_test": labels()},
}


@pytest.mark.parametrize(("fault", "arrays"), WRONG_KEYS.items())
def test_a_file_with_other_keys_is_refused(tmp_path, read, fault, arrays):
    message = refusal(write(tmp_path / "file.hdf5", **arrays))
    assert f": {fault}, not the data sets X_train and Y_train; " in message


def test_of_thousands_of_keys_the_first_and_the_last_are_named(tmp_path):
    message = refusal(write(tmp_path / "file.hdf5", **{f"{number:04}": labels() for number in range(2000)}))
    assert re.search(r"holds 0000, 0001, .* \.\.\. .*, 1999, not the data sets X_train and Y_train; ", message)
    assert len(message) < len(str(tmp_path)) + 1000


NOT_THE_SHAPE = "not (m, h, w) or (m, h, w, 3)"
FAULTS = {
    f"X_train has shape (4, 4096), {NOT_THE_SHAPE}": {"X_train": pictures().reshape(4, -1)},
    f"X_train has shape (4, 64, 32, 2), {NOT_THE_SHAPE}": {"X_train": pictures().reshape(4, 64, 32, 2)},
    f"X_train has shape (), {NOT_THE_SHAPE}": {"X_train": np.uint8(7)},
    "X_train has type float64, not uint8": {"X_train": pictures(dtype=np.float64)},
    "X_train is a group, not a data set": {"X_train": {}},
    "X_train is a link: store the data set itself": {"X_train": h5py.SoftLink("/Y_train")},
    "Y_train is a link: store the data set itself": {"Y_train": h5py.ExternalLink("/etc/passwd", "Y_train")},
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
def test_a_fault_in_the_pictures_or_labels_is_named(tmp_path, read, fault, arrays):
    sound = {"X_train": pictures(), "Y_train": labels()}
    assert f": {fault}; " in refusal(write(tmp_path / "file.hdf5", **sound | arrays))


def virtual(source):
    def make(file):
        layout = h5py.VirtualLayout((4, 64, 64), np.uint8)
        layout[:] = h5py.VirtualSource(source, "X_train", (4, 64, 64))
        file.create_virtual_dataset("X_train", layout)

    return make


def external(file):
    file.create_dataset("X_train", (4, 64, 64), np.uint8, external=[("/dev/zero", 0, 4 * 64 * 64)])


def unlimited(file):
    layout = h5py.VirtualLayout((4, 64, 64), np.uint8, maxshape=(None, 64, 64))
    source = h5py.VirtualSource("{file}", "X_train", (4, 64, 64), maxshape=(None, 64, 64))
    layout[: h5py.h5s.UNLIMITED] = source[: h5py.h5s.UNLIMITED]
    file.create_virtual_dataset("X_train", layout)


ELSEWHERE = {
    "the file itself": virtual("."),
    "a file that is missing": virtual("missing.hdf5"),
    "any number of files": unlimited,
    "raw bytes of the machine": external,
}


@pytest.mark.parametrize("make", ELSEWHERE.values(), ids=ELSEWHERE)
def test_pictures_that_lie_in_another_place_are_refused(tmp_path, read, make):
    path = write(tmp_path / "file.hdf5", Y_train=labels())
    with h5py.File(path, "a") as file:
        make(file)
    assert ": X_train is made of other data sets or files: store a copy; " in refusal(path)


def test_a_small_file_that_claims_gigabytes_is_refused_before_it_is_read(tmp_path, read):
    path = write(tmp_path / "file.hdf5", Y_train=np.zeros((93000, 1)))
    with h5py.File(path, "a") as file:
        file.create_dataset("X_train", (93000, 64, 64), np.uint8, compression="gzip")
    assert ": X_train claims 380928000 bytes, and 0 are stored: store it whole; " in refusal(path)


UNWRITTEN = {
    "compressed, half of it written": {"chunks": (2, 64, 64), "compression": "gzip"},
    "in pieces, half of it written": {"chunks": (2, 64, 64)},
    "in one piece, none of it written": {},
}


@pytest.mark.parametrize("stored", UNWRITTEN.values(), ids=UNWRITTEN)
def test_pictures_of_which_a_piece_is_missing_are_refused(tmp_path, read, stored):
    path = write(tmp_path / "file.hdf5", Y_train=labels())
    with h5py.File(path, "a") as file:
        made = file.create_dataset("X_train", (4, 64, 64), np.uint8, **stored)
        if stored:
            made[2:] = 7
    assert ": X_train claims 16384 bytes, and " in refusal(path)
