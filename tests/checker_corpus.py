"""The claims of the corpus, and those that once deceived the first prover, as data for the second one.

`python checker_corpus.py FILE` writes them as JSON.
"""

import json
import sys
from pathlib import Path

from corpus import FALSE, TRUE
from test_adversary import CASES

from claims import SizesDoNotFit
from claims.data import Stated, write
from claims.errors import Unwritable
from claims.language import Nonnegative
from claims.language.statement import prepared


def written(left, right, given=()) -> dict | None:
    """The statement of a claim; None for one whose sizes do not fit, or that has no way to be written."""
    try:
        claim = prepared(left, right, given)
        if isinstance(claim.lhs, Nonnegative):
            return write(Stated("nonnegative", claim.lhs.expr, given=claim.given))
        return write(Stated("equation", claim.lhs, claim.rhs, claim.given))
    except (SizesDoNotFit, Unwritable):
        return None


def corpus(step: int = 1) -> list[dict]:
    """Every claim, or every `step`-th one, with its name, whether it is true, and its statement."""
    deceptive = {case.id: case.values[0] for case in CASES}
    tables = (True, TRUE), (False, FALSE), (False, deceptive)
    claims = [(name, true, *claim) for true, table in tables for name, claim in table.items()]
    found = [(name, true, written(*claim)) for name, true, *claim in claims[::step]]
    return [{"id": name, "true": true, "statement": statement} for name, true, statement in found if statement]


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(corpus()), "utf8")
