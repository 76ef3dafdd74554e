r"""Printed LaTeX read back as numbers, so that a test can compare a formula with the expression it was printed from.

`read(latex, env)` gives the value of an expression, `sides(latex, env)` the values of both sides of a statement.
Names in `env` are LaTeX: {"W_1": array, "m": 3, "g'": function}; a derivative such as
`\frac{\partial \mathcal{L}}{\partial w}` is a name too.  Matrices are two-dimensional arrays.
"""

from __future__ import annotations

import itertools
import re
from collections import ChainMap

import mpmath
import numpy as np
import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement

from claims.gradients.selection import choice
from claims.language import NAMES, Activation, Grad, Hess, Jac, Maximum, Nonnegative, Random, parts
from claims.numbers.values import Environment, Undefined, evaluate
from claims.printing.notation import Latex
from claims.printing.printer import latex as printed

TOKEN = re.compile(
    r"\\operatorname\{\w+'*\}|\\mathrm\{\w\w+\}|\\mathrm\{[di]\}|\\mathbf\{1\}|\\mathcal\{L\}|\\text\{[\w ]+\}"
    r"|\\(?:begin|end)\{\w+\}|\\(?:hat|bar|tilde)\{[^}]+\}|\\left\||\\right\||\\left|\\right|\\[A-Za-z]+|\\\\|\\[|,]"
    r"|\d+(?:\.\d+)?|[A-Za-z]|[-+(){}\[\]^_=,'&<>]"
)
SKIPPED = {r"\left", r"\right", r"\,"}
RELATIONS = {"=": np.equal, r"\ne": np.not_equal, r"\ge": np.greater_equal, ">": np.greater,
             r"\le": np.less_equal, "<": np.less}  # fmt: skip
STOPS = {None, "+", "-", ")", "}", "]", r"\right|", r"\odot", r"\oslash", ",", r"\rangle", "&", r"\\", *RELATIONS}
FUNCTIONS = {
    r"\exp": np.exp, r"\log": np.log, r"\tanh": np.tanh, r"\sinh": np.sinh, r"\cosh": np.cosh, r"\sin": np.sin,
    r"\cos": np.cos, r"\max": np.maximum, r"\min": np.minimum, r"\operatorname{sign}": np.sign,
    r"\sigma": lambda z: 1 / (1 + np.exp(-z)),
    r"\operatorname{diag}": lambda M: np.diag(np.ravel(M)) if 1 in np.shape(np.atleast_2d(M)) else np.diag(M)[:, None],
    r"\operatorname{tr}": np.trace, r"\det": np.linalg.det,
}  # fmt: skip

OUTCOMES = "(probability, values of the random letters) of each outcome"
CONSTANTS = {"e": np.e, r"\pi": np.pi, r"\mathrm{i}": 1j}


class Ones:
    """A vector of ones of a length that the formula does not say: next to a matrix it sums, next to a vector it spreads."""

    def __init__(self, row=False):
        self.row = row

    @property
    def T(self):
        return Ones(not self.row)


def read(latex: str, env: dict):
    """The value of a printed expression."""
    parser = Parser(latex, env)
    node = parser.sum()
    parser.expect_end()
    return plain(node(env))


def sides(latex: str, env: dict) -> list:
    """The values of the sides of a printed statement, and the relations between them."""
    parser = Parser(latex, env)
    nodes, relations = [parser.sum()], []
    while parser.peek() in RELATIONS:
        relations.append(parser.take())
        nodes.append(parser.sum())
    parser.expect_end()
    return [plain(node(env)) for node in nodes], relations


def lines(latex: str) -> list[str]:
    """The lines of an aligned block, without the alignment."""
    body = latex.removeprefix(r"\begin{aligned}").removesuffix(r"\end{aligned}")
    return [line.replace("&", "") for line in body.split(r" \\ ")]


def plain(value):
    return 1.0 if isinstance(value, Ones) else value


