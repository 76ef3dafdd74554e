"""Choices by name, as a caller or a file makes them."""


def choose(argument: str, name: str, choices: dict):
    """What the name stands for among the choices.

    Raises:  ValueError if it is not among them
    """
    if name not in choices:
        raise ValueError(
            f"{argument}={name!r} is unknown: "
            f"choose one of {', '.join(choices)}"
        )
    return choices[name]
