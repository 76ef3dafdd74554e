"""Where the pictures come from, and what is made of them."""

import os
import re
from dataclasses import replace

import h5py
import numpy as np
import pytest

from neurone import photographs, pictures
from neurone.pictures import load_cats_and_dogs


def write_set(path, part, labels, shape=(64, 64)):
    """The set, in a new file or beside what the file holds."""
    with h5py.File(path, "a") as file:
        X = np.arange(len(labels) * np.prod(shape)) % 251
        file[f"X_{part}"] = X.reshape(-1, *shape).astype(np.uint8)
        file[f"Y_{part}"] = np.array(labels, dtype=np.float64)[:, None]


def write_folder(folder, train=(64, 64), test=(64, 64)):
    folder.mkdir()
    write_set(folder / "trainset.hdf5", "train", [0, 1, 0, 1], train)
    write_set(folder / "testset.hdf5", "test", [1, 0], test)
    return folder


def test_a_test_set_in_the_place_of_the_training_set_is_refused(tmp_path):
    folder = write_folder(tmp_path / "data")
    (folder / "testset.hdf5").replace(folder / "trainset.hdf5")
    with pytest.raises(ValueError, match=r"trainset.hdf5: holds X_test, Y_test, not the data sets X_train and Y_train"):
        load_cats_and_dogs(folder)


def test_other_files_are_called_by_their_folder(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    assert data.source == data.name == f"the files in {tmp_path / 'data'}"
    assert (data.X_train.shape, data.Y_test.shape) == ((4, 64, 64), (2, 1))


def test_pictures_that_hold_the_same_are_equal(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    assert data == load_cats_and_dogs(tmp_path / "data")
    assert data != data.flattened() and data != replace(data, source="drawings")


def test_the_source_is_told_by_content_not_by_place(tmp_path):
    (tmp_path / "photographs").mkdir()
    for file in pictures.DRAWINGS:
        (tmp_path / "photographs" / file).write_bytes((pictures.DRAWN / file).read_bytes())
    assert load_cats_and_dogs(tmp_path / "photographs").source == "drawings"


def test_the_photographs_are_recognised():
    if not os.environ.get("NEURONE_DATA") or load_cats_and_dogs().X_train.sum() != 481_864_830:
        pytest.skip("NEURONE_DATA names no folder with the photographs")
    data = load_cats_and_dogs()
    assert data.source == "photographs"
    assert (data.X_train.shape, data.X_test.shape) == ((1000, 64, 64), (200, 64, 64))
    assert data.X_train.max() == 254


def test_the_drawings_are_the_default(tmp_path, monkeypatch):
    monkeypatch.delenv("NEURONE_DATA", raising=False)
    monkeypatch.setattr(photographs, "user_cache_path", lambda project: tmp_path / project)
    assert load_cats_and_dogs().source == "drawings"


def test_fetched_photographs_take_the_place_of_the_drawings_only_when_both_files_are_there(tmp_path, monkeypatch):
    monkeypatch.delenv("NEURONE_DATA", raising=False)
    monkeypatch.setattr(photographs, "user_cache_path", lambda project: tmp_path / project)
    fetched = write_folder(tmp_path / "deep-learning-proved")
    assert pictures.data_folder() == fetched
    (fetched / "testset.hdf5").unlink()
    assert pictures.data_folder() == pictures.DRAWN


def test_the_environment_has_the_last_word(tmp_path, monkeypatch):
    monkeypatch.setattr(photographs, "user_cache_path", lambda project: tmp_path / project)
    write_folder(tmp_path / "deep-learning-proved")
    chosen = write_folder(tmp_path / "chosen")
    monkeypatch.setenv("NEURONE_DATA", str(chosen))
    assert load_cats_and_dogs().source == f"the files in {chosen}"
    monkeypatch.setenv("NEURONE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match=r"nowhere/trainset.hdf5: no such file; .*NEURONE_DATA"):
        load_cats_and_dogs()


def test_pictures_are_flattened_scaled_and_centred_by_the_training_set_alone(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    flat = data.flattened()
    np.testing.assert_array_equal(flat.X_test, data.X_test.reshape(2, 4096))
    assert flat.X_test.dtype == np.float64
    np.testing.assert_array_equal(flat.scaled().X_test, flat.X_test / 250)
    np.testing.assert_array_equal(flat.centred().X_test, flat.X_test - flat.X_train.mean(axis=0))
    np.testing.assert_allclose(flat.scaled().centred().X_train.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_array_equal(flat.scaled().Y_train, data.Y_train)


@pytest.mark.parametrize("shape", [(5, 7), (64, 64, 3), (5, 7, 3), (1, 1)], ids=str)
def test_pictures_of_any_size_and_in_colour_become_rows(tmp_path, shape):
    data = load_cats_and_dogs(write_folder(tmp_path / "data", shape, shape))
    assert (data.X_train.shape, data.X_test.shape) == ((4, *shape), (2, *shape))
    flat = data.flattened().scaled().centred()
    assert (flat.X_train.shape, flat.X_test.shape) == ((4, np.prod(shape)), (2, np.prod(shape)))
    row = data.X_test[1].ravel() / data.X_train.max() - (data.X_train / data.X_train.max()).mean(axis=0).ravel()
    np.testing.assert_allclose(flat.X_test[1], row, atol=1e-15)


@pytest.mark.parametrize("test", [(7, 5), (5, 7, 3)], ids=str)
def test_pictures_to_train_and_to_test_on_must_have_one_shape(tmp_path, test):
    fault = f"a picture to train on has shape (5, 7), one to test on {test}; give both one shape"
    with pytest.raises(ValueError, match=re.escape(f"the files in {tmp_path / 'data'}: {fault}")):
        load_cats_and_dogs(write_folder(tmp_path / "data", (5, 7), test))


def test_one_file_may_hold_both_sets(tmp_path, monkeypatch):
    write_set(tmp_path / "both.hdf5", "train", [0, 1, 0, 1])
    write_set(tmp_path / "both.hdf5", "test", [1, 0])
    monkeypatch.setenv("HOME", str(tmp_path))
    data = load_cats_and_dogs("~/both.hdf5")
    assert (len(data.X_train), len(data.X_test)) == (4, 2)
    assert data.source == data.name == f"the file {tmp_path / 'both.hdf5'}"


def test_black_pictures_cannot_be_scaled(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    with pytest.raises(ValueError, match="X_train is black throughout: give pictures to learn from"):
        replace(data, X_train=np.zeros_like(data.X_train)).scaled()


def test_pictures_below_zero_are_not_turned_to_their_negative_by_the_scale(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    with pytest.raises(ValueError, match="X_train is black throughout"):
        replace(data, X_train=data.X_train - 256.0).scaled()
