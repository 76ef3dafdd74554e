import importlib.util
import json
import os
from dataclasses import replace

import numpy as np
import pytest
from benchmarks import contestants, limits, measurements, plain, processes, proved, report, timing
from benchmarks.contestants import check_agreement, ours, present, trainer
from benchmarks.limits import Limits, Work
from benchmarks.problems import CASES, GROWTH, Case, draw
from chapters import BOOK, TOGETHER, kept_proofs, statements

from claims import Refuted, apply, sigma
from neurone import training
from neurone.gradient_check import central_difference
from neurone.span import Span

TINY = [Case((3, 4, 1), 20), Case((30, 1), 10)]  # more samples than inputs, and fewer
MACHINE = Limits(flops=1e9, copy=1e9, call=1e-6, read=[(1000, 2e9), (1_000_000, 1e9)])
SEEDS = [{"case": "2-32-1, 100", "threads": 2, "seeds": 10, "one_s": 1e-4, "stack_s": 3e-4}]
MEMORY = [{"case": "2-32-1, 100", **{f"{name}_bytes": 1 for name in contestants.CONTESTANTS}}]
OPTIONAL = ("torch", "jax", "jax_loop", "jax_printed")


@pytest.fixture
def on_its_own(monkeypatch):
    """Neither PyTorch nor JAX is installed."""
    find = importlib.util.find_spec
    missing = ("torch", "jax", "jaxlib")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name in missing else find(name, *more))


@pytest.mark.parametrize("case", TINY, ids=str)
def test_contestants_agree(case):
    problem = draw(case)
    names = [name for name in present() if name not in contestants.COMPILED]  # those are tested below
    check_agreement(problem, {name: trainer(name, problem) for name in names})


@pytest.mark.parametrize("case", [*TINY, Case((2, 5, 4, 3, 1), 20)], ids=str)
def test_the_printed_step_moves_a_network_as_the_library_does(case):
    problem = draw(case)
    layers = [layer.astype(float) for layer in problem.network.layers]
    exact = replace(problem, X=problem.X.astype(float), network=replace(problem.network, layers=layers))
    moved = proved.step(len(layers), np)(exact.X, exact.Y, 0.1, *(M for layer in layers for M in (layer.W, layer.b)))
    expected = [M for layer in ours(exact, 1) for M in layer]
    for one, other in zip(moved, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)


@TOGETHER
def test_the_printed_formulas_are_those_of_the_chapter(monkeypatch):
    monkeypatch.setenv("CLAIMS_CACHE", str(kept_proofs()))
    chapter = statements(BOOK / "deep-networks.md")["backpropagation-for-every-depth"]
    assert proved.proof().state == "proved-all"
    assert [line.rhs for line in proved.proof().proofs] == [line.rhs for line in chapter.proofs]
    assert proved.proof().latex == chapter.latex


def test_a_wrong_formula_is_not_printed(monkeypatch):
    monkeypatch.setattr(proved, "slope_at_top", lambda Z: (proved.y - apply(sigma, Z)) / proved.m)
    proved.proof.cache_clear()
    with pytest.raises(Refuted):
        proved.source.__wrapped__(2)
    proved.proof.cache_clear()


@pytest.mark.parametrize("library", ["jax", "jaxlib"])
def test_jax_takes_part_where_both_of_its_parts_are_installed(monkeypatch, library):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == library else "found")
    assert contestants.absent() == ["jax"]
    assert present() == ["ours", "ours_direct", "torch", "sklearn", "plain"]


def agree(case):
    """Ours, and all ways of JAX: check them, and train."""
    problem = draw(case)
    names = ["ours", *contestants.COMPILED]
    check_agreement(problem, {name: trainer(name, problem) for name in names})
    return {name: contestants.CONTESTANTS[name](problem, 20) for name in names}


@pytest.mark.parametrize("case", [*TINY, Case((2, 5, 4, 3, 1), 20)], ids=str)
def test_jax_trains_in_single_precision_as_the_library_does(case):
    if "jax" in contestants.absent():
        pytest.skip("JAX is not installed: it is not locked")
    found = processes.apart(1, agree, case)  # JAX has threads, which no process that forks later should have
    expected = found.pop("ours")
    assert len(found) == 3
    for name, layers in found.items():
        for (W, b), layer in zip(layers, expected, strict=True):
            assert W.dtype == b.dtype == np.float32
            np.testing.assert_allclose(W, layer[0], rtol=1e-4, atol=1e-5, err_msg=name)
            np.testing.assert_allclose(b, layer[1], rtol=1e-4, atol=1e-5, err_msg=name)


