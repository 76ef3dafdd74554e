"""A cat and a dog, sitting: what they share is an animal, what tells them apart are its subclasses.

Lengths are in head radii. A range (low, high) is drawn from anew for every animal, and a part is painted over
the parts before it.
"""

from abc import ABC, abstractmethod

import numpy as np
from scenery import photograph
from shapes import Field, cone, curve, disc, ellipse, melt, mirror
from sketch import LINE, Range, Sketch


class Animal(Sketch, ABC):
    """An animal, part by part from the back to the front; `draw` paints them and returns the picture.

    A subclass says how often (a float from 0 to 1), how large or how light (a range) its parts are.
    """

    tail_middle: float
    tail_end: tuple[Range, Range]
    tail_tip: float
    hanging_ears: float
    hanging_before_head: float
    hanging_length: Range
    hanging_radii: tuple[float, float, float]
    standing_length: Range
    muzzle_top: Range
    muzzle_drop: Range
    lip: float
    nose: float
    tongue: float
    tongue_length: float
    eye: complex
    eye_radius: Range
    eye_slant: float
    iris: Range
    pupil: Range
    whisker: Range

    def draw(self) -> np.ndarray:
        for part in (self.tail, self.trunk, self.collar, self.head, self.muzzle, self.eyes, self.whiskers):
            part()
        return photograph(self.canvas, self.rng, self.negative)

    def tail(self) -> None:
        root, middle = 0.7 * self.side + 2.4j, self.tail_middle * self.side + 2.4j
        out, up = self.tail_end
        end = self.among(out) * self.side + 1j * self.among(up)
        self.solid(curve(self.on_body, root, middle, end, (0.2, 0.17, self.tail_tip)), self.body)

    def trunk(self) -> None:
        belly, chest = ellipse(self.on_body, 2.1j, self.among((0.75, 1)), 1.2), disc(self.on_body, 1j, 0.6)
        self.solid(melt(belly, chest, 0.4), self.body)
        if self.chance(0.4):
            self.paint(ellipse(self.on_body, 1.35j, 0.42, 0.6), self.light, edge=4)
        self.solid(cone(mirror(self.on_body), 0.3 + 1.8j, 0.34 + 2.8j, 0.2, 0.22), self.body)

    def collar(self) -> None:
        if self.chance(0.3):
            self.paint(cone(self.on_body, -0.5 + 0.92j, 0.5 + 0.92j, 0.1, 0.1), self.among((0, 1)))
            self.paint(disc(self.on_body, 1.14j, 0.13), self.among((0.5, 1)))

    def head(self) -> None:
        hanging = self.chance(self.hanging_ears)
        ears = self.ears_that_hang if hanging else self.ears_that_stand
        over = hanging and self.chance(self.hanging_before_head)
        tone = self.coat + self.chance(0.4) * (self.dark - self.tone)
        if not over:
            ears(tone)
        self.solid(self.skull(), self.face)
        if over:
            ears(tone)

    @abstractmethod
    def skull(self) -> Field:
        """The outline of the head without its ears."""

    def ears_that_hang(self, tone: Field) -> None:
        bend, length = self.among((0, 1)), self.among(self.hanging_length)
        root, middle = 0.58 - 0.5j, 0.58 + (0.5 + 0.2 * bend) * length + 1j * (-0.5 - 0.45 * bend * length)
        tip = 0.58 + 0.55 * length + 1j * (-0.5 + (1 - 0.6 * bend) * length)
        self.solid(curve(mirror(self.on_head), root, middle, tip, self.hanging_radii), tone)

    def ears_that_stand(self, tone: Field) -> None:
        root, up = 0.58 - 0.5j, (0.2 + 0.25 * self.among((0, 1)) - 1j) * self.among(self.standing_length)
        self.solid(cone(mirror(self.on_head), root, root + up, 0.42, 0.03), tone)
        self.paint(cone(mirror(self.on_head), root, root + 0.85 * up, 0.26, 0), 0.4 * self.tone + 0.45, edge=2)

    def muzzle(self) -> None:
        self.nose_height = self.among(self.muzzle_top)
        self.mouth_height = self.nose_height + self.among(self.muzzle_drop)
        lips = self.lips()
        self.paint(lips - LINE, self.ink, opacity=0.3, edge=2)
        self.paint(lips, self.light if self.chance(0.6) else self.coat + 0.08, edge=2)
        self.mouth()
        self.snout()

    def lips(self) -> Field:
        centre = 0.75 * self.lip + 1j * (self.mouth_height - 0.09)
        return ellipse(mirror(self.on_face), centre, self.lip, 0.8 * self.lip)

    def mouth(self) -> None:
        corner, nose = 1j * self.mouth_height, 1j * self.nose_height
        if self.chance(self.tongue):
            tip = 0.03 + corner + 1j * self.tongue_length
            self.solid(cone(self.on_face, corner + 0.06j, tip, 0.6 * self.nose, 0.8 * self.nose), 0.6)
        self.paint(cone(self.on_face, nose, corner, LINE, LINE), self.ink)
        smile = corner, corner + 0.6 * self.lip + 0.16j, corner + 1.1 * self.lip - 0.04j
        self.paint(curve(mirror(self.on_face), *smile, (LINE,) * 3, pieces=2), self.ink)

    @abstractmethod
    def snout(self) -> None:
        """Paint the nose."""

    def eyes(self) -> None:
        if self.chance(0.08):
            self.eyes_asleep()
        else:
            self.eyes_open()

    def eyes_asleep(self) -> None:
        lid = curve(mirror(self.on_face), self.eye - 0.2, self.eye + 0.25j, self.eye + 0.2, (LINE,) * 3, pieces=2)
        self.paint(lid, self.ink)

    def eyes_open(self) -> None:
        p, radius = mirror(self.on_face), self.among(self.eye_radius)
        ball = ellipse(p, self.eye, 1.15 * radius, radius, self.eye_slant)
        self.paint(ball - LINE, 0.6 * self.ink)
        self.paint(ball, self.among(self.iris))
        self.paint(ellipse(p, self.eye, 0.75 * radius * self.among(self.pupil), 0.85 * radius), 0.03)
        # The glint is to the left in both eyes: the light comes from one side.
        self.paint(disc(mirror(self.on_face + 0.05), self.eye - 0.06j, 0.055), 1)

    def whiskers(self) -> None:
        for row in (-1, 0, 1):
            length, root = self.among(self.whisker), 0.75 * self.lip + 1j * (self.mouth_height - 0.08 + 0.06 * row)
            end = root + length + 1j * (0.2 * row * length - 0.05)
            hair = cone(mirror(self.on_face), root, end, 0.02, 0.008)
            self.paint(hair, 0.95 if self.tone < 0.55 else 0.15, opacity=0.7)


