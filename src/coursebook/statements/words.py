"""The words around statements: whole sentences with places for formulas, found by gettext in the page's language.

`locale/coursebook.pot` holds all of them; a translation of it, compiled, stands beside it as Sphinx expects.  Formulas,
between dollars, are the same in every language.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from string import Formatter
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import get_translator

from coursebook.html.elements import prose
from coursebook.places import LOCALE

CATALOGUE = "coursebook"
RELATIONS = {">": "> 0", "<": "< 0", ">=": r"\ge 0", "<=": r"\le 0", "!=": r"\ne 0"}
WORD = re.compile(r"(?<=\\text\{)( ?)(if|otherwise|and|or)( ?)(?=\})")


def _(message: str) -> str:
    return get_translator(CATALOGUE).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return get_translator(CATALOGUE).ngettext(one, many, count)


# ---------------------------------------------------------------- what a statement is meant for
def domain(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """For which sizes, matrices, numbers and functions it is meant, in sentences."""
    sizes = ", ".join(latex for entry in of("sizes", entries) for latex in entry["latex"])
    members = "; ".join(map(member, [*of("matrix", entries), *of("scalar", entries)]))
    message = _("For all sizes {sizes}; {members}.") if members else _("For all sizes {sizes}.")
    if sizes or members:
        yield (message if sizes else _("{members}.")).format(sizes=formula(rf"{sizes} \ge 1"), members=members)
    yield from map(random, of("random", entries))
    yield from functions(of("function", entries))


def of(kind: str, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [entry for entry in entries if entry["kind"] == kind]


def member(entry: dict[str, Any]) -> str:
    """A letter and the set that it is from."""
    letter = entry["latex"]
    if entry["kind"] == "matrix":
        return formula(rf"{letter} \in \mathbb{{R}}^{{{entry['rows']} \times {entry['cols']}}}")
    shown = formula(rf"{letter} \in \mathbb{{{entry['set']}}}")
    return f"{shown}, {formula(letter + ' ' + RELATIONS[entry['sign']])}" if "sign" in entry else shown


def random(entry: dict[str, Any]) -> str:
    """What is known of random numbers."""
    mean, variance = (formula(entry.get(key, "")) for key in ("mean", "variance"))
    return LAWS[entry["law"]]().format(letter=member({**entry, "kind": "matrix"}), mean=mean, variance=variance)


LAWS = {
    "any": lambda: _("{letter} is random: independent entries with mean {mean} and variance {variance}."),
    "symmetric": lambda: _(
        "{letter} is random: independent entries with mean {mean} and variance {variance}, "
        "as likely so far above the mean as below."
    ),
    "normal": lambda: _("{letter} is random: independent normal entries with mean {mean} and variance {variance}."),
    "bernoulli": lambda: _("{letter} is random: independent entries, 1 with probability {mean}, else 0."),
}


def functions(entries: list[dict[str, Any]]) -> Iterator[str]:
    anything = [formula(entry["latex"]) for entry in entries if "slope" not in entry]
    if anything:
        yield ngettext(
            "{functions} is any differentiable function.",
            "{functions} are any differentiable functions.",
            len(anything),
        ).format(functions=", ".join(anything))
    for entry in entries:
        if "slope" in entry:
            slope = formula(f"{entry['latex']}'(z) = {entry['slope']}")
            yield _("{function} is any function with {slope}.").format(function=formula(entry["latex"]), slope=slope)


def given(entries: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What is taken as true."""
    if entries:
        shown = ", ".join(formula(entry["latex"]) for entry in entries)
        yield ngettext("Given that {equation}.", "Given that {equation}.", len(entries)).format(equation=shown)


def conditions(entries: Iterable[dict[str, Any]], definition: bool = False) -> Iterator[str]:
    """Where it holds, or where what is defined has a value."""
    everywhere = [formula(entry["latex"]) for entry in of("condition", entries) if not entry["indices"]]
    if everywhere:
        holds = ngettext("It holds where {condition}.", "It holds where {condition}.", len(everywhere))
        has = ngettext("It has a value where {condition}.", "It has a value where {condition}.", len(everywhere))
        yield (has if definition else holds).format(condition=", ".join(everywhere))
    for entry in entries:
        if entry["kind"] != "condition" or entry["indices"]:
            yield condition(entry, definition)


def condition(entry: dict[str, Any], definition: bool) -> str:
    shown = formula(entry["latex"])
    if entry["kind"] == "smooth":
        message = _("It holds where {function} has continuous derivatives up to order {order}.")
        return message.format(function=shown, order=entry["order"])
    if entry["kind"] == "analytic":
        holds = _("It holds where {function} has a derivative at complex arguments, too.")
        has = _("It has a value where {function} is a function of complex arguments, too.")
        return (has if definition else holds).format(function=shown)
    every, number = formula(", ".join(entry["indices"])), len(entry["indices"])
    holds = ngettext(
        "It holds where {condition} for every {index}.", "It holds where {condition} for all {index}.", number
    )
    has = ngettext(
        "It has a value where {condition} for every {index}.",
        "It has a value where {condition} for all {index}.",
        number,
    )
    return (has if definition else holds).format(condition=shown, index=every)


