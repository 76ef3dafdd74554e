import json
import sys
from dataclasses import replace
from types import ModuleType

import pytest
import sympy as sp

from claims import (
    Grad,
    Refuted,
    activation,
    apply,
    claim,
    define,
    gradients,
    inner,
    matrix,
    named,
    nonnegative,
    ones,
    prove,
    refute,
    scalar,
    sigma,
    sizes,
)
from claims.data import read
from claims.data.trees import OP_OF
from claims.language import Analytic, Smooth
from claims.proof import terminal
from claims.proof.definition import Definition
from claims.proof.explanation import SAID, explained
from claims.proof.printed import verbatim
from claims.proof.records import MIME, methods

m, n = sizes("m n")
X, w, y = matrix("X", m, n), matrix("w", n), matrix("y", m)
b, z, lam = scalar("b"), scalar("z"), scalar("lambda", positive=True)
k_ = sp.Symbol("k", integer=True)
g = activation("g")
MEANT = {"statement", "domain", "given", "conditions"}
KEYS = {
    "id",
    "kind",
    "title",
    "state",
    "latex",
    "text",
    "needs",
    "key",
    "steps",
    "explain",
    "method",
    "seconds",
} | MEANT


def least_squares():
    return prove("fit", Grad(inner(X * w - y, X * w - y) / m, w), 2 * X.T * (X * w - y) / m, title="Fit")


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
    assert record.keys() == KEYS | {"sizes", "audit", "whole"}
    assert json.loads(json.dumps(record)) == record
    assert record["state"] == "proved-all"
    assert record["sizes"] == "all"
    assert record["needs"] == [] and record["key"] is None
    assert record["audit"]["points"] >= 3


def test_a_record_prints_what_was_proved():
    expected = r"\frac{\partial}{\partial w} \frac{1}{m}"
    assert (
        least_squares().record()["latex"].startswith(expected)
        or "X^\\top (X w - y)" in least_squares().record()["latex"]
    )


def test_the_domain_says_which_sizes_matrices_numbers_functions_and_names():
    h = matrix("h", n)
    hidden = named("A", apply(g, X * h))
    domain = prove("net", Grad(lam * inner(hidden, y), y), lam * hidden).record()["domain"]
    assert domain == [
        {"kind": "sizes", "latex": ["m", "n"]},
        {"kind": "matrix", "latex": "X", "rows": "m", "cols": "n"},
        {"kind": "matrix", "latex": "h", "rows": "n", "cols": "1"},
        {"kind": "matrix", "latex": "y", "rows": "m", "cols": "1"},
        {"kind": "scalar", "latex": r"\lambda", "set": "R", "sign": ">"},
        {"kind": "function", "latex": "g"},
        {"kind": "name", "latex": "A", "definition": "g(X h)"},
    ]


@pytest.mark.parametrize(
    ("assumed", "sign"),
    [
        ("positive", ">"),
        ("negative", "<"),
        ("nonnegative", ">="),
        ("nonpositive", "<="),
        ("nonzero", "!="),
        ("real", ""),
    ],
)
def test_the_domain_says_the_sign_of_a_number(assumed, sign):
    q = sp.Symbol("q", **{assumed: True, "real": True})
    (entry,) = prove("double", q + q, 2 * q).record()["domain"]
    assert entry.get("sign", "") == sign


def test_the_domain_says_what_a_name_in_a_hypothesis_is():
    Z = named("Z", X * w)
    domain = prove("sum", y + y, 2 * X * w, given=sp.Eq(y, Z)).record()["domain"]
    assert domain[-1] == {"kind": "name", "latex": "Z", "definition": "X w"}


def test_the_domain_says_which_numbers_are_whole():
    t = sp.Symbol("t", integer=True)
    assert prove("double", t + t, 2 * t).record()["domain"] == [{"kind": "scalar", "latex": "t", "set": "Z"}]


def test_the_domain_says_the_slope_of_a_function_that_is_known_by_it():
    phi = activation("phi", lambda z, value: 1 - value**2)
    (_, entry) = prove("slope", Grad(phi(z), z), 1 - phi(z) ** 2).record()["domain"]
    assert entry == {"kind": "function", "latex": r"\phi", "slope": r"1 - \phi(z)^2"}


def test_hypotheses_and_conditions_are_lists_of_their_own():
    S = matrix("S", n, n)
    symmetric = prove("form", Grad(w.T * S * w, w), 2 * S * w, given=[sp.Eq(S.T, S)]).record()
    assert symmetric["given"] == [{"kind": "given", "latex": r"S^\top = S"}]
    assert symmetric["conditions"] == []
    bent = prove("relu", Grad(sp.Max(0, z), z), sp.Heaviside(z)).record()
    assert bent["conditions"] == [{"kind": "condition", "latex": r"z \ne 0", "indices": []}]


