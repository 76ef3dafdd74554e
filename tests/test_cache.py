import pytest
import sympy as sp

from claims import Refuted, activation, apply, claim, inner, matrix, named, nonnegative, ones, scalar, sigma, sizes
from claims.proof import cache
from claims.proof.cache import key, remembered
from claims.proof.prover import prove

m, n = sizes("m n")
X, v = matrix("X", m, n), matrix("v", n)
z = scalar("z")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "proofs"))
    return tmp_path / "proofs"


def never():
    raise AssertionError("computed again")


def test_nothing_is_kept_without_a_folder(tmp_path, monkeypatch):
    monkeypatch.delenv(cache.FOLDER, raising=False)
    assert [remembered("question", [z], lambda n=n: n) for n in (1, 2)] == [1, 2]


def test_an_answer_is_computed_once(folder):
    assert remembered("question", [X * v], lambda: {"method": "algebra"}) == {"method": "algebra"}
    assert remembered("question", [X * v], never) == {"method": "algebra"}


def test_an_error_is_not_kept(folder):
    with pytest.raises(AssertionError):
        remembered("question", [z], never)
    assert not list(folder.glob("*"))


x, y = sp.symbols("x y")
sigmoid_like = activation("sigma", lambda z, value: value * (1 - value))
DIFFERENT = {
    "another name": (x, y),
    "another assumption": (sp.Symbol("x"), sp.Symbol("x", positive=True)),
    "another number": (2 * x, 3 * x),
    "an integer and a float": (sp.Integer(2) * x, sp.Float(2) * x),
    "a sign": (x - y, y - x),
    "a transpose": (X, X.T),
    "another size": (X, matrix("X", n, n)),
    "a name and another definition": (named("Z", X * v), named("Z", 2 * X * v)),
    "a name and what it stands for": (named("Z", X * v), X * v),
    "a function and its derivative": (activation("g")(z), activation("g").prime(z)),
    "a function of another derivative": (activation("g")(z), activation("g", lambda z, g: 1 - g**2)(z)),
    "the sigmoid and a function with its name and slope": (sigma(z), sigmoid_like(z)),
    "a function that is called like two": (
        2 * activation("f")(z) * activation("g")(z),
        2 * activation("f<0, None, None, ()>(Symbol('z', [('real', True)])), claims.language.functions.g")(z),
    ),
    "another function of each entry": (apply(sp.exp, X), apply(sp.log, X)),
    "dummies that are two and one": (sp.Add(sp.Dummy(), 2 * sp.Dummy()), sp.Add(*[(d := sp.Dummy()), d**2])),
    "an empty tuple and a number": (sp.Tuple(), sp.Integer(0)),
}


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_different_questions_have_different_keys(pair):
    a, b = pair
    assert key("question", [a]) != key("question", [b])


def test_the_order_of_sides_and_the_kind_of_question_count():
    assert len({key("proof", [x, y]), key("proof", [y, x]), key("explain", [x, y])}) == 3


def test_dummies_of_one_place_are_alike():
    a, b = (sp.Sum(v[k, 0], (k, 0, n - 1)) for k in (sp.Dummy("k"), sp.Dummy("k")))
    assert key("question", [a]) == key("question", [b])


def test_the_key_changes_with_the_source_of_the_prover(monkeypatch):
    before = key("question", [x])
    monkeypatch.setattr(cache, "source", lambda: "another prover")
    assert key("question", [x]) != before


def test_a_proof_is_not_repeated(folder, monkeypatch):
    first = prove("length", inner(v, v), sp.Trace(v * v.T))
    monkeypatch.setattr("claims.proof.prover.decide", lambda *sides: never())
    second = prove("length again", inner(v, v), sp.Trace(v * v.T))
    assert (second.method, second.seconds, second.audit) == (first.method, first.seconds, first.audit)


def test_a_hypothesis_is_part_of_the_question(folder):
    Y = matrix("Y", m, n)
    rows = sp.Eq(Y * ones(n, 1), ones(m, 1))
    prove("with the hypothesis", Y * ones(n, 1), ones(m, 1), given=[rows])
    with pytest.raises(Refuted):
        claim("without it", Y * ones(n, 1), ones(m, 1))


def test_what_is_refuted_is_refuted_again(folder):
    for _ in range(2):
        with pytest.raises(Refuted):
            prove("a wrong sign", inner(v, v), -inner(v, v))


def test_what_is_proved_of_the_sigmoid_is_not_remembered_of_a_function_that_is_called_like_it(folder):
    prove("the sigmoid is never negative", nonnegative(sigma(z)))
    with pytest.raises(Refuted):
        prove("what has its name and its slope may be", nonnegative(sigmoid_like(z)))
