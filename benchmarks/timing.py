"""Times of steps: contestants take turns, so that a slower minute of the machine hits all of them."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

RUN = 1000  # steps over which the set-up of a run is spread: about what a chapter trains
ROUNDS, BUDGET, LONGEST = 5, 0.15, 4096  # turns of each contestant; seconds of steps in a turn, and their number
REST = 0.15  # seconds: threads of OpenBLAS spin for 2^28 cycles, and would take a core from the next contestant


@dataclass(frozen=True)
class Trainer:
    """What trains a given number of steps, and the shortest run that is done as a long one is."""

    train: Callable[[int], object]
    shortest: int = 1

    def seconds(self, steps: int) -> float:
        """The time of a run of so many steps more than the shortest."""
        start = time.perf_counter()
        self.train(self.shortest + steps)
        return time.perf_counter() - start


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
    """The median times of each trainer."""
    steps = {name: _steps_within(budget, trainer) for name, trainer in trainers.items()}
    turns = defaultdict(list)
    for _ in range(rounds):
        for name, trainer in trainers.items():
            time.sleep(REST)
            turns[name].append(_turn(trainer, steps[name]))
    return {name: Timing(*map(median, zip(*found))) for name, found in turns.items()}


def _turn(trainer: Trainer, steps: int) -> tuple[float, float]:
    """Seconds of one step, and of the set-up: two runs of different length tell them apart."""
    short = min(trainer.seconds(0), trainer.seconds(0))  # the first may have to wake the threads
    step = (trainer.seconds(steps) - short) / steps
    return step, max(short - trainer.shortest * step, 0)


def _steps_within(budget: float, trainer: Trainer) -> int:
    """A number of steps that take about so many seconds, and as long as the set-up, or its noise would drown them.

    The trainer is warm afterwards.
    """
    steps, short = 4, min(trainer.seconds(0), trainer.seconds(0))  # the first run is a cold one
    while trainer.seconds(steps) - short < max(budget / 2, short) and steps < LONGEST:
        steps *= 2
    return steps
