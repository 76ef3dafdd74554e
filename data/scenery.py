"""What surrounds the animal: the background behind it, and the camera that takes the picture.

The canvas is the square [-1, 1] x [-1, 1], with 2 x 2 points a pixel.
"""

import numpy as np
from shapes import Field, disc, noise, turn

PIXELS, POINTS = 64, 128
GRAIN = 0.02

_TICKS = (np.arange(POINTS) + 0.5) / POINTS * 2 - 1
CANVAS = _TICKS + 1j * _TICKS[:, None]


def _floor(rng: np.random.Generator) -> Field:
    return 2 * (CANVAS.imag > rng.uniform(0.1, 0.8))


def _stripes(rng: np.random.Generator) -> Field:
    return np.sign(np.sin(rng.uniform(4, 14) * turn(CANVAS, rng.uniform(0, np.pi)).real))


def _checks(rng: np.random.Generator) -> Field:
    p = rng.uniform(4, 14) * turn(CANVAS, rng.uniform(0, np.pi))
    return 0.7 * (np.sign(np.sin(p.real)) + np.sign(np.sin(p.imag)))


def _meadow(rng: np.random.Generator) -> Field:
    return 0.5 * (noise(rng, 40, POINTS) + noise(rng, 12, POINTS))


def _bricks(rng: np.random.Generator) -> Field:
    rows = rng.uniform(1.3, 4.7) * CANVAS
    shifted = rows.real / 2 + np.floor(rows.imag) % 2 / 2
    return 2.0 * ((rows.imag % 1 < 0.15) | (shifted % 1 < 0.08))


def _lights(rng: np.random.Generator) -> Field:
    lights = rng.uniform([-1, -1, 0.1], [1, 1, 0.35], (9, 3))
    return sum(disc(CANVAS, x + 1j * y, radius) < 0 for x, y, radius in lights)


TEXTURES = _floor, _stripes, _checks, _meadow, _bricks, _lights


def background(rng: np.random.Generator) -> Field:
    tone, contrast = rng.uniform(0.1, 0.9), rng.uniform(0.04, 0.16) * rng.choice([-1, 1])
    texture = TEXTURES[rng.integers(len(TEXTURES))]
    return np.clip(tone + contrast * texture(rng) + 0.05 * noise(rng, 3, POINTS), 0, 1)


def _blur(image: Field, weight: float) -> Field:
    """Each row, and then each column, mixed with its two neighbours."""
    for _ in range(2):
        rows = np.pad(image, ((1, 1), (0, 0)), mode="edge")
        image = ((1 - 2 * weight) * rows[1:-1] + weight * (rows[:-2] + rows[2:])).T
    return image


def photograph(canvas: Field, rng: np.random.Generator, negative: bool) -> np.ndarray:
    """The picture of the canvas, (64, 64) uint8: light from one side, a lens that is not quite sharp, grain."""
    light = 1 + rng.uniform(0, 0.3) * turn(CANVAS, rng.uniform(0, 2 * np.pi)).real
    cells = (canvas * light).reshape(PIXELS, POINTS // PIXELS, PIXELS, POINTS // PIXELS)
    image = _blur(cells.mean(axis=(1, 3)), rng.uniform(0, 0.22))
    image = np.clip(image + rng.uniform(0, GRAIN) * rng.normal(size=image.shape), 0, 1)
    return np.rint(255 * (1 - image if negative else image)).astype(np.uint8)