def test_a_contestant_that_does_something_else_is_not_timed():
    problem = draw(TINY[0])
    longer = timing.Trainer(lambda steps: ours(problem, steps + 1))
    with pytest.raises(AssertionError, match="longer reaches the loss"):
        check_agreement(problem, {"longer": longer})


def test_a_run_on_the_gram_matrix_is_checked_too():
    problem, ran = draw(Case((700, 2, 1), 352)), []
    ours = trainer("ours", problem)
    check_agreement(
        problem, {"ours": timing.Trainer(lambda steps: ran.append(steps) or ours.train(steps), ours.shortest)}
    )
    assert sorted(ran) == [10, 12]


def test_plain_gradients_are_those_of_the_plain_loss():
    problem = draw(Case((3, 4, 2, 1), 20))
    layers = [(layer.W.astype(float), layer.b.astype(float)) for layer in problem.network.layers]
    found = plain.gradients(layers, plain.forward(layers, problem.X), problem.Y)

    def loss(W):
        return plain.loss([(W, layers[0][1]), *layers[1:]], problem.X, problem.Y)

    np.testing.assert_allclose(found[0][0], central_difference(loss, layers[0][0]), rtol=1e-6, atol=1e-9)


def test_plain_loss_of_a_network_that_knows_nothing_is_log_2():
    layers = [(np.zeros((3, 1)), np.zeros((1, 1)))]
    assert plain.loss(layers, np.ones((4, 3)), np.array([[0], [1], [1], [1]])) == pytest.approx(np.log(2))


def test_a_problem_is_the_same_whenever_it_is_drawn():
    first, second = draw(CASES[0]), draw(CASES[0])
    np.testing.assert_array_equal(first.X, second.X)
    np.testing.assert_array_equal(first.network.layers[0].W, second.network.layers[0].W)


def test_a_stack_is_drawn_with_its_leading_axis():
    assert draw(TINY[0], seeds=10).network.layers[0].W.shape == (10, 3, 4)


def test_work_of_a_step_on_the_samples():
    # 5 samples, 3-2-1: products of 2*5*6 and 2*5*2 operations, two of the first layer and three of the second;
    # 15 inputs, and 6 + 2 weights and 2 + 1 biases read and written.
    assert limits.direct(Case((3, 2, 1), 5)) == Work(2 * 60 + 3 * 20, 4 * (15 + 2 * 11))


def test_work_of_a_step_on_the_gram_matrix():
    # 2 samples, 3-2-1: K C is 2*2*2*2 operations, the second layer three times 2*2*2;
    # K has 4 entries, C 4, the rest of the parameters 2 + 2 + 1.
    assert limits.gram(Case((3, 2, 1), 2)) == Work(16 + 3 * 8, 4 * (4 + 2 * (4 + 5)))


def test_the_gram_matrix_serves_where_there_are_fewer_samples_than_inputs():
    few, many = Case((30, 1), 10), Case((30, 1), 30)
    assert limits.least(few) == limits.gram(few)
    assert limits.least(many) == limits.direct(many)


def test_limit_of_much_arithmetic_is_the_peak():
    assert MACHINE.seconds(Work(flop=5e9, bytes=1000)) == 5


def test_limit_of_many_bytes_is_the_rate_at_which_so_many_are_read():
    assert MACHINE.seconds(Work(flop=1, bytes=1000)) == 1000 / 2e9
    assert MACHINE.seconds(Work(flop=1, bytes=4_000_000)) == 4_000_000 / 1e9


def test_amortised_time_spreads_the_setup_over_a_run():
    assert timing.Timing(step=2.0, setup=500.0).amortised == 2.0 + 500.0 / timing.RUN


@pytest.fixture
def clock(monkeypatch):
    """Seconds that stand still but for what a test adds."""
    now = [0.0]
    monkeypatch.setattr(timing.time, "perf_counter", lambda: now[0])
    monkeypatch.setattr(timing.time, "sleep", lambda seconds: None)
    return now


@pytest.mark.parametrize("shortest", [1, 33])
def test_runs_of_two_lengths_tell_setup_and_steps_apart(clock, shortest):
    def train(steps):
        clock[0] += 7 + 3 * steps

    assert timing.race({"it": timing.Trainer(train, shortest)}) == {"it": timing.Timing(step=3, setup=7)}


def test_the_steps_of_a_turn_take_as_long_as_the_setup(clock):
    runs = []

    def train(steps):
        runs.append(steps)
        clock[0] += 100 + steps

    timing.race({"it": timing.Trainer(train)}, budget=0)
    assert max(runs) == 1 + 128  # 64 would take less than 101 seconds


