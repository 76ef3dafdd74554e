"""Networks in files: what comes back, what is never half-written, and how each fault is named."""

import os
import re
import resource
import signal
import subprocess
import sys
from dataclasses import replace

import h5py
import numpy as np
import pytest

from neurone import files
from neurone.activations import ACTIVATIONS, Activation
from neurone.history import Checkpoint
from neurone.layers import Dense
from neurone.losses import OUTPUTS
from neurone.network import Network
from neurone.span import SpanLayer
from neurone.storage import BLOCK, load, save

REMEDY = "`neurone.storage.save` writes a network"


def network(widths=(3, 5, 4, 2), seed=0, **choices):
    choices = {"hidden": "relu", "output": "softmax", "initialisation": "normal"} | choices
    return Network.create(widths, rng=np.random.default_rng(seed), **choices)


def stack(dtype):
    return Network.stack([network(seed=seed, dtype=dtype) for seed in range(3)])


def assert_same(found, expected):
    assert (found.activations, found.output) == (expected.activations, expected.output)
    assert len(found.layers) == len(expected.layers)
    for one, other in zip(found.layers, expected.layers):
        for array, saved in ((one.W, other.W), (one.b, other.b)):
            assert (array.dtype, array.shape) == (saved.dtype, saved.shape)
            assert array.tobytes() == saved.tobytes()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "network.hdf5"


NETWORKS = {
    "float32": network(dtype=np.float32),
    "float64": network(dtype=np.float64),
    "stack of float32": stack(np.float32),
    "stack of float64": stack(np.float64),
    "stack of one": Network.stack([network()]),
    "one neuron": network((4096, 1), output="sigmoid"),
    "widths of one": network((1, 1, 1), output="sigmoid"),
    "a tanh and a relu": replace(network(), activations=[ACTIVATIONS["tanh"], ACTIVATIONS["relu"]]),
    "twelve layers": network((3,) * 13),
    "sigmoids inside": network(hidden="sigmoid", output="sigmoid"),
}


@pytest.mark.parametrize("saved", NETWORKS.values(), ids=NETWORKS)
def test_a_network_comes_back_bit_by_bit(path, saved):
    save(saved, path)
    assert_same(load(path), saved)


def test_numbers_that_are_none_come_back_too(path):
    saved = network()
    saved.layers[0].W[0, :4] = np.nan, np.inf, -np.inf, -0.0
    save(saved, path)
    assert_same(load(path), saved)


def test_a_stack_of_other_memory_order_comes_back(path):
    saved = stack(np.float64)
    turned = [Dense(np.asfortranarray(layer.W), layer.b) for layer in saved.layers]
    save(replace(saved, layers=turned), path)
    assert_same(load(path), saved)


def test_a_path_may_be_a_string_and_a_new_file_takes_the_place_of_the_old(path):
    save(network(seed=0), str(path))
    save(network(seed=1), str(path))
    assert_same(load(str(path)), network(seed=1))
    assert list(path.parent.iterdir()) == [path]


