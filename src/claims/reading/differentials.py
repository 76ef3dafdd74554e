"""Second slopes by d as those by ∂: d²/dz² is ∂²/∂z², where neither d nor dz is a name."""

from __future__ import annotations

from dataclasses import replace

from claims.language.letters import GREEK

from .functions import ALIASES, FUNCTIONS
from .names import Lexicon, spelling
from .signs import Sign, operator

ENDS = ("}", ")", "]", "+", "-", "=", "<", ">", "<=", ">=")


def partials(signs: list[Sign], lexicon: Lexicon) -> list[Sign]:
    places = [k for k, sign in enumerate(signs) if sign.kind == "word" and sign.text == "d" and not sign.sub]
    for k in [] if lexicon.find("d") else reversed(places):
        length = order_at(k + 1, signs)
        at = below_line(k + 1 + length, signs) if length else None
        found = parted(signs[at], signs[at + 1], lexicon) if at is not None and at + 1 < len(signs) else []
        if at is not None and found and order_at(at + (1 if len(found) > 1 else 2), signs):
            signs[k] = replace(signs[k], kind="op", text="∂")
            signs[at : at + 1] = found
    return signs


def order_at(k: int, signs: list[Sign]) -> int:
    """How many signs the order takes that stands at k: ², ^2 or ^{2}; 0 if there is none."""
    if operator(k, signs) in ("²", "³"):
        return 1
    braced = operator(k + 1, signs) == "{"
    number = k + 1 + braced
    if operator(k, signs) != "^" or number >= len(signs) or signs[number].kind != "number":
        return 0
    return 2 + 2 * braced if not braced or operator(k + 3, signs) == "}" else 0


def below_line(k: int, signs: list[Sign]) -> int | None:
    """Where what is below the line begins, if one term from k on is above it."""
    depth = 0
    for at in range(k, len(signs)):
        text = operator(at, signs)
        if not depth and text == "/":
            return at + 1
        if not depth and text == "}" and operator(at + 1, signs) == "{":
            return at + 2
        if not depth and text in ENDS:
            return None
        depth += (text in ("(", "[", "{")) - (text in (")", "]", "}"))
    return None


def parted(sign: Sign, behind: Sign, lexicon: Lexicon) -> list[Sign]:
    """The ∂ and the letter that a sign is, of dz; the ∂ alone of a d before a letter."""
    if sign.kind != "word" or sign.text[:1] != "d" or lexicon.find(spelling(sign)):
        return []
    partial = replace(sign, kind="op", text="∂", end=sign.start + 1, sub=None)
    if sign.text == "d" and not sign.sub:
        return [partial] if behind.kind == "word" else []
    is_word = sign.text in GREEK or ALIASES.get(sign.text, sign.text) in FUNCTIONS
    if is_word or not sign.text[1:2].isalpha():
        return []
    return [partial, replace(sign, text=sign.text[1:], start=sign.start + 1, glued=True)]