class Cat(Animal):
    """A wide skull with tufts on the cheeks, ears that stand, large pale eyes with a slit, long whiskers."""

    patterns = (0.2, 0.4, 0.12, 0.1, 0.08, 0.06, 0.04)
    tail_middle, tail_end, tail_tip = 2.3, ((1.1, 1.6), (0.6, 1.4)), 0.14
    hanging_ears, hanging_before_head = 0.06, 1.0
    hanging_length, hanging_radii, standing_length = (0.45, 0.45), (0.3, 0.25, 0.1), (0.6, 0.85)
    muzzle_top, muzzle_drop, lip, nose = (0.22, 0.27), (0.25, 0.25), 0.2, 0.11
    tongue, tongue_length = 0.06, 0.12
    eye, eye_radius, eye_slant, iris, pupil = 0.42 - 0.1j, (0.16, 0.24), 0.25, (0.55, 0.95), (0.25, 0.95)
    whisker = (0.7, 1.1)

    def skull(self) -> Field:
        brow = ellipse(self.on_head, -0.05j, self.among((0.9, 1.02)), 0.82)
        cheeks = ellipse(self.on_face, 0.3j, 0.85, 0.5)
        tufts = cone(mirror(self.on_head), 0.5 + 0.25j, self.among((0.9, 1.15)) + 0.45j, 0.25, 0.02)
        return melt(melt(brow, cheeks, 0.3), tufts, 0.1)

    def snout(self) -> None:
        nose = 1j * self.nose_height
        self.paint(cone(self.on_face, nose, nose + 0.06j, self.nose, 0.02), 0.7 * self.ink)


class Dog(Animal):
    """A high skull with a narrow jaw, ears that mostly hang, small dark eyes, a big wet nose, often a tongue."""

    patterns = (0.22, 0.06, 0.12, 0.14, 0.18, 0.18, 0.1)
    tail_middle, tail_end, tail_tip = 1.5, ((1.2, 1.6), (0.9, 1.7)), 0.08
    hanging_ears, hanging_before_head = 0.72, 0.7
    hanging_length, hanging_radii, standing_length = (0.75, 1.05), (0.2, 0.26, 0.2), (0.75, 1.05)
    muzzle_top, muzzle_drop, lip, nose = (0.16, 0.28), (0.36, 0.44), 0.3, 0.2
    tongue, tongue_length = 0.5, 0.3
    eye, eye_radius, eye_slant, iris, pupil = 0.36 - 0.16j, (0.12, 0.17), 0.0, (0.15, 0.5), (0.7, 1)
    whisker = (0.2, 0.4)

    def skull(self) -> Field:
        brow = ellipse(self.on_head, -0.12j, self.among((0.78, 0.9)), 0.85)
        jaw = ellipse(self.on_face, 0.45j, self.among((0.5, 0.65)), 0.55)
        return melt(brow, jaw, 0.3)

    def lips(self) -> Field:
        bridge = ellipse(self.on_face, 1j * self.nose_height, 0.26, 0.3)
        return melt(super().lips(), bridge, 0.15)

    def snout(self) -> None:
        nose = 1j * self.nose_height
        self.paint(ellipse(self.on_face, nose, self.nose, 0.7 * self.nose), 0.05)
        self.paint(ellipse(self.on_face, nose - 0.06 - 0.05j, 0.06, 0.03), 0.8)