def meanings(entries: Iterable[dict[str, Any]]) -> str:
    """What the names of a statement stand for; nothing if it has none."""
    shown = "; ".join(formula(f"{entry['latex']} = {entry['definition']}") for entry in of("name", entries))
    return _("Here {definitions}.").format(definitions=shown) if shown else ""


# ---------------------------------------------------------------- how it is known
def state(code: str, number: int = 1) -> str:
    """The state of so many statements."""
    return {
        "definition": ngettext("definition", "definitions", number),
        "proved-all": _("proved for all sizes"),
        "proved": _("proved"),
        "proved-sizes": _("proved for listed sizes"),
        "cited": _("cited, not proved here"),
        "observed": _("observed"),
        "refuted": _("refuted"),
    }[code]


def reasons(step: dict[str, Any], link: Callable[[str], list[nodes.Node]]) -> list[nodes.Node]:
    """Why a line holds: what makes it true, with links to statements, and the words of its author."""
    told = [reason(data, link) for data in step.get("reasons", [step.get("reason")]) if data]
    said = prose(step.get("why", ""))
    if told and said:
        return filled(_("{reasons}: {words}"), reasons=listed(told), words=said)
    return listed(told) if told else said


def reason(data: dict[str, Any], link: Callable[[str], list[nodes.Node]]) -> list[nodes.Node]:
    """One reason."""
    if data["code"] == "statement":
        return link(data["id"])
    named = ", ".join(map(formula, [*data.get("through", ()), *data.get("names", ())]))
    return prose(REASONS[data["code"]]().format(indices=", ".join(data.get("indices", ())), definition=named))


REASONS = {
    "nonnegative-terms": lambda: _("a sum of terms none of which is negative"),
    "never-negative": lambda: _("never negative"),
    "differentiate-entry": lambda: _("differentiate entry {indices}"),
    "differentiate-left": lambda: _("differentiate the left side"),
    "write-entry": lambda: _("write out entry {indices}"),
    "write-left": lambda: _("write out the left side"),
    "collapse": lambda: _("collapse the deltas, and simplify"),
    "simplify": lambda: _("simplify"),
    "claimed-entry": lambda: _("which is the entry claimed"),
    "claimed-right": lambda: _("which is the right side"),
    "algebra": lambda: _("rearranged"),
    "entries": lambda: _("entry by entry"),
    "definition": lambda: _("definition of {definition}"),
    "derivative": lambda: _("differentiated where it stands in the scalar"),
    "chain-rule": lambda: _("the chain rule through {definition}"),
}
METHODS = {
    "definition": lambda: state("definition"),
    "normal-form-of-one-generic-entry": lambda: _("normal form of one generic entry"),
    "normal-form-of-one-generic-entry-written-with-exp": lambda: _(
        "normal form of one generic entry, written with exp"
    ),
    "both-sides-are-the-same-expression": lambda: _("both sides are the same expression"),
    "normal-form-of-every-entry": lambda: _("normal form of every entry"),
    "normal-form-of-every-entry-written-with-exp": lambda: _("normal form of every entry, written with exp"),
    "certificate-a-sum-of-terms-that-are-never-negative": lambda: _(
        "certificate: a sum of terms that are never negative"
    ),
    "certificate-a-normal-form-whose-terms-are-never-negative": lambda: _(
        "certificate: a normal form whose terms are never negative"
    ),
    "certificate-sums-of-squares-after-symmetrising-over-the-indices": lambda: _(
        "certificate: sums of squares, after symmetrising over the indices"
    ),
    "certificate-by-the-sides-of-each-kink": lambda: _("certificate: by the sides of each kink"),
    "certificate-by-each-value-of-a-maximum": lambda: _("certificate: by each value of a maximum"),
    "certificate-by-convexity": lambda: _("certificate: by convexity"),
    "certificate-by-the-exponential-of-both-sides": lambda: _("certificate: by the exponential of both sides"),
    "certificate-by-the-tangent-of-the-logarithm": lambda: _("certificate: by the tangent of the logarithm"),
    "by-the-sides-of-each-kink": lambda: _("by the sides of each kink"),
    "multiplied-by-what-is-inverted": lambda: _("multiplied by what is inverted"),
    "induction": lambda: _("induction over {variable}"),
    "differentiation": lambda: _("differentiation by {variable}"),
    "integration-by-SymPy": lambda: _("integration by SymPy"),
    "simplification-by-SymPy": lambda: _("simplification by SymPy"),
    "from-the-reason-of-the-line": lambda: _("each line from its reason"),
    "the-chain-rule-line-by-line": lambda: _("the chain rule, line by line"),
}


