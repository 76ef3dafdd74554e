"""`claim_every_depth`: the gradients of a network of L layers, for all L, by induction from the last layer to the first."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from claims.data import Line, Stated
from claims.errors import ProverFault
from claims.language import NAMES, Grad, Random, apply, inner, is_matrix, named, parts, sizes, unfold
from claims.language.ambiguity import check_names, named_things
from claims.language.letters import plain, split_name
from claims.numbers.search import audit
from claims.numbers.trial import trial
from claims.printing.printer import latex
from claims.proof import library
from claims.proof.cache import remembered
from claims.proof.prover import TOLERANCE, Audit, Proof, prove
from claims.proof.records import depth_record, emit
from claims.proof.scope import told_apart
from claims.reasons.held import leaves
from claims.reasons.lines import CHAIN_RULE, is_differentiable
from claims.reasons.measured import THEOREM, Need

from .layers import LAYER, Layers, OfLayer, OfLogits, WrittenOut

OF_A_LAYER = {"W", "b", "A", "Z", "dZ", "n", "g"}  # the letters of a network, which have an index
AUDITED = range(1, 7)  # depths at which the formulas are compared with numbers

# of the network and a layer: pairs of a parameter and the gradient by it
Gradients = Callable[[Layers, int | sp.Expr], Iterable[tuple[sp.Basic, sp.Basic]]]
Obligation = tuple[sp.Basic, sp.Basic, sp.Basic, str]  # what is found, what it is, its value, and for which layers
Letters = set[sp.Basic] | frozenset[sp.Basic]


@dataclass
class EveryDepth:
    """The slopes dZ_L, dZ_l and the gradients of layer l, for every depth L, and the proof of each line."""

    id: str
    title: str | None
    net: Layers
    lines: list[tuple[sp.Basic, sp.Basic, str]]  # what is found, its value, and for which layers
    proofs: list[Proof]
    audit: Audit
    seconds: float
    state: str = field(default="proved-all", init=False)

    @property
    def method(self) -> str:
        return f"induction over {self.net.depth}"

    @property
    def conditions(self) -> tuple[sp.Basic, ...]:
        found = [c for proof in self.proofs for c in proof.conditions]
        return told_apart(found, self.proofs, {self.net.depth, LAYER})

    @property
    def needs(self) -> tuple[Need, ...]:
        found = [need for proof in self.proofs for need in proof.needs]
        return tuple(dict.fromkeys([Need(THEOREM, CHAIN_RULE), *found]))

    @property
    def stated(self) -> Stated:
        """The base, and a line for each step of the induction: the gradient of <G, Z_l>, G held constant."""
        base, *steps = self.proofs
        lines = tuple(Line("equation", p.lhs, p.rhs, "", p.steps[0].reasons if p.steps else ()) for p in steps)
        return Stated("every-depth", base.lhs, base.rhs, (), lines, self.conditions)

    def record(self) -> dict[str, Any]:
        return depth_record(self)

    @property
    def latex(self) -> str:
        rows = [rf"{latex(left)} &= {latex(right)} && {layers}" for left, right, layers in self.lines]
        return r"\begin{aligned}" + r" \\ ".join(rows) + r"\end{aligned}"


def claim_every_depth(
    id: str,
    net: Layers,
    *,
    loss: OfLogits,
    at_top: OfLogits,
    below: OfLayer,
    gradients: Gradients,
    title: str | None = None,
    reasons: Sequence[Any] = (),
) -> EveryDepth:
    """Prove the gradients of a loss of the last logits, with respect to all weights and biases, for every depth.

    `loss` and `at_top` are functions of Z_L: the loss, and its gradient dZ_L.  `below(net, l)` is dZ_l, written with
    dZ_{l+1}; `gradients(net, l)` are pairs of a parameter of layer l and the gradient by it, written with dZ_l.
    `reasons` are those of the lines, in this order.

    Raises:  what `claim` raises, naming the line; ValueError if the loss or a line speaks of other layers, or there is no
    gradient; TypeError for a network of another class or with letters of another, and for a line that is no expression
    """
    claimed = every_depth(id, net, loss, at_top, below, gradients, title, reasons)
    library.keep(id, claimed.stated)
    emit(claimed)
    return claimed


def every_depth(
    id: str,
    net: Layers,
    loss: OfLogits,
    at_top: OfLogits,
    below: OfLayer,
    gradients: Gradients,
    title: str | None = None,
    reasons: Sequence[Any] = (),
) -> EveryDepth:
    """The proof itself, shown nowhere.

    The functions of the author get the author's network; what they do to it, or give when asked again, changes no line.
    """
    _check_functions({"loss": loss, "at_top": at_top}, "Z_L")
    _check_functions({"below": below, "gradients": gradients}, "a network and a layer")
    given, net = net, _own(net)
    L, l, depth = net.depth, LAYER, latex(net.depth)
    last, layer, above = net.Z(L), net.Z(l), net.logits(l + 1, apply(net.g(l), net.Z(l)))
    if not isinstance(scalar := loss(last), sp.Basic):
        raise TypeError(f"the loss is {scalar!r}, which is no expression")
    obligations = [
        (net.dZ(L), Grad(scalar, last), at_top(last), ""),
        (net.dZ(l), Grad(inner(net.dZ(l + 1), above), layer), below(given, l), rf"1 \le l < {depth}"),
    ]
    here = inner(net.dZ(l), net.logits(l, net.A(l - 1)))
    for parameter, value in _pairs(gradients(given, l)):
        if parameter not in (net.W(l), net.b(l)):
            raise ValueError(f"{parameter} is no parameter of layer {l}: those are {net.W(l)} and {net.b(l)}")
        shown = Grad(named("L", scalar), parameter)
        obligations.append((shown, Grad(here, parameter), value, rf"1 \le l \le {depth}"))
    if len(obligations) == 2:
        raise ValueError(f"no gradient by a parameter of layer {l}: give that by {net.W(l)}, or by {net.b(l)}")
    for found, _, value, _ in obligations:
        if not isinstance(value, sp.Basic):
            raise TypeError(f"the line of {found} is {value!r}, which is no expression")
    _check_reach(net, obligations)
    if not is_differentiable(unfold(scalar)):
        raise ValueError("the chain rule needs a loss without kinks")
    if len(reasons) > len(obligations):
        raise ValueError(f"{len(reasons)} reasons for {len(obligations)} lines: give one for each line, in this order")
    whys = [*reasons, *[()] * len(obligations)]
    proofs = [
        prove(f"{id}, line {k}", left, right, steps=[(right, why)] if why else ())
        for k, ((_, left, right, _), why) in enumerate(zip(obligations, whys, strict=False), 1)
    ]
    lines = [(found, p.rhs, layers) for (found, *_, layers), p in zip(obligations, proofs, strict=True)]
    known = [side for proof in proofs for side in (proof.lhs, proof.rhs)]
    found = remembered("every depth", known, lambda: _audited(id, net, loss, at_top, below, gradients))
    seconds = found["seconds"] + sum(proof.seconds for proof in proofs)
    return EveryDepth(id, title, net, lines, proofs, Audit(*found["audit"]), seconds)


def _own(net: Layers) -> Layers:
    """The network made anew, as it was made.

    Raises:  TypeError for a network of another class, or with letters of another
    """
    if type(net) is Layers and vars(net) == vars(own := Layers(net.samples, net.outputs, str(net.depth))):
        return own
    kind = type(net).__name__
    raise TypeError(
        f"a network of every depth is Layers(...), each with letters of its own, not a {kind} that gives others"
    )


def _check_functions(functions: dict[str, Any], of: str) -> None:
    for name, function in functions.items():
        if not callable(function):
            raise TypeError(f"{name} is a function of {of}, not {function!r}")


def _pairs(found: Any) -> list[tuple[Any, Any]]:
    """Pairs of a parameter and the gradient by it.

    Raises:  TypeError for anything else
    """
    pairs = [*found] if isinstance(found, Iterable) else [found]
    if all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
        return pairs
    raise TypeError(f"gradients are pairs of a parameter and the gradient by it, not {found!r}")


def _check_reach(net: Layers, obligations: Sequence[Obligation]) -> None:
    """No samples and no depth are a letter of the network; the loss speaks of samples and last logits, a line of what it may.

    A name is a letter, too: only the loss may call something A_L, which is what the last layer hands on.
    """
    L, l, base = net.depth, LAYER, obligations[0][1:3]
    answers = {name for e in base for name in parts(e, NAMES) if name.name == net.A(L).name}
    own = net.letters(l) | {net.A(l - 1), net.width(l - 1), net.width(l)}
    step = net.letters(l) | net.letters(l + 1) | {net.width(l), net.width(l + 1), net.g(l)}
    reach = [{net.samples, net.Z(L), *answers}, step, *[own] * len(obligations)]
    if any(isinstance(s, Random) for s in leaves(net.samples)):
        raise ValueError("the samples may not be random: let them stand for any values, matrix('X', m, n_0)")
    _check_letters(
        "the samples", [net.samples, *sp.Tuple(*net.samples.shape)], {net.samples.cols} & set(sizes("n_0 n0")), {L, l}
    )
    _check_letters("the depth", [L], set())
    _check_letters("the width of the last layer", [sp.sympify(net.outputs)], set(), {L, l})
    _check_letters("the loss", base, reach[0], {L, l})
    for (found, left, right, _), known in zip(obligations, reach, strict=False):
        _check_letters(f"the line of {found}", [left, right], known)
    if net.dZ(l) in leaves(obligations[1][2]):
        raise ValueError(f"the line of {net.dZ(l)} may not speak of itself")
    sides = [side for _, left, right, _ in obligations for side in (left, right)]
    scalar = base[0].scalar  # which is called L below, as the depth is, whatever its author calls it
    sides[0] = scalar.expr if isinstance(scalar, NAMES) else scalar
    check_names([net.samples, L, l, *sides])


def _check_letters(what: str, expressions: Iterable[sp.Basic], known: Letters, strange: Letters = frozenset()) -> None:
    """Nothing but what is known, and the sizes of that, is a letter of the network, or strange."""
    sizes_of = {s for letter in known if is_matrix(letter) for s in sp.Tuple(*letter.shape).free_symbols}
    free = {(letter.name, letter) for letter in frozenset().union(*map(leaves, expressions))}
    others = free.union(thing for e in expressions for thing in named_things(e))
    found = [
        name
        for name, thing in sorted(others, key=str)
        if thing not in known | sizes_of and (thing in strange or _is_of_a_layer(name))
    ]
    if found:
        raise ValueError(f"{what} may not speak of {', '.join(found)}, which belongs to another layer")


def _is_of_a_layer(name: str) -> bool:
    """Is a name printed as a letter of the network with an index, or as its adjoint: W_2, and W2, W^{(2)} or dW_2, too?"""
    _, base, accent, below, _ = split_name(name := plain(name))
    if base == name:  # a letter, a word, or what is printed as it stands
        written = re.findall("[A-Za-z]+", re.split("[_^]", name)[0])
        return not OF_A_LAYER.isdisjoint({*written} - {name})
    return bool(accent or below) and base in OF_A_LAYER


def _audited(
    id: str, net: Layers, loss: OfLogits, at_top: OfLogits, below: OfLayer, gradients: Gradients
) -> dict[str, Any]:
    """Points, largest error and seconds of numbers, where networks of one to six layers have the gradients claimed."""
    started, points, worst = time.process_time(), 0, 0.0
    for depth in AUDITED:
        whole = WrittenOut(net, depth, at_top, below)
        value = loss(whole.Z(depth))
        for parameter, formula in [pair for layer in {1, depth} for pair in gradients(whole, layer)]:
            found, error = audit(trial(Grad(value, parameter), formula), points=1, seed=depth)
            points, worst = points + found, max(worst, error)
    if worst > TOLERANCE or not points:
        raise ProverFault(f"{id}: proved, yet a network written out has other gradients: {worst:.3g} apart")
    return {"audit": (points, worst), "seconds": time.process_time() - started}
