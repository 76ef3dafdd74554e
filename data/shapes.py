"""Shapes as signed distances, negative inside and positive outside, and smooth noise.

A point is a complex number, x to the right and y down, so that a turn is one product and the letter p
stands for a whole grid of points. Lengths are in whatever unit the grid has.
"""

import numpy as np

Points = np.ndarray
Field = np.ndarray


def turn(p: Points, angle: float) -> Points:
    """The points in axes that are turned by the angle."""
    return p * np.exp(-1j * angle)


def mirror(p: Points) -> Points:
    """The right half twice: what is drawn on it appears on both sides."""
    return np.abs(p.real) + 1j * p.imag


def ellipse(p: Points, centre: complex, rx: float, ry: float, tilt: float = 0.0) -> Field:
    q = turn(p - centre, tilt)
    return (np.abs(q.real / rx + 1j * q.imag / ry) - 1) * min(rx, ry)


def disc(p: Points, centre: complex, radius: float) -> Field:
    return np.abs(p - centre) - radius


def cone(p: Points, a: complex, b: complex, ra: float, rb: float) -> Field:
    """The segment from a to b, as thick as ra at a and rb at b."""
    axis = b - a
    along = np.clip(((p - a) * axis.conjugate()).real / abs(axis) ** 2, 0, 1)
    return np.abs(p - a - along * axis) - ra - (rb - ra) * along


def curve(p: Points, a: complex, b: complex, c: complex, radii: tuple[float, float, float], pieces: int = 4) -> Field:
    """The quadratic Bezier curve of a, b, c, with its radii at start, middle and end, as a chain of cones."""
    t = np.linspace(0, 1, pieces + 1)
    knots = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
    r = np.interp(t, [0, 0.5, 1], radii)
    return np.min([cone(p, *knots[i : i + 2], *r[i : i + 2]) for i in range(pieces)], axis=0)


def melt(a: Field, b: Field, width: float) -> Field:
    """The union of two shapes, their joint rounded over the width."""
    share = np.clip(0.5 + (b - a) / (2 * width), 0, 1)
    return b + (a - b) * share - width * share * (1 - share)


def noise(rng: np.random.Generator, bumps: int, size: int) -> Field:
    """A smooth random field of size x size values, mean 0 and of order 1, with so many bumps a side."""
    t = np.linspace(0, bumps, size, endpoint=False)
    cell, step = t.astype(int), t % 1
    step = step * step * (3 - 2 * step)
    heights = rng.normal(size=(bumps + 1, bumps + 1))
    rows = heights[cell] * (1 - step)[:, None] + heights[cell + 1] * step[:, None]
    return rows[:, cell] * (1 - step) + rows[:, cell + 1] * step
