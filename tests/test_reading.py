"""A formula as people type it: both provers' readers, which share no code, read the same, and refuse what is unclear."""

import json
import random
import subprocess
from functools import cache
from pathlib import Path

import pytest
import sympy as sp

from claims import Grad, Misread, Refuted, claim, inner, matrix, read, sizes
from claims.data import read as read_data
from claims.reading import statement
from coursebook.html.node import node_program

ROOT = Path(__file__).parent.parent
SIGNS = [
    *")(_1^'*/|,[]{} =+-·⊙.&;e2TxXzAiI𝟏",
    "\\frac",
    "^T",
    "^{-T}",
    "sum_i ",
    "^{2}",
    "\\hat",
    "\\mathbf{1}",
    "d/dz ",
    "log ",
    "d²/dz² ",
    "⁻¹",
    "½",
    "‖",
    "_2",
    "\\limits",
    "^-1T",
]
# With letters of their own, or with some that nobody declares.
OTHERS = [
    ["a (b + c) = a b + a c", []],
    ["p (1 - p) = p - p^2", []],
    ["e^{-t} e^t = 1", []],
    ["d/dz sin(z) = cos(z)", []],
    ["\\frac{d}{dz} sin(z) = cos(z)", []],
    ["a d - b c = d a - c b", []],
    ["\\gamma x + \\beta = \\beta + x \\gamma", []],
    ["k + lambda_k = lambda_k + k", []],
    ["grad(w^T w, w_k) = 3 w_k", ["w: n x 1"]],
    ["sum_{i=1}^n sum_{j=1}^i x_j = sum_{j=1}^n (n - j + 1) x_j", ["x: n x 1"]],
    ["z &= \\sigma(z)", []],
    ["sum(g(X w)) <= m", ["X: m x n", "w: n x 1", "g()"]],
    ["a <= b", []],
    ["d^2 + d²/z² = d²/z² + d^2", []],
    ["d²/dz² = d²/dz²", ["d", "dz"]],
    ["d²/dz² z = 0", ["d", "z"]],
    ["d²/dx_i² ||x||^2 = 2", ["x: n x 1", "i: index"]],
    ["-d²/dz² z^2 + d²/da² a^2 = 0", []],
    ["d²/delta² z = 0", []],
    ["λ W₁ φ(θ_0) = λ W_1 φ(θ₀)", ["λ", "W₁: n x 1", "φ()", "θ_0 > 0"]],
    ["λ = λ", ["λ", "lambda"]],
    ["x = x", ["x: λ x 1"]],
    ["y = y", ["ŷ: n x 1", "y: n x 1"]],
    ["∂(A x)/∂x^T = A", ["A: m x n", "x: n x 1"]],
    ["∂(A x)/∂x^T = A", ["A: m x n", "x: n x 1", "T"]],
    ["∂z/∂z^T = 1", []],
    ["a \\leqslant b", []],
    ["a &\\geqslant b", []],
    ["a ⩽ b", []],
    ["a ⩾& b", []],
    ["M^{-T} = (M^T)^{-1}", ["M: n x n"]],
    ["M^-T M = M^{-T} M", ["M: n x n"]],
    ["M^{-T}^2 = M^{-T} M^{-T}", ["M: n x n"]],
    ["z^{-T} = z", []],
    ["X^{-T} = X", ["X: m x n"]],
    ["M^{-T} = M", ["M: n x n", "T"]],
    ["M^{-T_1} = M", ["M: n x n"]],
    ["e^{T} e^{-T} = 1", []],
    ["M^{-T + 1} = M", ["M: n x n"]],
    ["x_\\alpha + \\bar x = \\bar x + x_\\alpha", []],
    ["grad(x_ab + b, b) = 1", ["b"]],
    ["e^S e^{-S} = I", ["S: n x n"]],
    ["e^s e^{-s} = 1", ["s: 1 x 1"]],
    ["\\mathrm{x_} + b = b + \\mathrm{x_}", ["b"]],
    ["\\frac{\\partial (A x)^\\top}{\\partial x} = A", ["A: m x n", "x: n x 1"]],
    ["\\frac{\\partial (r A)^\\top}{\\partial r} = A^T", ["A: n x m", "r: 1 x n"]],
    ["f(a + b) = f(a) + f(b)", []],
    ["var(2 x) = 4 var(x)", []],
    ["∂L/∂z = 0", []],
    ["dt/ds = 0", []],
    ["grad(c, z) = 0", []],
    ["∂||X||^2/∂x = 0", ["X: m x n"]],
    ["e^(i pi) = -1", []],
    ["a^t b = a b", []],
    ["sum_k w_k - w_k = 0", ["w: n x 1"]],
    ["(d a)/(d b) = a / b", []],
    ["\\frac d{dz} z^2 = 2 z", []],
    ["tr(X) + n_1 = tr(A + X) + n1", ["X: n_1 x n1", "A: n_1 x n_1"]],
    ["I_n w = w", ["w: n x 1"]],
    ["k x_k = x_k k", ["x: n x 1", "k: index"]],
    ["delta_{k,1} k = delta_{k,1}", ["k: index"]],
    ["x_{k+1} = x_k + k - k", ["x: n x 1", "k: index"]],
    ["sum_{i=1}^k i = k (k + 1) / 2", ["k: index"]],
    ["z = z", ["X m"]],
    ["X = X", ["X: m x n^2"]],
    ["X = X", ["X: 0 x n"]],
    ["z = z", ["z", "z > 0"]],
    ["z < 1", []],
    ["tana = t a n a", ["a", "n", "t"]],
    ["µ + ϕ + ϑ + ϱ = μ + φ + θ + ρ", []],
    ["µ_1 = \\mu_1", ["mu_1"]],
    ["\\varepsilon + \\varphi_1 = ε + φ_1", []],
    ["\\varsigma + \\varpi = z", []],
    ["Π_i x_i = x_1", ["x: n x 1", "i: index"]],
    ["\\Sigma_i x_i = x_1", ["x: n x 1", "i: index"]],
    ["Pi_i x_i = Pi_i x_i", ["x: n x 1", "i: index", "Pi_i"]],
    ["d/dn n^2 = 2 n", ["X: m x n", "n"]],
    ["d/dn n^2 = 2 n", ["n", "X: m x n"]],
    ["X = X", ["X: X x n"]],
    ["W_2 x = x W_2", ["W_1: n x n", "x: n x 1"]],
    ["W_{11} x = x W_{11}", ["W_1: n x n", "x: n x 1"]],
    ["W_2 x = x W_2", ["W_{1}: n x n", "x: n x 1"]],
    ["w_2 x = x w_2", ["W_1: n x n", "w_1", "x: n x 1"]],
    ["2 [a b] x = 2 [a b] x", ["x: n x 1"]],
    ["X^T [X w - y] = X^T (X w - y)", ["X: m x n", "w: n x 1", "y: m x 1"]],
    ["z [a b] = a b z", ["z"]],
    ["W_c W_1 = W_1 W_c", ["W_1: n x n"]],
    *(
        [f"{text} = 0", ["x: n x 1", "w: n x 1", "i: index", "j: index"]]
        for text in [
            "(sum_i x_i) - w_i",
            "w_i - sum_i x_i",
            "1/n sum_i x_i - w_i",
            "-sum_i sum_j x_i w_j - w_i",
            "sum_j (sum_j x_j - w_j)",
            "sum_i x_i - sum_i w_i",
            "sum_i x_i - sum_j w_j w_i",
            "sum_k x_k - w_i",
            "z^{-1}/2 + z^1 / 2 + z^-1/b + z^2/3",
            "x (i)",
            "x(i)^2",
            "x^T \\ x",
            "x^T\\ x",
            "3 \\ x_i",
            "xw^T \\ xw^T",
        ]
    ),
    ["\\nabla z = 0", ["a", "b", "l", "n"]],
    ["∇ z = 0", ["a", "b", "l", "n"]],
    ["a = b = c", []],
    ["", []],
]


