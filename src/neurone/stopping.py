"""When to stop, and what to keep: the network that does best elsewhere."""

import numpy as np

from neurone.arrays import Array
from neurone.network import Network


class Best:
    """The network with the lowest validation loss, and its age in records.

    Each network of a stack has its own; the age is that of the youngest.

    Shapes:  validation_loss a number, or (S,) of a stack
    """

    def __init__(self, network: Network, patience: int) -> None:
        self.network, self.parameters = network.copy_in_one_vector()
        self.patience, self.age = patience, 0
        self.loss: Array | float = np.inf

    def see(self, network: Network, validation_loss: Array | float) -> None:
        """Keep the network where its loss is lower than all before."""
        lower = np.asarray(validation_loss < self.loss)
        entries = lower[..., np.newaxis, np.newaxis]
        for kept, layer in zip(self.network.layers, network.layers):
            np.copyto(kept.W, layer.W, where=entries)
            np.copyto(kept.b, layer.b, where=entries)
        self.note(validation_loss)  # last: what Ctrl-C broke off is redone

    def note(self, validation_loss: Array | float) -> None:
        """Count the loss among those before."""
        lower = np.any(validation_loss < self.loss)
        self.age = 0 if lower else self.age + 1
        self.loss = np.fmin(self.loss, validation_loss)  # NaN is no loss

    def fault(self) -> str | None:
        """What to say if no loss was finite: then nothing was kept."""
        if np.isfinite(self.loss).all():
            return None
        return (
            "no validation loss was finite, so that patience kept the "
            "network of the start: standardise the X of validation"
        )

    def is_old(self) -> bool:
        """Whether as many records as there is patience were no better."""
        return self.age >= self.patience