class Parser:
    """Recursive descent; each rule returns a function from an environment to a value."""

    def __init__(self, latex: str, env: dict):
        self.text, self.k, self.opened = latex, 0, []
        self.functions = FUNCTIONS | {name: value for name, value in env.items() if callable(value)}
        self.tokens = [t for t in TOKEN.findall(latex) if t not in SKIPPED]
        unread = re.sub(r"\s+", "", TOKEN.sub("", latex))
        assert not unread, f"cannot read {unread!r} in {latex}"

    # ------------------------------------------------------------ tokens
    def peek(self):
        return self.tokens[self.k] if self.k < len(self.tokens) else None

    def take(self, expected=None):
        token = self.peek()
        assert token is not None and (expected is None or token == expected), f"{expected} expected at {self.rest()}"
        self.k += 1
        return token

    def rest(self) -> str:
        return f"{' '.join(self.tokens[self.k :])!r} in {self.text}"

    def expect_end(self):
        assert self.peek() is None, f"left over: {self.rest()}"

    def between(self, opening, closing, rule=None):
        self.take(opening)
        self.opened.append(opening)
        node = (rule or self.sum)()
        self.opened.pop()
        self.take(closing)
        return node

    def group(self):
        return self.between("{", "}")

    # ------------------------------------------------------------ operations, loosest first
    def condition(self):
        """Relations joined by "or", each of which may be some joined by "and"."""
        parts = [self.all_of()]
        while self.peek() == r"\text{ or }":
            self.take()
            parts.append(self.all_of())
        return parts[0] if len(parts) == 1 else lambda env: np.logical_or.reduce([part(env) for part in parts])

    def all_of(self):
        parts = [self.relation()]
        while self.peek() == r"\text{ and }":
            self.take()
            parts.append(self.relation())
        return parts[0] if len(parts) == 1 else lambda env: np.logical_and.reduce([part(env) for part in parts])

    def relation(self):
        if self.peek() == "(" and self.joined_by_or():
            return self.between("(", ")", self.condition)
        left, sign, right = self.sum(), RELATIONS[self.take()], self.sum()
        return lambda env: sign(plain(left(env)), plain(right(env)))

    def joined_by_or(self) -> bool:
        """Is the bracket that opens here one around conditions?"""
        depth = 0
        for token in self.tokens[self.k :]:
            depth += {"(": 1, ")": -1}.get(token, 0)
            if depth == 0 or token == r"\text{ or }":
                return depth > 0
        return False

    def sum(self):
        terms = [(-1 if self.peek() == "-" and self.take() else 1, self.entrywise())]
        while self.peek() in ("+", "-"):
            terms.append((1 if self.take() == "+" else -1, self.entrywise()))
        if len(terms) == 1 and terms[0][0] == 1:
            return terms[0][1]
        return lambda env: sum(sign * plain(term(env)) for sign, term in terms)

    def entrywise(self):
        factors = [(r"\odot", self.product())]
        while self.peek() in (r"\odot", r"\oslash"):
            factors.append((self.take(), self.product()))
        if len(factors) == 1:
            return factors[0][1]

        def value(env):
            out = 1.0
            for sign, factor in factors:
                out = out * plain(factor(env)) if sign == r"\odot" else out / plain(factor(env))
            return out

        return value

    def product(self):
        factors = [self.power()]
        while not self.at_end():
            if self.peek() == r"\cdot":
                self.take()
            elif self.peek() == r"\mathrm{d}" and self.integrating:
                break
            factors.append(self.power())
        return factors[0] if len(factors) == 1 else lambda env: multiply([f(env) for f in factors])

    integrating = False

    def at_end(self) -> bool:
        """Does a product end here?  A norm's sign closes the innermost norm, else it opens one."""
        token = self.peek()
        closes = token == r"\|" and self.opened[-1:] == [r"\|"]
        return token in STOPS or closes or token.startswith((r"\text", r"\end"))

    def power(self):
        is_diagonal = self.peek() == r"\operatorname{diag}"
        node = self.base()
        while self.peek() == "^":
            self.take()
            node = self.transposed(node) if self.peek() == r"\top" else self.raised(node, is_diagonal)
        return node

    def transposed(self, node):
        self.take(r"\top")
        return lambda env: np.transpose(value) if not isinstance(value := node(env), Ones) else value.T

    def raised(self, node, is_diagonal):
        if self.peek() != "{":
            return self.raise_to(node, self.base(), is_diagonal)
        self.take("{")
        entrywise = self.peek() == r"\odot" and bool(self.take())
        exponent = self.sum()
        self.take("}")
        if entrywise:
            return lambda env: plain(node(env)) ** exponent(env)
        return self.raise_to(node, exponent, is_diagonal)

    def raise_to(self, node, exponent, is_diagonal):
        def value(env):
            base, power = plain(node(env)), exponent(env)
            if is_diagonal:
                return np.diag(np.diag(base) ** power)
            if np.size(base) == 1:
                return base**power
            assert base.shape[0] == base.shape[1], "only a square matrix has powers"
            return np.linalg.matrix_power(base, int(power))

        return value

    # ------------------------------------------------------------ what stands on its own
    def base(self):
        token = self.peek()
        if token[0].isdigit():
            number = float(self.take())
            return lambda env: number
        if token.startswith(r"\begin"):
            return self.cases() if token == r"\begin{cases}" else self.entry(self.table())
        if token == r"\mathbf{1}":
            return self.ones()
        brackets = {
            "(": (")", lambda v: v),
            r"\left|": (r"\right|", np.abs),
            r"\|": (r"\|", lambda v: float(np.sqrt(np.sum(np.square(v))))),
        }
        if token in brackets:
            closing, function = brackets[token]
            inside = self.between(token, closing)
            return self.entry(lambda env: function(inside(env)))
        rules = {r"\frac": self.fraction, r"\sqrt": self.root, r"\langle": self.inner, r"\delta": self.delta,
                 r"\sum": self.over, r"\prod": self.over, r"\max": self.over, r"\int": self.integral,
                 r"\operatorname{E}": self.average}  # fmt: skip
        if token in rules and self.is_rule(token):
            self.take()
            return rules[token](token) if token in (r"\sum", r"\prod", r"\max") else rules[token]()
        return self.name()

    def average(self):
        inside = self.between("[", "]")
        mean = lambda env: sum(p * plain(inside(ChainMap(drawn, env))) for p, drawn in env[OUTCOMES])
        return self.entry(mean)

    def is_rule(self, token) -> bool:
        return token not in (r"\delta", r"\max") or self.tokens[self.k + 1 : self.k + 2] == ["_"]

    def ones(self):
        self.take()
        if self.peek() != "[":
            return lambda env: Ones()
        condition = self.between("[", "]", self.condition)
        return lambda env: np.where(condition(env), 1.0, 0.0)

    def root(self):
        inside = self.group()
        return lambda env: np.sqrt(inside(env))

    def inner(self):
        left = self.sum()
        self.take(",")
        right = self.sum()
        self.take(r"\rangle")
        return lambda env: float(np.sum(plain(left(env)) * plain(right(env))))

    def fraction(self):
        if self.tokens[self.k + 1] == r"\partial":
            return self.derivative()
        above, below = self.group(), self.group()
        return lambda env: plain(above(env)) / plain(below(env))

    def cases(self):
        self.take(r"\begin{cases}")
        rows = []
        while self.peek() != r"\end{cases}":
            value = self.sum()
            self.take("&")
            otherwise = self.take() == r"\text{otherwise}"
            rows.append((value, (lambda env: True) if otherwise else self.condition()))
            if self.peek() == r"\\":
                self.take()
        self.take()

        def chosen(env):
            *conditions, last = [(condition(env), plain(value(env))) for value, condition in rows]
            return np.select([np.asarray(c) for c, _ in conditions], [v for _, v in conditions], last[1])

        return chosen

    def table(self):
        start = self.k
        self.take(r"\begin{pmatrix}")
        rows = [[self.sum()]]
        while self.peek() != r"\end{pmatrix}":
            if self.take() == "&":
                rows[-1].append(self.sum())
            else:
                rows.append([self.sum()])
        self.take()
        whole = "".join(self.tokens[start : self.k])
        return lambda env: env[whole] if whole in env else blocks([[x(env) for x in row] for row in rows])

    def delta(self):
        self.take("_")
        first, second = self.indices(many=True)
        return lambda env: float(first(env) == second(env))

    # ------------------------------------------------------------ sums over an index, integrals
    def over(self, sign):
        self.take("_")
        self.take("{")
        index = self.take()
        self.take("=")
        low = self.sum()
        self.take("}")
        self.take("^")
        high = self.raised_text()
        body = self.product()
        fold = {r"\sum": np.sum, r"\prod": np.prod, r"\max": np.max}[sign]

        def value(env):
            values = range(round(float(low(env))), round(float(high(env))) + 1)
            return fold([plain(body(ChainMap({index: float(i)}, env))) for i in values], axis=0)

        return value

    def raised_text(self):
        return self.group() if self.peek() == "{" else self.base()

    def integral(self):
        self.take("_")
        low = self.raised_text()
        self.take("^")
        high = self.raised_text()
        outer, self.integrating = self.integrating, True
        body = self.product()
        self.integrating = outer
        self.take(r"\mathrm{d}")
        variable = self.spell()

        def value(env):
            limits = [float(low(env)), float(high(env))]
            return number(mpmath.quad(lambda x: np.asarray(body(ChainMap({variable: float(x)}, env))).item(), limits))

        return value

    # ------------------------------------------------------------ derivatives
    def derivative(self):
        """A derivative is a name of the environment, else its bracket is differenced here."""
        start = self.k - 1
        what, by = self.partials(), self.partials()
        inside = None if what else self.between("[", "]")
        text = "".join(self.tokens[start : self.k])

        def value(env):
            known = {squeeze(name): value for name, value in env.items()}
            return known[text] if what or text in known else difference(inside, env, by)

        return value

    def partials(self) -> list[tuple[str, bool]]:
        """The names behind the signs of partial derivatives, and which of them are transposed."""
        self.take("{")
        names = []
        while self.peek() != "}":
            if self.peek() == r"\partial":
                self.take()
            elif self.peek() == "^":  # the order of the derivative, or a transpose
                self.take()
                turned = self.take() == r"\top"
                names = [*names[:-1], (names[-1][0], True)] if turned else names
            else:
                names.append((self.spell() + (self.subscript() if self.peek() == "_" else ""), False))
        self.take("}")
        return names

    # ------------------------------------------------------------ names, entries, calls
    def spell(self) -> str:
        """A name with its subscript and primes."""
        name = self.take()
        if name == r"\mathrm{d}":
            return name + self.spell()
        while self.peek() == "'":
            name += self.take()
        return name

    def name(self):
        name = self.spell()
        if self.peek() == "_":
            return self.subscripted(name)
        if self.is_call(name):
            return self.call(name)
        return lambda env: env[name] if name in env else CONSTANTS[name]

    def is_call(self, name) -> bool:
        return self.peek() == "(" and (name in self.functions or name.rstrip("'") in self.functions)

    def call(self, name):
        """A known function, or the slope of one."""
        self.take("(")
        arguments = [self.sum()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.sum())
        self.take(")")
        function = self.functions.get(name)
        if function is None:
            base = self.functions[name.rstrip("'")]
            return lambda env: slope(base, plain(arguments[0](env)))
        return lambda env: function(*[plain(a(env)) for a in arguments])

    def subscripted(self, name):
        """W_1 and n_{l-1} are names; X_{ij} is an entry: the environment knows."""
        start = self.k
        subscript = self.subscript()
        while self.peek() == "'":
            subscript += self.take()
        whole = name + subscript
        if self.is_call(whole):
            return self.call(whole)
        end, self.k = self.k, start
        entry = self.entry(lambda env: env[name])
        self.k = max(end, self.k)
        return lambda env: env[whole] if whole in env else entry(env)

    def subscript(self) -> str:
        self.take("_")
        if self.peek() != "{":
            return "_" + self.take()
        depth, text = 0, "_"
        while True:
            token = self.take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            text += token
            if depth == 0:
                return text

    def entry(self, node):
        """The entry of a matrix, if indices follow."""
        if self.peek() != "_":
            return node
        start = self.k
        self.take("_")
        single = self.indices(many=False)
        end, self.k = self.k, start + 1
        several = self.indices(many=True)
        self.k = end

        def value(env):
            M = np.asarray(node(env))
            places = [round(float(i(env))) - 1 for i in (single if 1 in M.shape else several)]
            return M.ravel()[places[0]] if len(places) == 1 else M[tuple(places)]

        return value

    def indices(self, many: bool) -> list:
        """Indices between commas, or side by side when each is one sign."""
        if self.peek() != "{":
            return [self.base_index()]
        self.take("{")
        body = self.tokens[self.k : self.tokens.index("}", self.k)]
        if many and "," not in body and all(len(t) == 1 and t.isalnum() for t in body):
            nodes = [self.base_index() for _ in body]
        else:
            nodes = [self.sum()]
            while self.peek() == ",":
                self.take()
                nodes.append(self.sum())
        self.take("}")
        return nodes

    def base_index(self):
        token = self.take()
        return lambda env: float(token) if token.isdigit() else env[token]


