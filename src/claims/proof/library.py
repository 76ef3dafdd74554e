"""Statements that lines may name as their reasons: those proved here before, and those of other chapters."""

from __future__ import annotations

import json
from collections.abc import Sequence

from claims.data import Stated, read
from claims.errors import Unreadable
from claims.language.reasons import By
from claims.reasons.errors import ReasonFails

_KNOWN: dict[str, Stated] = {}


def keep(id: str, stated: Stated) -> None:
    """A statement that was proved may be named by its id from here on."""
    _KNOWN[id] = stated


def recall(text: str) -> None:
    """Statements that were proved elsewhere may be named from here on: JSON, id -> statement as data.

    Raises:  Unreadable, naming what is wrong
    """
    try:
        told = json.loads(text)
    except (TypeError, ValueError) as error:
        raise Unreadable(f"statements are recalled from JSON, id -> statement: {error}") from None
    if not isinstance(told, dict):
        raise Unreadable(f"statements are recalled from an object, id -> statement, not from {text[:40]}")
    for id, data in told.items():
        _KNOWN[id] = read(data)


def known(reasons: Sequence[By]) -> dict[str, Stated]:
    """The statements that reasons name.

    Raises:  ReasonFails if there is no such statement
    """
    missing = [reason.id for reason in reasons if reason.id not in _KNOWN]
    if missing:
        raise ReasonFails(f"no statement {missing[0]} was proved before: claim it here, or recall it from ledger.json")
    known = {reason.id: _KNOWN[reason.id] for reason in reasons}
    for id, stated in known.items():
        if stated.right is None or stated.kind == "every-depth":
            raise ReasonFails(f"{id} is no equation that could be put into a line")
    return known
