"""A budget counts what is computed, so that nothing else on the machine changes what comes out."""

import contextlib
import signal
import threading
import time

import pytest

from claims.budget import OutOfTime, budget, checkpoint, computed, guarded, remaining


def compute(seconds):
    """Work for that long by the thread's own clock."""
    end = computed() + seconds
    while computed() < end:
        sum(range(2000))


def took(seconds, work):
    """(did it end in time, seconds computed) under a budget."""
    started = computed()
    try:
        with budget(seconds):
            work()
    except OutOfTime:
        return False, computed() - started
    return True, computed() - started


def in_a_thread(work):
    """What `work()` gives in another thread."""
    out = []
    thread = threading.Thread(target=lambda: out.append(work()))
    thread.start()
    thread.join()
    return out[0]


@contextlib.contextmanager
def a_busy_machine():
    """Another thread that computes all the time."""
    stop = threading.Event()

    def work():
        while not stop.is_set():
            sum(range(2000))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


PLACES = {"main thread": lambda work: work(), "another thread": in_a_thread}


@pytest.mark.parametrize("place", PLACES)
def test_what_computes_for_longer_than_its_budget_is_stopped_then(place):
    in_time, seconds = PLACES[place](lambda: took(0.3, lambda: compute(20)))
    assert not in_time
    assert 0.25 < seconds < 2


@pytest.mark.parametrize("place", PLACES)
def test_what_waits_is_not_stopped(place):
    in_time, seconds = PLACES[place](lambda: took(0.3, lambda: time.sleep(1)))
    assert in_time
    assert seconds < 0.2


@pytest.mark.parametrize("place", PLACES)
def test_what_others_compute_does_not_count(place):
    with a_busy_machine():
        in_time, _ = PLACES[place](lambda: took(0.4, lambda: compute(0.2)))
        assert in_time
        in_time, _ = PLACES[place](lambda: took(0.3, lambda: compute(20)))
        assert not in_time


def test_an_inner_budget_ends_first_and_the_outer_one_still_counts():
    ended = []

    def work():
        with contextlib.suppress(OutOfTime), budget(0.2):
            compute(20)
        ended.append("inner")
        compute(20)

    in_time, seconds = took(0.5, work)
    assert not in_time
    assert ended == ["inner"]
    assert seconds < 20


def test_an_inner_budget_is_not_longer_than_the_outer_one():
    with budget(1), budget(100):
        assert remaining() <= 1


def test_nothing_remains_of_a_budget_that_is_over():
    with budget(1):
        pass
    assert remaining() == float("inf")
    checkpoint()


def test_a_budget_is_that_of_one_thread():
    with budget(1):
        assert in_a_thread(remaining) == float("inf")


def test_the_timer_of_another_comes_back_and_rings():
    rang = []
    before = signal.signal(signal.SIGPROF, lambda *_: rang.append("another"))
    try:
        signal.setitimer(signal.ITIMER_PROF, 0.3)
        with budget(10):
            compute(0.1)
        for _ in range(40):  # the system counts by ticks, roughly where it is busy
            compute(0.5 if not rang else 0)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert rang == ["another"]


def test_a_ring_after_the_budget_does_no_harm():
    with budget(10):
        pass
    signal.raise_signal(signal.SIGPROF)


def test_what_is_guarded_gives_something_else_where_it_fails_or_takes_too_long():
    assert guarded(lambda: 2 + 2, "other") == 4
    assert guarded(lambda: 1 / 0, "other") == "other"
    assert guarded(lambda: compute(20), "other", seconds=0.2) == "other"


def test_what_is_guarded_does_not_outlast_the_budget_around_it():
    in_time, seconds = took(0.3, lambda: guarded(lambda: compute(20), "other", seconds=10))
    assert not in_time
    assert seconds < 2


def test_an_interruption_passes_through_a_guard():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(interrupted, "other")