@pytest.fixture(params=["drafts without names", "drafts with names"])
def system(request, monkeypatch):
    """This system, and one that must give a draft a name."""
    if request.param == "drafts with names":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(path, system):
    save(network(seed=0), path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(OSError, match=re.escape(f"{path}: cannot be written ([Errno 27] File too large); name")):
            save(network(seed=1), path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert_same(load(path), network(seed=0))
    assert list(path.parent.iterdir()) == [path]


def test_an_interrupt_while_writing_leaves_nothing(path, system, monkeypatch):
    def interrupted(draft):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(network(), path)
    assert not list(path.parent.iterdir())


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="this system has no files without a name")
def test_a_process_killed_while_it_writes_leaves_the_old_file_and_nothing_else(path):
    save(network(seed=0), path)
    killed = """
import os, signal, sys
from test_storage import network, save
os.fsync = lambda draft: os.kill(os.getpid(), signal.SIGKILL)
save(network(seed=1), sys.argv[1])
"""
    paths = {"PYTHONPATH": os.pathsep.join([os.path.dirname(__file__), *sys.path])}
    done = subprocess.run([sys.executable, "-c", killed, path], env=os.environ | paths, check=False)
    assert done.returncode == -signal.SIGKILL
    assert_same(load(path), network(seed=0))
    assert list(path.parent.iterdir()) == [path]


def test_permissions_stay_and_those_of_a_new_file_are_as_usual(path, system):
    mask = os.umask(0o027)
    try:
        save(network(), path)
        assert path.stat().st_mode & 0o777 == 0o640
        for mode in (0o600, 0o666):
            path.chmod(mode)
            save(network(), path)
            assert path.stat().st_mode & 0o777 == mode
    finally:
        os.umask(mask)


def test_a_draft_is_open_to_nobody_to_whom_the_file_is_not(path, system, monkeypatch):
    save(network(), path)
    path.chmod(0o600)
    modes = []
    monkeypatch.setattr(os, "fsync", lambda draft: modes.append(os.fstat(draft).st_mode & 0o777))
    save(network(), path)
    assert modes == [0o600]


def test_a_file_that_may_only_be_read_stays(path, system, monkeypatch):
    save(network(seed=0), path)
    path.chmod(0o444)
    if os.access(path, os.W_OK):  # root may write whatever the bits say
        monkeypatch.setattr(os, "access", lambda path, mode: os.stat(path).st_mode & 0o222)
    with pytest.raises(OSError, match="cannot be written .it may only be read.; name a file that you may write"):
        save(network(seed=1), path)
    assert_same(load(path), network(seed=0))
    assert list(path.parent.iterdir()) == [path]


def test_a_link_stays_and_what_it_leads_to_is_written(path):
    target = path.with_name("target.hdf5")
    path.symlink_to(target.name)
    for seed in range(2):
        save(network(seed=seed), path)
        assert path.is_symlink() and not target.is_symlink()
        assert_same(load(target), network(seed=seed))


def test_the_home_folder_may_be_written_as_a_wave(path, monkeypatch):
    monkeypatch.setenv("HOME", str(path.parent))
    save(network(), "~/network.hdf5")
    assert_same(load("~/network.hdf5"), network())
    assert list(path.parent.iterdir()) == [path]


def test_a_name_of_255_bytes_is_written_and_a_longer_one_is_refused(path, system):
    for number in range(2):
        save(network(seed=number), path.with_name("n" * 255))
    assert_same(load(path.with_name("n" * 255)), network(seed=1))
    with pytest.raises(OSError, match=r"nn: cannot be written \(.*File name too long.*\); name a file"):
        save(network(), path.with_name("n" * 256))
    with pytest.raises(
        OSError,
        match=r"null\\x00byte: cannot be written \((lstat: )?embedded null (byte|character in path)\); name a file",
    ):
        save(network(), path.with_name("null\0byte"))
    assert len(list(path.parent.iterdir())) == 1


def linked_pipe(path):
    """A link to a pipe beside the folder: a device would be lost, if it were replaced by who may do all."""
    pipe = path.parent.with_name(f"{path.parent.name}.pipe")
    os.mkfifo(pipe)
    path.symlink_to(pipe)


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo, linked_pipe])
def test_what_is_no_file_is_not_replaced_by_one(path, make):
    make(path)
    before = path.stat()
    with pytest.raises(OSError, match=re.escape(f"{path}: cannot be written (it is a folder, a pipe or a device)")):
        save(network(), path)
    assert path.stat() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("value", ["a/path", Checkpoint.before(Network.create([2, 1], rng=0)), None], ids=type)
def test_what_is_no_network_is_not_saved(path, value):
    with pytest.raises(TypeError, match=f"{type(value).__name__} is no Network, which alone is saved here: give that"):
        save(value, path)
    assert not os.path.exists(path)


@pytest.mark.parametrize("folder", ["absent", "a_file"])
def test_a_missing_folder_is_named(tmp_path, folder):
    (tmp_path / "a_file").touch()
    with pytest.raises(FileNotFoundError, match=re.escape(f"{tmp_path / folder}: no such folder")):
        save(network(), tmp_path / folder / "network.hdf5")


def swish(name):
    return Activation(name, value=lambda Z: Z / (1 + np.exp(-Z)), derivative=np.ones_like)


@pytest.mark.parametrize("name", ["swish", "tanh"])
def test_a_function_that_the_library_does_not_have_is_refused_when_saving(path, name):
    strange = replace(network(), activations=[ACTIVATIONS["relu"], swish(name)])
    with pytest.raises(ValueError, match=f"'{name}' is not a function of the library"):
        save(strange, path)
    assert not path.exists()