@cache
def asked(more: str = "") -> list[dict]:
    """What the other reader says of its own examples and of more lines."""
    command = [node_program(), ROOT / "tests/checker/asked.mjs"]
    done = subprocess.run(command, input=more, capture_output=True, text=True, check=True)
    return list(map(json.loads, done.stdout.splitlines()))


def numbered(tree, numbers=None):
    """A tree whose bound variables are called by the order in which they stand."""
    numbers = {} if numbers is None else numbers
    if isinstance(tree, list):
        return [numbered(part, numbers) for part in tree]
    if not isinstance(tree, dict):
        return tree
    for bound in tree.get("bind", ()):
        numbers[bound["id"]] = len(numbers)
    return {key: numbers.get(part, part) if key == "id" else numbered(part, numbers) for key, part in tree.items()}


def ours(formula, letters):
    try:
        return numbered(statement(formula, letters))
    except Misread:
        return None


def theirs(case):
    return numbered(case["statement"]) if "statement" in case else None


def test_both_readers_read_the_same_and_refuse_the_same():
    cases = asked("\n".join(map(json.dumps, OTHERS)))
    found = [(case["formula"], ours(case["formula"], case["letters"]), theirs(case)) for case in cases]
    assert [formula for formula, here, there in found if here != there] == []
    assert sum(here is not None for _, here, _ in found) > 380 and sum(here is None for _, here, _ in found) > 190