def blocks(rows):
    """Numbers and matrices in rows, as one matrix; ones are as long as what stands beside, or above and below."""
    extent = lambda values, side: next((np.shape(v)[side] for v in values if np.ndim(v) == 2), 1)
    heights, widths = [extent(row, 0) for row in rows], [extent(column, 1) for column in zip(*rows, strict=True)]
    shape = lambda one, i, j: (1, widths[j]) if one.row else (heights[i], 1)
    filled = lambda v, i, j: np.ones(shape(v, i, j)) if isinstance(v, Ones) else np.atleast_2d(v)
    return np.block([[filled(v, i, j) for j, v in enumerate(row)] for i, row in enumerate(rows)]).astype(float)


def squeeze(latex: str) -> str:
    return "".join(t for t in TOKEN.findall(latex) if t not in SKIPPED)


def multiply(factors):
    """Numbers scale; ones next to a matrix sum it, next to a vector spread it; matrices multiply."""
    scale, chain = 1.0, []
    for f in factors:
        if not isinstance(f, Ones) and np.size(f) == 1:
            scale = scale * np.squeeze(f).item()
        else:
            chain.append(f)
    while len(chain) > 1:
        k, met = meeting(chain, (contracted, spread))
        chain[k : k + 2] = [met] if isinstance(met, Ones) or np.size(met) > 1 else []
        scale = scale if isinstance(met, Ones) or np.size(met) > 1 else scale * float(np.squeeze(met))
    if not chain:
        return scale
    return chain[0] if scale == 1 else scale * plain(chain[0])


