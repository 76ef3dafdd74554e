"""The verdict does not change with the way a claim is written: a sample of the variants, all of which `make thorough` tries."""

import random

import pytest
from chapters import each_page, statements
from metamorphic import Claim, chained, claims_of_the_corpus, fault, variants

from claims import Proof

pytestmark = pytest.mark.many

CHUNKS, OF_A_CHUNK, OF_A_PAGE = 8, 4, 1


def sample(claims: list[Claim], count: int, seed) -> list[Claim]:
    """A variant of each of some claims."""
    chosen = random.Random(seed)
    return [chosen.choice([*variants(claim)]) for claim in chosen.sample(claims, min(count, len(claims)))]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_variant_of_a_claim_of_the_corpus_changes_its_verdict(chunk):
    claims = claims_of_the_corpus()[chunk::CHUNKS]
    for variant in sample(claims, OF_A_CHUNK, chunk):
        assert fault(variant) is None


@each_page
def test_no_variant_of_a_claim_of_the_book_changes_its_verdict(page):
    proofs = [s for s in statements(page).values() if isinstance(s, Proof)]
    claims = [Claim(proof.id, proof.lhs, proof.rhs, tuple(proof.given), true=True) for proof in proofs]
    for variant in sample(claims, OF_A_PAGE, page.stem):
        assert fault(variant) is None


def test_what_follows_from_two_equations_with_one_side_is_judged_as_they_are():
    found = chained(claims_of_the_corpus())
    assert len(found) > 200
    for claim in random.Random("chained").sample(found, 10):
        assert fault(claim) is None