def changed(**arrays):
    """A network whose first layer has other arrays, as if no one had looked when it was made."""
    made = network((3, 5, 2))
    object.__setattr__(made, "layers", [replace(made.layers[0], **arrays), *made.layers[1:]])
    return made


def test_weights_of_the_other_byte_order_come_back_as_the_same_numbers(path):
    W, b = np.arange(15, dtype=">f8").reshape(3, 5), np.ones((1, 5), ">f8")
    save(changed(W=W, b=b), path)
    first = load(path).layers[0]
    assert first == Dense(W, b) and first.W.dtype.isnative


UNFIT = {
    "b_1 has shape (5,), not (1, 5)": {"b": np.ones(5)},
    "W_1 has type float16, not float32 or float64": {"W": np.ones((3, 5), np.float16)},
    "b_1 has type float32, not float32 or float64 and that of all others": {"b": np.ones((1, 5), np.float32)},
    "a layer of 4 outputs cannot feed one of 5 inputs": {"W": np.ones((3, 4)), "b": np.ones((1, 4))},
    "Object dtype dtype('O') has no native HDF5 equivalent": {"W": np.full((3, 5), None)},
}


@pytest.mark.parametrize(("fault", "arrays"), UNFIT.items(), ids=UNFIT)
def test_what_load_would_refuse_is_refused_before_anything_is_written(path, fault, arrays):
    save(network(), path)
    with pytest.raises(ValueError, match=rf"\A{re.escape(fault)}[^\n]*: `load` would refuse the network"):
        save(changed(**arrays), path)
    assert_same(load(path), network())


def test_a_layer_in_coordinates_is_not_saved_as_one_with_weights(path):
    made = network((3, 2), output="sigmoid")
    with pytest.raises(ValueError, match="layer 1 is no Dense, but a SpanLayer"):
        save(replace(made, layers=[SpanLayer(made.layers[0].W, made.layers[0].b)]), path)
    assert not path.exists()


@pytest.mark.parametrize("choices", [{"output": ACTIVATIONS["sigmoid"]}, {"activations": [OUTPUTS["sigmoid"]] * 2}])
def test_an_activation_is_no_output_and_an_output_no_activation(path, choices):
    with pytest.raises(ValueError, match="is not a function of the library|is unknown: choose one of"):
        save(replace(network(), **choices), path)


def refusal(path):
    """The message with which load refuses the file: one line, the file first, the remedy last."""
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z") as caught:
        load(path)
    message = str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__  # one error, not a chain
    assert message.startswith(f"{path}: ") and message.endswith(REMEDY)
    return message


def test_a_missing_file_is_named_with_the_remedy(path):
    with pytest.raises(FileNotFoundError, match=re.escape(f"{path}: no such file; {REMEDY}")):
        load(path)


def test_a_file_of_another_kind_is_refused(path):
    path.write_text("a cat and a dog\n" * 500)
    assert ": is no HDF5 file, or damaged at its start; " in refusal(path)


def as_before(path):
    """Make the file one of an older version: without a checksum, and names of any length."""
    path.write_bytes(path.read_bytes()[BLOCK:])
    with h5py.File(path, "a") as file:
        for attribute, value in file.attrs.items():
            file.attrs[attribute] = value.decode()


def test_a_file_without_a_checksum_still_loads(path):
    save(network(), path)
    as_before(path)
    assert_same(load(path), network())


def test_names_of_which_the_end_cannot_be_found_are_refused(path, monkeypatch):
    monkeypatch.setattr(files, "SECONDS", 1)
    save(network(), path)
    as_before(path)
    content = path.read_bytes()
    at = content.index(b"GCOL") + 16  # the names of any length, the first with its number and its size
    path.write_bytes(content[:at] + bytes(16) + content[at + 16 :])
    refusal(path)


@pytest.mark.parametrize("sealed", [True, False])
@pytest.mark.parametrize("keep", [0, 1, 100, 3000, -1])
def test_a_file_cut_short_is_refused(path, keep, sealed):
    save(network((64, 32, 2)), path)
    if not sealed:
        as_before(path)
    path.write_bytes(path.read_bytes()[:keep])
    refusal(path)