def methods(codes: Iterable[dict[str, Any]]) -> str:
    """How the prover knows it; a method that is new here, by its code."""
    return "; ".join(
        METHODS.get(each["code"], lambda code=each["code"]: code)().format(variable=each.get("by", ""))
        for each in codes
    )


def method(codes: Sequence[dict[str, Any]]) -> str:
    return _("Method: {methods}.").format(methods=methods(codes)) if codes else ""


def audit(points: int, error: float) -> str:
    """At how many points numbers were compared, and how well they agree."""
    if not error:
        return ngettext(
            "Audited at a random point by 50-digit arithmetic that shares no code with the prover: "
            "both sides agree to the last digit.",
            "Audited at {points} random points by 50-digit arithmetic that shares no code with the prover: "
            "both sides agree to the last digit.",
            points,
        ).format(points=points)
    return ngettext(
        "Audited at a random point by 50-digit arithmetic that shares no code with the prover: "
        "both sides agree within {bound}.",
        "Audited at {points} random points by 50-digit arithmetic that shares no code with the prover: "
        "both sides agree within {bound}.",
        points,
    ).format(points=points, bound=formula(f"10^{{{math.ceil(math.log10(error))}}}"))


def proved_again(number: int, total: int) -> str:
    """How many of the proved statements a second prover proves, too."""
    return ngettext(
        "{number} of the {total} statements that are proved is proved twice: "
        "once more by a program in another language, which shares no code with the prover.",
        "{number} of the {total} statements that are proved are proved twice: "
        "once more by a program in another language, which shares no code with the prover.",
        number,
    ).format(number=number, total=total)


def second(verdict: dict[str, Any], refuted: bool = False) -> str:
    """Whether what is proved, or refuted, is so twice, and if not, why."""
    if verdict["verdict"] in TWICE:
        return TWICE[verdict["verdict"]]()
    if refuted:
        return _("refuted once: the second prover leaves it open")
    return ONCE.get(verdict["reason"]["code"], ONCE[""])()


TWICE = {"proved": lambda: _("proved twice"), "refuted": lambda: _("refuted twice")}


ONCE = {  # why the second prover does not decide
    "": lambda: _("proved once: the second prover finds no proof"),
    "no-point": lambda: _("proved once: at no point has the second prover numbers for it"),
    "kind": lambda: _("proved once: the second prover has no induction over layers"),
}


def observed(seeds: int, low: float, high: float) -> str:
    """What a mean over seeds was."""
    shown = formula(f"[{low:.3g}, {high:.3g}]")
    message = ngettext(
        "Seen over {seeds} seed; the 95 % interval of the mean is {interval}.",
        "Seen over {seeds} seeds; the 95 % interval of the mean is {interval}.",
        seeds,
    )
    return message.format(seeds=seeds, interval=shown)


def apart(entry: bool) -> str:
    """Where the sides of what is false differ; of matrices, in one entry."""
    if entry:
        return _("In row {row} and column {column} the left side is {left}, the right side {right}, at:")
    return _("The left side is {left}, the right side {right}, at:")


def negative() -> str:
    """Where what is said to be never negative is."""
    return _("It is {left} at:")


def steps(number: int) -> str:
    return ngettext("{number} step", "{number} steps", number).format(number=number)


def duration(seconds: float) -> str:
    if seconds >= 1:
        return _("{number} s").format(number=f"{seconds:.1f}")
    return _("{number} ms").format(number=max(1, round(seconds * 1e3)))


# ---------------------------------------------------------------- formulas and links among words
def formula(latex: str) -> str:
    return f"${worded(latex)}$"


def worded(latex: str) -> str:
    """The words within a formula, such as "otherwise", in the page's language."""
    known = {"if": _("if"), "otherwise": _("otherwise"), "and": _("and"), "or": _("or")}
    return WORD.sub(lambda word: f"{word[1]}{known[word[2]]}{word[3]}", latex)


def filled(message: str, **places: list[nodes.Node]) -> list[nodes.Node]:
    """A sentence with nodes in its places."""
    return [
        node
        for text, place, *_ in Formatter().parse(message)
        for node in [*prose(text), *(places[place] if place else [])]
    ]


def listed(items: list[list[nodes.Node]]) -> list[nodes.Node]:
    """a, b and c"""
    shown = items[0]
    for item in items[1:-1]:
        shown = filled(_("{first}, {next}"), first=shown, next=item)
    return filled(_("{first} and {last}"), first=shown, last=items[-1]) if len(items) > 1 else shown


def setup(app: Sphinx) -> None:
    app.add_message_catalog(CATALOGUE, str(LOCALE))
