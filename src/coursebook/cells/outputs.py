"""What the outputs of a cell may show: nothing that differs from run to run or from machine to machine."""

import re
from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

PRINTED = 10_000  # characters that a cell may print
SHOWN = 2_000_000  # characters of all that it shows: a figure of many points has 150,000
MARKUP = {"text/html", "application/javascript"}  # what a browser would obey
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")


def may_raise(cell: NotebookNode) -> bool:
    """Whether the cell is tagged raises-exception."""
    return "raises-exception" in cell.metadata.get("tags", [])


def unfit(cell: NotebookNode, root: Path) -> str | None:
    """Why the outputs of a cell that ran must not be shown, and the remedy; None if they may."""
    shown = "\n".join(_texts(cell))
    if len(shown) > PRINTED:
        return excess(len(shown), 0)
    if any(MARKUP & output.get("data", {}).keys() for output in cell.outputs):
        return "shows HTML or a script; print text, draw a figure or state a formula"
    if errors := "".join(output.text for output in cell.outputs if output.get("name") == "stderr"):
        return f"writes to stderr; mend what it warns of:\n{errors}"
    if may_raise(cell) and not any(output.output_type == "error" for output in cell.outputs):
        return "is tagged raises-exception but raises nothing; remove the tag"
    if ADDRESS.search(shown):
        return f"shows an address in memory; end its last line with a semicolon, or print less:\n{shown}"
    if str(root) in shown:
        return f"shows a path of this machine; print a name instead:\n{shown}"
    return None


def joined(cell: NotebookNode) -> None:
    """What a cell printed is one output, and what it wrote to stderr another, however often it did so."""
    kept, streams = [], {}
    for output in cell.outputs:
        if output.output_type != "stream":
            kept.append(output)
        elif output.name not in streams:
            streams[output.name] = [output]
            kept.append(output)
        else:
            streams[output.name].append(output)
    for first, *others in streams.values():
        first.text = "".join([first.text, *(other.text for other in others)])
    cell.outputs = kept


def excess(printed: int, shown: int) -> str | None:
    """Why a cell that prints and shows so many characters is stopped, and the remedy; None if it goes on."""
    if printed > PRINTED:
        return f"prints more than {PRINTED:,} characters; print what a reader reads"
    if shown > SHOWN:
        return f"shows more than {SHOWN:,} characters; draw fewer points, or show less"
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
