"""Where the pictures come from, how the photographs are fetched, and the small sets of scikit-learn."""

import hashlib
import http.server
import os
import re
import runpy
import threading

import h5py
import numpy as np
import platformdirs
import pytest
from sklearn.datasets import make_blobs, make_circles

from neurone import datasets
from neurone.datasets import load_cats_and_dogs


def write_set(path, part, labels):
    with h5py.File(path, "w") as file:
        file[f"X_{part}"] = (np.arange(len(labels) * 64 * 64) % 251).reshape(-1, 64, 64).astype(np.uint8)
        file[f"Y_{part}"] = np.array(labels, dtype=np.float64)[:, None]


def write_folder(folder):
    folder.mkdir()
    write_set(folder / "trainset.hdf5", "train", [0, 1, 0, 1])
    write_set(folder / "testset.hdf5", "test", [1, 0])
    return folder


def test_a_test_set_in_the_place_of_the_training_set_is_refused(tmp_path):
    folder = write_folder(tmp_path / "data")
    (folder / "testset.hdf5").replace(folder / "trainset.hdf5")
    with pytest.raises(ValueError, match=r"trainset.hdf5: holds X_test, Y_test, not the data sets X_train and Y_train"):
        load_cats_and_dogs(folder)


# Pictures


def test_other_files_are_called_by_their_folder(tmp_path):
    data = load_cats_and_dogs(write_folder(tmp_path / "data"))
    assert data.source == data.name == f"the files in {tmp_path / 'data'}"
    assert (data.X_train.shape, data.Y_test.shape) == ((4, 64, 64), (2, 1))


def test_the_source_is_told_by_content_not_by_place(tmp_path):
    (tmp_path / "photographs").mkdir()
    for file in datasets.DRAWINGS:
        (tmp_path / "photographs" / file).write_bytes((datasets.DRAWN / file).read_bytes())
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
    monkeypatch.setattr(datasets, "user_cache_path", lambda project: tmp_path / project)
    assert load_cats_and_dogs().source == "drawings"


def test_fetched_photographs_take_the_place_of_the_drawings_only_when_both_files_are_there(tmp_path, monkeypatch):
    monkeypatch.delenv("NEURONE_DATA", raising=False)
    monkeypatch.setattr(datasets, "user_cache_path", lambda project: tmp_path / project)
    fetched = write_folder(tmp_path / "deep-learning-proved")
    assert datasets.data_folder() == fetched
    (fetched / "testset.hdf5").unlink()
    assert datasets.data_folder() == datasets.DRAWN


def test_the_environment_has_the_last_word(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "user_cache_path", lambda project: tmp_path / project)
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


# Photographs from the network


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A server of two small files that stand in for the photographs, and an empty cache to fetch them to."""
    served = write_folder(tmp_path / "served")

    class Handler(http.server.SimpleHTTPRequestHandler):
        missing = 0  # so many bytes fewer than announced

        def __init__(self, *arguments):
            super().__init__(*arguments, directory=served)

        def do_GET(self):
            content = (served / self.path.removeprefix("/")).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content[: len(content) - self.missing])

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        threading.Thread(target=http_server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setattr(datasets, "PHOTOGRAPHS_URL", f"http://127.0.0.1:{http_server.server_port}/")
        checksums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in served.iterdir()}
        monkeypatch.setattr(datasets, "PHOTOGRAPHS", checksums)
        monkeypatch.setattr(datasets, "user_cache_path", lambda project: tmp_path / "cache" / project)
        yield Handler
        http_server.shutdown()


def cached(tmp_path):
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())


def test_photographs_are_fetched_to_the_cache_and_then_used(server, tmp_path, monkeypatch):
    monkeypatch.delenv("NEURONE_DATA", raising=False)
    folder = datasets.fetch_photographs()
    assert folder == tmp_path / "cache" / "deep-learning-proved"
    assert cached(tmp_path) == ["testset.hdf5", "trainset.hdf5"]
    assert load_cats_and_dogs().source == "photographs"


def test_a_download_cut_short_is_named_and_leaves_nothing(server, tmp_path):
    server.missing = 100
    with pytest.raises(ConnectionError, match=r"/trainset.hdf5: download failed .* `make photos` tries again"):
        datasets.fetch_photographs()
    assert cached(tmp_path) == []
    server.missing = 0
    datasets.fetch_photographs()
    assert len(cached(tmp_path)) == 2


def test_a_server_that_does_not_answer_is_named(server, tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "PHOTOGRAPHS_URL", "http://127.0.0.1:9/")
    with pytest.raises(ConnectionError, match=r"\Ahttp://127.0.0.1:9/trainset.hdf5: download failed"):
        datasets.fetch_photographs()
    assert cached(tmp_path) == []


def test_a_checksum_that_differs_is_named_and_leaves_nothing(server, tmp_path, monkeypatch):
    monkeypatch.setitem(datasets.PHOTOGRAPHS, "trainset.hdf5", "0" * 64)
    with pytest.raises(ValueError, match=r"/trainset.hdf5: SHA256 hash .* `make photos` tries again"):
        datasets.fetch_photographs()
    assert cached(tmp_path) == []


def test_a_cache_that_cannot_be_written_is_named(server, tmp_path):
    (tmp_path / "cache").write_text("in the way")
    with pytest.raises(OSError, match=r"cache/deep-learning-proved: cannot be written \(.*\); make it writable"):
        datasets.fetch_photographs()


def test_the_command_ends_with_one_line_when_it_cannot_fetch(tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("in the way")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda project: tmp_path / "cache" / project)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(datasets.__file__, run_name="__main__")
    assert re.fullmatch(r".*cannot be written .*", ended.value.code)


def test_an_interrupted_command_says_what_is_kept(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(datasets, "fetch_photographs", interrupted)
    with pytest.raises(SystemExit, match="interrupted: only whole files are kept"):
        datasets._main()


def test_the_photographs_are_pinned_to_one_commit_and_two_checksums():
    assert re.search(r"/[0-9a-f]{40}/datasets/$", datasets.PHOTOGRAPHS_URL)
    assert all(re.fullmatch(r"[0-9a-f]{64}", checksum) for checksum in datasets.PHOTOGRAPHS.values())


# Small sets


def test_blobs_and_circles_are_those_of_scikit_learn_in_our_shapes():
    for ours, theirs in (
        (datasets.blobs(100, seed=0), make_blobs(100, n_features=2, centers=2, random_state=0)),
        (datasets.circles(100, seed=0), make_circles(100, noise=0.1, factor=0.3, random_state=0)),
    ):
        np.testing.assert_array_equal(ours[0], theirs[0])
        np.testing.assert_array_equal(ours[1], theirs[1][:, None])
        assert ours[1].dtype == np.float64


@pytest.mark.parametrize("sample", [datasets.blobs, datasets.circles])
@pytest.mark.parametrize("m", [1, 0, -3])
def test_fewer_points_than_classes_are_refused(sample, m):
    with pytest.raises(ValueError, match=rf"m is {m}, but two classes need at least 2 points"):
        sample(m, seed=0)


def test_breast_cancer_has_one_column_of_labels():
    X, Y = datasets.breast_cancer()
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((569, 30), np.float64, (569, 1), np.float64)
    assert set(Y.flat) == {0, 1}


def test_digits_have_one_label_a_row():
    X, Y = datasets.digits()
    assert (X.shape, X.dtype, Y.shape, Y.dtype) == ((1797, 64), np.float64, (1797, 10), np.float64)
    np.testing.assert_array_equal(Y.sum(axis=1), 1)
    assert np.argmax(Y[:10], axis=1).tolist() == list(range(10))
