"""What the outputs of a cell may show: nothing that differs from run to run or from machine to machine."""

import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def may_raise(cell: NotebookNode) -> bool:
    """Whether the cell is tagged raises-exception."""
    return "raises-exception" in cell.metadata.get("tags", [])


def unfit(cell: NotebookNode, root: Path) -> str | None:
    """Why the outputs of a cell that ran must not be shown, and the remedy; None if they may."""
    shown = "\n".join(_texts(cell))
    if errors := "".join(output.text for output in cell.outputs if output.get("name") == "stderr"):
        return f"writes to stderr; mend what it warns of:\n{errors}"
    if may_raise(cell) and not any(output.output_type == "error" for output in cell.outputs):
        return "is tagged raises-exception but raises nothing; remove the tag"
    if ADDRESS.search(shown):
        return f"shows an address in memory; end its last line with a semicolon, or print less:\n{shown}"
    if str(root) in shown:
        return f"shows a path of this machine; print a name instead:\n{shown}"
    return None


def without_frames(cell: NotebookNode) -> None:
    """Of an exception that may be shown, leave the message: the frames name files of this machine."""
    for output in cell.outputs:
        if output.output_type == "error":
            output.traceback = [f"{output.ename}: {output.evalue}"]


def _texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        yield output.get("evalue", "")
        yield output.get("text", "")
        yield output.get("data", {}).get("text/plain", "")