def meeting(chain, rules):
    """The first neighbours that a rule joins, the earlier rule first."""
    for rule in rules:
        for k, (A, B) in enumerate(itertools.pairwise(chain)):
            if (met := rule(A, B)) is not None:
                return k, met
    raise AssertionError("factors that do not meet")


def contracted(A, B):
    if isinstance(A, Ones) and isinstance(B, Ones):
        return None
    if isinstance(A, Ones):
        return B.sum(axis=0, keepdims=True) if A.row else None
    if isinstance(B, Ones):
        return None if B.row else A.sum(axis=1, keepdims=True)
    return A @ B


def spread(A, B):
    if isinstance(A, Ones) and isinstance(B, Ones):
        return np.float64(1) if not A.row and B.row else None
    if isinstance(A, Ones):
        return B if B.shape[0] == 1 else None
    return A if A.shape[1] == 1 else None


def slope(function, z, h=1e-5):
    return (function(z + h) - function(z - h)) / (2 * h)


def difference(inside, env, by: list[tuple[str, bool]], h=1e-4):
    """First and second derivatives of a bracket by central differences: of a number in the shape of what it is taken by,
    of a column with a row for each of its entries.
    """
    if not by:
        return plain(inside(env))
    (name, turned), *rest = by
    value = np.array(env[name], dtype=float)
    columns = []
    for k in range(value.size):
        ends = []
        for sign in (1, -1):
            moved = value.copy()
            moved.ravel()[k] += sign * h
            ends.append(np.asarray(difference(inside, {**env, name: moved if moved.ndim else float(moved)}, rest, h)))
        columns.append((ends[0] - ends[1]) / (2 * h))
    if np.size(columns[0]) == 1:
        slopes = np.reshape([float(np.squeeze(c)) for c in columns], value.shape)
        return (slopes.T if turned else slopes) if value.ndim else float(columns[0])
    return np.hstack([np.reshape(c, (-1, 1)) for c in columns])