def test_rows_of_a_run_hold_null_for_what_is_absent(on_its_own):
    rows = measurements.measure(TINY, 1, MACHINE, rounds=1, budget=0)
    assert [set(row) for row in report.bench(rows)] == [set(report.KEYS)] * 2
    assert [row["case"] for row in rows] == ["3-4-1, 20", "30-1, 10"]
    for row in json.loads(json.dumps(report.bench(rows))):
        assert all(row[f"{name}_s"] is None for name in OPTIONAL)
        assert all(isinstance(row[key], float) for key in report.KEYS[2:] if key[:-2] not in OPTIONAL)


def test_the_gram_matrix_is_taken_by_one_of_ours_alone(monkeypatch):
    problem, spans = draw(Case((40, 2, 1), 10)), []
    monkeypatch.setattr(training, "Span", lambda *given: spans.append(given) or Span(*given))
    contestants.CONTESTANTS["ours_direct"](problem, 20)
    assert not spans
    ours(problem, 20)
    assert len(spans) == 1


def test_growth_goes_without_the_printed_step(on_its_own, monkeypatch):
    monkeypatch.setattr(measurements, "present", lambda: ["ours", "jax_printed"])
    monkeypatch.setattr(measurements, "GROWTH", {"depth": {1: TINY[0]}})
    (row,) = measurements.measure_growth(1, MACHINE, rounds=1, budget=0)
    assert row["ours_s"] > 0
    assert row["jax_printed_s"] is None


def test_what_the_first_run_takes_more_is_compiling(clock):
    seconds = iter([9.0, 2.0])

    def train(steps):
        clock[0] += next(seconds)

    assert measurements._compiling(timing.Trainer(train)) == 7
    assert measurements._compiling(None) is None


def test_tables_show_a_dash_for_what_is_absent(on_its_own):
    results = {
        "cases": measurements.measure([replace(TINY[0], goals={"torch": 8, "jax": 1})], 1, MACHINE, rounds=1, budget=0),
        "seeds": measurements.measure_seeds(TINY[:1], 1, rounds=1, budget=0),
        "memory": [
            {"case": "3-4-1, 20", "ours_bytes": 1e6, "ours_direct_bytes": 1e6, "sklearn_bytes": 2e6, "plain_bytes": 0}
            | {f"{name}_bytes": None for name in OPTIONAL}
        ],
    }
    text = report.tables(results)
    assert "reached" not in text and "missed" not in text
    assert "10 seeds" in text
    assert text.splitlines()[-1].split() == [
        "3-4-1,",
        "20",
        "1.0",
        "MB",
        "1.0",
        "MB",
        *"––––",
        "2.0",
        "MB",
        "0.0",
        "MB",
    ]


@pytest.mark.parametrize(("seconds", "verdict"), [(8.0, "reached (8 x)"), (7.9, "missed (8 x)")])
@pytest.mark.parametrize("peer", ["torch", "jax", "jax_loop"])
def test_a_goal_is_a_ratio_to_a_contestant(peer, seconds, verdict):
    row = {"case": "2-32-1, 100", "threads": 2, "goals": {peer: 8}, "limit_s": 1e-6}
    row |= {f"{name}_s": 1.0 for name in contestants.CONTESTANTS} | {f"{peer}_s": seconds}
    text = report.tables({"cases": [row], "seeds": SEEDS, "memory": MEMORY})
    assert verdict in text
    assert text.count(" x)") == 1


def test_growth_changes_one_thing_at_a_time():
    assert all(case.samples == size for size, case in GROWTH["samples"].items())
    assert all(case.widths[1:-1] == (size, size) for size, case in GROWTH["width"].items())
    assert all(len(case.widths) - 1 == depth for depth, case in GROWTH["depth"].items())


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not pin")
def test_a_process_apart_keeps_to_its_cores_and_leaves_ours_alone():
    cores = os.sched_getaffinity(0)
    assert processes.apart(1, os.sched_getaffinity, 0) == {min(cores)}
    assert os.sched_getaffinity(0) == cores


def test_a_process_apart_has_the_threads_that_it_is_given():
    assert processes.apart(1, os.getenv, "OPENBLAS_NUM_THREADS") == "1"


def test_provenance_names_the_machine_and_what_ran_on_it():
    found = report.provenance()
    assert found["machine"]["cores"] >= 1
    assert found["machine"]["load"] >= 0
    assert found["versions"]["numpy"] == np.__version__


def test_contestants_are_timed_under_the_names_of_the_results():
    assert [f"{name}_s" for name in contestants.CONTESTANTS] == list(report.KEYS[2:-1])