def test_a_condition_on_entries_names_its_indices_and_one_on_a_function_its_order():
    i = sp.Symbol("i", integer=True)
    proof = replace(least_squares(), conditions=(sp.Ne(w[i, 0], 0), Smooth(g, 3), Analytic(g)))
    assert proof.record()["conditions"] == [
        {"kind": "condition", "latex": r"w_i \ne 0", "indices": ["i"]},
        {"kind": "smooth", "latex": "g", "order": 3},
        {"kind": "analytic", "latex": "g"},
    ]
    assert [condition["op"] for condition in proof.record()["statement"]["conditions"]] == ["ne", "smooth", "analytic"]


def test_a_condition_on_an_index_counts_from_1_in_print_and_from_0_as_data():
    """w_(i + 1) stands for an entry where i is 0, 1, ..., n - 1 in print; k is a number and no index."""
    i = sp.Symbol("i", integer=True)
    proof = prove("next", w[i + 1, 0] * sp.binomial(k_, 2), sp.binomial(k_, 2) * w[i + 1, 0])
    shown = [condition["latex"] for condition in proof.record()["conditions"]]
    assert shown == [r"k \ge 2", r"i \ge 0", r"n - i - 1 \ge 0"]
    assert sp.Ge(i, -1) in read(proof.record()["statement"]).conditions


def test_a_condition_beside_a_statement_that_is_shown_as_it_stands_counts_from_0_as_that_does():
    i = sp.Symbol("i", integer=True)
    quotient = prove("both", w[i, 0] + Grad(z**2 / i, z), w[i, 0] + 2 * z / i).record()
    assert "w[i, 0]" in quotient["text"]
    assert [condition["latex"] for condition in quotient["conditions"]] == [r"i \ne 0"]
    pieces = sp.Piecewise((sp.log(w[i, 0]), i > 1), (0, True))
    assert "(i <= 1) | (w[i, 0] > 0)" in prove("pieces", pieces, pieces).record()["conditions"][0]["latex"]


def test_the_sign_of_an_index_is_a_hypothesis_and_counts_as_its_entries_do():
    """An entry w_(i + 1) of i >= 0 is none of the first; a positive index is shown as the number that it is."""
    i, k = sp.symbols("i k", integer=True)
    given = lambda proof: [fact["latex"] for fact in proof.record()["given"]]
    assert given(prove("first", w[i, 0], w[i, 0], given=[i >= 0])) == []
    assert given(prove("next", w[i + 1, 0], w[i + 1, 0], given=[i >= 0])) == [r"i \ge 1"]
    assert given(prove("positive", w[i + 1, 0], w[i + 1, 0], given=[i > 0])) == ["i > 0"]
    apart = sp.Sum(w[k, 0] * sp.KroneckerDelta(k, i + 1) * sp.KroneckerDelta(k, 0), (k, 0, n - 1))
    proof = prove("apart", apart, 0, given=[i >= 0])
    assert given(proof) == [r"i \ge 1"]
    assert [line for line in proof.record()["domain"] if line.get("sign")] == []


def test_a_record_carries_the_statement_itself():
    proof = least_squares()
    assert read(proof.record()["statement"]) == proof.stated
    definition = named("c", z + b)
    assert read(Definition("c", definition, definition.expr, None, (), 0.0).record()["statement"]).left == definition
    (derivation,) = gradients(inner(X * w, y), [w])
    back = read(derivation.record()["statement"])
    assert (back.kind, back.left, back.right) == ("derivation", derivation.gradient, derivation.closed)
    assert [line.left.name for line in back.steps] == ["dw"]


def test_the_method_is_a_code_with_the_variable_that_it_goes_by():
    assert methods("normal form; induction over t") == [{"code": "normal-form"}, {"code": "induction", "by": "t"}]


def test_steps_carry_their_reason_and_method():
    middle = (Grad(w.T * X.T * X * w - 2 * w.T * X.T * y, w), "multiply out")
    proof = prove("fit", Grad(inner(X * w - y, X * w - y), w), 2 * X.T * (X * w - y), steps=[middle])
    first, second = proof.record()["steps"]
    assert first["why"] == "multiply out"
    assert first["latex"]
    assert second["method"] == [{"code": "normal-form-of-one-generic-entry"}]


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


def test_what_is_refuted_is_shown_with_its_source_and_the_sides_that_differ(shown):
    Z, G = matrix("Z", m, n), matrix("G", m, n)
    wrong = refute("layer", Grad(inner(G, apply(g, Z)), Z), G, title="No slope", source="*Notes*")
    record = shown[0][MIME]
    assert (record["state"], record["source_of"]) == (wrong.state, "*Notes*") == ("refuted", "*Notes*")
    assert read(record["statement"]).right == G
    found = record["counterexample"]
    assert [value.split(" = ")[0] for value in found["values"]] == ["m", "n", "G", "Z", "g(z)"]
    assert found["entry"] == [0, 0] and found["sides"][0] != found["sides"][1]
    assert "but the left side is $" in shown[0]["text/markdown"]


