"""Pictures of training, drawn on axes that the caller gives."""

from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from scipy.special import stdtrit

from neurone.arrays import Array
from neurone.history import History
from neurone.network import Network


def learning_curves(
    ax: Axes, history: History, quantity: str = "loss"
) -> None:
    """Loss or accuracy over the iterations.

    It is drawn on training and, where there is any, validation data. Of a
    stack of S networks it is the mean, and the 95 % interval of the mean
    by Student's t.

    Shapes:  history as `train` returns it; quantity "loss" or "accuracy"
    Raises:  AttributeError if the history has no such quantity
    """
    names = {"training": quantity, "validation": f"validation_{quantity}"}
    for label, name in names.items():
        values = getattr(history, name)
        if values is not None:
            values = values.reshape(len(values), -1)
            _curve(ax, history.iteration, values, label)
    ax.set(xlabel="iteration", ylabel=quantity)
    ax.legend()


def _curve(ax: Axes, x: Array, values: Array, label: str) -> None:
    mean, S = values.mean(axis=1), values.shape[1]
    (line,) = ax.plot(x, mean, label=label)
    if S > 1:
        error = values.std(axis=1, ddof=1) / np.sqrt(S)
        half = stdtrit(S - 1, 0.975) * error
        ax.fill_between(
            x,
            mean - half,
            mean + half,
            color=line.get_color(),
            alpha=0.25,
            linewidth=0,
        )


def decision_boundary(
    ax: Axes, network: Network, X: Array, Y: Array
) -> None:
    """The samples, and the lines where the network is undecided.

    Shapes:  X (m, 2); Y (m, 1) or (m,) with class numbers, or (m, K) with
             one 1 a row
    Raises:  ValueError if the samples do not have two inputs or a label
             each, a label is not the number of a class, or the network
             does not decide for one class
    """
    if np.ndim(X) != 2 or np.shape(X)[1] != 2:
        raise ValueError(
            f"X has {np.shape(X)[-1]} columns: "
            "a decision boundary can be drawn of two"
        )
    X, y = np.asarray(X), _class_numbers(Y)
    if y.shape != (len(X),):
        raise ValueError(
            f"Y has shape {np.shape(Y)}: {len(X)} samples take as many "
            "labels"
        )
    low, high = X.min(axis=0), X.max(axis=0)
    margin = 0.1 * (high - low)
    x1, x2 = np.linspace(low - margin, high + margin, 200).T
    grid = np.stack(np.meshgrid(x1, x2), axis=-1).reshape(-1, 2)
    P = _of_each_class(network.probabilities(grid))
    if strange := sorted(set(y.tolist()) - set(range(P.shape[1]))):
        raise ValueError(
            f"Y holds {strange[0]!r}: give the numbers of the classes, "
            f"0 to {P.shape[1] - 1}"
        )
    for k in range(1, P.shape[1]):
        lead = P[:, k] - np.delete(P, k, axis=1).max(axis=1)
        if lead.min() <= 0 < lead.max():
            lead = lead.reshape(200, 200)
            ax.contour(x1, x2, lead, levels=[0], colors="C2")
    for k, marker in zip(range(P.shape[1]), cycle("o^sDvPX*")):
        cloud = X[y == k]
        ax.plot(*cloud.T, marker, markersize=4, label=f"$y = {k}$")
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.legend(
        ncols=min(P.shape[1], 4),
        loc="lower center",
        bbox_to_anchor=(0.5, 1),  # above, not among the samples
    )


def _class_numbers(Y: Array) -> Array:
    """The class of each sample, from numbers or from rows with one 1."""
    Y = np.asarray(Y)
    several = Y.ndim == 2 and Y.shape[1] > 1
    return Y.argmax(axis=1) if several else Y.ravel()


def _of_each_class(P: Array) -> Array:
    """Probabilities (m, K), also from those (m, 1) of label 1 alone."""
    if P.ndim == 2 and P.shape[1] == 1:
        P = np.hstack([1 - P, P])
    if P.ndim > 2 or not np.allclose(P.sum(axis=1), 1):
        raise ValueError(
            "a decision boundary is that of one network which decides for "
            "one class: take one of a stack, or one label of several"
        )
    return P


def weight_image(ax: Axes, w: Array, height: int) -> None:
    """The weights of one neuron as an image of the given height.

    It is red where they are positive, blue where they are negative.

    Shapes:  w (n, 1) or (n,), where height divides n
    Raises:  ValueError if w has another shape
    """
    w = np.asarray(w)
    if w.shape not in ((w.size,), (w.size, 1)) or w.size % height:
        raise ValueError(
            f"w has shape {w.shape}: an image of height {height} takes "
            f"the weights of one neuron, {height} or a multiple of it"
        )
    image, largest = w.reshape(height, -1), np.abs(w).max()
    ax.imshow(image, cmap="RdBu_r", vmin=-largest, vmax=largest)
    ax.axis("off")
