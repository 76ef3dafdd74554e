"""Claims from the whole of deep learning, as a stranger would write them: each true one, and its false twins.

`T(name, left, right, *false right sides)` states an equation, `N(name, e, *false)` that e is never negative, and
`F(name, left, right)` one that is false.
"""

import sympy as sp
from sympy import (
    Abs,
    DiagMatrix,
    Eq,
    HadamardPower,
    Heaviside,
    Identity,
    Integral,
    KroneckerDelta,
    MatrixSymbol,
    Max,
    Min,
    OneMatrix,
    Piecewise,
    Rational,
    Sum,
    Trace,
    ZeroMatrix,
    cos,
    cosh,
    erf,
    exp,
    hadamard_product,
    log,
    pi,
    sign,
    sin,
    sqrt,
    symbols,
    tanh,
)

from claims import (
    Grad,
    Hess,
    Jac,
    Maximum,
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

TRUE, FALSE = {}, {}


def T(name, left, right, *wrong, given=()):
    TRUE[name] = left, right, given
    for k, claimed in enumerate(wrong):
        FALSE[f"{name}, {k + 1}"] = left, claimed, given


def N(name, e, *wrong):
    TRUE[name] = nonnegative(e), None, ()
    for k, claimed in enumerate(wrong):
        FALSE[f"{name}, {k + 1}"] = nonnegative(claimed), None, ()


def F(name, left, right, given=()):
    FALSE[name] = left, right, given


m, n, h, K, p, d, q = sizes("m n h K p d q")
i, j, k, l, t, s = symbols("i j k l t s", integer=True)
X, w, y = (matrix("X", m, n), matrix("w", n), matrix("y", m))
b, c, z, r, a, u0 = (scalar("b"), scalar("c"), scalar("z"), scalar("r"), scalar("a"), scalar("u0"))
lam, eps, tau, alpha, beta = [scalar(x, positive=True) for x in ("lambda", "epsilon", "tau", "alpha", "beta")]
one = ones(m)
S, S2, S3 = (matrix("S", n, n), matrix("T", n, n), matrix("R", n, n))
x, v, u = (matrix("x", n), matrix("v", n), matrix("u", n))
g = activation("g")
f = activation("f")
Zr = X * w + b * one
mse = inner(Zr - y, Zr - y) / m
T(
    "mse dw",
    Grad(mse, w),
    2 * X.T * (X * w + b * one - y) / m,
    X.T * (X * w + b * one - y) / m,
    2 * X.T * (y - X * w - b * one) / m,
    2 * X.T * (X * w - y) / m,
    2 * X.T * (X * w + b * one - y),
)
T(
    "mse db",
    Grad(mse, b),
    2 * total(X * w + b * one - y) / m,
    total(X * w + b * one - y) / m,
    2 * total(X * w + b * one - y) / n,
)
T("mse hess", Hess(mse, w), 2 * X.T * X / m, X.T * X / m, 2 * X.T * X)
ridge = inner(X * w - y, X * w - y) / (2 * m) + lam * inner(w, w) / 2
T(
    "ridge dw",
    Grad(ridge, w),
    X.T * (X * w - y) / m + lam * w,
    X.T * (X * w - y) / m + 2 * lam * w,
    (X.T * (X * w - y) + lam * w) / m,
    X.T * (X * w - y) / m,
)
T(
    "ridge normal eq",
    Grad(ridge, w),
    (X.T * X / m + lam * Identity(n)) * w - X.T * y / m,
    (X.T * X / m + lam * OneMatrix(n, n)) * w - X.T * y / m,
)
T(
    "mae",
    Grad(total(apply(Abs, X * w - y)) / m, w),
    X.T * apply(sign, X * w - y) / m,
    X.T * apply(sign, y - X * w) / m,
    apply(sign, X.T * (X * w - y)) / m,
)
delta = scalar("delta", positive=True)
hub = lambda t: Piecewise((t**2 / 2, Abs(t) <= delta), (delta * (Abs(t) - delta / 2), True))
T(
    "huber dw",
    Grad(total(apply(hub, X * w - y)) / m, w),
    X.T * apply(lambda t: Max(-delta, Min(delta, t)), X * w - y) / m,
    X.T * apply(lambda t: Max(-delta, Min(delta, t)), y - X * w) / m,
    X.T * apply(lambda t: Max(-1, Min(1, t)), X * w - y) / m,
)
T(
    "logcosh",
    Grad(total(apply(lambda t: log(cosh(t)), X * w - y)) / m, w),
    X.T * apply(tanh, X * w - y) / m,
    X.T * apply(lambda t: 1 - tanh(t) ** 2, X * w - y) / m,
)
Sw = matrix("s", m)
T(
    "weighted ls",
    Grad((X * w - y).T * DiagMatrix(Sw) * (X * w - y) / 2, w),
    X.T * DiagMatrix(Sw) * (X * w - y),
    X.T * (X * w - y) * total(Sw) / m,
    X.T * DiagMatrix(Sw) ** 2 * (X * w - y),
)
T(
    "weighted ls had",
    Grad(inner(Sw, HadamardPower(X * w - y, 2)), w),
    2 * X.T * hadamard(Sw, X * w - y),
    2 * X.T * hadamard(Sw, Sw, X * w - y),
)
T("lasso", Grad(lam * total(apply(Abs, w)), w), lam * apply(sign, w), lam * w, apply(sign, w))
T(
    "elastic",
    Grad(lam * total(apply(Abs, w)) + alpha / 2 * inner(w, w), w),
    lam * apply(sign, w) + alpha * w,
    lam * apply(sign, w) + alpha / 2 * w,
)
Xs, ws, ys = (MatrixSymbol("X", m, n), MatrixSymbol("w", n, 1), MatrixSymbol("y", m, 1))
T(
    "sym: sum of squares",
    Sum((Sum(Xs[i, j] * ws[j, 0], (j, 0, n - 1)) - ys[i, 0]) ** 2, (i, 0, m - 1)),
    inner(X * w - y, X * w - y),
    inner(X * w - y, X * w),
)
T(
    "sym: grad index",
    Grad(Sum((Sum(Xs[i, j] * ws[j, 0], (j, 0, n - 1)) - ys[i, 0]) ** 2, (i, 0, m - 1)) / m, w[k, 0]),
    2 * Sum(X[i, k] * ((X * w)[i, 0] - y[i, 0]), (i, 0, m - 1)) / m,
    Sum(X[i, k] * ((X * w)[i, 0] - y[i, 0]), (i, 0, m - 1)) / m,
)
T(
    "sym: applyfunc",
    Grad(Trace((X * w).applyfunc(exp) * OneMatrix(1, m)), w),
    X.T * (X * w).applyfunc(exp),
    X.T * (X * w).applyfunc(exp) / m,
)
T(
    "sym: trace form",
    Grad(Trace((X * w - y).T * (X * w - y)), w),
    2 * X.T * X * w - 2 * X.T * y,
    2 * X.T * X * w - X.T * y,
)
T(
    "sym: as_explicit entries",
    ((X * w - y).T * (X * w - y))[0, 0],
    Sum((X * w - y)[i, 0] ** 2, (i, 0, m - 1)),
    Sum((X * w - y)[i, 0], (i, 0, m - 1)) ** 2,
)
T(
    "sym: delta",
    Sum(KroneckerDelta(i, j) * X[i, k] * X[j, l], (i, 0, m - 1), (j, 0, m - 1)),
    (X.T * X)[k, l],
    (X.T * X)[k, k],
)
T("sym: dXdX", Grad(X[i, j] * X[i, j], X[i, j]), 2 * X[i, j], X[i, j])
T(
    "sym: dX[k,l] of X[i,j]",
    Grad(X[i, j], X[k, l]),
    KroneckerDelta(i, k) * KroneckerDelta(j, l),
    KroneckerDelta(i, j) * KroneckerDelta(k, l),
    1,
)
T(
    "sym: relu Piecewise eq delta",
    Sum(Piecewise((1, Eq(i, j)), (0, True)) * x[i, 0] * v[j, 0], (i, 0, n - 1), (j, 0, n - 1)),
    inner(x, v),
    total(x) * total(v),
)
yy = [Eq(hadamard(y, y), one)]
marg = total(apply(lambda t: log(1 + exp(-t)), hadamard(y, X * w))) / m
T(
    "logistic ±1",
    Grad(marg, w),
    -X.T * hadamard(y, apply(sigma, -hadamard(y, X * w))) / m,
    X.T * hadamard(y, apply(sigma, -hadamard(y, X * w))) / m,
    -X.T * hadamard(y, apply(sigma, hadamard(y, X * w))) / m,
    -X.T * apply(sigma, -hadamard(y, X * w)) / m,
)
T(
    "logistic ±1 hess",
    Hess(marg, w),
    X.T * DiagMatrix(apply(sigma.prime, X * w)) * X / m,
    X.T * DiagMatrix(apply(sigma.prime, X * w)) * X,
    given=yy,
)
F("logistic ±1 hess without", Hess(marg, w), X.T * DiagMatrix(apply(sigma.prime, X * w)) * X / m)
A = apply(sigma, Zr)
ll = -(inner(y, apply(log, A)) + inner(one - y, apply(log, one - A))) / m
T("ll dw", Grad(ll, w), X.T * (A - y) / m, X.T * (A - y) / n, X.T * (y - A) / m, X.T * hadamard(A - y, A, one - A) / m)
T(
    "ll softplus",
    ll,
    total(apply(lambda t: log(1 + exp(t)), Zr) - hadamard(y, Zr)) / m,
    total(apply(lambda t: log(1 + exp(-t)), Zr) - hadamard(y, Zr)) / m,
)
T("ll hess", Hess(ll, w), X.T * DiagMatrix(hadamard(A, one - A)) * X / m, X.T * DiagMatrix(A) * X / m)
T(
    "mse after sigma",
    Grad(inner(A - y, A - y) / m, w),
    2 * X.T * hadamard(A - y, A, one - A) / m,
    2 * X.T * (A - y) / m,
    2 * X.T * hadamard(A - y, A) / m,
)
T(
    "brier/focal",
    Grad(-((1 - sigma(z)) ** 2) * log(sigma(z)), z),
    (1 - sigma(z)) ** 2 * (2 * sigma(z) * log(sigma(z)) + sigma(z) - 1),
    (1 - sigma(z)) ** 2 * (2 * log(sigma(z)) + sigma(z) - 1),
    (1 - sigma(z)) ** 2 * (2 * sigma(z) * log(sigma(z)) - sigma(z) - 1),
)
gam = scalar("gamma", positive=True)
T(
    "focal gamma",
    Grad(-((1 - sigma(z)) ** gam) * log(sigma(z)), z),
    (1 - sigma(z)) ** gam * (gam * sigma(z) * log(sigma(z)) + sigma(z) - 1),
    (1 - sigma(z)) ** gam * (gam * log(sigma(z)) + sigma(z) - 1),
)
T(
    "smoothing",
    Grad(-(r * log(sigma(z)) + (1 - r) * log(1 - sigma(z))).subs(r, (1 - eps) * r + eps / 2), z),
    sigma(z) - (1 - eps) * r - eps / 2,
    sigma(z) - (1 - eps) * r - eps,
)
Z, Y = (matrix("Z", m, K), matrix("Y", m, K))
lab = [Eq(Y * ones(K), one)]
P = softmax(Z)
E = apply(exp, Z)
Psum = hadamard(E, HadamardPower(E * ones(K, K), -1))
Pdiag = DiagMatrix(HadamardPower(E * ones(K), -1)) * E
Psym = hadamard_product(Z.applyfunc(exp), HadamardPower(Z.applyfunc(exp) * OneMatrix(K, K), -1))
ce = lambda Q: -inner(Y, apply(log, Q)) / m
for nm, Q in (("vocab", P), ("sum", Psum), ("diag", Pdiag), ("sympy", Psym)):
    T(f"ce {nm}", Grad(ce(Q), Z), (Q - Y) / m, Q - Y, (Y - Q) / m, given=lab)
T(
    "ce index",
    Grad(-Sum(Y[i, k] * log(exp(Z[i, k]) / Sum(exp(Z[i, l]), (l, 0, K - 1))), (i, 0, m - 1), (k, 0, K - 1)) / m, Z),
    (P - Y) / m,
    (P - Y) / K,
    given=lab,
)
T("ce general", Grad(ce(P), Z), (hadamard(Y * ones(K, K), P) - Y) / m, (P - Y) / m)
Zc, Yc = (matrix("Z", K, m), matrix("Y", K, m))
Pc = softmax(Zc.T).T
T(
    "ce columns",
    Grad(-inner(Yc, apply(log, Pc)) / m, Zc),
    (Pc - Yc) / m,
    (Yc - Pc) / m,
    (Pc - Yc) / K,
    given=[Eq(ones(1, K) * Yc, ones(1, m))],
)
F("ce columns wrong hyp", Grad(-inner(Yc, apply(log, Pc)) / m, Zc), (Pc - Yc) / m, given=[Eq(Yc * ones(m), ones(K))])
Pt = softmax(Z / tau)
T(
    "temperature",
    Grad(-inner(Y, apply(log, Pt)) / m, Z),
    (Pt - Y) / (m * tau),
    (Pt - Y) / m,
    tau * (Pt - Y) / m,
    given=lab,
)
Ys = (1 - eps) * Y + eps * ones(m, K) / K
T(
    "label smoothing",
    Grad(-inner(Ys, apply(log, P)) / m, Z),
    (P - Ys) / m,
    (P - (1 - eps) * Y) / m,
    (P - (1 - eps) * Y - eps * ones(m, K)) / m,
    given=lab,
)
zz = matrix("z", K)
pz = softmax(zz.T).T
T(
    "softmax jac",
    Jac(pz, zz),
    DiagMatrix(pz) - pz * pz.T,
    DiagMatrix(pz) - pz.T * pz * Identity(K),
    pz * pz.T - DiagMatrix(pz),
)
T(
    "softmax jac temp",
    Jac(softmax(zz.T / tau).T, zz),
    (DiagMatrix(softmax(zz.T / tau).T) - softmax(zz.T / tau).T * softmax(zz.T / tau)) / tau,
    DiagMatrix(softmax(zz.T / tau).T) - softmax(zz.T / tau).T * softmax(zz.T / tau),
)
T("softmax jac ones", Jac(pz, zz) * ones(K), ZeroMatrix(K, 1), ones(K))
T("softmax shift", softmax(zz.T + c * ones(1, K)), softmax(zz.T), softmax(c * zz.T))
T("softmax 2 = sigma", softmax(sp.Matrix([[z, r]]))[0, 0], sigma(z - r), sigma(r - z))
qz = softmax(matrix("q", 1, K)).T
T("KL grad", Grad(inner(qz, apply(log, qz) - apply(log, pz)), zz), pz - qz, qz - pz, pz)
T(
    "KL reverse grad",
    Grad(inner(pz, apply(log, pz) - apply(log, qz)), zz),
    hadamard(pz, apply(log, pz) - apply(log, qz) - inner(pz, apply(log, pz) - apply(log, qz)) * ones(K)),
    hadamard(pz, apply(log, pz) - apply(log, qz)),
    pz - qz,
)
T(
    "entropy grad",
    Grad(-inner(pz, apply(log, pz)), zz),
    -hadamard(pz, apply(log, pz) - inner(pz, apply(log, pz)) * ones(K)),
    hadamard(pz, apply(log, pz) - inner(pz, apply(log, pz)) * ones(K)),
)
T("lse hess", Hess(log(total(apply(exp, zz))), zz), DiagMatrix(pz) - pz * pz.T, DiagMatrix(pz))
T("lse temp", Grad(tau * log(total(apply(exp, zz / tau))), zz), softmax(zz.T / tau).T, softmax(zz.T / tau).T / tau)
Q, Kk = (matrix("Q", m, d), matrix("G", m, d))
Sc = Q * Kk.T / tau
nce = -inner(Identity(m), apply(log, softmax(Sc))) / m
T(
    "infonce dQ",
    Grad(nce, Q),
    (softmax(Sc) - Identity(m)) * Kk / (m * tau),
    (softmax(Sc) - Identity(m)) * Kk / m,
    (softmax(Sc) - Identity(m)).T * Kk / (m * tau),
    (Identity(m) - softmax(Sc)) * Kk / (m * tau),
)
T(
    "infonce dK",
    Grad(nce, Kk),
    (softmax(Sc) - Identity(m)).T * Q / (m * tau),
    (softmax(Sc) - Identity(m)) * Q / (m * tau),
)
T("infonce trace", nce, -Trace(apply(log, softmax(Sc))) / m, -Trace(apply(log, softmax(Sc))))
hin = total(apply(lambda t: Max(0, 1 - t), hadamard(y, X * w))) / m
T(
    "hinge",
    Grad(hin, w),
    -X.T * hadamard(y, apply(lambda t: Piecewise((1, t < 1), (0, True)), hadamard(y, X * w))) / m,
    X.T * hadamard(y, apply(lambda t: Piecewise((1, t < 1), (0, True)), hadamard(y, X * w))) / m,
    -X.T * hadamard(y, apply(lambda t: Piecewise((1, t > 1), (0, True)), hadamard(y, X * w))) / m,
)
sh = total(apply(lambda t: Max(0, 1 - t) ** 2, hadamard(y, X * w))) / m
T(
    "squared hinge",
    Grad(sh, w),
    -2 * X.T * hadamard(y, apply(lambda t: Max(0, 1 - t), hadamard(y, X * w))) / m,
    -X.T * hadamard(y, apply(lambda t: Max(0, 1 - t), hadamard(y, X * w))) / m,
    -2 * X.T * apply(lambda t: Max(0, 1 - t), hadamard(y, X * w)) / m,
)
A1, P1, N1 = (matrix("A", m, d), matrix("P", m, d), matrix("N", m, d))
sq = lambda M: HadamardPower(M, 2) * ones(d)
trip = total(apply(lambda t: Max(0, t), sq(A1 - P1) - sq(A1 - N1) + alpha * one))
act = apply(Heaviside, sq(A1 - P1) - sq(A1 - N1) + alpha * one) * ones(1, d)
T("triplet dA", Grad(trip, A1), 2 * hadamard(act, N1 - P1), 2 * hadamard(act, P1 - N1), 2 * (N1 - P1))
T("triplet dP", Grad(trip, P1), -2 * hadamard(act, A1 - P1), 2 * hadamard(act, A1 - P1))
nx = sqrt(inner(x, x))
T("norm grad", Grad(nx, x), x / nx, x / nx**2, 2 * x / nx)
T(
    "normalised jac",
    Jac(x / nx, x),
    (Identity(n) - x * x.T / nx**2) / nx,
    (Identity(n) - x * x.T) / nx,
    (Identity(n) - x * x.T / nx) / nx,
)
nv = sqrt(inner(v, v))
cosv = inner(x, v) / (nx * nv)
T(
    "cosine grad",
    Grad(cosv, x),
    v / (nx * nv) - cosv * x / nx**2,
    v / (nx * nv) - cosv * x / nx,
    v / (nx * nv) - x / nx**2,
)
T("fro", Grad(sqrt(inner(X, X)), X), X / sqrt(inner(X, X)), X / inner(X, X))
T("fro trace", inner(X, X), Trace(X.T * X), Trace(X * X.T) / m)
M1 = matrix("M", n, n)
T("maha", Grad((x - v).T * M1 * (x - v), x), 2 * M1 * (x - v), M1 * (x - v), 2 * M1 * (v - x), given=[Eq(M1.T, M1)])
T("maha any", Grad((x - v).T * M1 * (x - v), x), (M1 + M1.T) * (x - v), 2 * M1 * (x - v), (M1 + M1.T) * (x + v))
T("maha dM", Grad((x - v).T * M1 * (x - v), M1), (x - v) * (x - v).T, (x - v).T * (x - v) * Identity(n))
T(
    "maha sqrt",
    Grad(sqrt(inner(x - v, M1 * (x - v))), x),
    M1 * (x - v) / sqrt(inner(x - v, M1 * (x - v))),
    M1 * (x - v) / inner(x - v, M1 * (x - v)),
    given=[Eq(M1, M1.T)],
)
D = matrix("D", m, h)
W = matrix("W", n, h)
bh = matrix("b", 1, h)
G = matrix("G", m, h)
drop = hadamard(D, apply(g, X * W + one * bh))
T(
    "dropout dW",
    Grad(inner(G, drop), W),
    X.T * hadamard(G, D, apply(g.prime, X * W + one * bh)),
    X.T * hadamard(G, apply(g.prime, X * W + one * bh)),
    X.T * hadamard(G, D, D, apply(g.prime, X * W + one * bh)),
    X.T * hadamard(G, D, apply(g, X * W + one * bh)),
)
T(
    "dropout keep",
    Grad(inner(G, hadamard(D, X * W) / alpha), X),
    hadamard(G, D) * W.T / alpha,
    hadamard(G, D) * W.T,
    hadamard(G * W.T, X),
)
C = Identity(m) - ones(m, m) / m
XX = matrix("X", m, h)
T("centring idem", C * C, C, Identity(m), C / m)
T("centring sym", C.T, C, -C)
T("centring kills ones", C * one, ZeroMatrix(m, 1), one)
T(
    "centring quad",
    y.T * C * y,
    inner(y, y) - total(y) ** 2 / m,
    inner(y, y) - total(y) ** 2,
    inner(y, y) - total(y) ** 2 / m**2,
)
T("double centring trace", Trace(C), m - 1, m, m + 1)
xc = matrix("x", m)
mu = total(xc) / m
var = inner(xc - mu * one, xc - mu * one) / m
xh = (xc - mu * one) / sqrt(var + eps)
gv = matrix("g", m)
T(
    "bn vector dx",
    Grad(inner(gv, xh), xc),
    (gv - total(gv) / m * one - inner(gv, xh) / m * xh) / sqrt(var + eps),
    (gv - total(gv) / m * one) / sqrt(var + eps),
    (gv - total(gv) / m * one - inner(gv, xh) * xh) / sqrt(var + eps),
    (gv - total(gv) / m * one - inner(gv, xh) / m * xh) / (var + eps),
    gv / sqrt(var + eps),
)
MU = ones(1, m) * XX / m
XCn = XX - one * MU
V = ones(1, m) * HadamardPower(XCn, 2) / m
SD = HadamardPower(V + eps * ones(1, h), Rational(-1, 2))
XH = hadamard(XCn, one * SD)
gm, bt = (matrix("gamma", 1, h), matrix("beta", 1, h))
BN = hadamard(one * gm, XH) + one * bt
T("bn mean zero", ones(1, m) * XH, ZeroMatrix(1, h), ones(1, h))
T("bn dgamma", Grad(inner(G, BN), gm), ones(1, m) * hadamard(G, XH), ones(1, m) * G, ones(1, m) * hadamard(G, XX))
T("bn dbeta", Grad(inner(G, BN), bt), ones(1, m) * G, ones(1, m) * hadamard(G, XH))
GH = hadamard(G, one * gm)
T(
    "bn dX",
    Grad(inner(G, BN), XX),
    hadamard(one * SD, GH - one * ones(1, m) * GH / m - hadamard(XH, one * ones(1, m) * hadamard(GH, XH)) / m),
    hadamard(one * SD, GH - one * ones(1, m) * GH / m),
    hadamard(one * SD, GH - one * ones(1, m) * GH / m - hadamard(XH, one * ones(1, m) * hadamard(GH, XH))),
    hadamard(one * SD, GH),
)
H1 = matrix("X", m, h)
muL = H1 * ones(h) / h
cL = H1 - muL * ones(1, h)
vL = HadamardPower(cL, 2) * ones(h) / h
sL = HadamardPower(vL + eps * ones(m), -Rational(1, 2))
xL = hadamard(cL, sL * ones(1, h))
T(
    "ln dX",
    Grad(inner(G, xL), H1),
    hadamard(sL * ones(1, h), G - G * ones(h, h) / h - hadamard(xL, hadamard(G, xL) * ones(h, h)) / h),
    hadamard(sL * ones(1, h), G - G * ones(h, h) / h - hadamard(xL, hadamard(G, xL) * ones(h, h)) / m),
    hadamard(sL * ones(1, h), G - ones(m, m) * G / m - hadamard(xL, hadamard(G, xL) * ones(h, h)) / h),
)
T("ln shift", hadamard(H1 + c * ones(m, h) - (H1 + c * ones(m, h)) * ones(h, h) / h, ones(m, h)), cL, H1)
rms = sqrt(inner(x, x) / n + eps)
T(
    "rmsnorm dx",
    Grad(inner(v, x) / rms, x),
    v / rms - inner(v, x) * x / (n * rms**3),
    v / rms - inner(v, x) * x / rms**3,
    v / rms - inner(v, x) * x / (n * rms**2),
)
T("rmsnorm jac", Jac(x / rms, x), (Identity(n) - x * x.T / (n * rms**2)) / rms, (Identity(n) - x * x.T / rms**2) / rms)
Wq, Wk, Wv = (matrix("Wq", n, d), matrix("Wk", n, d), matrix("Wv", n, p))
Qm, Km, Vm = (matrix("Q", m, d), matrix("K", h, d), matrix("V", h, p))
GO = matrix("G", m, p)
At = softmax(Qm * Km.T / sqrt(d))
O = At * Vm
T("attn dV", Grad(inner(GO, O), Vm), At.T * GO, At.T * GO / sqrt(d))
dS = hadamard(At, GO * Vm.T - hadamard(At, GO * Vm.T) * ones(h, h))
T("attn dQ", Grad(inner(GO, O), Qm), dS * Km / sqrt(d), dS * Km, hadamard(At, GO * Vm.T) * Km / sqrt(d), dS * Km / d)
T("attn dK", Grad(inner(GO, O), Km), dS.T * Qm / sqrt(d), dS.T * Qm, -dS.T * Qm / sqrt(d))
Xa = matrix("X", m, n)
Aself = softmax(Xa * Wq * (Xa * Wk).T / sqrt(d))
Oself = Aself * Xa * Wv
dSs = hadamard(Aself, GO * (Xa * Wv).T - hadamard(Aself, GO * (Xa * Wv).T) * ones(m, m))
T("self attn dWq", Grad(inner(GO, Oself), Wq), Xa.T * dSs * Xa * Wk / sqrt(d), Xa.T * dSs.T * Xa * Wk / sqrt(d))
T("self attn dWv", Grad(inner(GO, Oself), Wv), Xa.T * Aself.T * GO, Xa.T * Aself * GO)
T(
    "self attn dX",
    Grad(inner(GO, Oself), Xa),
    Aself.T * GO * Wv.T + (dSs * Xa * Wk * Wq.T + dSs.T * Xa * Wq * Wk.T) / sqrt(d),
    Aself.T * GO * Wv.T + dSs * Xa * Wk * Wq.T / sqrt(d),
    Aself.T * GO * Wv.T,
)
T("attn rows", At * ones(h), ones(m), ones(m) / h)
T(
    "residual dX",
    Grad(inner(matrix("G", m, n), X + apply(g, X * S)), X),
    matrix("G", m, n) + hadamard(matrix("G", m, n), apply(g.prime, X * S)) * S.T,
    hadamard(matrix("G", m, n), apply(g.prime, X * S)) * S.T,
    matrix("G", m, n) + hadamard(matrix("G", m, n), apply(g.prime, X * S)) * S,
    matrix("G", m, n) + hadamard(matrix("G", m, n), apply(g.prime, X)) * S.T,
)
U = matrix("U", n, h)
gate = hadamard(apply(sigma, X * U), X * W)
T(
    "GLU dU",
    Grad(inner(G, gate), U),
    X.T * hadamard(G, X * W, apply(sigma.prime, X * U)),
    X.T * hadamard(G, apply(sigma.prime, X * U)),
    X.T * hadamard(G, X * W, apply(sigma, X * U)),
)
T(
    "GLU dX",
    Grad(inner(G, gate), X),
    hadamard(G, X * W, apply(sigma.prime, X * U)) * U.T + hadamard(G, apply(sigma, X * U)) * W.T,
    hadamard(G, X * W, apply(sigma.prime, X * U)) * W.T + hadamard(G, apply(sigma, X * U)) * U.T,
)
Hd = matrix("H", m, h)
zg = apply(sigma, X * U)
T(
    "GRU mix",
    Grad(inner(G, hadamard(zg, Hd) + hadamard(ones(m, h) - zg, apply(tanh, X * W))), U),
    X.T * hadamard(G, Hd - apply(tanh, X * W), zg, ones(m, h) - zg),
    X.T * hadamard(G, Hd + apply(tanh, X * W), zg, ones(m, h) - zg),
)
Wr, h0 = (matrix("W", h, h), matrix("h0", m, h))
h1 = apply(tanh, h0 * Wr + X * U)
h2 = apply(tanh, h1 * Wr + X * U)
d2 = hadamard(G, ones(m, h) - HadamardPower(h2, 2))
d1 = hadamard(d2 * Wr.T, ones(m, h) - HadamardPower(h1, 2))
T(
    "rnn dW",
    Grad(inner(G, h2), Wr),
    h1.T * d2 + h0.T * d1,
    h1.T * d2,
    h1.T * d2 + h0.T * d2,
    h1.T * d2 + h0.T * hadamard(d2 * Wr, ones(m, h) - HadamardPower(h1, 2)),
)
T("rnn dU", Grad(inner(G, h2), U), X.T * (d1 + d2), X.T * d1)
T("rnn dh0", Grad(inner(G, h2), h0), d1 * Wr.T, d1 * Wr, d2 * Wr.T)
Wc, Xc_, bc = (matrix("W", h, n), matrix("X", n, m), matrix("b", h))
Vc = matrix("V", p, h)
Gc = matrix("G", p, m)
T(
    "2layer columns dW",
    Grad(inner(Gc, Vc * apply(g, Wc * Xc_ + bc * ones(1, m))), Wc),
    hadamard(Vc.T * Gc, apply(g.prime, Wc * Xc_ + bc * ones(1, m))) * Xc_.T,
    hadamard(Vc.T * Gc, apply(g, Wc * Xc_ + bc * ones(1, m))) * Xc_.T,
    hadamard(Vc.T * Gc, apply(g.prime, Wc * Xc_)) * Xc_.T,
)
T(
    "2layer columns db",
    Grad(inner(Gc, Vc * apply(g, Wc * Xc_ + bc * ones(1, m))), bc),
    hadamard(Vc.T * Gc, apply(g.prime, Wc * Xc_ + bc * ones(1, m))) * ones(m),
    hadamard(Vc.T * Gc, apply(g.prime, Wc * Xc_ + bc * ones(1, m))) * ones(m) / m,
)
Wt = matrix("W", n, h)
ae = inner(X * Wt * Wt.T - X, X * Wt * Wt.T - X)
Rr = X * Wt * Wt.T - X
T(
    "tied ae",
    Grad(ae, Wt),
    2 * (X.T * Rr + Rr.T * X) * Wt,
    2 * X.T * Rr * Wt,
    4 * X.T * Rr * Wt,
    (X.T * Rr + Rr.T * X) * Wt,
)
Wd = matrix("V", h, n)
T(
    "ae enc",
    Grad(inner(X * Wt * Wd - X, X * Wt * Wd - X), Wt),
    2 * X.T * (X * Wt * Wd - X) * Wd.T,
    2 * X.T * (X - X * Wt * Wd) * Wd.T,
)
T(
    "ae nonlin tied",
    Grad(inner(matrix("G", m, n), apply(g, X * Wt) * Wt.T), Wt),
    X.T * hadamard(matrix("G", m, n) * Wt, apply(g.prime, X * Wt)) + matrix("G", m, n).T * apply(g, X * Wt),
    X.T * hadamard(matrix("G", m, n) * Wt, apply(g.prime, X * Wt)),
)
pca = Trace(Wt.T * X.T * X * Wt)
T("pca grad", Grad(pca, Wt), 2 * X.T * X * Wt, X.T * X * Wt, 2 * Wt)
T(
    "pca recon",
    inner(X - X * Wt * Wt.T, X - X * Wt * Wt.T),
    inner(X, X) - inner(X * Wt, X * Wt),
    inner(X, X) + inner(X * Wt, X * Wt),
    inner(X, X) - 2 * inner(X * Wt, X * Wt),
    given=[Eq(Wt.T * Wt, Identity(h))],
)
F("pca recon wrong hyp", inner(X - X * Wt * Wt.T, X - X * Wt * Wt.T), inner(X, X) - inner(X * Wt, X * Wt))
Uf, Vf, Rm, Msk = (matrix("U", m, h), matrix("V", n, h), matrix("R", m, n), matrix("M", m, n))
mf = inner(Msk, HadamardPower(Uf * Vf.T - Rm, 2)) / 2 + lam * (inner(Uf, Uf) + inner(Vf, Vf)) / 2
T(
    "mf dU",
    Grad(mf, Uf),
    hadamard(Msk, Uf * Vf.T - Rm) * Vf + lam * Uf,
    (Uf * Vf.T - Rm) * Vf + lam * Uf,
    hadamard(Msk, Uf * Vf.T - Rm) * Vf + 2 * lam * Uf,
)
T(
    "mf dV",
    Grad(mf, Vf),
    hadamard(Msk, Uf * Vf.T - Rm).T * Uf + lam * Vf,
    hadamard(Msk, Rm - Uf * Vf.T).T * Uf + lam * Vf,
)
Pj = matrix("P", n, n)
T("proj pythagoras", inner(Pj * x, Pj * x), x.T * Pj * x, inner(x, x), given=[Eq(Pj * Pj, Pj), Eq(Pj.T, Pj)])
T("proj orth", inner(Pj * x, x - Pj * x), 0, inner(x, x), given=[Eq(Pj * Pj, Pj), Eq(Pj.T, Pj)])
F("proj without sym", inner(Pj * x, Pj * x), x.T * Pj * x, given=[Eq(Pj * Pj, Pj)])
Uo = matrix("U", n, h)
T("proj UU^T", (Uo * Uo.T) ** 2, Uo * Uo.T, Identity(n), given=[Eq(Uo.T * Uo, Identity(h))])
T("UU^T residual", (Identity(n) - Uo * Uo.T) * Uo, ZeroMatrix(n, h), Uo, given=[Eq(Uo.T * Uo, Identity(h))])
T("orthogonal norm", inner(S * x, S * v), inner(x, v), inner(x, x), given=[Eq(S.T * S, Identity(n))])
F("orth wrong side", inner(Uo.T * x, Uo.T * x), inner(x, x), given=[Eq(Uo.T * Uo, Identity(h))])
Wh = matrix("W", n, n)
T("whitening", (X * Wh).T * (X * Wh) / m, Identity(n), Wh.T * Wh, given=[Eq(Wh.T * X.T * X * Wh, m * Identity(n))])
B, Cc = (matrix("B", n, p), matrix("C", p, m))
T("trace cyc", Trace(X * B * Cc), Trace(Cc * X * B), Trace(Cc * X * B) / m)
T("trace dX", Grad(Trace(X * B * Cc), X), (B * Cc).T, Cc.T * B.T / m)
T(
    "trace AXBX",
    Grad(Trace(S * S2 * S3 * S2), S2),
    S.T * S2.T * S3.T + S3.T * S2.T * S.T,
    S.T * S2.T * S3.T,
    2 * S.T * S2.T * S3.T,
    S * S2 * S3 + S3 * S2 * S,
)
T("trace AXBXt", Grad(Trace(S * S2 * S3 * S2.T), S2), S.T * S2 * S3.T + S * S2 * S3, 2 * S * S2 * S3)
T("trace square", Grad(Trace(S * S), S), 2 * S.T, 2 * S)
T("trace cube", Grad(Trace(S**3), S), 3 * S.T**2, 3 * S**2)
T("quad form grad S", Grad(x.T * S * v, S), x * v.T, v * x.T)
T(
    "rank one norm",
    inner(X + y * x.T, X + y * x.T),
    inner(X, X) + 2 * (y.T * X * x)[0, 0] + inner(y, y) * inner(x, x),
    inner(X, X) + (y.T * X * x)[0, 0] + inner(y, y) * inner(x, x),
    inner(X, X) + inner(y, y) * inner(x, x),
)
T("rank one apply", (Identity(n) + x * v.T) * u, u + inner(v, u) * x, u + inner(x, u) * v)
T("outer sandwich", x.T * (v * v.T) * x, inner(x, v) ** 2, inner(x, x) * inner(v, v))
T("fro cauchy trace", Trace(S.T * S2), inner(S, S2), Trace(S * S2))
T("diag extraction", Trace(DiagMatrix(x) * S), Sum(x[i, 0] * S[i, i], (i, 0, n - 1)), total(x) * Trace(S))
T("gram", X * X.T * matrix("a", m), X * (X.T * matrix("a", m)), -X * (X.T * matrix("a", m)))
av = matrix("a", m)
T(
    "kernel ridge",
    Grad(inner(X * X.T * av - y, X * X.T * av - y) / 2 + lam / 2 * inner(X.T * av, X.T * av), av),
    X * X.T * (X * X.T * av - y + lam * av),
    X * X.T * (X * X.T * av - y) + lam * av,
)
T(
    "kernel trick poly",
    HadamardPower(X * X.T + ones(m, m), 2),
    HadamardPower(X * X.T, 2) + 2 * X * X.T + ones(m, m),
    HadamardPower(X * X.T, 2) + X * X.T + ones(m, m),
    (X * X.T) ** 2 + 2 * X * X.T + ones(m, m),
)
T(
    "dist matrix",
    Sum((X[i, k] - X[j, k]) ** 2, (k, 0, n - 1)),
    (X * X.T)[i, i] + (X * X.T)[j, j] - 2 * (X * X.T)[i, j],
    (X * X.T)[i, i] + (X * X.T)[j, j] - (X * X.T)[i, j],
)
T(
    "feature map",
    Sum(x[i, 0] * x[j, 0] * v[i, 0] * v[j, 0], (i, 0, n - 1), (j, 0, n - 1)),
    inner(x, v) ** 2,
    inner(x, v),
)
T("relu6-like", Min(Max(z, 0), 6), Max(0, Min(6, z)), Max(z, 0), Max(0, Min(z, 5)))
T("hard tanh", Max(-1, Min(1, z)), Piecewise((-1, z < -1), (1, z > 1), (z, True)), z)
T(
    "hard sigmoid",
    Max(0, Min(1, (z + 3) / 6)),
    Piecewise((0, z <= -3), (1, z >= 3), (z / 6 + Rational(1, 2), True)),
    Max(0, (z + 3) / 6),
    Min(1, (z + 3) / 6),
)
T(
    "hard swish",
    Grad(z * Max(0, Min(6, z + 3)) / 6, z),
    Piecewise((0, z < -3), (1, z > 3), ((2 * z + 3) / 6, True)),
    Piecewise((0, z < -3), (1, z > 3), ((z + 3) / 6, True)),
)
T(
    "leaky",
    Grad(Piecewise((z, z > 0), (alpha * z, True)), z),
    Piecewise((1, z > 0), (alpha, True)),
    Piecewise((alpha, z > 0), (1, True)),
)
T(
    "leaky float",
    Grad(Piecewise((z, z > 0), (0.01 * z, True)), z),
    Piecewise((1, z > 0), (0.01, True)),
    Piecewise((1, z > 0), (0.1, True)),
)
T(
    "elu",
    Grad(Piecewise((z, z > 0), (alpha * (exp(z) - 1), True)), z),
    Piecewise((1, z > 0), (alpha * exp(z), True)),
    Piecewise((1, z > 0), (alpha * exp(z) - alpha, True)),
)
T(
    "selu",
    Grad(lam * Piecewise((z, z > 0), (alpha * (exp(z) - 1), True)), z),
    lam * Piecewise((1, z > 0), (alpha * exp(z), True)),
    Piecewise((1, z > 0), (alpha * exp(z), True)),
)
T("softplus beta", Grad(log(1 + exp(beta * z)) / beta, z), sigma(beta * z), beta * sigma(beta * z))
T("softplus second", Grad(Grad(log(1 + exp(z)), z), z), sigma(z) * (1 - sigma(z)), sigma(z))
T("swish", Grad(z * sigma(z), z), sigma(z) * (1 + z * (1 - sigma(z))), sigma(z) * (1 + z * sigma(z)))
T(
    "swish2",
    Grad(Grad(z * sigma(z), z), z),
    sigma(z) * (1 - sigma(z)) * (2 + z * (1 - 2 * sigma(z))),
    sigma(z) * (1 - sigma(z)) * (2 + z),
)
T(
    "mish",
    Grad(z * tanh(log(1 + exp(z))), z),
    tanh(log(1 + exp(z))) + z * sigma(z) * (1 - tanh(log(1 + exp(z))) ** 2),
    tanh(log(1 + exp(z))) + z * (1 - tanh(log(1 + exp(z))) ** 2),
)
T(
    "mish closed",
    z * tanh(log(1 + exp(z))),
    z * ((1 + exp(z)) ** 2 - 1) / ((1 + exp(z)) ** 2 + 1),
    z * ((1 + exp(z)) ** 2 + 1) / ((1 + exp(z)) ** 2 - 1),
)
T(
    "gelu",
    Grad(z / 2 * (1 + erf(z / sqrt(2))), z),
    (1 + erf(z / sqrt(2))) / 2 + z * exp(-(z**2) / 2) / sqrt(2 * pi),
    (1 + erf(z / sqrt(2))) / 2 + z * exp(-(z**2) / 2) / sqrt(pi),
)
inn = sqrt(2 / pi) * (z + Rational(44715, 1000000) * z**3)
T(
    "gelu tanh",
    Grad(z / 2 * (1 + tanh(inn)), z),
    (1 + tanh(inn)) / 2 + z / 2 * (1 - tanh(inn) ** 2) * sqrt(2 / pi) * (1 + 3 * Rational(44715, 1000000) * z**2),
    (1 + tanh(inn)) / 2 + z / 2 * (1 - tanh(inn) ** 2) * sqrt(2 / pi) * (1 + 2 * Rational(44715, 1000000) * z**2),
)
T(
    "gelu tanh float",
    Grad(0.5 * z * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z**3))), z),
    (1 + tanh(inn)) / 2 + z / 2 * (1 - tanh(inn) ** 2) * sqrt(2 / pi) * (1 + 3 * Rational(44715, 1000000) * z**2),
)
T("softsign", Grad(z / (1 + Abs(z)), z), 1 / (1 + Abs(z)) ** 2, 1 / (1 + Abs(z)))
T("tanh2", Grad(Grad(tanh(z), z), z), -2 * tanh(z) * (1 - tanh(z) ** 2), -2 * tanh(z), 2 * tanh(z) * (1 - tanh(z) ** 2))
T("tanh exp", tanh(z), (exp(2 * z) - 1) / (exp(2 * z) + 1), (exp(z) - 1) / (exp(z) + 1))
T("tanh quot", tanh(z), (exp(z) - exp(-z)) / (exp(z) + exp(-z)), (exp(z) + exp(-z)) / (exp(z) - exp(-z)))
T(
    "sig taylor deriv3",
    Grad(Grad(Grad(sigma(z), z), z), z),
    sigma(z) * (1 - sigma(z)) * (1 - 6 * sigma(z) + 6 * sigma(z) ** 2),
    sigma(z) * (1 - sigma(z)) * (1 - 6 * sigma(z)),
)
T("logit", log(sigma(z) / (1 - sigma(z))), z, -z)
T("relu sq", Max(0, z) ** 2, z * Max(0, z), z**2)
T("relu diff", Max(0, z) - Max(0, -z), z, Abs(z))
T("relu homog", Max(0, lam * z), lam * Max(0, z), lam**2 * Max(0, z))
T("relu idem", Max(0, Max(0, z)), Max(0, z), z)
T(
    "relu mat homog",
    apply(lambda t: Max(0, t), lam * X * W),
    lam * apply(lambda t: Max(0, t), X * W),
    apply(lambda t: Max(0, t), X * W),
)
T("relu decomposition mat", apply(lambda t: Max(0, t), X) - apply(lambda t: Max(0, -t), X), X, apply(Abs, X))
T(
    "relu net dW",
    Grad(inner(G, apply(lambda t: Max(0, t), X * W)), W),
    X.T * hadamard(G, apply(lambda t: Piecewise((1, t > 0), (0, True)), X * W)),
    X.T * hadamard(G, apply(lambda t: Max(0, t), X * W)),
    X.T * G,
)
T(
    "euler homog",
    inner(W, Grad(total(apply(lambda t: Max(0, t), X * W)), W)),
    total(apply(lambda t: Max(0, t), X * W)),
    2 * total(apply(lambda t: Max(0, t), X * W)),
)
T("cosine lr", (1 + cos(pi * z)) / 2, cos(pi * z / 2) ** 2, sin(pi * z / 2) ** 2)
T(
    "gauss nll",
    Grad((z - a) ** 2 / (2 * exp(b)) + b / 2, b),
    Rational(1, 2) - (z - a) ** 2 / (2 * exp(b)),
    1 - (z - a) ** 2 / (2 * exp(b)),
)
T("vae kl dlogvar", Grad(-(1 + b - a**2 - exp(b)) / 2, b), (exp(b) - 1) / 2, exp(b) - 1)
T(
    "gauss logpdf",
    log(exp(-(z**2) / (2 * lam**2)) / (lam * sqrt(2 * pi))),
    -(z**2) / (2 * lam**2) - log(lam) - log(2 * pi) / 2,
    -(z**2) / (2 * lam**2) - log(lam) - log(pi) / 2,
    -(z**2) / (2 * lam) - log(lam) - log(2 * pi) / 2,
)
T("bernoulli lik", log(sigma(z) ** r * (1 - sigma(z)) ** (1 - r)), r * z - log(1 + exp(z)), r * z + log(1 + exp(z)))
T("arcsinh", Grad(sp.asinh(z), z), 1 / sqrt(1 + z**2), 1 / (1 + z**2))
T("atan", Grad(sp.atan(z), z), 1 / (1 + z**2), 1 / sqrt(1 + z**2))
T("maxout", Max(z, r), (z + r + Abs(z - r)) / 2, (z + r - Abs(z - r)) / 2)
T("max of three", Max(a, b, c), Max(a, Max(b, c)), Max(a, b))
T("min max", Min(z, r) + Max(z, r), z + r, Abs(z - r))
T("clip identity", Min(Max(z, -lam), lam), Max(Min(z, lam), -lam), z)
T(
    "softthreshold",
    sign(z) * Max(Abs(z) - lam, 0),
    Max(z - lam, 0) - Max(-z - lam, 0),
    Max(z - lam, 0) + Max(-z - lam, 0),
)
T(
    "quantile loss",
    Grad(Max(alpha * z, (alpha - 1) * z), z),
    Piecewise((alpha, z > 0), (alpha - 1, True)),
    Piecewise((alpha - 1, z > 0), (alpha, True)),
)
T("log sq abs", log(z**2), 2 * log(Abs(z)))
F("max of a sum in order", total(apply(lambda t: Max(t, z), x)), total(x))
F("abs of a sum in order", total(apply(lambda t: Abs(t - z), x)), total(apply(lambda t: t - z, x)))
F("sine of a sum turned", total(apply(lambda t: sin(t - z), x)), total(apply(lambda t: sin(z - t), x)))
F("sqrt sq", sqrt(z**2), z)
F("(x^a)^b", (z**2) ** Rational(1, 2), z)
T("pos (x^a)^b", (lam**a) ** b, lam ** (a * b), lam ** (a + b))
T("pos log", log(lam * beta), log(lam) + log(beta), log(lam) * log(beta))
F("abs sum", Abs(z + r), Abs(z) + Abs(r))
F("sqrt sum", sqrt(lam + beta), sqrt(lam) + sqrt(beta))
T("x/x", z / z * r, r)
T("(z^2-r^2)/(z-r)", (z**2 - r**2) / (z - r), z + r, z - r)
T("exp(log)", exp(log(lam) + z), lam * exp(z), lam + exp(z))
T("log e", log(sp.E * lam), 1 + log(lam), log(lam))
T("log1/x", log(1 / lam), -log(lam), log(lam))
F("max far", Max(z, -5), z)
F("relu6 far", Min(Max(z, 0), 6), Max(z, 0))
F("far clip", Max(-10, Min(10, z)), z)
F("far abs", Abs(z - 20), 20 - z)
F("far pw", Piecewise((z, z < 100), (0, True)), z)
F("vanish at small sizes", (n - 1) * (n - 2) * (n - 3), 0)
F("sizes up to 3", Sum(k, (k, 1, n)), n * (n + 1) / 2 + (n - 1) * (n - 2) * (n - 3))
F("sizes up to 3 matrices", inner(x, x) + (n - 1) * (n - 2) * (n - 3), inner(x, x))
F("int n fits 3", Sum(k**2, (k, 1, n)), 1 + 4 * (n - 1) + (n - 1) * (n - 2) * 5 / 2)
F("4x4 perm: S^?", Trace(S) * (n - 1) * (n - 2) * (n - 3), 0)
F("small x", sin(z) * Max(0, z - 4), 0)
be = scalar("beta2", positive=True)
T(
    "geometric",
    Sum(be**k, (k, 0, t - 1)).subs(t, n),
    (1 - be**n) / (1 - be),
    (1 - be ** (n + 1)) / (1 - be),
    (1 - be**n) / (be - 1),
)
T("ema unroll const", (1 - be) * Sum(be ** (n - k) * c, (k, 1, n)), (1 - be**n) * c, (1 - be) * c)
T("adam bias", (1 - be) * Sum(be ** (n - k), (k, 1, n)) / (1 - be**n), 1, be)
T("momentum sum", Sum(be ** (n - k), (k, 1, n)), (1 - be**n) / (1 - be), 1 - be**n)
T(
    "arith geo",
    Sum(k * be**k, (k, 0, n - 1)),
    be * (1 - n * be ** (n - 1) + (n - 1) * be**n) / (1 - be) ** 2,
    be * (1 - n * be ** (n - 1) + n * be**n) / (1 - be) ** 2,
)
T("arith", Sum(k, (k, 1, n)), n * (n + 1) / 2, n * (n - 1) / 2)
T("odd", Sum(2 * k - 1, (k, 1, n)), n**2, n**2 + 1)
T("cubes", Sum(k**3, (k, 1, n)), Sum(k, (k, 1, n)) ** 2, Sum(k, (k, 1, n)))
T("cubes closed", Sum(k**3, (k, 1, n)), (n * (n + 1) / 2) ** 2, n**2 * (n + 1) / 4)
T("telescoping frac", Sum(1 / (k * (k + 1)), (k, 1, n)), n / (n + 1), 1 / (n + 1))
T("const sum", Sum(c, (k, 1, n)), n * c, (n - 1) * c)
T("empty sum", Sum(k, (k, 1, 0)), 0, 1)
T("off by one", Sum(x[k, 0], (k, 0, n - 1)), total(x))
F("off by one !", Sum(1, (k, 0, n)), n)
F("off by one 2", Sum(1, (k, 1, n - 1)), n)
T("shift index", Sum(x[k - 1, 0], (k, 1, n)), total(x))
T(
    "piecewise pairs",
    2 * Sum(Piecewise((x[i, 0] * x[j, 0], i < j), (0, True)), (i, 0, n - 1), (j, 0, n - 1)),
    total(x) ** 2 - inner(x, x),
    total(x) ** 2,
)
T("shadow", Sum(x[k, 0] * Sum(v[k, 0], (k, 0, n - 1)), (k, 0, n - 1)), total(x) * total(v), inner(x, v))
T("shadow low1", Sum(x[k - 1, 0] * Sum(v[k - 1, 0], (k, 1, n)), (k, 1, n)), total(x) * total(v), inner(x, v))
T(
    "var decomposition",
    inner(x - total(x) / n * ones(n), x - total(x) / n * ones(n)) / n,
    inner(x, x) / n - (total(x) / n) ** 2,
    inner(x, x) / n + (total(x) / n) ** 2,
    inner(x, x) - (total(x) / n) ** 2,
)
T(
    "pair variance",
    Sum((x[i, 0] - x[j, 0]) ** 2, (i, 0, n - 1), (j, 0, n - 1)),
    2 * n * inner(x, x) - 2 * total(x) ** 2,
    n * inner(x, x) - total(x) ** 2,
)
T(
    "bias variance",
    inner(x - c * ones(n), x - c * ones(n)) / n,
    inner(x - total(x) / n * ones(n), x - total(x) / n * ones(n)) / n + (total(x) / n - c) ** 2,
    inner(x - total(x) / n * ones(n), x - total(x) / n * ones(n)) / n,
)
s2 = scalar("s", positive=True)
T(
    "He integral",
    Integral(Max(0, z) ** 2 * exp(-(z**2) / (2 * s2**2)) / sqrt(2 * pi * s2**2), (z, -sp.oo, sp.oo)),
    s2**2 / 2,
    s2**2,
)
T("uniform var", Integral(z**2 / (2 * a), (z, -a, a)), a**2 / 3, a**2 / 2)
cov = X.T * C * X / m
T("cov", cov, X.T * X / m - X.T * one * (one.T * X) / m**2, X.T * X / m - X.T * one * (one.T * X) / m, X.T * X / m)
T(
    "glorot",
    Sum(Sum(KroneckerDelta(i, j) * s2**2 * x[i, 0] * x[j, 0], (i, 0, n - 1)), (j, 0, n - 1)),
    s2**2 * inner(x, x),
    s2 * inner(x, x),
    n * s2**2,
)
T("const vector mean", inner(ones(n), c * ones(n)) / n, c, n * c)
N("sq", z**2 - 2 * z + 1, z**2 - 2 * z)
N("gram", x.T * X.T * X * x, x.T * S * x)
N("ridge hess", x.T * (X.T * X + lam * Identity(n)) * x, x.T * (X.T * X - lam * Identity(n)) * x)
N("var", inner(x, x) / n - (total(x) / n) ** 2, (total(x) / n) ** 2 - inner(x, x) / n)
N(
    "cauchy",
    inner(x, x) * inner(v, v) - inner(x, v) ** 2,
    inner(x, v) ** 2 - inner(x, x) * inner(v, v),
    inner(x, x) * inner(v, v) - 2 * inner(x, v) ** 2,
)
N("amgm", (lam + beta) / 2 - sqrt(lam * beta), sqrt(lam * beta) - (lam + beta) / 2)
N("young", z**2 / 2 + r**2 / 2 - z * r, z**2 / 2 + r**2 / 2 - 2 * z * r)
N("hinge", Max(0, 1 - z), Max(0, 1 - z) - 1)
N("logistic hess", v.T * Hess(ll, w) * v)
N(
    "ce hess",
    matrix("u", 1, K) * (DiagMatrix(pz) - pz * pz.T) * matrix("u", 1, K).T,
    matrix("u", 1, K) * (pz * pz.T - DiagMatrix(pz)) * matrix("u", 1, K).T,
)
N("mse hess quad", v.T * Hess(mse, w) * v)
N("softmax pos", softmax(sp.Matrix([[z, r]]))[0, 0])
N("sigma bound", 1 - sigma(z), sigma(z) - 1)
N("quarter", Rational(1, 4) - sigma(z) * (1 - sigma(z)), Rational(1, 5) - sigma(z) * (1 - sigma(z)))
N("tanh slope", 1 - tanh(z) ** 2, tanh(z) ** 2 - 1)
N("exp convex", exp(z))
N("centred quad", y.T * C * y, -y.T * C * y)
N("entropy bound?", log(lam) * 0 + lam)
N("kl binary like", z**2 * sigma(z))
N("relu2", Max(0, z) ** 2)
N("mean sq vs sq mean", n * inner(x, x) - total(x) ** 2)
N("fro subm", inner(X, X) * inner(x, x) - inner(X * x, X * x), inner(X * x, X * x) - inner(X, X) * inner(x, x))
x1 = matrix("x", 1, 1)
T("1x1", x1 * x1, HadamardPower(x1, 2), x1)
T("1x1 grad", Grad(x1, x1), 1, 0)
T("row times col", ones(1, n) * ones(n), n, 1)
T("trace 1", Trace(ones(n, n)), n, n**2)
T("ones power", ones(n, n) ** 3, n**2 * ones(n, n), n**3 * ones(n, n))
T("hadamard ones", hadamard(X, ones(m, n)), X, X * ones(n, n))
F("lost transpose", Grad(inner(S2, S * apply(g, S3)), S3), hadamard(S * S2, apply(g.prime, S3)))
F("commute", S * S2, S2 * S)
F("square had", HadamardPower(S, 2), S * S)
F("sym without", Grad(x.T * S * x, x), 2 * S * x)
T("hess quad", Hess(x.T * S * x, x), S + S.T, 2 * S)
T("jac lin", Jac(X * x, x), X, 2 * X)
T("jac elementwise", Jac(apply(g, x), x), DiagMatrix(apply(g.prime, x)), DiagMatrix(apply(g, x)))
T(
    "jac chain",
    Jac(apply(g, X * x), x),
    DiagMatrix(apply(g.prime, X * x)) * X,
    hadamard(apply(g.prime, X * x) * ones(1, n), X) * 2,
)
T(
    "hess generic",
    Hess(total(apply(g, X * x)), x),
    X.T * DiagMatrix(apply(g.prime.prime, X * x)) * X,
    X.T * DiagMatrix(apply(g.prime, X * x)) * X,
)
T(
    "second deriv",
    Grad(Grad(g(z) * f(z), z), z),
    g.prime.prime(z) * f(z) + 2 * g.prime(z) * f.prime(z) + g(z) * f.prime.prime(z),
    g.prime.prime(z) * f(z) + g.prime(z) * f.prime(z) + g(z) * f.prime.prime(z),
)
T("chain g(f)", Grad(g(f(z)), z), g.prime(f(z)) * f.prime(z), g.prime(z) * f.prime(z), g.prime(f(z)))
T(
    "jac softmax compose",
    Jac(softmax(x.T * W).T, x),
    (DiagMatrix(softmax(x.T * W).T) - softmax(x.T * W).T * softmax(x.T * W)) * W.T,
    DiagMatrix(softmax(x.T * W).T) * W.T,
)
T("symbol idx", x[i, 0] * v[i, 0], hadamard(x, v)[i, 0], x[i, 0])
T("matpow", S**2 * x, S * (S * x), S * x)
T("transposes", (S * S2 * S3).T, S3.T * S2.T * S.T, S.T * S2.T * S3.T)
T(
    "eta step",
    inner(w - alpha * Grad(ridge, w) - w, w - alpha * Grad(ridge, w) - w),
    alpha**2 * inner(Grad(ridge, w), Grad(ridge, w)),
    alpha * inner(Grad(ridge, w), Grad(ridge, w)),
)
T("gd ridge shrink", w - alpha * Grad(lam / 2 * inner(w, w), w), (1 - alpha * lam) * w, (1 - alpha * lam / 2) * w)
T("span", Grad(total(apply(g, X * w)), w), X.T * apply(g.prime, X * w), X.T * apply(g.prime, X * w) * 2)
T("weight decay l2 named", Grad(lam / 2 * inner(W, W), W), lam * W, lam / 2 * W)
T("hypothesis irrelevant", inner(x, v), inner(v, x), inner(x, x), given=[Eq(total(u), 1)])
T("hyp trivial", inner(x, v), inner(v, x), given=[Eq(inner(x, u), inner(u, x))])
F("wrong branch of hyp", z, 0, given=[Eq(z * r, 0)])
F("wrong branch 2", r, 0, given=[Eq(z * r, 0)])
F("root of hyp", z, 1, given=[Eq(z**2, 1)])
T("hyp unit", Grad(inner(x, v) / nx, x), v - inner(x, v) * x, v, given=[Eq(inner(x, x), 1)])
T(
    "contrastive pair",
    Grad(r * inner(x - v, x - v) + (1 - r) * Max(0, lam - sqrt(inner(x - v, x - v))) ** 2, x),
    2 * r * (x - v) - 2 * (1 - r) * Max(0, lam - sqrt(inner(x - v, x - v))) * (x - v) / sqrt(inner(x - v, x - v)),
    2 * r * (x - v) + 2 * (1 - r) * Max(0, lam - sqrt(inner(x - v, x - v))) * (x - v) / sqrt(inner(x - v, x - v)),
)
T(
    "ranking sum",
    Grad(Sum(log(1 + exp(-(x[i, 0] - x[j, 0]))), (i, 0, n - 1), (j, 0, n - 1)), x[k, 0]),
    Sum(sigma(x[k, 0] - x[j, 0]) - sigma(x[j, 0] - x[k, 0]), (j, 0, n - 1)),
    Sum(sigma(x[k, 0] - x[j, 0]), (j, 0, n - 1)),
)
T(
    "mmd rbf",
    Grad(exp(-inner(x - v, x - v) / (2 * lam**2)), x),
    -(x - v) * exp(-inner(x - v, x - v) / (2 * lam**2)) / lam**2,
    (x - v) * exp(-inner(x - v, x - v) / (2 * lam**2)) / lam**2,
)
T(
    "poisson nll",
    Grad(total(apply(exp, X * w)) - inner(y, X * w), w),
    X.T * (apply(exp, X * w) - y),
    X.T * (apply(exp, X * w) + y),
)
T("hinge multi", Grad(Max(0, 1 + z - r), z), Piecewise((1, z > r - 1), (0, True)), Piecewise((1, z > r + 1), (0, True)))
T(
    "power mean",
    Grad(inner(x, x) ** Rational(3, 2), x),
    3 * sqrt(inner(x, x)) * x,
    Rational(3, 2) * sqrt(inner(x, x)) * x,
)
T("log det free", Grad(log(inner(x, x)), x), 2 * x / inner(x, x), x / inner(x, x))
T("sum of softmax rows", total(softmax(Z)), m, K)
T(
    "inverse atom",
    Grad((x - v).T * S.inverse() * (x - v), x),
    (S.inverse() + S.inverse().T) * (x - v),
    2 * S.inverse() * (x - v),
)
T("inverse cancel", S * S2.inverse() * S2, S, S2)
Xp, Ap, Wb, U1, Cb = (
    matrix("X2", m, p),
    matrix("A2", m, n),
    matrix("W", n, K),
    matrix("U1", n + 1, K),
    matrix("C", p, K),
)
row, Yb, X1, Ub = matrix("b", 1, K), matrix("Y", m, K), hstack(X, one), matrix("U2", n + p, K)
Wc = vstack(Wb, row)
T("bias column", X1 * Wc, X * Wb + one * row, X * Wb + one * one.T * one * row, X * Wb)
T("blocks product", hstack(X, Xp) * vstack(Wb, Cb), X * Wb + Xp * Cb, X * Wb - Xp * Cb, X * Wb)
T("blocks transposed", hstack(X, Xp).T, vstack(X.T, Xp.T), vstack(X.T, -Xp.T))
T(
    "blocks outer product",
    vstack(Wb, Cb) * vstack(Wb, Cb).T,
    vstack(hstack(Wb * Wb.T, Wb * Cb.T), hstack(Cb * Wb.T, Cb * Cb.T)),
    vstack(hstack(Wb * Wb.T, Wb * Cb.T), hstack(Cb * Wb.T, -Cb * Cb.T)),
)
T("stacked batches", vstack(X.T, Xp.T) * Yb, vstack(X.T * Yb, Xp.T * Yb), vstack(X.T * Yb, 2 * Xp.T * Yb))
T("norm of blocks", total(hadamard(hstack(X, Xp), hstack(X, Xp))), inner(X, X) + inner(Xp, Xp), inner(X, X))
T("softmax of blocks", softmax(hstack(X, Xp)) * ones(n + p), one, 2 * one)
T("exp of blocks", apply(exp, hstack(X, Xp)), hstack(apply(exp, X), apply(exp, Xp)), hstack(apply(exp, X), Xp))
T("trace of blocks", Trace(vstack(hstack(S, S2), hstack(S3, S))), 2 * Trace(S), Trace(S), Trace(S) + Trace(S2))
T("blocks added", hstack(X, Xp) + hstack(Ap, Xp), hstack(X + Ap, 2 * Xp), hstack(X + Ap, Xp))
F("blocks exchanged", hstack(X, Ap), hstack(Ap, X))
fit = inner(X1 * U1 - Yb, X1 * U1 - Yb) / (2 * m)
T("bias in the weights", Grad(fit, U1), X1.T * (X1 * U1 - Yb) / m, hstack(X, 0 * one).T * (X1 * U1 - Yb) / m)
fit = inner(X1 * Wc - Yb, X1 * Wc - Yb) / (2 * m)
error = X * Wb + one * row - Yb
T("weights over a bias", Grad(fit, Wb), X.T * error / m, X.T * error, X.T * (X * Wb - Yb) / m)
T("bias under weights", Grad(fit, row), one.T * error / m, one.T * error)
joint = named("H", hstack(X, Xp))
T("joint features", Grad(total(apply(sigma, joint * Ub)), joint), apply(sigma.prime, joint * Ub) * Ub.T,
  apply(sigma, joint * Ub) * Ub.T)  # fmt: skip
