"""What a record says in words, for a notebook that is no book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Entry = dict[str, Any]  # of a list of a record

RELATIONS = {">": "> 0", "<": "< 0", ">=": r"\ge 0", "<=": r"\le 0", "!=": r"\ne 0"}


def markdown(record: dict[str, Any]) -> str:
    """The statement, and under it for what it is meant."""
    meant = [*record["domain"], *record["given"], *record["conditions"]]
    formula = f"$${record['latex']}$$" if record["latex"] else ""
    shown = filter(None, [f"**{heading(record)}**", record.get("words"), formula])
    lines = [*map(line, meant), *counterexample(**record.get("counterexample", {}))]
    return "\n\n".join(shown) + "\n\n" + "".join(f"* {each}\n" for each in lines)


def counterexample(
    sides: Sequence[str] = (), entry: Sequence[int] | None = None, values: Sequence[str] = ()
) -> list[str]:
    """What is false, at some values."""
    where = f" in row {entry[0] + 1} and column {entry[1] + 1}" if entry else ""
    apart = "it is ${}$" if len(sides) == 1 else "the left side is ${}$ and the right side ${}$"
    return [f"but {apart.format(*sides)}{where} for ${', '.join(values)}$"] if sides else []


def heading(record: dict[str, Any]) -> str:
    return " ".join(filter(None, [record["title"], f"({record['state']})"]))


def line(entry: Entry) -> str:
    return LINES[entry["kind"]](entry)


def matrix(entry: Entry) -> str:
    return rf"${entry['latex']} \in \mathbb{{R}}^{{{entry['rows']} \times {entry['cols']}}}$"


def number(entry: Entry) -> str:
    sign = f", ${entry['latex']} {RELATIONS[entry['sign']]}$" if "sign" in entry else ""
    return rf"${entry['latex']} \in \mathbb{{{entry['set']}}}${sign}"


def function(entry: Entry) -> str:
    f = entry["latex"]
    return (
        f"${f}$ is any function with ${f}'(z) = {entry['slope']}$"
        if "slope" in entry
        else f"${f}$ is any differentiable function"
    )


def random(entry: Entry) -> str:
    law = {
        "any": "mean ${mean}$ and variance ${variance}$",
        "symmetric": "mean ${mean}$ and variance ${variance}$, as likely so far above the mean as below",
        "normal": "a normal distribution with mean ${mean}$ and variance ${variance}$",
        "bernoulli": "the value 1 with probability ${mean}$, else 0",
    }[entry["law"]].format(**entry)
    return f"{matrix(entry)} with independent random entries of {law}"


def condition(entry: Entry) -> str:
    every = f" for every ${', '.join(entry['indices'])}$" if entry["indices"] else ""
    return f"where ${entry['latex']}${every}"


LINES: dict[str, Callable[[Entry], str]] = {
    "sizes": lambda entry: rf"for all sizes ${', '.join(entry['latex'])} \ge 1$",
    "matrix": matrix,
    "random": random,
    "scalar": number,
    "function": function,
    "name": lambda entry: f"where ${entry['latex']} = {entry['definition']}$",
    "given": lambda entry: f"given that ${entry['latex']}$",
    "condition": condition,
    "smooth": lambda entry: f"where ${entry['latex']}$ has continuous derivatives up to order {entry['order']}",
    "analytic": lambda entry: f"where ${entry['latex']}$ has a derivative at complex arguments too",
}
