"""What was measured on the way, and where training stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import numpy as np

from neurone.arrays import Array, equal
from neurone.network import Network


@dataclass(frozen=True)
class History:
    """What was measured on the way.

    Entry i of each array was measured after `iteration[i]` updates, the
    first before any.

    Shapes:  iteration and seconds (T,) for T records; the others (T,), or
             (T, S) of a stack, and None without validation data
    """

    iteration: Array
    seconds: Array
    loss: Array
    accuracy: Array
    validation_loss: Array | None = None
    validation_accuracy: Array | None = None

    def __eq__(self, other: object) -> bool:
        return equal(self, other)

    @classmethod
    def of(
        cls, records: list[list[Any]], past: "History | None" = None
    ) -> "History":
        """The history of records, after those of the past.

        Each record has an entry for each array; NaN stands where it or the
        past has none.
        """
        if not records:
            return past or cls(*(np.empty(0) for _ in range(4)))
        arrays = [np.array(each) for each in zip(*records)]
        if past is None:
            return cls(*arrays)
        pairs = zip_longest(vars(past).values(), arrays)
        m, k = len(past.iteration), len(records)
        joined: list[Any] = [_joined(a, m, b, k) for a, b in pairs]
        return cls(*joined)


def _joined(
    first: Array | None, m: int, second: Array | None, k: int
) -> Array | None:
    """Arrays of m and of k entries as one; what is not there is NaN."""
    known = second if first is None else first
    if known is None:
        return None
    parts = [
        np.full((count, *known.shape[1:]), np.nan, known.dtype)
        if part is None
        else part
        for part, count in ((first, m), (second, k))
    ]
    return np.concatenate(parts)


class Log:
    """A history that grows: records become arrays when it is asked for.

    So a record costs the same, however many are before it.
    """

    def __init__(self, past: History | None = None) -> None:
        self.past, self.records = past, list[list[Any]]()

    def history(self) -> History:
        if self.records:
            past = History.of(self.records, self.past)
            self.past, self.records = past, []
        return self.past or History.of([])

    @property
    def iteration(self) -> int | None:
        """That of the last record."""
        if self.records:
            return int(self.records[-1][0])
        return int(self.past.iteration[-1]) if self.past else None


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Where training stands at a record: `train` goes on from it.

    From the same samples and arguments it goes on bit by bit as if it had
    not stopped. Beside the network as it is and the history there is what
    the next update depends on: the state of the optimiser, that of the
    generator of batches, and arrays: the parameters as they are trained,
    and where they matter the start of the span, the order of the samples
    that are still to have their turn, and the parameters that were best.
    """

    network: Network
    history: History | None
    state: Any
    generator: Mapping[str, Any] | None
    arrays: dict[str, Array]
    optimiser: str | None = None  # the kind whose state it is

    @classmethod
    def before(cls, network: Network) -> "Checkpoint":
        """Where a training stands that has measured nothing yet."""
        return cls(network, None, None, None, {}).on_other_samples()

    @property
    def iteration(self) -> int:
        """The number of updates made."""
        return int(self.history.iteration[-1]) if self.history else 0

    def on_other_samples(self) -> "Checkpoint":
        """The same, without what belongs to the samples of now."""
        _, parameters = self.network.copy_in_one_vector()
        return replace(self, arrays={"parameters": parameters})


# what `train` asks after each record whether it is to end
Callback = Callable[[Checkpoint], bool | None]
