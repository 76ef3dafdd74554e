"""Checkpoints in files: training goes on from them as from those in memory."""

import json

import h5py
import numpy as np
import pytest

from neurone import checkpoints, storage
from neurone.activations import Activation
from neurone.history import Checkpoint
from neurone.layers import Dense
from neurone.network import Network
from neurone.optimisers import Adam, GradientDescent, Momentum
from neurone.seals import BLOCK, _under_seal
from neurone.training import train

WAYS = {
    "all samples": (2, GradientDescent(0.5), {}),
    "in the span": (80, GradientDescent(0.1), {"patience": 9}),
    "momentum, batches": (2, Momentum(0.1), {"batch_size": 7, "record_every": 1, "patience": 9}),
    "adam, float32": (2, Adam(0.01), {"batch_size": 7, "record_every": 1}),
}


def run(network, n, optimiser, **options):
    rng = np.random.default_rng(0)
    X = rng.normal(size=(50, n))
    Y = (X[:, :1] * X[:, 1:2] > 0).astype(int)
    given = {"iterations": 40, "progress": False, "validation": (X[:20], Y[:20])}
    return train(network, X[20:], Y[20:], optimiser, **given | options)


@pytest.mark.parametrize("kind", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64])
@pytest.mark.parametrize("way", WAYS)
def test_training_goes_on_from_a_file_bit_by_bit(tmp_path, way, kind):
    n, optimiser, options = WAYS[way]
    path = tmp_path / "training.hdf5"

    def write(checkpoint):
        if checkpoint.iteration == 5:
            checkpoints.save(checkpoint, path)

    network = Network.create([n, 4, 1], rng=0, dtype=np.float32 if "float32" in way else np.float64)
    rng = np.random.Generator(kind(3))
    expected, whole = run(network, n, optimiser, rng=rng, callbacks=[write], **options)
    found, history = run(checkpoints.load(path), n, optimiser, **options)
    assert found == expected
    assert found.layers[0].W.dtype == expected.layers[0].W.dtype
    np.testing.assert_array_equal(history.validation_loss, whole.validation_loss)


def test_a_checkpoint_of_a_stack_or_before_any_record_comes_back(tmp_path):
    stack = Network.stack([Network.create([2, 3, 1], rng=seed) for seed in range(2)])
    checkpoints.save(Checkpoint.before(stack), tmp_path / "a")
    again = checkpoints.load(tmp_path / "a")
    assert again.network == stack and again.history is None and again.iteration == 0 and again.state is None


@pytest.fixture
def kept(tmp_path):
    found = []
    run(Network.create([2, 1], rng=0), 2, Adam(0.1), callbacks=[found.append])
    checkpoints.save(found[-1], tmp_path / "kept")
    return found[-1], tmp_path / "kept"


def test_what_a_file_cannot_hold_is_refused_before_the_last_file_is_touched(kept):
    checkpoint, path = kept
    before = path.read_bytes()
    network = checkpoint.network
    odd = Network([*network.layers, Dense([[1.0]], [0.0])], [Activation("odd", abs, abs)], network.output)
    for wrong, message in [
        (Checkpoint(odd, None, None, None, {}), "'odd' is not a function of the library"),
        (Checkpoint(network, None, {"a": 1}, None, {}), "the optimiser's state holds {'a': 1}: a file takes arrays"),
    ]:
        with pytest.raises(ValueError, match=message):
            checkpoints.save(wrong, path)
    with pytest.raises(TypeError, match="Network is no Checkpoint, which alone is saved here"):
        checkpoints.save(network, path)
    assert path.read_bytes() == before and list(path.parent.iterdir()) == [path]


def test_a_file_says_whose_state_it_holds_and_one_that_does_not_is_trusted(kept):
    checkpoint, path = kept
    assert checkpoints.load(path).optimiser == checkpoint.optimiser == "Adam"
    with pytest.raises(ValueError, match="the state of Adam, not of Momentum"):
        run(checkpoints.load(path), 2, Momentum(0.1), iterations=41)
    with h5py.File(path, "a") as file:
        header = json.loads(file.attrs["checkpoint"])
        del header["optimiser"]
        file.attrs["checkpoint"] = json.dumps(header)
    path.write_bytes(_under_seal("checkpoint", path.read_bytes()))
    run(checkpoints.load(path), 2, Adam(0.1), iterations=41)


def test_where_nothing_can_be_written_that_is_said(kept, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such folder; make it"):
        checkpoints.save(kept[0], tmp_path / "none" / "file")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="cannot be written"):
        checkpoints.save(kept[0], tmp_path / "folder")


@pytest.mark.parametrize(
    "spoil, message",
    [
        (lambda file, header: file.attrs.pop("checkpoint"), "the attribute checkpoint is missing"),
        (lambda file, header: file.attrs.__setitem__("checkpoint", "{"), "."),
        (lambda file, header: file.attrs.__setitem__("checkpoint", "{}"), "names"),
        (lambda file, header: file.__delitem__("W1"), "not the data sets"),
        (lambda file, header: file.create_dataset("more", data=1), "not the data sets"),
        (lambda file, header: (file.pop("state0"), file.create_dataset("state0", data="?")), "state0 holds no numbers"),
        (lambda file, header: header.update(output="swish"), "output='swish' is unknown"),
        (lambda file, header: header.update(activations=["swish"]), "activation='swish' is unknown"),
        (lambda file, header: header.update(activations=["relu"]), "W2"),
    ],
)
def test_a_file_that_holds_no_checkpoint_is_refused_in_one_line(kept, spoil, message):
    _, path = kept
    with h5py.File(path, "a") as file:
        header = json.loads(file.attrs["checkpoint"])
        spoil(file, header)
        if header != {} and "checkpoint" in file.attrs and len(file.attrs["checkpoint"]) > 2:
            file.attrs["checkpoint"] = json.dumps(header)
    path.write_bytes(_under_seal("checkpoint", path.read_bytes()))
    with pytest.raises(ValueError, match=message) as error:
        checkpoints.load(path)
    assert str(error.value).startswith(str(path)) and "writes a checkpoint" in str(error.value)


def test_a_changed_byte_is_seen(kept):
    _, path = kept
    content = path.read_bytes()
    for at in (0, BLOCK - 300, BLOCK + 100, len(content) - 1):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(ValueError, match="damaged"):
            checkpoints.load(path)


def test_a_file_cut_short_or_absent_is_refused(kept):
    _, path = kept
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(ValueError, match="writes a checkpoint"):
        checkpoints.load(path)
    with pytest.raises(FileNotFoundError, match="no such file"):
        checkpoints.load(path.with_name("none"))


@pytest.mark.parametrize("held, reader", [("checkpoint", storage), ("network", checkpoints)])
def test_a_file_of_the_other_kind_is_told_by_what_it_holds_and_what_reads_it(tmp_path, held, reader):
    network, path = Network.create([2, 1], rng=0), tmp_path / "held.hdf5"
    if held == "network":
        storage.save(network, path)
    else:
        checkpoints.save(Checkpoint.before(network), path)
    with pytest.raises(ValueError, match=f"holds a {held}: `neurone.(storage|checkpoints).load` reads it"):
        reader.load(path)


def test_a_layer_of_ones_own_is_not_saved_as_a_plain_one(tmp_path):
    class Own(Dense):
        pass

    network = Network([Own(np.ones((2, 1)), np.zeros((1, 1)))], [], "sigmoid")
    with pytest.raises(ValueError, match="layer 1 is no Dense, but a Own"):
        checkpoints.save(Checkpoint.before(network), tmp_path / "training.hdf5")
