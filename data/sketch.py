"""A sketch: where the animal sits, what fur it has, and the paint that its parts are drawn with.

Lengths are in head radii.
"""

import numpy as np
from scenery import CANVAS, PIXELS, POINTS, background
from shapes import Field, cone, ellipse, noise, turn

POSE = 0.35  # how far an animal strays from the middle, looks aside and tilts its head
NEGATIVE = 0.17  # the share of pictures like chalk on a blackboard: light lines on dark
LINE = 0.04  # half the width of a pen stroke
PATTERNS = "plain", "tabby", "patches", "mask", "blaze", "eyepatch", "spots"  # a method of Sketch each

Range = tuple[float, float]


class Sketch:
    """A background, a pose and a fur, and nothing painted yet."""

    patterns: tuple[float, ...]  # how often each of PATTERNS

    def __init__(self, rng: np.random.Generator):
        self.rng = rng
        self.negative = self.chance(NEGATIVE)
        self.canvas = background(rng)
        self.strike_a_pose()
        self.grow_fur()

    # Chance and paint

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def among(self, limits: Range) -> float:
        return self.rng.uniform(*limits)

    def noise(self, bumps: int) -> Field:
        return noise(self.rng, bumps, POINTS)

    def paint(self, shape: Field, tone: Field | float, *, opacity: float = 1.0, edge: float = 1.0) -> None:
        """Blend the tone over the inside of the shape, with an edge of so many pixels."""
        cover = opacity * np.clip(0.5 - shape / (edge * self.pixel), 0, 1)
        self.canvas = self.canvas + cover * (tone - self.canvas)

    def solid(self, shape: Field, tone: Field | float) -> None:
        """A shape with an outline, paler towards the middle."""
        self.paint(shape - LINE, self.ink)
        self.paint(shape, tone - 0.15 * np.clip(shape, -0.5, 0))

    # Pose and fur

    def strike_a_pose(self) -> None:
        """Points that move with the head; with the face, which looks aside; and with the body, which tilts less."""
        astray = POSE * self.rng.normal(0, [0.12, 0.1, 0.13, 0.05])
        radius, tilt = 0.46 + POSE * self.among((-0.1, 0.1)), POSE * self.rng.normal(0, 0.3)
        centred = (CANVAS - astray[0] - 1j * (astray[1] - 0.17)) / radius
        self.on_head, self.on_body = turn(centred, tilt), turn(centred, 0.3 * tilt)
        self.on_face = self.on_head - astray[2] - 1j * astray[3]
        self.side = self.rng.choice([-1, 1])
        self.pixel = 2 / PIXELS / radius

    def grow_fur(self) -> None:
        tone = self.among((0.4 if self.negative else 0.2, 0.92))
        self.tone, self.ink = tone, tone * self.among((0.2, 0.4))
        self.dark, self.light = tone * self.among((0.4, 0.6)), tone + (1 - tone) * self.among((0.5, 0.9))
        self.other = self.light if tone < 0.55 else self.dark
        self.coat = tone + 0.015 * self.noise(32) + 0.03 * self.noise(12)
        pattern = self.rng.choice(PATTERNS, p=self.patterns)
        self.face, self.body = getattr(self, pattern)()

    def dyed(self, tone: float, strength: Field) -> Field:
        return self.coat + (tone - self.tone) * np.clip(strength, 0, 1)

    def plain(self) -> tuple[Field, Field]:
        return self.coat, self.coat

    def tabby(self) -> tuple[Field, Field]:
        x, y, aside = self.on_head.real, self.on_head.imag, np.abs(self.on_head.real)
        brow = np.sin(15 * x + 1.6) * (aside < 0.5) * (y < -0.4 - 0.3 * aside)
        cheek = np.sin(14 * y + 2 * aside) * (aside > 0.66) * (y > -0.15)
        rings = np.sin(8 * self.on_body.imag + 0.5 * self.noise(5)) * (np.abs(self.on_body.real) > 0.3)
        return self.dyed(self.dark, 2 * (brow + cheek)), self.dyed(self.dark, 2 * rings)

    def patches(self) -> tuple[Field, Field]:
        fur = self.dyed(self.other, 8 * (self.noise(5) - 0.3))
        return fur, fur

    def spots(self) -> tuple[Field, Field]:
        fur = self.dyed(self.other, 8 * (self.noise(16) - 0.9))
        return fur, fur

    def mask(self) -> tuple[Field, Field]:
        return self.dyed(self.dark, -3 * ellipse(self.on_face, 0.3j, 0.65, 0.75)), self.coat

    def blaze(self) -> tuple[Field, Field]:
        return self.dyed(self.other, -8 * cone(self.on_face, -1j, 0.5j, 0.06, 0.3)), self.coat

    def eyepatch(self) -> tuple[Field, Field]:
        return self.dyed(self.other, -8 * ellipse(self.on_face, 0.42 * self.side - 0.15j, 0.38, 0.42)), self.coat
