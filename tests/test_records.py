import json
import sys
from types import ModuleType

import pytest
import sympy as sp

from claims import (
    Grad,
    Refuted,
    apply,
    claim,
    define,
    inner,
    matrix,
    nonnegative,
    ones,
    prove,
    scalar,
    sigma,
    sizes,
)
from claims.proof.records import MIME

m, n = sizes("m n")
X, w, y = matrix("X", m, n), matrix("w", n), matrix("y", m)
b, z, lam = scalar("b"), scalar("z"), scalar("lambda", positive=True)
KEYS = {"id", "kind", "title", "state", "latex", "text", "given", "uses", "steps", "explain", "method", "seconds"}


def least_squares():
    return prove("fit", Grad(inner(X * w - y, X * w - y) / m, w), 2 * X.T * (X * w - y) / m, title="Fit", uses=["a"])


@pytest.fixture
def shown(monkeypatch):
    """What a notebook would show."""
    bundles = []
    ipython, display = ModuleType("IPython"), ModuleType("IPython.display")
    ipython.get_ipython = lambda: object()
    display.display = lambda bundle, raw: bundles.append(bundle)
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    return bundles


def test_a_record_is_plain_json_with_all_that_the_book_needs():
    record = least_squares().record()
    assert record.keys() == KEYS | {"sizes", "audit"}
    assert json.loads(json.dumps(record)) == record
    assert record["state"] == "proved-all"
    assert record["sizes"] == "all"
    assert record["uses"] == ["a"]
    assert record["audit"]["points"] >= 3


def test_a_record_prints_what_was_proved():
    expected = r"\frac{\partial}{\partial w} \frac{1}{m}"
    assert (
        least_squares().record()["latex"].startswith(expected)
        or "X^\\top (X w - y)" in least_squares().record()["latex"]
    )


def test_what_is_given_says_which_sizes_matrices_and_numbers():
    given = prove("ridge", Grad(lam * inner(w, w), w), 2 * lam * w).record()["given"]
    assert given[0] == r"for all sizes $n \ge 1$"
    assert r"$w \in \mathbb{R}^{n \times 1}$" in given
    assert any(line.endswith("$\\lambda > 0$") for line in given)


def test_hypotheses_and_kinks_are_named():
    S = matrix("S", n, n)
    symmetric = prove("form", Grad(w.T * S * w, w), 2 * S * w, given=[sp.Eq(S.T, S)]).record()["given"]
    assert symmetric[-1] == r"given that $S^\top = S$"
    assert "kinks" in prove("relu", Grad(sp.Max(0, z), z), sp.Heaviside(z)).record()["given"][-1]


def test_steps_carry_their_reason_and_method():
    middle = (Grad(w.T * X.T * X * w - 2 * w.T * X.T * y, w), "multiply out")
    proof = prove("fit", Grad(inner(X * w - y, X * w - y), w), 2 * X.T * (X * w - y), steps=[middle])
    first, second = proof.record()["steps"]
    assert first["why"] == "multiply out"
    assert first["latex"]
    assert second["method"]


def test_a_notebook_shows_the_record_and_text(shown):
    claim("fit", inner(w, w), w.T * w, title="Norm")
    (bundle,) = shown
    assert bundle[MIME]["id"] == "fit"
    assert bundle["text/plain"].startswith("Norm (proved-all)")
    assert "$$" in bundle["text/markdown"]


def test_a_refuted_claim_shows_no_record(shown):
    with pytest.raises(Refuted):
        claim("wrong", inner(w, w), 2 * w.T * w)
    assert shown == []


def test_a_definition_gives_a_name_and_a_record(shown):
    A = define("activation", "A", apply(sigma, X * w + b * ones(m)), title="Activation")
    assert A.expr == apply(sigma, X * w + b * ones(m))
    record = shown[0][MIME]
    assert (record["kind"], record["state"]) == ("definition", "definition")
    assert record["latex"].startswith("A = ")


def test_the_definition_of_a_known_function_must_agree_with_it(shown):
    assert define("sigmoid", sigma(z), 1 / (1 + sp.exp(-z))) == sigma(z)
    assert define("tanh", sp.tanh(z), (1 - sp.exp(-2 * z)) / (1 + sp.exp(-2 * z))) == sp.tanh(z)
    with pytest.raises(Refuted):
        define("sigmoid", sigma(z), 1 / (1 + sp.exp(z)))
    assert len(shown) == 2


def test_nonnegativity_is_printed_as_such():
    record = prove("slope", nonnegative(sigma(z) * (1 - sigma(z)))).record()
    assert record["latex"].endswith(r"\ge 0")
    assert record["explain"]