T("first features", Grad(total(apply(g, hstack(X, Xp) * vstack(Wb, Cb))), X),
  apply(g.prime, X * Wb + Xp * Cb) * Wb.T, apply(g.prime, X * Wb) * Wb.T)  # fmt: skip
first, last = vstack(Identity(n), ZeroMatrix(p, n)), vstack(ZeroMatrix(n, p), Identity(p))
handed, gates = apply(g.prime, hstack(X, Xp) * Ub) * Ub.T, matrix("U3", n, n + p)
T("part of a product", Grad(total(apply(g, hstack(X, Xp) * Ub)), Xp), handed * last, handed * first, -handed * last)
T("parts side by side", Grad(total(hadamard(apply(sigma, X * gates * first), Ap)) + inner(X * gates * last, Xp), gates),
  X.T * hstack(hadamard(Ap, apply(sigma.prime, X * gates * first)), Xp),
  X.T * hstack(Ap, Xp), X.T * hstack(hadamard(Ap, apply(sigma.prime, X * gates * first)), 2 * Xp))  # fmt: skip
T("given blocks", X * Wb, Ap * Wb, Ap * Wb + Xp * Cb, given=[Eq(hstack(X, Xp), hstack(Ap, Yb * Cb.T))])
N("norm of stacked", inner(vstack(Wb, Cb), vstack(Wb, Cb)), inner(Wb, Wb) - inner(Cb, Cb))

