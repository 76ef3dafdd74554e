"""A statement as data says all that was written, and reads back as the very same."""

import copy
import json
from pathlib import Path

import fastjsonschema
import jsonschema
import pytest
import sympy as sp
from chapters import each_page, statements
from corpus import FALSE, TRUE
from gradient_targets import TARGETS
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import (
    Grad,
    Hess,
    Jac,
    Maximum,
    SizesDoNotFit,
    activation,
    apply,
    hadamard,
    hstack,
    inner,
    largest,
    matrix,
    named,
    nonnegative,
    ones,
    scalar,
    sigma,
    sizes,
    softmax,
    total,
    vstack,
)
from claims.data import VERSION, Line, Stated, read, write
from claims.data.grammar import FOLDS, KINDS, OPERATIONS
from claims.data.rules import RULES
from claims.errors import Unreadable, Unwritable
from claims.language import Analytic, Named, NamedScalar, Nonnegative, Smooth
from claims.language.statement import prepared

SCHEMA = json.loads(Path(read.__code__.co_filename).with_name("statement.schema.json").read_text("utf8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
validate = fastjsonschema.compile(
    {key: part for key, part in SCHEMA.items() if key != "$schema"}
)  # in a tenth of the time
m, n, K = sizes("m n K")
i, j, k = sp.symbols("i j k", integer=True)
X, S, Y, w, y = matrix("X", m, n), matrix("S", n, n), matrix("Y", m, n), matrix("w", n), matrix("y", m)
z, b, lam = scalar("z"), scalar("b"), scalar("lambda", positive=True)
g, f = activation("g"), activation("f")
softplus = activation("softplus", lambda z, value: sigma(z))
logistic = activation("logistic", lambda z, value: 2 * value * (1 - value))


# ---------------------------------------------------------------- what was stated, and whether two are the same
def stated(statement) -> Stated:
    """A claim that was prepared, as what was stated."""
    if isinstance(statement.lhs, Nonnegative):
        return Stated("nonnegative", statement.lhs.expr, given=statement.given)
    return Stated("equation", statement.lhs, statement.rhs, statement.given)


def said(*sides, **more) -> Stated:
    return Stated("equation", *sides, **more)


def alike(a, b, dummies) -> bool:
    """The same, though dummies are others: SymPy makes a new one for each sum over the entries of a product."""
    if isinstance(a, sp.Dummy) and isinstance(b, sp.Dummy):
        known = a.name == b.name and a.assumptions0 == b.assumptions0
        return known and dummies.setdefault(a, b) == b
    if isinstance(a, (sp.Sum, sp.Product, sp.Integral)):  # what it binds is another outside
        dummies = {d: other for d, other in dummies.items() if d not in a.bound_symbols}
    if isinstance(a, sp.Basic) and a.args:
        return type(a) is type(b) and alike(a.args, b.args, dummies)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(alike(*pair, dummies) for pair in zip(a, b, strict=True))
    if isinstance(a, (Stated, Line)):
        return type(a) is type(b) and alike(tuple(vars(a).values()), tuple(vars(b).values()), dummies)
    return a == b


def through_json(statement: Stated) -> Stated:
    return read(json.loads(json.dumps(write(statement))))


def assert_round_trip(statement: Stated) -> None:
    data = write(statement)
    back = read(json.loads(json.dumps(data)))
    assert alike(statement, back, {})
    if not any(e.has(sp.Dummy) for e in (statement.left, statement.right) if e is not None):
        assert back == statement
    assert write(back) == data
    validate(data)


def ids(node) -> tuple[list, set]:
    """The ids that a statement defines, in its tables and its binders, and those that it uses."""
    defined, used = [], set()
    if isinstance(node, list):
        for part in node:
            more, others = ids(part)
            defined, used = defined + more, used | others
    if isinstance(node, dict):
        for table in ("symbols", "matrices", "functions", "names"):
            defined += list(node.get(table, {}) if "version" in node else [])
        defined += [binder["id"] for binder in node.get("bind", [])]
        used |= {node[key] for key in ("id", "function") if "op" in node and key in node}
        more, others = ids([value for key, value in node.items() if key not in ("id", "facts")])
        defined, used = defined + more, used | others
    return defined, used


# ---------------------------------------------------------------- everything that anyone has stated
@pytest.mark.parametrize("claims", [TRUE, pytest.param(FALSE, marks=pytest.mark.long)], ids=["true", "false"])
def test_every_claim_of_the_corpus_reads_back_as_it_was_written(claims):
    for left, right, hypotheses in claims.values():
        try:
            prepared_claim = prepared(left, right, hypotheses)
        except SizesDoNotFit:
            continue
        assert_round_trip(stated(prepared_claim))


@each_page
def test_every_statement_of_the_book_reads_back_and_defines_once_what_it_uses(page):
    for stated in filter(None, (getattr(statement, "stated", None) for statement in statements(page).values())):
        assert_round_trip(stated)
        defined, used = ids(write(stated))
        assert len(defined) == len(set(defined))
        assert used <= set(defined)


@pytest.mark.parametrize("name", TARGETS)
def test_every_network_and_loss_reads_back(name):
    T = TARGETS[name]
    assert_round_trip(Stated("definition", scalar("loss"), T.scalar, tuple(T.given)))


# ---------------------------------------------------------------- every operation
x, s, d = scalar("x"), sp.Symbol("s"), sp.Dummy("d", integer=True)
A = named("A", apply(sigma, named("Z", X * w + b * ones(m))))
EXPRESSIONS = {
    "numbers": sp.Tuple(sp.Rational(-2, 3), sp.Integer(2) ** 80, sp.Float("0.1"), sp.Float(1) / 3, sp.Float("1e-300"),
                        sp.Float("0.1", 50), sp.pi, sp.E, sp.I, sp.oo, -sp.oo),
    "symbols": sp.Tuple(s, z, lam, m, i, sp.Symbol("q", even=True), sp.Symbol("q", nonzero=True), sp.Symbol("q", zero=False),
                        sp.Symbol("q", commutative=False), sp.Dummy("q"), sp.Dummy("q")),
    "arithmetic": z + b * z - z**2 / lam + sp.sqrt(z**2 + 1) ** -3,
    "unevaluated": sp.Mul(2, sp.Add(z, 1, evaluate=False), sp.Pow(z, 1, evaluate=False), evaluate=False),
    "functions": sp.exp(z) + sp.log(1 + z**2) + sp.tanh(z) + sp.erf(z) + sp.atan2(z, b) + sp.gamma(lam) + sp.asinh(z) + sp.sinc(z),
    "kinks": sp.Max(0, z, b) + sp.Min(z, b) + sp.Abs(z) + sp.sign(z) + sp.Heaviside(z) + sp.Heaviside(z, 0),
    "cases": sp.Piecewise((1, sp.And(z > 0, z < 1)), (2, sp.Or(z <= -1, z >= 3)), (3, sp.Ne(z, b)), (z, sp.Eq(z, b)), (0, True)),
    "not": sp.Piecewise((1, sp.Not(sp.And(z > 0, b > 0), evaluate=False)), (0, True)),
    "activations": g(z) + g.prime(z) + g.prime.prime.prime(b) + f(g(z)) + sigma(z) * sigma.prime(z),
    "known by its slope": softplus(z) + softplus.prime(z) + logistic(b) + logistic.prime.prime(b),
    "products": 2 * b * X.T * (X * w - y) / m + (X * w).T.T.T,
    "entrywise": hadamard(X, Y, hadamard(Y, X)) + sp.HadamardPower(X, -sp.S.Half) + sp.HadamardProduct(X, Y),
    "constant matrices": ones(m, n) + sp.ZeroMatrix(m, n) + sp.Identity(m) * X,
    "square matrices": S**3 + S.I + sp.Inverse(S * S) + sp.MatPow(S, m) + sp.Adjoint(S),
    "diagonals": sp.DiagMatrix(w) * S * sp.DiagonalMatrix(S) * sp.DiagonalOf(S),
    "blocks": hstack(X, y) * vstack(S, w.T) + hstack(X, Y) * vstack(S, S),
    "numbers of matrices": total(X) * sp.Trace(S) * sp.Determinant(S) * sp.matrices.expressions.dotproduct.DotProduct(w, w),
    "entries": X[i, j] * w[k, 0] * (S * S)[0, 1] * sp.KroneckerDelta(i, j),
    "written out": sp.Matrix([[1, z], [b, 0]]) * sp.Matrix([[z], [1]]),
    "a function of rows and columns": sp.FunctionMatrix(m, n, sp.Lambda((i, j), i + 2 * j + z)),
    "functions of entries": apply(lambda t: t * sp.exp(-t) + lam, X) + apply(g.prime, Y),
    "a function of entries in another": apply(lambda t: total(apply(lambda u: u * t, X)) + t, Y),
    "softmax": softmax(X),
    "sums": sp.Sum(X[i, j] * sp.Sum(S[j, k], (k, 0, j)), (i, 0, m - 1), (j, 1, n - 1)),
    "a sum that hides another's index": sp.Sum(w[k, 0] * (1 + sp.Sum(w[k, 0], (k, 0, n - 1))), (k, 0, n - 1)),
    "an index that is free and bound": w[k, 0] * sp.Sum(w[k, 0], (k, 0, n - 1)),
    "a sum up to its own name": sp.Sum(w[k, 0], (k, 0, k)),
    "a sum over a dummy": sp.Sum(w[d, 0], (d, 0, n - 1)) * sp.Product(1 + y[d, 0] ** 2, (d, 0, m - 1)),
    "maxima": Maximum(X[i, j] * Maximum(S[j, k], (k, 0, n - 1)), (i, 0, m - 1), (j, 1, n)) + largest(S),
    "integrals": sp.Integral(sp.exp(-(x**2)) * z, (x, -sp.oo, z), (z, 0, 1)),
    "derivatives": sp.Derivative(sp.exp(x * z), x, x, z) + Grad(sp.exp(z), z) + Hess(sp.exp(z), z) + Grad(X[i, j] ** 2, X[0, 0]),
    "gradients": Grad(inner(A, A), A) + Jac(A, w) * w + Grad(total(A), y) + Hess(total(A), y) * A,
    "names": named("c", named("loss", inner(A, A)) ** 2) + named("loss", z),
}  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_every_operation_reads_back_as_it_was_written(expression):
    for e in expression if isinstance(expression, sp.Tuple) else [expression]:
        assert_round_trip(said(e, z))


def test_hypotheses_lines_and_conditions_read_back():
    steps = (Line("equation", z, z + 0, "add $0$"), Line("nonnegative", z**2), Line("definition", A, A.expr))
    conditions = (sp.Ne(w[i, 0], 0), sp.Or(z > 0, sp.Ne(b, 0)), Smooth(g, 2), Analytic(f), sp.Gt(m, 1))
    for kind in KINDS:
        assert_round_trip(Stated(kind, z, None if kind == "nonnegative" else b, (sp.Eq(S.T, S),), steps, conditions))


def test_a_whole_number_that_other_languages_cannot_hold_is_a_text():
    data = write(said(sp.Integer(2**53), sp.Integer(2**53 - 1)))
    assert (data["left"], data["right"]) == ({"op": "integer", "value": str(2**53)}, 2**53 - 1)


def test_a_definition_stands_once():
    data = write(Stated("definition", A, A.expr))
    assert "right" not in data
    assert list(data["names"]) == ["Z", "A"]
    assert json.dumps(data).count('"op": "apply"') == 1


def test_a_bound_variable_is_told_from_a_free_one_of_its_name():
    data = write(said(EXPRESSIONS["an index that is free and bound"], z))
    free, total_ = data["left"]["args"]
    (binder,) = total_["bind"]
    assert free["args"][1] == {"op": "symbol", "id": "k"}
    assert total_["body"]["args"][1] == {"op": "bound", "id": binder["id"]}
    assert (binder["name"], binder["id"] != "k") == ("k", True)


def test_two_symbols_of_one_name_have_an_id_each():
    data = write(said(scalar("q") + sp.Symbol("q", positive=True), z))
    assert sorted(line["name"] for line in data["symbols"].values()) == ["q", "q", "z"]


def test_symbols_with_the_same_assumptions_are_written_alike_however_they_were_put():
    spelled = [{"integer": True, "positive": True}, {"positive": True, "real": True, "integer": True, "zero": False}]
    first, second = (write(said(sp.Symbol("q", **facts), z)) for facts in spelled)
    assert first == second
    assert first["symbols"]["q"]["facts"] == {"integer": True, "positive": True}


# ---------------------------------------------------------------- small expressions of all kinds
whole = st.sampled_from([z**2, w[k, 0] * b, g(z * X[i, j]), sp.exp(w[i, 0] - named("c", z * b))])
scalars = st.recursive(
    st.sampled_from([z, b, lam, m, 2 * z, b - sp.Rational(1, 3), sp.pi * z, w[k, 0], X[i, j], named("c", z * b)]),
    lambda inside: st.one_of(
        st.builds(lambda a, c: a + c, inside, inside),
        st.builds(lambda a, c: a * c, inside, inside),
        st.builds(lambda f, a: f(a), st.sampled_from([g, g.prime, sigma, softplus, sp.exp, sp.tanh, sp.Abs]), inside),
        st.builds(lambda a: a**2 - 1 / (1 + a**2), inside),
        st.builds(lambda a, c: sp.Max(a, c, evaluate=False), inside, inside),
        st.builds(lambda a, v: sp.Piecewise((a, v > 0), (v, True), evaluate=False), inside, st.sampled_from([z, b])),
        st.builds(lambda a, v: sp.Sum(a * w[v, 0], (v, 0, n - 1)), whole, st.sampled_from([i, k, d])),
        st.builds(lambda a: sp.Integral(a * x, (x, 0, z)), whole),
        st.builds(lambda a, v: Grad(a, v), inside, st.sampled_from([z, b, w[k, 0]])),
        st.builds(lambda a, M: total(apply(lambda t: a * t, M)), inside, st.sampled_from([X, Y, S])),
    ),
    max_leaves=6,
)
matrices = st.recursive(
    st.sampled_from([X, Y, ones(m, n), named("Z", X + Y), sp.ZeroMatrix(m, n)]),
    lambda inside: st.one_of(
        st.builds(lambda M, N: M + N, inside, inside),
        st.builds(lambda M: M * S, inside),
        st.builds(lambda M, c: c * M, inside, scalars),
        st.builds(hadamard, inside, inside),
        st.builds(lambda M, f: apply(f, M), inside, st.sampled_from([g, sigma.prime, softplus, sp.exp])),
        st.builds(lambda M: apply(lambda t: t * total(apply(lambda u: u - t, M)), M), inside),
        st.builds(lambda M, N: ones(m, m) * M - N * M.T * N, inside, inside),
        st.builds(lambda M: Grad(total(M), Y), inside),
    ),
    max_leaves=5,
)


@settings(max_examples=80, deadline=None)
@given(scalars, scalars)
def test_small_scalars_read_back(left, right):
    assert_round_trip(said(left, right))


@settings(max_examples=80, deadline=None)
@given(matrices, matrices)
def test_small_matrices_read_back(left, right):
    assert_round_trip(said(left, right))


# ---------------------------------------------------------------- whatever the prover sees is written
DIFFERENT = {
    "another name": (z, b),
    "another assumption": (scalar("q"), scalar("q", positive=True)),
    "a size and a number": (m, sp.Symbol("m", positive=True)),
    "another size": (total(X), total(matrix("X", n, m))),
    "another number": (2 * z, 3 * z),
    "a fraction and a decimal": (sp.Rational(1, 2) * z, sp.Float("0.5") * z),
    "the order of factors": (S * X.T, sp.MatMul(X.T, S)),
    "the order of entrywise factors": (hadamard(X, Y), hadamard(Y, X)),
    "a transpose": (S, S.T),
    "a name and another definition": (named("c", z), named("c", 2 * z)),
    "a name and what it stands for": (named("c", z), z),
    "a name and a symbol": (named("c", z), scalar("c")),
    "a function and its derivative": (g(z), g.prime(z)),
    "any function and a known one": (activation("sigma")(z), sigma(z)),
    "a function of another slope": (softplus(z), activation("softplus")(z)),
    "another function of each entry": (apply(sp.exp, X), apply(sp.log, X)),
    "dummies that are two and one": (sp.Dummy() * sp.Dummy(), (e := sp.Dummy()) * sp.sin(e)),
    "a free and a bound index": (sp.Sum(w[k, 0], (i, 0, n - 1)), sp.Sum(w[i, 0], (i, 0, n - 1))),
    "an index of the inner and of the outer sum": (
        sp.Sum(w[i, 0] * (1 + sp.Sum(w[j, 0], (j, 0, n - 1))), (i, 0, n - 1)),
        sp.Sum(w[i, 0] * (1 + sp.Sum(w[i, 0], (j, 0, n - 1))), (i, 0, n - 1)),
    ),
    "the ends of a sum": (sp.Sum(w[i, 0], (i, 0, n - 1)), sp.Sum(w[i, 0], (i, 1, n - 1))),
    "the order of two sums": (sp.Sum(S[i, j], (i, 0, j), (j, 0, n)), sp.Sum(S[i, j], (j, 0, n), (i, 0, j))),
    "the variable of a function and that around it": (
        apply(lambda t: total(apply(lambda u: u * t, X)), Y),
        apply(lambda t: total(apply(lambda u: u * u, X)), Y),
    ),
    "what is differentiated by": (Grad(z * b, z), Grad(z * b, b)),
    "a gradient and a Jacobian": (Grad(z * w[0, 0], w), Jac(z * w[0, 0], w)),
    "the value at a kink": (sp.Heaviside(z), sp.Heaviside(z, 0)),
    "a strict relation and another": (sp.Piecewise((1, z > 0), (0, True)), sp.Piecewise((1, z >= 0), (0, True))),
}  # fmt: skip


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_different_statements_have_different_data(pair):
    first, second = (json.dumps(write(said(e, z))) for e in pair)
    assert first != second


WHOLE = {
    "the order of the sides": said(b, z),
    "the kind": Stated("definition", z, b),
    "a hypothesis": said(z, b, given=(sp.Eq(z, b),)),
    "a condition": said(z, b, conditions=(sp.Ne(z, 0),)),
    "a line": said(z, b, steps=(Line("equation", z, b),)),
    "the reason of a line": said(z, b, steps=(Line("equation", z, b, "why"),)),
    "a smooth function": said(z, b, conditions=(Smooth(g, 2),)),
    "a smoother function": said(z, b, conditions=(Smooth(g, 3),)),
    "nothing": said(z, b),
}


def test_a_statement_that_differs_in_any_part_has_other_data():
    assert len({json.dumps(write(statement)) for statement in WHOLE.values()}) == len(WHOLE)


# ---------------------------------------------------------------- what cannot be written, and what is no statement
@pytest.mark.parametrize(
    ("expression", "what"),
    [
        (sp.Function("h")(z), "h as data"),
        (sp.KroneckerProduct(X, X), "KroneckerProduct"),
        (sp.Sum(named("c", w[k, 0] ** 2), (k, 0, n - 1)), "c depends on k"),
        (sp.Sum(total(matrix("V", k, n)), (k, 1, n)), "V depends on k"),
        (sp.Integral(z, z), "both its ends"),
        (sp.EulerGamma * z, "EulerGamma"),
        (sp.nan, "NaN"),
    ],
)
def test_what_has_no_word_is_refused_by_its_name(expression, what):
    with pytest.raises(Unwritable, match=what):
        write(said(expression, z))


GOOD = write(
    said(
        sp.Sum(g(w[k, 0]) * sp.exp(z), (k, 0, n - 1)) + named("c", z),
        apply(softplus, X)[0, 0] + sp.Float(1) / 3 + sp.Rational(1, 3),
    )
)


def changed(path: str, value) -> dict:
    """The good statement with another value at a path, or without what stands there."""
    data = copy.deepcopy(GOOD)
    *way, last = [int(part) if part.isdigit() else part for part in path.split("/")]
    node = data
    for part in way:
        node = node[part]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return data


SYMBOL = {"op": "symbol", "id": "z"}


def flag(number) -> dict:
    """1 where a number is zero, else 0."""
    zero = {"op": "eq", "args": [number, 0]}
    return {"op": "cases", "cases": [{"value": 1, "if": zero}, {"value": 0, "if": True}]}


HALF = {"op": "rational", "value": "1/2"}


def binder(name, **more):
    return {"id": "k", "name": name, "facts": {"integer": True}, "low": 0, "high": 2, **more}


def summed(body=1, **more):
    return changed("left", {"op": "sum", "bind": [binder("k", **more)], "body": body})


def reasoned(**reason) -> dict:
    line = {"kind": "equation", "left": SYMBOL, "right": SYMBOL, "why": "", "reasons": [reason]}
    return changed("steps", [line])


def called(order) -> dict:
    data = changed("left", {"op": "call", "function": "f", "order": order, "args": [SYMBOL]})
    data["functions"]["f"] = {"name": "f"}
    return data


BAD = {
    "another version": (changed("version", VERSION - 1), f"version {VERSION - 1} .* reads version {VERSION}"),
    "no version": (changed("version", None), "'version' is missing"),
    "another kind": (changed("kind", "theorem"), "'kind' is unknown: 'theorem'.*equation"),
    "no table": (changed("functions", None), "'functions' is missing"),
    "an unknown operation": (changed("left", {"op": "frobnicate", "args": []}), "unknown operation 'frobnicate'.*matmul"),
    "no arguments": (changed("left", {"op": "add"}), "'args' is missing"),
    "too many arguments": (changed("left", {"op": "exp", "args": [1, 2]}), "'exp' takes 1 arguments, not 2"),
    "a number for a matrix": (changed("left", {"op": "transpose", "args": [SYMBOL]}), "'transpose' takes a matrix where z"),
    "a matrix for a number": (changed("left", {"op": "exp", "args": [{"op": "matrix", "id": "X"}]}), "takes a number where X"),
    "a dangling id": (changed("left", {"op": "symbol", "id": "nobody"}), "'nobody' is not among the symbols: put a line"),
    "a dangling function": (changed("left", {"op": "call", "function": "h", "args": [1]}), "'h' is not among the functions"),
    "a variable outside its sum": (changed("left", {"op": "bound", "id": "k#1"}), "'k#1' is bound nowhere"),
    "an unknown fact": (changed("symbols/z/facts", {"round": True}), "'round'.*positive"),
    "facts against one another": (changed("symbols/z/facts", {"positive": True, "negative": True}), "'symbol' cannot be made"),
    "a name defined by itself": (changed("names/c/definition", {"op": "name", "id": "c"}), "'c' is defined by itself"),
    "an unknown constant": (changed("left", {"op": "constant", "value": "tau"}), "'tau'.*pi"),
    "an unknown known function": (changed("functions/sigma", {"name": "sigma", "known": "tau"}), "'tau'.*sigmoid"),
    "a division by zero": (changed("left", {"op": "rational", "value": "1/0"}), "divided by zero"),
    "no number": (changed("left", {"op": "rational", "value": "one"}), "'rational' cannot be made of 'one'"),
    "a text for a tree": (changed("left", "z"), "an object of JSON with the key 'op' belongs where 'z' stands"),
    "a decimal without quotes": (changed("left", 0.5), "where 0.5 stands"),
    "sizes that cannot fit": (
        changed("left", {"op": "matmul", "args": [{"op": "ones", "args": [2, 3]}, {"op": "ones", "args": [2, 3]}]}),
        "'matmul' cannot be made",
    ),
    "no list of hypotheses": (changed("given", {}), "'given' cannot be {}"),
    "a hypothesis that is a number": (changed("given", [5]), "a condition belongs where 5 stands"),
    "rows of another shape": (changed("left", {"op": "rows", "rows": [[1], [2]], "shape": [1, 2]}), "'shape' cannot be"),
    "a row that is no list": (changed("left", {"op": "rows", "rows": [1], "shape": [1, 1]}), "'shape' cannot be"),
    "a decimal that is none": (changed("left", {"op": "decimal", "value": "nan", "precision": 53}), "digits belong there"),
    "a decimal without end": (changed("left", {"op": "decimal", "value": "inf", "precision": 53}), "digits belong there"),
    "a decimal without bits": (changed("left", {"op": "decimal", "value": "1", "precision": -1}), "'precision' cannot be -1"),
    "a decimal with more digits than bits": (
        changed("left", {"op": "decimal", "value": "0.123456", "precision": 2}),
        "2 bits are too few for '0.123456': they hold 0.1",
    ),
    "a decimal of a million bits": (changed("left", {"op": "decimal", "value": "1", "precision": 10**9}), "'precision' cannot"),
    "a decimal too large": (changed("left", {"op": "decimal", "value": "1e99999999", "precision": 53}), "digits belong there"),
    "a whole number with a gap": (changed("left", {"op": "integer", "value": " 1_000 "}), "digits belong there"),
    "a symbol without a name": (changed("symbols/z/name", ""), "'name' is empty"),
    "a matrix without a name": (changed("matrices/X/name", " "), "'name' is empty"),
    "a sum of a matrix": (summed(body={"op": "ones", "args": [2, 2]}), "a number belongs where"),
    "a sum up to a condition": (summed(low=True), "a number belongs where True stands"),
    "a sum over nothing": (changed("left", {"op": "sum", "bind": [], "body": 1}), "'bind' is empty"),
    "a case that is a number": (changed("left", {"op": "cases", "cases": [{"value": 1, "if": SYMBOL}]}), "a condition belongs"),
    "half a derivative": (
        changed("left", {"op": "derivative", "args": [SYMBOL], "by": [{"variable": SYMBOL, "times": HALF}]}),
        "'times' cannot be 1/2",
    ),
    "as many derivatives as a size says": (
        changed("left", {"op": "derivative", "args": [SYMBOL], "by": [{"variable": SYMBOL, "times": {"op": "symbol", "id": "m"}}]}),
        "'times' cannot be m",
    ),
    "a slope of order -1": (called(-1), "an order from 0 to 20"),
    "a slope of a huge order": (called(10**30), "an order from 0 to 20"),
    "a condition on cases of numbers": (changed("left", flag(flag({"op": "delta", "args": [2, 2]}))), "'cases' cannot be made of what stands in it"),
    "an id bound twice": (summed(body={"op": "sum", "bind": [binder("j")], "body": {"op": "bound", "id": "k"}}), "bound twice"),
    "an id bound twice, one beside the other": ({**summed(), "right": summed()["left"]}, "bound twice"),
    "an id bound twice in one sum": (
        changed("left", {"op": "sum", "bind": [binder("k"), binder("j")], "body": {"op": "bound", "id": "k"}}),
        "bound twice",
    ),
    "the definition of nothing": (reasoned(kind="definition", names=[]), "'names' is empty"),
    "the definition of a number": (reasoned(kind="definition", names=[1]), "'names' cannot be 1"),
    "a chain rule through nothing": (reasoned(kind="chain-rule", through=[]), "'through' is empty"),
    "a chain rule through what has no definition": (
        reasoned(kind="chain-rule", through=[SYMBOL]), "the chain rule goes through named quantities, and z is none",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), BAD.values(), ids=BAD)
def test_json_that_is_no_statement_is_refused_with_what_is_wrong_and_what_is_right(data, message):
    with pytest.raises(Unreadable, match=message):
        read(data)


def test_two_functions_of_one_name_and_one_slope_are_not_made_one():
    g1, g2 = activation("twin", lambda t, value: value), activation("twin", lambda t, value: value + 0)
    with pytest.raises(Unwritable, match="two functions are called twin"):
        write(said(g1(z), g2(z)))
    data = write(said(g1(z), g1(z)))
    again = (
        json.dumps(data["functions"]["twin"]).replace('"function": "twin"', '"function": "twin~2"').replace("#", "~")
    )
    data["functions"]["twin~2"] = json.loads(again)
    data["right"] = {"op": "call", "function": "twin~2", "args": [SYMBOL]}
    with pytest.raises(Unreadable, match="two of the functions are one"):
        read(data)


def test_a_function_with_a_slope_that_nothing_has_met_before_is_read():
    slope = {"bind": [{"id": "t#1", "name": "t"}], "body": {"op": "cos", "args": [{"op": "bound", "id": "t#1"}]}}
    call = {"op": "call", "function": "unmet", "args": [SYMBOL]}
    stated = read(
        {**write(said(z, z)), "left": call, "right": call, "functions": {"unmet": {"name": "unmet", "slope": slope}}}
    )
    assert stated.left == stated.right


@pytest.mark.parametrize("table", ["symbols", "matrices"])
def test_two_letters_of_one_name_are_not_made_one(table):
    letter, other = (z, "symbol") if table == "symbols" else (matrix("x", 2, 1), "matrix")
    data = write(said(letter, letter))
    (name,) = data[table]
    data[table]["twin"] = data[table][name]
    data["right"] = {"op": other, "id": "twin"}
    with pytest.raises(Unreadable, match=f"two of the {table} are one: both are called"):
        read(data)


def test_the_size_of_a_name_may_be_written_in_another_order_than_that_of_its_definition():
    data = write(said(total(named("q", vstack(matrix("x", m, 1), matrix("y", n, 1)))), 0))
    again = copy.deepcopy(data)
    again["names"]["q"]["rows"]["args"].reverse()
    assert read(again) == read(data)


@pytest.mark.parametrize("told", [{"rows": 1, "cols": 1}, {"rows": 3, "cols": 1}, {}])
def test_a_name_has_the_size_of_its_definition(told):
    data = write(said(total(named("q", matrix("x", 2, 1))), 0))
    line = data["names"]["q"]
    data["names"]["q"] = {key: part for key, part in line.items() if key not in ("rows", "cols")} | told
    with pytest.raises(Unreadable, match="q has not the size of its definition"):
        read(data)


@pytest.mark.parametrize("facts", [{"positive": True}, {"real": True}])
def test_a_size_is_a_whole_number(facts):
    (m,) = [sizes("m")]
    data = write(said(matrix("x", m, 1), matrix("x", m, 1)))
    data["symbols"]["m"]["facts"] = facts
    with pytest.raises(Unreadable, match="m is no size"):
        read(data)


def test_a_condition_is_no_factor():
    with pytest.raises(Unreadable, match="'matmul' takes a number or a matrix where True stands"):
        read(changed("left", {"op": "matmul", "args": [SYMBOL, True]}))


def test_plain_numbers_are_numbers():
    assert read(write(said(z, 1))).right == 1
    assert read(write(said(z, 0.5))).right == sp.Float(0.5)


def test_a_variable_hidden_by_another_of_its_name_is_refused_and_not_captured():
    inner_sum = {"op": "sum", "bind": [{"id": "b2", "name": "k", "facts": {}, "low": 0, "high": 3}]}
    outer = {"op": "sum", "bind": [{"id": "b1", "name": "k", "facts": {}, "low": 0, "high": 3}]}
    hidden = {**outer, "body": {**inner_sum, "body": {"op": "bound", "id": "b1"}}}
    with pytest.raises(Unreadable, match="'b1' is .* hidden"):
        read(changed("left", hidden))
    free = changed("left", {**outer, "body": {"op": "symbol", "id": "k"}})
    free["symbols"]["k"] = {"name": "k", "facts": {}}
    with pytest.raises(Unreadable, match="k depends on k"):
        read(free)


def test_a_statement_nested_without_end_is_refused():
    deep = SYMBOL
    for _ in range(20000):
        deep = {"op": "exp", "args": [deep]}
    with pytest.raises(Unreadable, match="too deep"):
        read(changed("left", deep))


# ---------------------------------------------------------------- the schema
def test_the_schema_is_one_and_knows_each_operation_with_its_number_of_arguments():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    known = {}
    for part in SCHEMA["$defs"].values():
        has = part.get("properties", {})
        op = has.get("op", {})
        for name in op.get("enum", [op["const"]] if "const" in op else []):
            known[name] = has.get("args", {}).get("maxItems", 0)
    arities = {op: 0 if signature.endswith("+") else len(signature) for op, (_, signature) in OPERATIONS.items()}
    assert {op: known.get(op) for op in OPERATIONS} == arities
    assert known.keys() == OPERATIONS.keys() | RULES.keys()
    assert set(FOLDS) <= RULES.keys()


def test_the_schema_says_the_version_and_the_kinds():
    assert SCHEMA["properties"]["version"] == {"const": VERSION}
    assert SCHEMA["$defs"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize(
    "name", [name for name in BAD if name.startswith(("no ", "another ", "a text", "an unknown op"))]
)
def test_the_schema_refuses_what_the_reader_refuses(name):
    if name != "no number":
        assert not VALIDATOR.is_valid(BAD[name][0])


def test_a_name_has_its_size_exactly_where_it_is_a_matrix():
    data = write(said(inner(A, A), named("c", z)))
    assert {key: "rows" in line for key, line in data["names"].items()} == {"Z": True, "A": True, "c": False}
    back = read(data)
    assert back.left.atoms(Named)
    assert isinstance(back.right, NamedScalar)
    assert nonnegative(back.right).expr == back.right


@pytest.mark.parametrize("sides", [(X - X, 0), (0, X - X), (Grad(z, X), 0), (X - Y + Y, X)], ids=str)
def test_0_beside_a_matrix_is_the_matrix_of_zeros(sides):
    statement = prepared(*sides, given=[sp.Eq(S, 0, evaluate=False)], steps=[(0, "")] if 0 in sides else [])
    found = [side for line in statement.chain for side in line[:2]] + [
        side for fact in statement.given for side in fact.args
    ]
    assert all(side.is_Matrix for side in found)
    assert '"right": 0' not in json.dumps(write(stated(statement)))


def test_0_beside_a_matrix_of_one_entry_is_a_number():
    assert prepared(w.T * w, 0).rhs == 0