# ---------------------------------------------------------------- an expression, and the LaTeX printed from it
def assert_reads_back(expression, latex: str | None = None, seed=0) -> None:
    """The LaTeX of an expression or a statement, read back, has the value of the expression at a random point."""
    expression = sp.sympify(expression)
    latex = printed(expression) if latex is None else latex
    for low in (-0.9, 0.1):  # both signs where every logarithm exists, else positive numbers
        env = point(expression, np.random.default_rng(seed), low)
        names = latex_names(expression, env)
        try:
            wanted = [array(evaluate(side, env)) for side in two_sides(expression)]
        except Undefined:
            continue
        if all(np.isrealobj(value) for value in wanted):
            break
    else:
        raise AssertionError(f"no point where {latex} has a real value")
    for value, want in zip(sides(latex, names)[0], wanted, strict=False):
        value = np.squeeze(value) if np.ndim(want) == 0 else np.broadcast_to(value, np.shape(want))
        np.testing.assert_allclose(value, want, rtol=1e-6, atol=1e-8, err_msg=latex)


def two_sides(e) -> list:
    return list(e.args) if isinstance(e, (sp.core.relational.Relational, Nonnegative)) else [e]


def array(value):
    """A number or a list of rows as floats, or complex where they are."""
    M = np.array(value, dtype=object)
    numbers = np.array([complex(x) for x in M.ravel()]).reshape(M.shape)
    return numbers.real if np.all(abs(numbers.imag) < 1e-12) else numbers


def wave(z, order=0):
    """Any smooth function, with its derivatives."""
    return mpmath.sin(z + order * mpmath.pi / 2) + (z**2 / 3 if order == 0 else 2 * z / 3 if order == 1 else 0)