def test_no_byte_of_a_file_can_change_unseen(path, rng):
    save(network(), path)
    content = path.read_bytes()
    for at in [*range(BLOCK), *rng.integers(BLOCK, len(content), 200)]:
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        assert "damaged" in refusal(path)


def test_other_programs_find_the_arrays_behind_the_checksum(path):
    save(network(), path)
    with h5py.File(path) as file:
        np.testing.assert_array_equal(file["W_1"], network().layers[0].W)
        assert file.attrs["activations"] == b"relu relu"


def without(name):
    def fault(file):
        del file[name]

    return fault


def put(name, value):
    def fault(file):
        if name in file:
            del file[name]
        file[name] = value

    return fault


def claims(name, shape):
    """Numbers of which none is stored, nor those of the bias that goes with them."""

    def fault(file):
        del file[name], file["b_1"]
        file.create_dataset(name, shape, np.float64, compression="gzip")
        file.create_dataset("b_1", (1, shape[1]), np.float64)

    return fault


def group(name):
    def fault(file):
        del file[name]
        file[f"{name}/inside"] = np.ones((2, 2))

    return fault


def say(attribute, value):
    return lambda file: file.attrs.__setitem__(attribute, value)


def forget(attribute):
    return lambda file: file.attrs.__delitem__(attribute)


ALL = "not the data sets W_1 and b_1 and W_2 and b_2"
# of a network of widths 3, 5, 2
FAULTS = {
    f"holds W_1, W_2, b_1, {ALL}": without("b_2"),
    f"holds W_2, b_1, b_2, {ALL}": without("W_1"),
    f"holds W_1, W_2, W_3, b_1, b_2, {ALL}": put("W_3", np.ones((2, 2))),
    "W_1 is a group, not a data set": group("W_1"),
    "W_1 is a link: store the data set itself": put("W_1", h5py.SoftLink("/W_2")),
    "b_1 is a link: store the data set itself": put("b_1", h5py.ExternalLink("/etc/passwd", "b_1")),
    "W_1 claims 47616000 bytes, and 0 are stored": claims("W_1", (93000, 64)),
    "the attribute activations is missing": forget("activations"),
    "the attribute output is missing": forget("output"),
    "the attribute output is no text": say("output", 7),
    "the attribute activations is no text": say("activations", ["relu"]),
    "activation='swish' is unknown: choose one of sigmoid, tanh, relu, identity": say("activations", "swish"),
    "output='tanh' is unknown: choose one of sigmoid, softmax": say("output", "tanh"),
    f"holds W_1, W_2, b_1, b_2, {ALL} and W_3 and b_3": say("activations", "relu relu"),
    "W_1 has shape (15,), not (n, p), or (S, n, p)": put("W_1", np.ones(15)),
    "W_2 has shape (2, 5, 2), not (n, p), or (S, n, p)": put("W_2", np.ones((2, 5, 2))),
    "W_1 is empty": put("W_1", np.ones((0, 5))),
    "W_1 has shape (), not (n, p), or (S, n, p)": put("W_1", 7.0),
    "b_1 is empty": put("b_1", h5py.Empty("f8")),
    "b_1 has shape (5,), not (1, 5)": put("b_1", np.ones(5)),
    "b_1 has shape (2, 1, 5), not (1, 5)": put("b_1", np.ones((2, 1, 5))),
    "b_2 has shape (5, 2), not (1, 2)": put("b_2", np.ones((5, 2))),
    "a layer of 5 outputs cannot feed one of 4 inputs": put("W_2", np.ones((4, 2))),
    "W_1 has type int64, not float32 or float64": put("W_1", np.ones((3, 5), int)),
    "b_2 has type float32, not float32 or float64 and that of all others": put("b_2", np.ones((1, 2), np.float32)),
    "W_2 has type |S3, not float32 or float64": put("W_2", np.full((5, 2), b"cat")),
}


@pytest.mark.parametrize(("message", "fault"), FAULTS.items(), ids=FAULTS)
def test_a_fault_in_the_file_is_named(path, message, fault):
    save(network((3, 5, 2)), path)
    as_before(path)
    with h5py.File(path, "a") as file:
        fault(file)
    assert f": {message}" in refusal(path)
