"""Choices by name, as a caller or a file makes them."""

from collections.abc import Mapping
from typing import TypeVar

Choice = TypeVar("Choice")


def choose(
    argument: str, name: str | Choice, choices: Mapping[str, Choice]
) -> Choice:
    """What the name stands for among the choices.

    A value of the kind that they are stands for itself.

    Raises:  ValueError if it is neither
    """
    if isinstance(name, str) and name in choices:
        return choices[name]
    kinds = tuple({type(choice) for choice in choices.values()})
    if isinstance(name, kinds):
        return name
    raise ValueError(
        f"{argument}={name!r} is unknown: "
        f"choose one of {', '.join(choices)}"
    )
