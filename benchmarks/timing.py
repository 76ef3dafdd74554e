"""Times of steps: contestants take turns, so that a slower minute of the machine hits all of them."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

RUN = 1000  # steps over which the set-up of a run is spread: about what a chapter trains
ROUNDS, BUDGET = 7, 0.15  # turns of each contestant, and seconds of steps in a turn
REST = 0.05  # seconds: threads of BLAS and OpenMP go on spinning for a while, and would disturb the next contestant

Trainer = Callable[[int], object]


@dataclass(frozen=True)
class Timing:
    """Seconds of one step, and of what `training` does once."""

    step: float
    setup: float

    @property
    def amortised(self) -> float:
        """Seconds a step in a run of RUN steps, set-up included."""
        return self.step + self.setup / RUN


def race(trainers: dict[str, Trainer], rounds: int = ROUNDS, budget: float = BUDGET) -> dict[str, Timing]:
    """The median times of each trainer, a function of the number of steps."""
    steps = {name: _steps_within(budget, train) for name, train in trainers.items()}
    turns = defaultdict(list)
    for _ in range(rounds):
        for name, train in trainers.items():
            time.sleep(REST)
            turns[name].append(_turn(train, steps[name]))
    return {name: _timing(found) for name, found in turns.items()}


def _turn(train: Trainer, steps: int) -> tuple[float, float]:
    """Seconds of one step, and of a run of one step: two runs of different length tell set-up and steps apart."""
    one = min(_seconds(train, 1), _seconds(train, 1))  # the first may have to wake the threads
    return (_seconds(train, 1 + steps) - one) / steps, one


def _timing(turns: list[tuple[float, float]]) -> Timing:
    step, one = map(median, zip(*turns))
    return Timing(step, max(one - step, 0))


def _steps_within(budget: float, train: Trainer) -> int:
    """The number of steps that take about so many seconds, three or more; the trainer is warm afterwards."""
    train(1)
    step = (_seconds(train, 4) - _seconds(train, 1)) / 3
    return max(3, min(round(budget / max(step, 1e-5)), 5000))


def _seconds(train: Trainer, steps: int) -> float:
    start = time.perf_counter()
    train(steps)
    return time.perf_counter() - start
