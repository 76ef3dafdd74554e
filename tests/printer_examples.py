"""Expressions, with the LaTeX and the plain text that a mathematician would write for them."""

from __future__ import annotations

import sympy as sp

from claims.language import (
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

m, n, K, p = sizes("m n K p")
X, y, w, b = matrix("X", m, n), matrix("y", m), matrix("w", n), scalar("b")
Y, logits = matrix("Y", m, K), matrix("Z", m, K)
u, v, H, row = matrix("u", p), matrix("v", p), matrix("H", p, p), matrix("r", 1, p)
z, lam, beta = scalar("z"), scalar("lambda", positive=True), scalar("beta", positive=True)
g = activation("g")
i, j, k = sp.symbols("i j k", integer=True)
t, x = sizes("t"), scalar("x")
Z = named("Z", X * w + b * ones(m))
A = named("A", apply(sigma, Z))
loss = named("L", -(inner(y, apply(sp.log, A)) + inner(ones(m) - y, apply(sp.log, ones(m) - A))) / m)
norm = sp.sqrt(inner(v, v))
W1, dZ1 = matrix("W1", n, K), matrix("dZ1", m, K)

EXAMPLES = [
    # sums and products of matrices
    (Z.expr, r"X w + b \mathbf{1}", "X w + b 1"),
    (A.expr, r"\sigma(Z)", "sigma(Z)"),
    (X.T * (A - y) / m, r"\frac{1}{m} X^\top (A - y)", "X^T (A - y) / m"),
    (-y + A, "A - y", "A - y"),
    (X.T * (A - y) / m + lam * w, r"\frac{1}{m} X^\top (A - y) + \lambda w", "X^T (A - y) / m + lambda w"),
    (ones(m) - A, "1 - A", "1 - A"),
    (-X * w, "-X w", "-X w"),
    (-2 * X, "-2 X", "-2 X"),
    (ones(1, m) * X, r"\mathbf{1}^\top X", "1^T X"),
    (H.I * v, "H^{-1} v", "H^(-1) v"),
    (sp.DiagMatrix(v) * H, r"\operatorname{diag}(v) H", "diag(v) H"),
    (sp.Identity(p) - v * v.T, r"I - v v^\top", "I - v v^T"),
    (sp.Trace(H), r"\operatorname{tr}(H)", "tr(H)"),
    (sp.Determinant(H), r"\det(H)", "det(H)"),
    (sp.Matrix([[1, 2], [z, 0]]), r"\begin{pmatrix} 1 & 2 \\ z & 0 \end{pmatrix}", "[1 2; z 0]"),
    (hstack(X, ones(m)), r"\begin{pmatrix} X & \mathbf{1} \end{pmatrix}", "[X 1]"),
    (vstack(H, v.T) * v, r"\begin{pmatrix} H \\ v^\top \end{pmatrix} v", "[H; v^T] v"),
    (vstack(hstack(H, v), hstack(u.T, ones(1))), r"\begin{pmatrix} H & v \\ u^\top & \mathbf{1} \end{pmatrix}", "[H v; u^T 1]"),
    (vstack(hstack(u, H), hstack(H, v)), r"\begin{pmatrix} \begin{pmatrix} u & H \end{pmatrix} \\ \begin{pmatrix} H & v \end{pmatrix} \end{pmatrix}", "[[u H]; [H v]]"),
    (hstack(H, -v).T, r"\begin{pmatrix} H & -v \end{pmatrix}^\top", "[H -v]^T"),
    # entrywise products keep their order, scalings of rows and columns are diagonal matrices
    (hadamard(apply(g, logits), logits - Y), r"g(Z) \odot (Z - Y)", "g(Z) ⊙ (Z - Y)"),
    (hadamard(logits - Y, apply(g, logits)), r"(Z - Y) \odot g(Z)", "(Z - Y) ⊙ g(Z)"),
    (hadamard(dZ1, X * W1), r"\mathrm{d}Z_1 \odot X W_1", "dZ1 ⊙ X W1"),
    (X.T * hadamard(dZ1, Y), r"X^\top (\mathrm{d}Z_1 \odot Y)", "X^T (dZ1 ⊙ Y)"),
    (hadamard(Y, logits) / m, r"\frac{1}{m} Y \odot Z", "(Y ⊙ Z) / m"),
    (sp.HadamardPower(Y, 2), r"Y^{\odot 2}", "Y^⊙2"),
    (hadamard(Y, sp.HadamardPower(logits, -1)), r"Y \oslash Z", "Y ⊘ Z"),
    (hadamard(v * ones(1, p), H), r"\operatorname{diag}(v) H", "diag(v) H"),
    (hadamard(ones(p) * v.T, H), r"H \operatorname{diag}(v)", "H diag(v)"),
    (softmax(logits), r"\operatorname{diag}(\exp(Z) \mathbf{1})^{-1} \exp(Z)", "diag(exp(Z) 1)^(-1) exp(Z)"),
    (softmax(logits.T).T, r"\exp(Z) \operatorname{diag}(\mathbf{1}^\top \exp(Z))^{-1}", "exp(Z) diag(1^T exp(Z))^(-1)"),
    (logits - hadamard(logits, Y) * ones(K, K), r"Z - (Z \odot Y) \mathbf{1} \mathbf{1}^\top", "Z - (Z ⊙ Y) 1 1^T"),
    (
        hadamard(apply(sp.exp, logits), apply(lambda s: 1 / s, apply(sp.exp, logits) * ones(K, K))),
        r"\operatorname{diag}(\exp(Z) \mathbf{1})^{-1} \exp(Z)",
        "diag(exp(Z) 1)^(-1) exp(Z)",
    ),
    (2 * b * ones(m), r"2 b \mathbf{1}", "2 b 1"),
    (inner(u, v) * v, r"(u^\top v) v", "(u^T v) v"),
    (z * sp.log(1 - z) * (1 - z), r"z (1 - z) \log(1 - z)", "z (1 - z) log(1 - z)"),
    (sigma(z) * (1 - sigma(z)), r"\sigma(z) (1 - \sigma(z))", "sigma(z) (1 - sigma(z))"),
    # functions of each entry
    (apply(lambda s: 1 / (1 + sp.exp(-s)), logits), r"\frac{1}{1 + e^{-Z}}", "1 / (1 + exp(-Z))"),
    (apply(lambda s: 1 / (1 + sp.exp(-s)), Y - logits), r"\frac{1}{1 + e^{-(Y - Z)}}", "1 / (1 + exp(-(Y - Z)))"),
    (apply(lambda s: s * sigma(s), logits), r"Z \odot \sigma(Z)", "Z ⊙ sigma(Z)"),
    (apply(lambda s: s**2 / 2, logits), r"\frac{Z^{\odot 2}}{2}", "Z^⊙2 / 2"),
    (apply(lambda s: sp.Max(0, s), logits), r"\max(0, Z)", "max(0, Z)"),
    (apply(lambda s: sp.Heaviside(s, 0), logits), r"\mathbf{1}[Z > 0]", "1[Z > 0]"),
    (apply(sp.Abs, logits), r"\left|Z\right|", "|Z|"),
    (apply(g.prime, logits), "g'(Z)", "g'(Z)"),
    # totals, inner products, norms
    (loss.expr, r"-\frac{1}{m} (y^\top \log(A) + (1 - y)^\top \log(1 - A))", "-(y^T log(A) + (1 - y)^T log(1 - A)) / m"),
    (inner(Y, apply(sp.log, logits)), r"\langle Y, \log(Z) \rangle", "<Y, log(Z)>"),
    (inner(apply(sp.exp, v), u), r"\exp(v)^\top u", "exp(v)^T u"),
    (total(v.T * H * v) / 2 - inner(u, v), r"\frac{1}{2} v^\top H v - u^\top v", "v^T H v / 2 - u^T v"),
    (total(X), r"\mathbf{1}^\top X \mathbf{1}", "1^T X 1"),
    (norm, r"\| v \|", "||v||"),
    ((b + lam) * inner(v, v) / 2, r"\frac{b + \lambda}{2} \| v \|^2", "(b + lambda) ||v||^2 / 2"),
    (lam / 2 * inner(v, v), r"\frac{\lambda}{2} \| v \|^2", "lambda ||v||^2 / 2"),
    (v / norm, r"\frac{v}{\| v \|}", "v / ||v||"),
    (inner(u, v) * inner(v, u), r"(u^\top v) (v^\top u)", "(u^T v) (v^T u)"),
    (sp.log(total(apply(sp.exp, v))), r"\log(\mathbf{1}^\top \exp(v))", "log(1^T exp(v))"),
    (apply(sp.exp, v) / total(apply(sp.exp, v)), r"\frac{\exp(v)}{\mathbf{1}^\top \exp(v)}", "exp(v) / (1^T exp(v))"),
    # scalars
    (sigma(z) * (1 - sigma(z)), r"\sigma(z) (1 - \sigma(z))", "sigma(z) (1 - sigma(z))"),
    (sp.log(1 + sp.exp(-z)), r"\log(1 + e^{-z})", "log(1 + exp(-z))"),
    (1 / (1 + sp.exp(-z)), r"\frac{1}{1 + e^{-z}}", "1 / (1 + exp(-z))"),
    (1 - sp.tanh(z) ** 2, r"1 - \tanh(z)^2", "1 - tanh(z)^2"),
    (z**2 / 2, r"\frac{z^2}{2}", "z^2 / 2"),
    (sp.sqrt(2 / (n + K)), r"\sqrt{\frac{2}{K + n}}", "sqrt(2 / (K + n))"),
    (sp.Max(0, z), r"\max(0, z)", "max(0, z)"),
    (sp.Abs(z), r"\left|z\right|", "|z|"),
    (2 * 3**t, r"2 \cdot 3^t", "2 * 3^t"),
    (-z * (z - lam), r"-z (z - \lambda)", "-z (z - lambda)"),
    (
        sp.Piecewise((0, z < 0), (z, True)),
        r"\begin{cases} 0 & \text{if } z < 0 \\ z & \text{otherwise} \end{cases}",
        "{0 if z < 0; z otherwise}",
    ),
    (
        sp.Piecewise((1, sp.And(z > 0, z < lam)), (2, True)),
        r"\begin{cases} 1 & \text{if } \lambda > z \text{ and } z > 0 \\ 2 & \text{otherwise} \end{cases}",
        "{1 if lambda > z and z > 0; 2 otherwise}",
    ),
    (sp.Piecewise((1, z > 0), (0, True)), r"\mathbf{1}[z > 0]", "1[z > 0]"),
    (
        sp.Piecewise((1, sp.And(z > 0, sp.Or(z < lam, z > 2))), (0, True)),
        r"\mathbf{1}[(\lambda > z \text{ or } z > 2) \text{ and } z > 0]",
        "1[(lambda > z or z > 2) and z > 0]",
    ),
    (
        sp.Piecewise((1, sp.Not(sp.And(z > 0, z < lam))), (0, True)),
        r"\mathbf{1}[\lambda \le z \text{ or } z \le 0]",
        "1[lambda <= z or z <= 0]",
    ),
    # entries, sums, deltas, integrals
    (X[i, k], "X_{ik}", "X[i, k]"),
    (W1[i, 0], "(W_1)_{i1}", "W1[i, 1]"),
    (w[i, 0], "w_i", "w[i]"),
    (sp.KroneckerDelta(i, k), r"\delta_{ik}", "delta[i, k]"),
    (sp.Sum(X[i, k] * w[k, 0], (k, 0, n - 1)), r"\sum_{k=1}^{n} X_{ik} w_k", "sum(k=1..n) X[i, k] w[k]"),
    (largest(y), r"\max_{i=1}^{m} y_i", "max(i=1..m) y[i]"),
    (largest(X), r"\max_{i=1}^{m} \max_{j=1}^{n} X_{ij}", "max(i=1..m) max(j=1..n) X[i, j]"),
    (largest(y + b * ones(m)) - b, r"\left(\max_{i=1}^{m} (y_i + b)\right) - b", "(max(i=1..m) (y[i] + b)) - b"),
    (Maximum(y[k, 0] + z, (k, 0, m - 1)) + lam, r"\lambda + \max_{k=1}^{m} (z + y_k)", "lambda + max(k=1..m) (z + y[k])"),
    (sp.exp(largest(y)) * largest(w), r"e^{\max_{i=1}^{m} y_i} \max_{i=1}^{n} w_i", "exp(max(i=1..m) y[i]) max(i=1..n) w[i]"),
    (sp.Sum(y[k, 0], (k, 0, m - 1)) + lam, r"\lambda + \sum_{k=1}^{m} y_k", "lambda + sum(k=1..m) y[k]"),
    (
        sp.Sum((1 - beta) * beta ** (t - k), (k, 1, t)),
        r"\sum_{k=1}^{t} \beta^{t - k} (1 - \beta)",
        "sum(k=1..t) beta^(t - k) (1 - beta)",
    ),
    (
        sp.Integral(sp.exp(-x), (x, 0, 1)),
        r"\int_{0}^{1} e^{-x} \, \mathrm{d}x",
        "integral(x=0..1) exp(-x) dx",
    ),
    (sp.exp(sp.I * z) + sp.exp(-sp.I * z), r"e^{\mathrm{i} z} + e^{-\mathrm{i} z}", "exp(i z) + exp(-i z)"),
    ((sp.exp(sp.I * z) - sp.exp(-sp.I * z)) / (2 * sp.I), r"\frac{e^{\mathrm{i} z} - e^{-\mathrm{i} z}}{2 \mathrm{i}}", "(exp(i z) - exp(-i z)) / (2 i)"),
    (lam * (1 - lam) ** t, r"\lambda (1 - \lambda)^t", "lambda (1 - lambda)^t"),
    (
        sp.Sum(Y[k, 0] * sp.Sum(X[k, j] * sp.KroneckerDelta(i, j), (j, 0, n - 1)), (k, 0, m - 1)),
        r"\sum_{k=1}^{m} Y_{k1} \sum_{j=1}^{n} X_{kj} \delta_{ij}",
        "sum(k=1..m) Y[k, 1] sum(j=1..n) X[k, j] delta[i, j]",
    ),
    (
        sp.Sum(w[k, 0] * sp.Sum(X[0, k], (k, 0, n - 1)), (k, 0, n - 1)),  # the inner index hides the outer one
        r"\sum_{k=1}^{n} w_k \sum_{i=1}^{n} X_{1i}",
        "sum(k=1..n) w[k] sum(i=1..n) X[1, i]",
    ),
    # derivatives and statements
    (Grad(loss, w), r"\frac{\partial \mathcal{L}}{\partial w}", "dL/dw"),
    (Hess(loss, w), r"\frac{\partial^2 \mathcal{L}}{\partial w \, \partial w^\top}", "d^2L/dw dw^T"),
    (Jac(named("s", apply(g, v)), v), r"\frac{\partial s}{\partial v^\top}", "ds/dv^T"),
    (Jac(named("s", apply(g, v.T)), v), r"\frac{\partial s^\top}{\partial v^\top}", "ds^T/dv^T"),
    (Jac(named("q", inner(v, v)), v), r"\frac{\partial q}{\partial v^\top}", "dq/dv^T"),
    (Jac(H * v, v), r"\frac{\partial}{\partial v^\top} \left[H v\right]", "d/dv^T [H v]"),
    (Jac(row * H, row), r"\frac{\partial}{\partial r} \left[(r H)^\top\right]", "d/dr [(r H)^T]"),
    (Jac(named("a", row * H), row), r"\frac{\partial a^\top}{\partial r}", "da^T/dr"),
    (Grad(sigma(z), z), r"\sigma'(z)", "sigma'(z)"),
    (Hess(named("c", z**2), z), r"\frac{\partial^2 c}{\partial z^2}", "d^2c/dz^2"),
    (Grad(inner(v, v), v), r"\frac{\partial}{\partial v} \left[\| v \|^2\right]", "d/dv [||v||^2]"),
    (sp.Eq(Y * ones(K), ones(m), evaluate=False), r"Y \mathbf{1} = \mathbf{1}", "Y 1 = 1"),
    (nonnegative(inner(v, v)), r"\| v \|^2 \ge 0", "||v||^2 >= 0"),
]  # fmt: skip

NAMES = {
    "W1": "W_1", "dZ2": r"\mathrm{d}Z_2", "dw": r"\mathrm{d}w", "db1": r"\mathrm{d}b_1", "lambda": r"\lambda",
    "n_{l-1}": "n_{l-1}", "Z_l": "Z_l", "beta1": r"\beta_1", "beta_1": r"\beta_1", "w_hat": r"\hat{w}",
    "m_hat_t": r"\hat{m}_t", "rate": r"\mathrm{rate}", "dim": r"\mathrm{dim}", "w_{t+1}": "w_{t+1}",
    "dmu": r"\mathrm{d}\mu", "dmu_k": r"\mathrm{d}\mu_k", "w^{(t)}": "w^{(t)}", "h_10": "h_{10}", "u'": "u'", "sigma_y": r"\sigma_y",
}  # fmt: skip