def spoiled(texts, count, rng):
    """Texts with some signs more or less, or put together."""
    for _ in range(count):
        text = rng.choice(texts)
        for _ in range(rng.randint(1, 3)):
            at, other = rng.randint(0, len(text)), rng.choice(texts)
            sign, joint = rng.choice(SIGNS), rng.choice([" ", " * ", "", " / ", " @ "])
            text = rng.choice([text[:at] + text[at + 1 :], text[:at] + sign + text[at:], text + joint + other])
        yield f"{text} = {text}"


@pytest.mark.parametrize("count", [150, pytest.param(1500, marks=pytest.mark.long)])
def test_what_is_spoiled_is_read_the_same_or_refused_at_a_place_in_it(count):
    own = asked()
    texts = [case["formula"].partition(" = ")[0] for case in own]
    lines = [json.dumps([text, own[0]["letters"]]) for text in spoiled(texts, count, random.Random(7))]
    cases = asked("\n".join(lines))[len(own) :]
    read_by_both = 0
    for case in cases:
        try:
            here = numbered(statement(case["formula"], case["letters"]))
            assert here == theirs(case), case["formula"]
            read_by_both += 1
        except Misread as error:
            assert 0 <= error.start <= error.end <= len(case["formula"]), case["formula"]
            assert "statement" not in case, f"{case['formula']}: {error}"
    assert read_by_both > count / 20


LETTERS = [
    "X: m x n",
    "A: m x 1",
    "Q: n x n",
    "S: n x n",
    "w: n x 1",
    "x: n x 1",
    "a",
    "b",
    "a_b",
    "z",
    "eta > 0",
    "g()",
    "i: index",
]


