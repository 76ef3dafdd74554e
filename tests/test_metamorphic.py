"""The verdict does not change with the way a claim is written: a sample of the variants, all of which `make thorough` tries."""

import random

import pytest
from chapters import each_page, statements
from metamorphic import Claim, chained, claims_of_the_corpus, fault, faults_of_the_second, variants

from claims import Proof

pytestmark = pytest.mark.many

CHUNKS, OF_A_CHUNK, OF_A_PAGE = 8, 2, 1


def sample(claims: list[Claim], count: int, seed) -> list[Claim]:
    """A variant of each of some claims."""
    chosen = random.Random(seed)
    return [chosen.choice([*variants(claim)]) for claim in chosen.sample(claims, min(count, len(claims)))]


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_variant_of_a_claim_of_the_corpus_changes_its_verdict(chunk):
    claims = claims_of_the_corpus()[chunk::CHUNKS]
    for variant in sample(claims, OF_A_CHUNK, chunk):
        assert fault(variant) is None


def test_no_variant_changes_the_verdict_of_the_second_prover():
    claims = sample(claims_of_the_corpus(), 40, "second")
    assert (
        faults_of_the_second([variant for claim in claims for variant in sample(variants(claim), 2, claim.name)]) == []
    )


def test_what_the_second_prover_must_not_say_is_told():
    claims = claims_of_the_corpus()
    (true, false) = (
        next(claim for claim in claims if claim.true == kind and claim.right is not None) for kind in (True, False)
    )
    turned = [true._replace(name="true", true=False), false._replace(name="false", true=True)]
    assert [line.split(": ")[1] for line in faults_of_the_second(turned)] == ["true", "false"]


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
