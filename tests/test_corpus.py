"""Claims that the prover was not made for: the true ones are proved, their false twins refuted; every fourth one runs with `make test`."""

import pytest
from corpus import FALSE, TRUE
from samples import every

from claims import Refuted, SizesDoNotFit, prove

pytestmark = pytest.mark.many


@pytest.mark.parametrize("name", every(4, TRUE))
def test_true_claim_is_proved(name):
    left, right, given = TRUE[name]
    assert prove(name, left, right, given=given).audit.points >= 3


@pytest.mark.parametrize("name", every(4, FALSE))
def test_false_claim_is_refuted(name):
    left, right, given = FALSE[name]
    with pytest.raises((Refuted, SizesDoNotFit)) as refuted:
        prove(name, left, right, given=given)
    if refuted.type is Refuted:
        assert refuted.value.counterexample.expected != refuted.value.counterexample.claimed