def test_a_difference_that_is_negative_somewhere_has_one_side(shown):
    refute("low", nonnegative(z), title="Low")
    (side,) = shown[0][MIME]["counterexample"]["sides"]
    assert side.startswith("-") and f"but it is ${side}$ for" in shown[0]["text/markdown"]


def test_numbers_beside_a_statement_count_its_indices_from_1_as_it_does(shown):
    refute("first", w[k_, 0], w[0, 0], title="First")
    record = shown[0][MIME]
    assert record["latex"] == "w_k = w_1" and {"n = 2", "k = 2"} <= set(record["counterexample"]["values"])


def test_what_is_true_is_not_refuted(shown):
    with pytest.raises(ValueError, match="fit: nothing is refuted"):
        refute("fit", inner(w, w), w.T * w, title="Norm")
    assert shown == []


def test_a_definition_says_where_it_has_a_value(shown):
    a = scalar("a", positive=True)
    define("odds", "o", sp.log(a / (1 - a)), title="Log-odds")
    (condition,) = shown[0][MIME]["conditions"]
    assert condition["latex"] == "a < 1"


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
    assert [line["reason"] for line in record["explain"]] == [{"code": "nonnegative-terms"}]


def test_the_last_line_of_what_is_never_negative_says_so_as_a_code():
    square = (z - b) ** 2
    *_, last = prove("square", nonnegative(z**2 - 2 * z * b + b**2), steps=[(square, "a square")]).record()["steps"]
    assert (last["reasons"], "why" in last) == ([{"code": "never-negative"}], False)


def test_every_reason_of_an_explanation_has_words_for_a_terminal():
    proofs = [least_squares(), prove("length", inner(w, w), w.T * w), prove("sum", X + X, 2 * X)]
    proofs += [prove("number", Grad(z**2, z), 2 * z), prove("square", nonnegative(z**2))]
    proofs += [prove("tangent", nonnegative(sp.exp(z) - 1 - z)), prove("product", (z + b) ** 2 - b**2, z * (z + 2 * b))]
    codes = {reason["code"] for proof in proofs for _, reason in explained(proof)}
    assert codes == set(SAID)
    middles = [lines for lines in map(explained, proofs) if len(lines) == 3]
    assert middles and all(line[0] not in (first[0], last[0]) for first, line, last in middles)
    assert next(why for _, why in least_squares().explain()) == "differentiate entry i"


def test_other_notebooks_say_in_words_for_what_a_statement_is_meant(shown):
    claim("relu", Grad(lam * sp.Max(0, z), z), lam * sp.Heaviside(z), title="Slope")
    assert "* $\\lambda \\in \\mathbb{R}$, $\\lambda > 0$\n" in shown[0]["text/markdown"]
    assert "* where $z \\ne 0$\n" in shown[0]["text/markdown"]
    every = [{"kind": "condition", "latex": "z_i > 0", "indices": ["i"]}, {"kind": "sizes", "latex": ["m", "n"]}]
    assert list(map(terminal.line, every)) == ["where $z_i > 0$ for every $i$", r"for all sizes $m, n \ge 1$"]


# ---------------------------------------------------------------- a record is made of whatever was proved
def test_what_there_is_no_way_to_write_stands_as_it_is():
    odd = k_ * y[k_, 0]
    record = prove("odd", odd + odd, 2 * odd).record()
    assert record["latex"] == verbatim(str(sp.Eq(2 * odd, 2 * odd, evaluate=False)))
    assert record["explain"] == []
    assert record["statement"]["kind"] == "equation"


def test_signs_that_mean_something_to_latex_are_written_out():
    assert verbatim("Sum(w_1**2, {k}) ^ \\") == r"\texttt{Sum(w\_1**2, \{k\}) \textasciicircum{} \textbackslash{}}"


def test_a_printer_that_takes_too_long_or_fails_ends_no_proof(monkeypatch):
    monkeypatch.delenv("CLAIMS_CACHE", raising=False)

    def endless(e):
        while True:
            pass

    def broken(e):
        raise RecursionError

    proof = least_squares()
    for fault in (endless, broken):
        monkeypatch.setattr("claims.proof.printed.SECONDS", 0.05)
        monkeypatch.setattr("claims.printing.printer.latex", fault)
        record = proof.record()
        assert record["latex"].startswith(r"\texttt{Eq(")
        assert record["text"].startswith("d/dw")
        assert record["explain"] == []


def test_a_statement_that_data_has_no_word_for_has_a_record_without_it(monkeypatch):
    monkeypatch.setitem(OP_OF, sp.Pow, None)
    assert least_squares().record()["statement"] is None


def test_a_size_that_is_a_sum_is_told_in_brackets():
    T = sizes("T")
    record = prove("long", matrix("G", T + 1) * 2, 2 * matrix("G", T + 1)).record()
    assert {"kind": "matrix", "latex": "G", "rows": "(T + 1)", "cols": "1"} in record["domain"]