@pytest.mark.parametrize(
    ("marked", "said"),
    [
        ("X w ‹=› w", "Both sides need one shape: here m × 1 and n × 1."),
        ("X ‹A› = w", "Is the transpose of the left one meant?"),
        ("X ‹+› A = X", "here m × n and m × 1. A row or a column is spread by a product with ones"),
        ("w ‹w› = w", "The entrywise product is written ⊙."),
        ("Q ‹*› S = Q", "What the sign * means here is unclear"),
        ("x ‹·› w = 1", "can mean several products"),
        ("1*1*1*1*1*1*1*1*1*1*Q ‹*› S = Q S", "More than 10 signs of products"),
        ("1/‹2a› = z", "What is divided by is unclear"),
        ("z / ‹a b› = z", "What is divided by is unclear"),
        ("X + ‹1› w w^T = X", "The 1 can be a number and a column of ones"),
        ("e^z‹a› = 1", None),
        ("a^-1‹/›2 = 1", "What belongs to the exponent is unclear"),
        ("a^-b‹z› = 1", "What belongs to the exponent is unclear"),
        ("‹log a *› b = 1", "What log is taken of is unclear"),
        ("‹E›[z^2] = E[z]^2", "Nothing that is typed is random"),
        ("z^‹{(2)}› = z", None),
        ("‹√z a› = 1", "What stands under the root is unclear"),
        ("‹sum (x - w)^›2 = 1", "What sum is taken of is unclear"),
        ("∂/∂z ‹a z› = a", None),
        ("‹sum_{i=2}› x_i = sum(x)", "Both ends are written, or none of them"),
        ("sum_{k=1}^‹n -› 1 x_k = 1", "What belongs to the upper end is unclear"),
        ("sum_‹k› x_k A_k = 1", "From where to where k runs cannot be told"),
        ("\\sum ‹x_i› = x_i", "From where to where i runs cannot be told"),
        ("mean(‹x_i^2›) = 1", "From where to where i runs cannot be told"),
        ("‹x_{12}› = 1", "n × 1 has 1 index, not 2."),
        ("x_‹0› = 1", "Entries are counted from 1"),
        ("x‹(i)› = 1", "Entries are counted from 1"),
        ("x‹(1)› + x(2) = 3 x", "Entries are counted from 1"),
        ("‹Q \\ x› = Q x", "What is divided by is unclear"),
        ("X[‹0›, i] = 1", "Entries are counted from 1"),
        ("x_i sum_{k=1}^n k delta_{k,i} = (‹i› + 1) x_i", "i says which entry is meant"),
        ("sum_{k=1}^‹i› x_k - sum_{k=1}^{i-1} x_k = x_i", "i says which entry is meant"),
        ("a ‹&› b = a b", "The sign & has no meaning here."),
        ("x_1 + ‹\\dots› + x_2 = 1", "Dots are not read"),
        ("(a + b)‹ⁿ› = a", "The sign ⁿ has no meaning here."),
        ("|a ‹|›b| z| = 1", "Whether this bar opens or closes is unclear"),
        ("sum([‹a b›; z b]) = 1", "Columns are parted by commas"),
        ("sum([‹1 -1›; z]) = 1", "Columns are parted by commas"),
        ("‹c_ab› = z", "is not declared"),
        ("Q^{-1‹T›} = Q", "is not declared"),
        ("Q^-1‹T› = Q", "What belongs to the exponent is unclear"),
        ("z^2‹T› = 1", "What belongs to the exponent is unclear"),
        ("Q ‹/› S = Q", "Over a square matrix the sign / can mean the inverse"),
        ("tr(‹[[a, b], [z, a]›]) = 1", "Lists in a list are rows for some"),
        ("‹ŷ› = 1", "The sign ŷ has no meaning here."),
        ("e^‹(z Q)› = Q", "write exp( ) for the exponential of each entry"),
        ("‹∂A^⊤/∂w› = X", "A Jacobian is written ∂u/∂v^T for columns"),
        ("‹smooth›(g, 2) = 1", "leave it out"),
        ("‹sigm›(z) = z", "its spelling is near to"),
        ("‹c_d› ⊙ x = cd", None),
        ("‹sum_i x_i - w_i› = 0", "What belongs to the sum is unclear"),
        ("a - ‹max_i a x_i + z + w_i› = 0", "What belongs to the maximum is unclear"),
        ("x^T x - ‹x1› = z", "is not declared"),
        ("‹amax› = z", "amax can be read in several ways"),
        ("‹maxa› = z", "maxa can be read in several ways"),
        ("d‹g›/dz = 1", "g is a function"),
        ("X_‹{›1 = 1", "The bracket { is not closed."),
        ("X w‹)› = w", "The bracket ) is not opened."),
        ("z =‹›", "The formula ends where something has to follow."),
        ("‹z + 1›", "A formula states something by =, <= or >=."),
        ("z ‹<› 1", "and not by this sign"),
        ("a = b ‹=› z", "= cannot stand here."),
        ("tr(‹X›) = 1", "needs a square matrix, and this is m × n."),
        ("||‹X›||_2 = 1", "The norm with a 2 below it needs a row or a column, and this is m × n."),
        ("‹𝟏›^T 𝟏 = z", "The size of the ones or of the identity cannot be told"),
    ],
)
def test_what_is_unclear_is_refused_at_its_place(marked, said):
    text = marked.replace("‹", "").replace("›", "")
    with pytest.raises(Misread) as caught:
        statement(text, LETTERS)
    error = caught.value
    if said is not None:
        assert said in error.message
        assert f"{text[: error.start]}‹{text[error.start : error.end]}›{text[error.end :]}" == marked
    assert str(error).splitlines() == [text, " " * error.start + "^" * max(1, error.end - error.start), error.message]