# ---------------------------------------------------------------- the largest value over an index
top, tops = largest(x), sp.FunctionMatrix(m, 1, sp.Lambda((i, j), Maximum(X[i, k], (k, 0, n - 1))))
T("largest of a shift", largest(x + b * ones(n)), top + b, top, top + n * b)
T("largest of a multiple", largest(tau * x), tau * top, top, tau**2 * top)
T("largest of a transpose", largest(X.T), largest(X), -largest(-X))
T("softmax of shifted rows", softmax(X - tops * ones(1, n)), softmax(X), softmax(X - tops * ones(1, n) * 2) * 2)
T("log-sum-exp of what is shifted", top + log(total(apply(exp, x - top * ones(n)))), log(total(apply(exp, x))),
  log(total(apply(exp, x))) + top, top)  # fmt: skip
N("largest above each", top - x[i, 0], top - x[i, 0] - x[j, 0], x[i, 0] - top)
N("largest above the mean", top - total(x) / n, top - total(x))
N("log-sum-exp above the largest", log(total(apply(exp, x))) - top, log(total(apply(exp, x))) - 2 * top)
N("log-sum-exp below the largest and log n", top + log(n) - log(total(apply(exp, x))), top - log(total(apply(exp, x))))
F("largest of a sum", largest(x + v), top + largest(v))
F("largest by a factor of any sign", largest(c * x), c * top)
F("largest of squares", largest(hadamard(x, x)), top**2)
