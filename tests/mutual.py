"""The two provers against each other: no statement is proved by the one and refuted by the other.

`python tests/mutual.py` puts random statements, those of the corpus and of the book, and false twins of all to both; a
test takes a sample.  Proofs and numbers of each are asked apart, and where one proves a statement, the numbers of both
look for a point that meets its conditions and where a side has no value, or where the sides differ.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import sympy as sp

from claims import Ambiguous, SizesDoNotFit, nonnegative
from claims.algebra.equality import conditions
from claims.budget import OutOfTime, budget
from claims.data import Stated, read, write
from claims.data.grammar import FOLDS, FUNCTIONS, OPERATIONS
from claims.entry.terms import NotCovered
from claims.errors import Unreadable, Unwritable
from claims.language.statement import prepared
from claims.numbers.arithmetic import Undefined
from claims.numbers.search import digits, screen
from claims.numbers.trial import LARGEST, trial
from claims.numbers.values import holds
from claims.proof.prover import decide
from coursebook.html.node import node_program


# ---------------------------------------------------------------- leaves
def op(name, *args, **more):
    return {"op": name, **({"args": list(args)} if args else {}), **more}


def letter(name):
    return {"op": "symbol", "id": name}


def bound(name):
    return {"op": "bound", "id": name}


M, N = letter("m"), letter("n")
SYMBOLS = {
    **{name: {"integer": True, "positive": True} for name in "mn"},
    **{name: {"real": True} for name in "zr"},
    "p": {"positive": True},
    **{name: {"integer": True} for name in "ij"},
}
SHAPES = {"A": (M, N), "B": (N, M), "S": (N, N), "R": (N, N), "u": (M, 1), "v": (N, 1), "w": (N, 1), "t": (1, N)}
TABLES = {
    "symbols": {name: {"name": name, "facts": facts} for name, facts in SYMBOLS.items()},
    "matrices": {
        **{name: {"name": name, "rows": rows, "cols": cols} for name, (rows, cols) in SHAPES.items()},
        "E": {
            "name": "E",
            "rows": N,
            "cols": 1,
            "random": {"law": "any", "mean": 0, "variance": op("pow", letter("p"), 2)},
        },
    },
    "functions": {
        "g": {"name": "g"},
        "sigma": {"name": "sigma", "known": "sigmoid"},
        "h": {"name": "h", "slope": {"bind": [{"id": "s", "name": "s"}], "body": op("cos", bound("s"))}},
        "relu": {"name": "relu", "slope": {"bind": [{"id": "s", "name": "s"}], "body": op("heaviside", bound("s"), 0)}},
    },
    "names": {
        "q": {"name": "q", "definition": op("mul", letter("z"), letter("z"))},
        "Z": {
            "name": "Z",
            "rows": M,
            "cols": 1,
            "definition": op("matmul", {"op": "matrix", "id": "A"}, {"op": "matrix", "id": "v"}),
        },
        "c": {"name": "c", "definition": op("add", letter("z"), op("total", {"op": "matrix", "id": "v"}))},
    },
}
RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")
SIZED = ("identity", "ones", "zeros")  # operations on numbers that give a matrix
WORDS = [
    name for name, (_, takes) in OPERATIONS.items() if set(takes) <= set("n+") and name not in (*RELATIONS, *SIZED)
]
COMMON = [
    name
    for name in WORDS
    if name not in FUNCTIONS.split() and name not in ("atan2", "beta", "binomial", "polygamma", "delta")
]
COMMON += ["exp", "log", "tanh", "sin", "cos", "exp", "log"]


class Growth:
    """Trees of numbers, matrices and conditions; `scope` are the variables that are bound around, with their sizes."""

    def __init__(self, rng):
        self.rng, self.count = rng, 0

    def pick(self, *choices):
        return self.rng.choice(choices)()

    # ------------------------------------------------------------ numbers
    def number(self, depth, scope=()):
        if depth <= 0:
            return self.leaf(scope)
        down = depth - self.rng.choice((1, 1, 2))
        number = lambda: self.number(down, scope)
        return self.pick(
            *3 * [lambda: op("add", number(), number()), lambda: op("mul", number(), number())],
            *3 * [lambda: self.function(self.rng.choice(COMMON), number)],
            lambda: self.function(self.rng.choice(WORDS), number),
            lambda: op("pow", number(), self.exponent()),
            lambda: op(
                "call",
                number(),
                function=self.rng.choice(list(TABLES["functions"])),
                **self.rng.choice(({}, {"order": 1})),
            ),
            lambda: {
                "op": "cases",
                "cases": [{"value": number(), "if": self.condition(down, scope)}, {"value": number(), "if": True}],
            },
            *2 * [lambda: self.fold(down, scope)],
            *3 * [lambda: self.of_matrices(down, scope)],
            *2 * [lambda: op("grad", number(), letter(self.rng.choice("zrp")))],
            lambda: op("grad", number(), {"op": "name", "id": self.rng.choice("qc")}),
            lambda: {
                "op": "derivative",
                "args": [number()],
                "by": [{"variable": letter("z"), "times": self.rng.choice((1, 2))}],
            },
            lambda: op("delta", self.place(N, scope), self.place(N, scope)),
        )

    def leaf(self, scope):
        numbers = [0, 1, 2, -1, op("rational", value="1/2"), op("decimal", value="0.5", precision=53)]
        places = [bound(name) for name, _ in scope]
        return self.rng.choice(
            [letter("z"), letter("r"), letter("p")] * 2
            + numbers
            + places * 2
            + [self.entry(scope) for _ in range(3)]
            + [{"op": "name", "id": "q"}]
            + [letter("n"), op("constant", value=self.rng.choice(("pi", "e")))] * (self.rng.random() < 0.3)
        )

    def exponent(self):
        return self.rng.choice(
            [2, 2, 3, -1, -1, -2, 0, op("rational", value="1/2"), op("rational", value="-1/2"), letter("r"), N]
        )

    def function(self, name, number):
        takes = OPERATIONS[name][1]
        count = self.rng.choice((2, 2, 3)) if takes.endswith("+") else len(takes)
        if name == "pow":
            return op(name, number(), self.exponent())
        return op(name, *[number() for _ in range(count)])

    def place(self, size, scope):
        """An index of a range: one that is bound, one that is free, or the beginning or the end."""
        bound_ = [bound(name) for name, length in scope if length == size]
        return (
            self.rng.choice(bound_ * 4 + [letter("i" if size == N else "j"), 0, op("add", size, -1)])
            if size != 1
            else 0
        )

    def entry(self, scope):
        name = self.rng.choice(list(SHAPES))
        return op("entry", {"op": "matrix", "id": name}, *[self.place(size, scope) for size in SHAPES[name]])

    def fold(self, depth, scope):
        self.count += 1
        name, size = f"k{self.count}", self.rng.choice((N, N, M))
        kind = self.rng.choice([*FOLDS, "sum", "sum", "sum", "maximum"])
        if kind == "integral":
            bind = {
                "id": name,
                "name": name,
                "facts": {"real": True},
                "low": 0,
                "high": self.rng.choice((1, letter("z"))),
            }
            return {"op": kind, "bind": [bind], "body": self.number(depth, (*scope, (name, None)))}
        low, high, length = self.rng.choice(
            ((0, op("add", size, -1), size), (1, size, None), (1, op("add", size, -1), size), (0, 2, None))
        )
        bind = {"id": name, "name": name, "facts": {"integer": True}, "low": low, "high": high}
        return {"op": kind, "bind": [bind], "body": self.number(depth, (*scope, (name, length)))}

    def of_matrices(self, depth, scope):
        matrix = lambda *shape: self.matrix(depth, shape, scope)
        rows, cols = self.shape()
        return self.pick(
            lambda: op("total", matrix(rows, cols)),
            lambda: op("total", op("hadamard", matrix(rows, cols), matrix(rows, cols))),
            lambda: op("trace", matrix(N, N)),
            lambda: op("dot", matrix(N, 1), matrix(N, 1)),
            lambda: op("total", op("matmul", matrix(1, N), matrix(N, 1))),
            lambda: op("entry", matrix(rows, cols), self.place(rows, scope), self.place(cols, scope)),
            lambda: op("total", op(self.rng.choice(("hstack", "vstack")), matrix(rows, cols), matrix(rows, cols))),
            lambda: op("determinant", matrix(N, N)),
            lambda: op(
                "trace", {"op": "rows", "shape": [2, 2], "rows": [[self.leaf(scope) for _ in "ab"] for _ in "ab"]}
            ),
            lambda: op("expectation", op("total", op("hadamard", {"op": "matrix", "id": "E"}, matrix(N, 1)))),
            lambda: op("expectation", op("pow", op("total", {"op": "matrix", "id": "E"}), 2)),
        )

    # ------------------------------------------------------------ matrices
    def shape(self):
        return self.rng.choice(list(SHAPES.values()))

    def matrix(self, depth, shape, scope=()):
        rows, cols = shape
        if depth <= 0:
            fitting = [{"op": "matrix", "id": name} for name, other in SHAPES.items() if other == (rows, cols)]
            return self.rng.choice(fitting or [op("ones", rows, cols)])
        down = depth - 1
        same, number = (lambda: self.matrix(down, (rows, cols), scope)), (lambda: self.number(down, scope))
        inner = self.rng.choice((M, N, 1))
        ways = [
            lambda: op("matadd", same(), same()),
            lambda: op("hadamard", same(), same()),
            lambda: op("hadamard-product", same(), same()),
            lambda: op("matmul", self.rng.choice((-1, 2, letter("z"), op("pow", letter("p"), -1))), same()),
            lambda: op("matmul", self.matrix(down, (rows, inner), scope), self.matrix(down, (inner, cols), scope)),
            lambda: op("matmul", self.matrix(down, (rows, inner), scope), self.matrix(down, (inner, cols), scope)),
            lambda: op("transpose", self.matrix(down, (cols, rows), scope)),
            lambda: op("hadamard-power", same(), self.exponent()),
            lambda: self.apply(down, same(), scope),
            lambda: self.apply(down, same(), scope),
            lambda: op(self.rng.choice(("ones", "zeros")), rows, cols),
            lambda: self.by_places(down, rows, cols, scope),
            lambda: same(),
        ]
        if (rows, cols) == (N, N):
            ways += [
                lambda: op("identity", N),
                lambda: op("diagonal-matrix", self.matrix(down, (N, 1), scope)),
                lambda: op("diagonal-part", same()),
                lambda: op("matpow", same(), 2),
                lambda: op("inverse", same()),
                lambda: op("jac", self.matrix(down, (N, 1), scope), {"op": "matrix", "id": "v"}),
                lambda: op("hess", number(), {"op": "matrix", "id": "v"}),
                lambda: op("adjoint", same()),
            ]
        if (rows, cols) == (N, 1):
            ways += [lambda: op("diagonal", self.matrix(down, (N, N), scope))]
        if letters := [name for name, other in SHAPES.items() if other == (rows, cols)]:
            ways += 2 * [lambda: op("grad", number(), {"op": "matrix", "id": self.rng.choice(letters)})]
        if (rows, cols) == (M, 1):
            ways += [lambda: {"op": "name", "id": "Z"}, lambda: op("grad", number(), {"op": "name", "id": "Z"})]
        return self.pick(*ways)

    def apply(self, depth, matrix, scope):
        self.count += 1
        name = f"t{self.count}"
        return {
            "op": "apply",
            "args": [matrix],
            "bind": [{"id": name, "name": name}],
            "body": self.number(min(depth, 1) or 1, (*scope, (name, None))),
        }

    def by_places(self, depth, rows, cols, scope):
        self.count += 2
        names = [f"k{self.count - 1}", f"k{self.count}"]
        inner = (*scope, *zip(names, (rows, cols), strict=True))
        return {
            "op": "function-matrix",
            "args": [rows, cols],
            "bind": [{"id": name, "name": name, "facts": {"integer": True}} for name in names],
            "body": self.number(depth, inner),
        }

    def condition(self, depth, scope):
        if self.rng.random() < 0.2:
            return op(self.rng.choice(("and", "or")), self.condition(0, scope), self.condition(0, scope))
        if self.rng.random() < 0.1:
            return op("not", self.condition(0, scope))
        return op(
            self.rng.choice(RELATIONS), self.number(depth - 1, scope), self.rng.choice((0, 0, 1, self.number(0, scope)))
        )


# ---------------------------------------------------------------- statements
def minus(e):
    return op("mul", -1, e)


def power(e, exponent):
    return op("pow", e, exponent)


HALF = op("rational", value="1/2")
FLAG = lambda e: {"op": "cases", "cases": [{"value": 1, "if": op("eq", e, 0)}, {"value": 0, "if": True}]}
# What a number is equal to, wherever it is defined, or almost.
NUMBERS = [
    lambda u: op("add", u, u, minus(u)),
    lambda u: minus(minus(u)),
    lambda u: op("mul", op("sign", u), op("abs", u)),
    lambda u: power(power(u, 2), HALF),
    lambda u: power(power(u, HALF), 2),
    lambda u: op("exp", op("log", u)),
    lambda u: op("log", op("exp", u)),
    lambda u: op("mul", u, u, power(u, -1)),
    lambda u: power(power(u, -1), -1),
    lambda u: op("add", op("max", 0, u), op("min", 0, u)),
    lambda u: op("max", u, 0),
    lambda u: op("abs", u),
    lambda u: op("mul", u, op("add", op("heaviside", u, 0), op("heaviside", minus(u), 0))),
    lambda u: op("add", u, FLAG(op("add", u, -1))),
    lambda u: op("mul", u, op("add", 1, FLAG(u))),
    lambda u: op("add", 1, u, -1),
    lambda u: op("add", u, op("mul", 0, op("log", u))),
    lambda u: op("tanh", u),
]
MATRICES = [
    lambda X: op("transpose", op("transpose", X)),
    lambda X: op("matmul", -1, op("matmul", -1, X)),
    lambda X: op("matadd", X, X, op("matmul", -1, X)),
    lambda X: op("hadamard-power", op("hadamard-power", X, 2), HALF),
    lambda X: op("hadamard", X, X, op("hadamard-power", X, -1)),
    lambda X: {
        "op": "apply",
        "args": [X],
        "bind": [{"id": "near", "name": "t"}],
        "body": op("max", bound("near"), minus(op("abs", bound("near")))),
    },
    lambda X: op(
        "hadamard",
        X,
        {"op": "apply", "args": [X], "bind": [{"id": "near", "name": "t"}], "body": op("pow", bound("near"), 0)},
    ),
]


def turned(e):
    """What an operation with these arguments is equal to by a rule of its own; nothing where none is known."""
    args = e.get("args", [])
    match e["op"]:
        case "matmul" if all(a.get("op") in OF_MATRICES for a in args if isinstance(a, dict)) and not any(
            isinstance(a, int) for a in args
        ):
            yield op("transpose", op("matmul", *[op("transpose", a) for a in reversed(args)]))
            yield op("matmul", *reversed(args))
        case "hadamard" | "hadamard-product" | "add" | "mul" | "matadd" | "max" | "min":
            yield op(e["op"], *reversed(args))
        case "total":
            yield op("total", op("transpose", args[0]))
            yield op("trace", args[0])
        case "trace":
            yield op("trace", op("transpose", args[0]))
            yield op("total", op("diagonal", args[0]))
        case "grad" if isinstance(args[0], dict) and args[0]["op"] == "mul" and len(args[0]["args"]) == 2:
            u, v = args[0]["args"]
            scale = "matmul" if args[1]["op"] != "symbol" else "mul"
            yield op(
                "matadd" if scale == "matmul" else "add",
                op(scale, v, op("grad", u, args[1])),
                op(scale, u, op("grad", v, args[1])),
            )
        case "grad" if isinstance(args[0], dict) and args[0]["op"] == "add":
            kind = "add" if args[1]["op"] == "symbol" else "matadd"
            yield op(kind, *[op("grad", u, args[1]) for u in args[0]["args"]])
        case "sum" if isinstance(e["body"], dict) and e["body"]["op"] == "add":
            yield op("add", *[{**e, "body": u} for u in e["body"]["args"]])
        case "exp" if isinstance(args[0], dict) and args[0]["op"] == "add":
            yield op("mul", *[op("exp", u) for u in args[0]["args"]])
        case "log" if isinstance(args[0], dict) and args[0]["op"] == "mul":
            yield op("add", *[op("log", u) for u in args[0]["args"]])
        case "pow" if isinstance(args[0], dict) and args[0]["op"] == "mul":
            yield op("mul", *[power(u, args[1]) for u in args[0]["args"]])
        case "diagonal-matrix":
            yield op("hadamard", op("identity", N), op("matmul", args[0], op("ones", 1, N)))


OF_MATRICES = {
    "matrix", "matadd", "matmul", "hadamard", "hadamard-product", "hadamard-power", "transpose", "adjoint", "inverse", "matpow",
    "ones", "zeros", "identity", "diagonal-matrix", "diagonal-part", "diagonal", "function-matrix", "apply", "jac", "hess",
    "hstack", "vstack", "rows",
}  # fmt: skip


def is_matrix(e):
    """Is a tree a matrix, as `Growth` makes them?"""
    if not isinstance(e, dict):
        return False
    if e["op"] == "grad":
        return e["args"][1]["op"] == "matrix" or e["args"][1].get("id") == "Z"
    return e["op"] in OF_MATRICES or (e["op"] == "name" and e["id"] == "Z")


def is_number(e):
    return (
        isinstance(e, int)
        and not isinstance(e, bool)
        or isinstance(e, dict)
        and e["op"] not in (*RELATIONS, "and", "or", "not")
        and not is_matrix(e)
    )


# Of which operations not all arguments may be another of their kind: sizes, places and exponents are kept as they are.
KEPT = {
    **dict.fromkeys(("ones", "zeros", "identity", "function-matrix", "delta"), 0),
    **dict.fromkeys(
        ("grad", "hess", "jac", "derivative", "entry", "pow", "hadamard-power", "matpow", "expectation"), 1
    ),
}


def places(e, put=lambda e: e):
    """Every tree inside a tree that may be another of its kind, with what puts one in its place."""
    yield e, put
    if not isinstance(e, dict):
        return
    for at, inner in enumerate(e.get("args", [])[: KEPT.get(e["op"])]):
        yield from places(inner, lambda new, at=at: put({**e, "args": [*e["args"][:at], new, *e["args"][at + 1 :]]}))
    if "body" in e:
        yield from places(e["body"], lambda new: put({**e, "body": new}))
    for at, case in enumerate(e.get("cases", [])):
        changed = lambda key, new, at=at: put(
            {**e, "cases": [{**c, key: new} if k == at else c for k, c in enumerate(e["cases"])]}
        )
        yield from places(case["value"], lambda new, changed=changed: changed("value", new))
        yield from places(case["if"], lambda new, changed=changed: changed("if", new))


def almost(e, rng):
    """A tree that is equal to e, or almost."""
    ways = []
    for inner, put in places(e):
        if isinstance(inner, dict):
            ways += 4 * [put(new) for new in turned(inner)]
        if is_matrix(inner):
            ways.append(put(rng.choice(MATRICES)(inner)))
        elif is_number(inner):
            ways.append(put(rng.choice(NUMBERS)(inner)))
    return rng.choice(ways)


GIVEN = [
    op("eq", {"op": "matrix", "id": "S"}, op("transpose", {"op": "matrix", "id": "S"})),
    op("gt", letter("z"), 0),
    op("ge", letter("z"), 0),
    op("lt", letter("r"), 0),
    op("eq", letter("z"), power(letter("r"), 2)),
    op("eq", letter("z"), letter("r")),
    op("eq", op("hadamard", {"op": "matrix", "id": "v"}, {"op": "matrix", "id": "v"}), {"op": "matrix", "id": "v"}),
    op("eq", op("total", {"op": "matrix", "id": "v"}), 1),
    op("eq", op("matmul", {"op": "matrix", "id": "S"}, {"op": "matrix", "id": "v"}), {"op": "matrix", "id": "v"}),
]


def grown(rng):
    """A random statement as data."""
    growth, depth = Growth(rng), rng.choice((1, 2, 2, 3))
    left = growth.number(depth) if rng.random() < 0.6 else growth.matrix(depth, growth.shape())
    given = rng.sample(GIVEN, 1) if rng.random() < 0.25 else []
    plain = {"version": 2, "given": given, "steps": [], "conditions": [], **TABLES}
    if is_number(left) and rng.random() < 0.15:
        return {**plain, "kind": "nonnegative", "left": left}
    right = almost(left, rng)
    for _ in range(rng.choice((0, 0, 1))):
        right = almost(right, rng)
    return {**plain, "kind": "equation", "left": left, "right": right}


# ---------------------------------------------------------------- verdicts
PROGRAM = Path(__file__).parent / "checker/verdicts.mjs"
SECONDS = 4  # of CPU for one question to the first prover


def second(statements, *arguments) -> list[dict]:
    """What the second prover says of statements as data."""
    source = "".join(json.dumps(s) + "\n" for s in statements)
    command = [node_program(), PROGRAM, *map(str, arguments)]
    done = subprocess.run(command, input=source, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


class First:
    """The first prover on a statement as data, its numbers and its proof asked apart."""

    def __init__(self, data):
        stated = read(data)
        self.kind, self.needs = stated.kind, stated.conditions
        left = nonnegative(stated.left) if stated.kind == "nonnegative" else stated.left
        statement = prepared(left, stated.right, stated.given)
        ((self.left, self.right, _),) = statement.chain
        self.given = statement.given

    def refutes(self):
        """A point where the sides differ and the conditions of the statement hold."""
        found = screen(trial(self.left, self.right, self.given)).found
        return found if found and all(everywhere(c, found[0]) for c in self.needs) else None

    def proves(self) -> dict | None:
        """The statement with the conditions under which it is proved by algebra; one with a value nowhere is not."""
        look = screen(trial(self.left, self.right, self.given))
        if not look.found and not look.enough:
            return None
        if decide(self.left, self.right, self.given)[0] is None:
            return None
        left, right = (self.left, self.right) if self.right is not None else (self.left.expr, None)
        needed = conditions([side for side in (self.left, self.right) if side is not None], self.given)
        return write(Stated(self.kind, left, right, self.given, conditions=needed))


def everywhere(condition, env) -> bool:
    """Does a condition hold at a point, at all places of the indices that stand in it alone?"""
    indices = [s for s in condition.free_symbols if s.is_Symbol and s.is_integer and s not in env]
    for place in itertools.product(range(LARGEST), repeat=len(indices)):
        with suppress(Undefined, IndexError), digits():
            if not holds(condition, env.set(dict(zip(indices, map(sp.Integer, place), strict=True)))):
                return False
    return True


def asked(question):
    """The answer of the first prover; nothing where it has none, in the time that it is given."""
    try:
        with budget(SECONDS):
            return question()
    except (NotCovered, Unwritable, ZeroDivisionError, OutOfTime, RecursionError, NotImplementedError, AttributeError):
        return None


def compared(verdicts) -> tuple[Counter, list[str]]:
    """How often the provers say what, and what no two provers that are right can say."""
    tally, faults, proofs = Counter(), [], []
    for verdict in verdicts:
        data = verdict["statement"]
        told = lambda what, data=data: faults.append(f"{what}: {json.dumps(data)}")
        try:
            one = First(data)
        except (SizesDoNotFit, Ambiguous, Unreadable, TypeError, ValueError, AttributeError):
            tally["refused by the first"] += 1  # by SymPy, too, whose diagonal of given rows has no shape
            continue
        proved, refuted = verdict.get("proved"), verdict.get("refuted")
        if proved and (point := asked(one.refutes)):
            told(f"proved by the second, and refuted by the first at {dict(point[0])}")
        if proved and verdict["fails"]:
            told(f"proved by the second, and refuted by its numbers at {verdict['fails']}")
        if proved and verdict["lost"]:
            told(f"proved by the second without a condition that {verdict['lost']} does not meet")
        decided = proved or refuted or not verdict["fits"]
        if proof := decided and asked(one.proves):
            proofs.append(proof)
        if (
            proof and not verdict["fits"] and '"diagonal"' not in json.dumps(data)
        ):  # of oblong matrices SymPy has one, too
            told("proved by the first, and does not fit for the second")
        said = "proved" if proved else "refuted" if refuted else "left open" if verdict["fits"] else "refused"
        tally[f"{said} by the second" + (", proved by the first" if proof else "")] += 1
    for proof, found in zip(proofs, second(proofs), strict=True):
        if found["fails"]:
            faults.append(f"proved by the first, and refuted by the second at {found['fails']}: {json.dumps(proof)}")
        if found["lost"]:
            faults.append(
                f"proved by the first without a condition that {found['lost']} does not meet: {json.dumps(proof)}"
            )
    return tally, faults


# ---------------------------------------------------------------- all of them
RANDOM, BASES_OF_A_CHUNK, TWINS = 40, 20, 2
BASES: list[dict] = []


def random_statements(rng, count) -> list[dict]:
    """Random statements as `claims` writes them."""
    found = []
    while len(found) < count:
        with suppress(Unreadable, Unwritable):
            found.append(write(read(grown(rng))))
    return found


def bases() -> list[dict]:
    """The statements of the corpus, of the book, and those that once deceived the first prover."""
    from checker_corpus import corpus, written
    from metamorphic import claims_of_the_book

    book = [written(claim.left, claim.right, claim.given) for claim in claims_of_the_book()]
    return [claim["statement"] for claim in corpus()] + [statement for statement in book if statement]


def judged(seed: int) -> tuple[Counter, list[str]]:
    """Random statements, some of those that are known, and mutants of each."""
    rng = random.Random(seed)
    statements = random_statements(rng, RANDOM) + rng.sample(BASES, min(BASES_OF_A_CHUNK, len(BASES)))
    return compared(second(statements, TWINS, seed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--count", type=int, default=10_000, help="of statements; 10,000 take eight minutes of computing"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    BASES.extend(bases())
    chunks = -(-options.count // ((RANDOM + BASES_OF_A_CHUNK) * (1 + TWINS)))
    tally, faults = Counter(), []
    with ProcessPoolExecutor(options.processes, multiprocessing.get_context("fork")) as pool:
        for told, some in pool.map(judged, range(options.seed * 10_000, options.seed * 10_000 + chunks)):
            tally += told
            faults += some
            print(*some, sep="\n", end="\n" if some else "", flush=True)
    print(f"{tally.total()} statements", *[f"{count:6} {what}" for what, count in tally.most_common()], sep="\n")
    print(f"{len(faults)} pairs of opposite verdicts")
    return min(len(faults), 1)


if __name__ == "__main__":
    sys.exit(main())