def point(e, rng, low) -> Environment:
    """Sizes, numbers and matrices for all symbols of e; an index is 0 or 1, which every size allows."""
    found = list(dict.fromkeys(sp.preorder_traversal(e)))
    symbols = sorted({s for s in found if isinstance(s, sp.Symbol) and not isinstance(s, sp.Dummy)}, key=str)
    sizes = [s for s in symbols if s.is_integer and s.is_positive]
    env = Environment({s: 2 + (k % 4) for k, s in enumerate(sizes)})
    env.functions = {g.base: wave for g in {type(f) for f in found if isinstance(f, Activation)}}
    env.update({i: k % 2 for k, i in enumerate(index_symbols(e))})
    env.update({s: mpmath.mpf(rng.uniform(0.1 if s.is_positive else low, 0.9)) for s in symbols if s not in env})
    for M in found:
        if isinstance(M, sp.MatrixSymbol) and not isinstance(M, NAMES):
            rows, cols = (int(evaluate(sp.sympify(d), env)) for d in M.shape)
            env[M] = [[mpmath.mpf(x) for x in row] for row in rng.uniform(low, 0.9, (rows, cols))]
    if not e.has(Grad, Hess, Jac):  # a name that something is differentiated by must stay free to move
        for name in parts(e, NAMES):
            env[name] = evaluate(name, env)
    return env


def index_symbols(e) -> list:
    """Symbols that say a position, in the order of their names; they are printed counting from 1."""
    places = [place for node in e.atoms(MatrixElement, sp.KroneckerDelta) for place in node.args[-2:]]
    return sorted({s for place in places for s in place.free_symbols if not s.is_positive} - bound(e), key=str)


def bound(e) -> set:
    """Symbols that run in a sum or an integral: a size may have the same name."""
    return {limit[0] for node in e.atoms(sp.Sum, sp.Product, Maximum, sp.Integral) for limit in node.limits}


def latex_names(e, env) -> dict:
    """The values of all names in e under their LaTeX, and of all derivatives."""
    names: dict = {}
    valued = (sp.MatrixSymbol, sp.Symbol, *NAMES, Grad, Hess, Jac, sp.Derivative, sp.Identity)
    for node in dict.fromkeys(sp.preorder_traversal(e)):
        if node in bound(e):
            continue
        if isinstance(node, valued) and not isinstance(node, sp.Dummy):
            names[printed(node)] = array(evaluate(node, env))
        elif choice(node) is not None:  # how large its zeros are does not stand there
            names[squeeze(printed(node))] = array(evaluate(node, env))
        elif isinstance(node, Activation) and Latex().function(type(node).__name__) not in FUNCTIONS:
            names[Latex().function(type(node).__name__)] = activation_function(type(node))
    names |= {i.name: env[i] + 1 for i in index_symbols(e)}
    values = {name: v if callable(v) or np.ndim(v) else float(v) for name, v in names.items()}
    return values | {OUTCOMES: outcomes(e, env)}


def outcomes(e, env) -> list:
    """Few outcomes with the means and variances that random letters have; of normal ones also higher moments."""
    entries, draws = [], []
    for x in parts(e, Random):
        rows, cols = (int(evaluate(sp.sympify(d), env)) for d in x.shape)
        mean, variance = (np.broadcast_to(np.array(array(evaluate(v, env))), (rows, cols)) for v in x.args[4:])
        for place in np.ndindex(rows, cols):
            entries.append((printed(x), place, (rows, cols)))
            draws.append(values_of(x.law, mean[place], np.sqrt(variance[place])))
    found = []
    for drawn in itertools.product(*draws):
        letters = {name: np.zeros(shape) for name, _, shape in entries}
        for (name, place, _), (value, _) in zip(entries, drawn):
            letters[name][place] = value
        found.append((np.prod([p for _, p in drawn]), letters))
    return found


def values_of(law, mean, deviation) -> list:
    if law == "bernoulli":
        return [(1, mean), (0, 1 - mean)]
    points, weights = np.polynomial.hermite_e.hermegauss(5) if law == "normal" else ([-1, 1], [1, 1])
    return [(mean + deviation * x, p / np.sum(weights)) for x, p in zip(points, weights)]


def activation_function(g):
    return np.vectorize(lambda z: number(wave(mpmath.mpmathify(z), g.order)))


def number(z):
    """A number of mpmath as one of Python."""
    return complex(z) if isinstance(z, mpmath.mpc) else float(z)
