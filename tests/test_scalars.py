import pytest
import sympy as sp
from samples import but
from sympy import Abs, Heaviside, Max, Min, Piecewise, Rational, cosh, erf, exp, log, pi, sign, sqrt, tanh

from claims import Grad, Refuted, Undecided, inner, matrix, nonnegative, scalar, sigma, sizes, softmax
from claims.algebra.certificate import certify
from claims.proof.prover import prove

z, r, s = scalar("z"), scalar("r"), scalar("s")
p, q = scalar("p", positive=True), scalar("q", positive=True)
t = sp.Symbol("t", integer=True, positive=True)
k = sp.Symbol("k", integer=True)
huber = Piecewise((z**2 / 2, Abs(z) <= p), (p * (Abs(z) - p / 2), True))
elu = Piecewise((z, z > 0), (p * (exp(z) - 1), True))
step = Piecewise((1, z > 0), (0, True))
pair, first = matrix("Z", 1, 2), sp.Matrix([1, 0])
gauss = (1 + erf(z / sqrt(2))) / 2

normal = exp(-((z - r) ** 2) / (2 * p**2)) / sqrt(2 * pi * p**2)
TRUE = {
    "sigmoid, written out": (1 / (1 + exp(-z)), sigma(z)),
    "slope of the sigmoid": (Grad(1 / (1 + exp(-z)), z), sigma(z) * (1 - sigma(z))),
    "second slope of the sigmoid": (Grad(Grad(sigma(z), z), z), sigma(z) * (1 - sigma(z)) * (1 - 2 * sigma(z))),
    "sigmoid of -z": (sigma(-z), 1 - sigma(z)),
    "logit": (log(sigma(z) / (1 - sigma(z))), z),
    "slope of tanh": (Grad(tanh(z), z), 1 - tanh(z) ** 2),
    "tanh by the sigmoid": (tanh(z), 2 * sigma(2 * z) - 1),
    "sigmoid by tanh": (sigma(z), (1 + tanh(z / 2)) / 2),
    "slope of log cosh": (Grad(log(cosh(z)), z), tanh(z)),
    "slope of softplus": (Grad(log(1 + exp(z)), z), sigma(z)),
    "softplus from both sides": (log(1 + exp(z)) - log(1 + exp(-z)), z),
    "stable softplus": (Max(0, z) + log(1 + exp(-Abs(z))), log(1 + exp(z))),
    "log loss from logits": (-r * log(sigma(z)) - (1 - r) * log(1 - sigma(z)), Max(0, z) - r * z + log(1 + exp(-Abs(z)))),
    "log loss is a likelihood": (-log(sigma(z) ** r * (1 - sigma(z)) ** (1 - r)), -r * log(sigma(z)) - (1 - r) * log(1 - sigma(z))),
    "slope of the log loss": (Grad(-r * log(sigma(z)) - (1 - r) * log(1 - sigma(z)), z), sigma(z) - r),
    "relu by the magnitude": (Max(0, z), (z + Abs(z)) / 2),
    "relu by pieces": (Max(0, z), Piecewise((0, z < 0), (z, True))),
    "relu scales": (Max(0, p * z), p * Max(0, z)),
    "slope of relu": (Grad(Max(0, z), z), Piecewise((1, z > 0), (0, True))),
    "slope of relu, as Heaviside": (Grad(Max(0, z), z), Heaviside(z)),
    "slope of leaky relu": (Grad(Max(z / 10, z), z), Piecewise((1, z > 0), (Rational(1, 10), True))),
    "slope of elu": (Grad(elu, z), Piecewise((1, z > 0), (elu + p, True))),
    "slope of swish": (Grad(z * sigma(p * z), z), p * z * sigma(p * z) + sigma(p * z) * (1 - p * z * sigma(p * z))),
    "slope of gelu": (Grad(z * gauss, z), gauss + z * exp(-(z**2) / 2) / sqrt(2 * pi)),
    "slope of the magnitude": (Grad(Abs(z), z), sign(z)),
    "slope of huber": (Grad(huber, z), Max(-p, Min(p, z))),
    "maximum": (Max(z, r), (z + r + Abs(z - r)) / 2),
    "logarithm of a square": (log(z**2), 2 * log(Abs(z))),
    "logarithm of a product": (log(p * q), log(p) + log(q)),
    "root of a square": (sqrt(z**2), Abs(z)),
    "partial fractions": (1 / z - 1 / (z + 1), 1 / (z * (z + 1))),
    "softmax of two": (softmax(pair) * first, sigma(pair[0, 0] - pair[0, 1])),
    "geometric sum": (sp.Sum(p**k, (k, 0, t - 1)), (1 - p**t) / (1 - p)),
    "weights of Adam": (sp.Sum((1 - p) * p ** (t - k), (k, 1, t)), 1 - p**t),
    "sum of squares": (sp.Sum(k**2, (k, 1, t)), t * (t + 1) * (2 * t + 1) / 6),
    "variance of a uniform weight": (sp.Integral(z**2 / (2 * p), (z, -p, p)), p**2 / 3),
    "entropy of a normal": (
        -sp.Integral(normal * log(normal), (z, -sp.oo, sp.oo)), log(2 * pi * sp.E * p**2) / 2,
    ),
}  # fmt: skip

