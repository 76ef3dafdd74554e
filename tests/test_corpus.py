"""Claims that the prover was not made for: the true ones are proved, their false twins refuted; every other one is `long`."""

import pytest
from corpus import FALSE, TRUE

from claims import Refuted, SizesDoNotFit, prove

pytestmark = pytest.mark.many


def half(names) -> list:
    """The names, every other one marked as more of what the others have a sample of."""
    return [pytest.param(name, marks=pytest.mark.long if at % 2 else ()) for at, name in enumerate(names)]


@pytest.mark.parametrize("name", half(TRUE))
def test_true_claim_is_proved(name):
    left, right, given = TRUE[name]
    assert prove(name, left, right, given=given).audit.points >= 3


@pytest.mark.parametrize("name", half(FALSE))
def test_false_claim_is_refuted(name):
    left, right, given = FALSE[name]
    with pytest.raises((Refuted, SizesDoNotFit)) as refuted:
        prove(name, left, right, given=given)
    if refuted.type is Refuted:
        assert refuted.value.counterexample.expected != refuted.value.counterexample.claimed
