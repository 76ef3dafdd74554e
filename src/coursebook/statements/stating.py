"""Which cells state and do nothing else: a page folds their code below their boxes. No Sphinx is needed to tell."""

import ast
from collections.abc import Container

STATES = {"cite", "claim", "claim_every_depth", "define", "derive", "observed", "refute"}
UNFOLDED = ("show-input", "raises-exception")  # the author's wish, and a cell that ends in a message in place of a box


def python(code: str) -> str:
    """A cell's Python, without commands of the notebook; empty if it is none, for it fails when it runs."""
    lines = "\n".join("" if line.startswith(("%", "!")) else line for line in code.splitlines())
    try:
        ast.parse(lines)
    except SyntaxError:
        return ""
    return lines


def states(node: ast.AST) -> bool:
    """Is it the call of a function that states something?"""
    match node:
        case ast.Call(ast.Name(name)):
            return name in STATES
    return False


def only_states(code: str, tags: Container[str] = ()) -> bool:
    """Whether a cell only states, gives names and imports: all that it says stands in its boxes, too."""
    body = ast.parse(python(code)).body
    plain = all(
        isinstance(part, ast.Import | ast.ImportFrom | ast.Assign)
        or (isinstance(part, ast.Expr) and states(part.value))
        for part in body
    )
    said = any(states(node) for part in body for node in ast.walk(part))
    return plain and said and not any(tag in tags for tag in UNFOLDED)
