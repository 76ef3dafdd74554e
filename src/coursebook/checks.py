"""What must not be built: each fault stops the build with the file and the line.

A build stops before Sphinx keeps what it read, so the next one finds the same faults again.
"""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from coursebook.elements import place
from coursebook.javascript import RenderError, render
from coursebook.records import Record, Statements, statements
from coursebook.statements import MIME

PROVED = {"proved-all", "proved", "proved-sizes"}
FITS = {"definition": {"definition"}, "claim": PROVED | {"cited", "observed"}, "derivation": PROVED}
NOTATION = "notation"  # the class of a formula that shows what a letter looks like, and states nothing
CODE = (nodes.literal, nodes.FixedTextElement, nodes.math)
DISPLAYED = re.compile(r"\\(displaystyle|dfrac|begin)\b")
OPENED = re.compile(r"^\s*(`{3,}|~{3,})")
CLAIM = re.compile(r"^\s*Claim:\s*(.*)$")
REMEDY = "state it with `define` or `claim` in a cell, or mark a mere picture of notation with `:class: notation`"


class Faults(SystemExit):
    """All that must be mended before the book is built; as an exit, for Jupyter Book adds a traceback to an error."""


def check_page(app: Sphinx, doctree: nodes.document) -> None:
    """What the page itself shows is wrong."""
    for message in (*typed_formulas(doctree), *wrong_formulas(doctree), *mute_images(doctree)):
        statements(app.env).note_fault(app.env.docname, message)


def typed_formulas(doctree: nodes.document) -> Iterator[str]:
    """Displayed formulas that no cell proved: $$, {math}, \\begin{align}, and large ones between single dollars."""
    for node in doctree.findall(nodes.Node):
        if (what := typed(node)) and not is_printed(node):
            yield f"{place(node)}: {what}; {REMEDY}"


def typed(node: nodes.Node) -> str:
    """What is wrong with a node if no statement is printed there."""
    match node:
        case nodes.math_block() if NOTATION not in node["classes"]:
            shown = "shown by a cell is no statement" if "text_latex" in node["classes"] else "typed by hand"
            return f"a displayed formula {shown}"
        case nodes.math() if DISPLAYED.search(node.astext()):
            return "a displayed formula between single dollars"
        case nodes.literal_block() if node.get("language") in ("math", "latex", "tex"):
            return "a formula shown as its source"
        case nodes.Text() if r"\begin{" in node and not isinstance(node.parent, CODE):
            return "a formula that no reader will see as one"
    return ""


def is_printed(node: nodes.Node) -> bool:
    """Whether it is a record's formula, or what an ordinary notebook shows in its place."""
    above = node.parent
    while above is not None and above.get("nb_element") != "mime_bundle":
        above = above.parent
    return above is not None and any(output.get("mime_type") == MIME for output in above)


def wrong_formulas(doctree: nodes.document) -> Iterator[str]:
    """Formulas that cannot be shown, such as those with an unknown command."""
    for node in doctree.findall(lambda node: isinstance(node, nodes.math | nodes.math_block)):
        try:
            render("formula", latex=node.astext(), display=isinstance(node, nodes.math_block))
        except RenderError as error:
            yield f"{place(node)}: {error}"


def check_source(app: Sphinx, docname: str, source: list[str]) -> None:
    r"""Markdown makes "[" of "\[" before anyone can see it, so the text itself is searched."""
    fence = ""
    for number, line in enumerate(source[0].splitlines(), 1):
        opened = OPENED.match(line)
        if opened and (not fence or opened[1].startswith(fence)):
            fence = "" if fence else opened[1]
        elif not fence and line.lstrip().startswith(r"\["):
            where = f"{app.env.doc2path(docname)}:{number}"
            statements(app.env).note_fault(docname, f"{where}: a displayed formula typed by hand; {REMEDY}")


def mute_images(doctree: nodes.document) -> Iterator[str]:
    for node in doctree.findall(nodes.image):
        if not node.get("alt", "").strip():
            yield f"{place(node)}: a figure without alternative text; say what it shows (`mystnb: image: alt:` in a cell)"


def check_book(app: Sphinx, env: BuildEnvironment) -> None:
    """What shows only when all pages are known.

    Raises:  Faults, all of them at once
    """
    domain = statements(env)
    pages = [message for messages in domain.data["faults"].values() for message in messages]
    found = [*pages, *faults(domain), *unknown_claims(Path(app.srcdir, "src/neurone"), set(domain.by_id()))]
    if found:
        lines = [message.replace(f"{app.srcdir}/", "") for message in found]
        raise Faults("\n".join([f"\nTo be mended before the book is built: {len(lines)}", *lines]))


def faults(domain: Statements) -> Iterator[str]:
    records, known = domain.all(), set(domain.by_id())
    yield from twice(records)
    yield from unproved(records)
    for record in records:
        for use in set(record.uses) - known:
            yield f"{record.place}: {record.id} rests on {use}, which no chapter states"
    yield from cycles(records)
    equations = set(domain.env.get_domain("math").equations)
    for references in domain.data["references"].values():
        for name, where in references:
            if name not in known | equations:
                yield f"{where}: {name} is stated in no chapter"


def twice(records: list[Record]) -> Iterator[str]:
    first: dict[str, Record] = {}
    for record in records:
        if record.id in first:
            yield f"{record.place}: {record.id} is already stated at {first[record.id].place}"
        first.setdefault(record.id, record)


def unproved(records: list[Record]) -> Iterator[str]:
    for record in records:
        if record.state not in FITS.get(record.kind, set()):
            yield f"{record.place}: {record.id}, a {record.kind}, is not proved: its state is {record.state!r}"


def cycles(records: list[Record]) -> Iterator[str]:
    places = {record.id: record.place for record in records}
    try:
        TopologicalSorter({record.id: record.uses for record in records}).prepare()
    except CycleError as error:
        circle = error.args[1]
        yield f"{places[circle[0]]}: statements rest on each other: {' <- '.join(circle)}"


def unknown_claims(package: Path, known: set[str]) -> Iterator[str]:
    """Claims named in docstrings that name no statement of the ledger."""
    for line, name in named_claims(package):
        if name not in known:
            yield f"{line}: {name} is stated in no chapter"


def named_claims(package: Path) -> Iterator[tuple[str, str]]:
    """(file and line, id) for each id in the lines `Claim: id, ...` of docstrings."""
    for path in sorted(package.glob("*.py")):
        for number, line in enumerate(path.read_text("utf8").splitlines(), 1):
            named = CLAIM.match(line)
            for name in re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", named[1])) if named else ():
                yield f"{path}:{number}", name


def setup(app: Sphinx) -> None:
    app.connect("source-read", check_source)
    app.connect("doctree-read", check_page)
    app.connect("env-updated", check_book)