FALSE = {
    "slope of tanh without the square": (Grad(tanh(z), z), 1 - tanh(z)),
    "root of a square of any sign": (sqrt(z**2), z),
    "relu scales with any factor": (Max(0, r * z), r * Max(0, z)),
    "kinks count where nothing is differentiated": (Heaviside(z), Piecewise((1, z > 0), (0, True))),
    "the sign of zero": (sign(z), Piecewise((1, z > 0), (-1, True))),
    "slope of elu without its factor": (Grad(elu, z), Piecewise((1, z > 0), (exp(z), True))),
    "slope of gelu with a wrong exponent": (Grad(z * gauss, z), gauss + z * exp(-(z**2)) / sqrt(2 * pi)),
    "softmax of two, the other way round": (softmax(pair) * first, sigma(pair[0, 1] - pair[0, 0])),
    "sum of fractions": (1 / z + 1 / r, 1 / (z + r)),
    "one term too many": (sp.Sum(p**k, (k, 0, t)), (1 - p**t) / (1 - p)),
    "integral": (sp.Integral(z**2 / (2 * p), (z, -p, p)), p**2 / 2),
}

m, n, K = sizes("m n K")
A, S, x, v, u = matrix("A", m, n), matrix("S", n, n), matrix("x", n), matrix("v", n), matrix("u", K)
P = softmax(matrix("Z", 1, K)).T

NEVER_NEGATIVE = {
    "slope of the sigmoid": sigma(z) * (1 - sigma(z)),
    "curvature of the log loss": Grad(Grad(log(1 + exp(z)) - r * z, z), z),
    "square of a difference": z**2 - 2 * z * r + r**2,
    "gram form": x.T * A.T * A * x,
    "variance": u.T * (sp.DiagMatrix(P) - P * P.T) * u,
    "Cauchy and Schwarz": inner(x, x) * inner(v, v) - inner(x, v) ** 2,
    "relu": Max(0, z),
    "what the magnitude exceeds": Abs(z) - z,
    "relu above its tangent": Max(0, r) - Max(0, z) - step * (r - z),
    "log loss of a positive": -log(sigma(z)),
    "softplus": log(1 + exp(z)),
}  # fmt: skip

SOMETIMES_NEGATIVE = {
    "a number": z,
    "a form of any matrix": x.T * S * x,
    "relu above a tangent that is too steep at the kink": Max(0, r)
    - Max(0, z)
    - (step + 2 * (1 - Abs(sign(z)))) * (r - z),
    "negative for two positive numbers alone": Max(0, -z) + Max(0, -r) - Max(0, Min(z, r)),
    "an excessive product": z**2 + r**2 - 3 * z * r,
    "a sum weighted by differences": sp.Sum((x[k, 0] - 1) * x[k, 0], (k, 0, n - 1)),
}


@pytest.mark.parametrize("name", but({"entropy of a normal"}, TRUE))
def test_identity_is_proved(name):
    assert prove(name, *TRUE[name]).state in ("proved", "proved-all")


@pytest.mark.parametrize("name", FALSE)
def test_false_identity_is_refuted(name):
    with pytest.raises(Refuted):
        prove(name, *FALSE[name])


@pytest.mark.parametrize("name", NEVER_NEGATIVE)
def test_a_certificate_is_found(name):
    assert "certificate" in prove(name, nonnegative(NEVER_NEGATIVE[name])).method


@pytest.mark.parametrize("name", SOMETIMES_NEGATIVE)
def test_algebra_alone_finds_no_certificate_of_what_may_be_negative(name):
    assert certify(nonnegative(SOMETIMES_NEGATIVE[name]).expr, ())[0] is None


@pytest.mark.parametrize("name", SOMETIMES_NEGATIVE)
def test_a_negative_value_is_shown(name):
    with pytest.raises(Refuted) as refuted:
        prove(name, nonnegative(SOMETIMES_NEGATIVE[name]))
    assert refuted.value.counterexample.claimed < 0


def test_a_weighted_form_with_coupled_weights_has_no_certificate():
    """The sum of (x_j - x_k)^2 y_j y_k is not a square, although each weight is."""
    i, j = sp.symbols("i j", integer=True)
    y = matrix("y", n)
    form = sp.Sum((x[i, 0] - x[j, 0]) ** 2 * y[i, 0] * y[j, 0], (i, 0, n - 1), (j, 0, n - 1))
    assert certify(form, ())[0] is None
    with pytest.raises((Refuted, Undecided)):
        prove("coupled", nonnegative(form))


def test_a_sign_that_is_given_may_be_used():
    assert prove("given", log(z * r), log(z) + log(r), given=[z > 0, r > 0]).method


def test_a_point_at_which_a_hypothesis_breaks_an_assumption_refutes_nothing():
    """Of p + q = 1 with p and q positive, q = -55 is no solution."""
    assert prove("shares", nonnegative(p * Max(0, z) + q * Max(0, -z)), given=[sp.Eq(p + q, 1)]).method
    with pytest.raises(Refuted) as refuted:
        prove("shares", nonnegative(q - p), given=[sp.Eq(p + q, 1)])
    assert all(refuted.value.counterexample.values[share] > 0 for share in (p, q))


def test_nonnegativity_is_proved_of_what_steps_lead_to():
    form = z**4 + 2 * z**2 * s + s**2
    proof = prove("square", nonnegative(form), steps=[((z**2 + s) ** 2, "a square")])
    assert [step.why for step in proof.steps] == ["a square", ""] and proof.steps[-1].rhs is None