def test_a_name_with_a_letter_below_is_not_the_product_of_both():
    with pytest.raises(Refuted):
        claim("below", *read("a_b = ab", "a", "b", "a_b"))


def test_an_accent_without_braces_is_over_one_letter():
    assert read(r"\hat ab = a_hat b", "a_hat", "b", "a", "b_hat")[0] == read("a_hat b = 1", "a_hat", "b")[0]


def test_columns_of_cases_within_a_matrix_stay_apart():
    cases = r"\begin{cases} 1 & \text{if } z > 0 \\ 0 & \text{otherwise} \end{cases}"
    rows = statement(rf"\begin{{pmatrix}} {cases} & z \end{{pmatrix}} = ones(1, 2)", [])["left"]
    assert rows["shape"] == [1, 2] and rows["rows"][0][1] == {"op": "symbol", "id": "z"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("X m", 'This declares no letter: write "X: m x n"'),
        ("X: ‹n^2› x n", "A size is meant here"),
        ("X: m x ‹0›", "A size is a whole number from 1."),
        ("X: m x ‹(›", "The formula ends"),
        ("‹w_1: n x 1›", '"w1 > 0" says what w_1 is, and so does this line'),
        ("‹X: m x w1›", '"w1 > 0" says what w1 is'),
    ],
)
def test_a_line_that_declares_nothing_shows_where(line, said):
    text = line.replace("‹", "").replace("›", "")
    with pytest.raises(Misread) as caught:
        statement("z = z", ["w1 > 0", text])
    assert said in caught.value.message and str(caught.value).startswith(f"{text}\n")


def test_what_is_deep_or_long_is_refused_and_never_ends_in_a_traceback():
    for text in [
        "(" * 1900,
        "-" * 1900 + "z",
        "sqrt " * 390 + "z",
        "not " * 400 + "z",
        "exp(" * 400,
        "x_{" * 600,
        "z + " * 1000,
    ]:
        with pytest.raises(Misread):
            statement(f"{text} = 1", [])
    norms = "norm(X " * 20 + ")" * 20
    with pytest.raises(Misread):
        statement(f"{norms} = 1", ["X: m x n"])
    assert statement("(" * 25 + "z" + ")" * 25 + " = z", [])["left"] == {"op": "symbol", "id": "z"}


def test_an_author_types_an_equation_or_an_inequality_and_claims_it():
    m, n = sizes("m n")
    X, w, y = matrix("X", m, n), matrix("w", n, 1), matrix("y", m, 1)
    letters = ["X: m x n", "w: n x 1", "y: m x 1"]
    left, right = read("grad(||X w - y||^2 / 2, w) = X^T (X w - y)", *letters)
    assert claim("left", left, Grad(inner(X * w - y, X * w - y) / 2, w)).state == "proved-all"
    assert claim("right", right, X.T * (X * w - y)).state == "proved-all"
    assert claim("typed", left, right).state == "proved-all"
    assert claim("mean", *read("(eta + 1/eta) / 2 >= 1", "eta > 0")).state == "proved"


def test_what_is_read_is_what_the_statement_as_data_says():
    (case, *_) = asked()
    stated = read_data(statement(case["formula"], case["letters"]))
    assert read(case["formula"], *case["letters"]) == (stated.left, stated.right)
    assert isinstance(stated.left, sp.MatrixExpr)
