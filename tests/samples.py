"""What a test has many of: some run with `make test`, all with `make thorough`."""

from collections.abc import Iterable

import pytest

TIMES = {True: [pytest.mark.long], False: []}  # the marks of what waits for `make thorough`, and of what does not


def every(step: int, names: Iterable) -> list:
    """The names, all but every `step`-th one marked as long."""
    return [pytest.param(name, marks=TIMES[at % step > 0]) for at, name in enumerate(names)]


def but(long: Iterable, names: Iterable) -> list:
    """The names, these marked as long."""
    return [pytest.param(name, marks=TIMES[name in long]) for name in names]
