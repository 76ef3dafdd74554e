"""Names in the code that a page shows, and where a reader meets them."""

import symtable
from collections.abc import Iterator

from coursebook.checks.source import Cell, Page
from coursebook.statements.stating import only_states, python


def unseen_names(page: Page) -> Iterator[str]:
    """Code that is shown, and uses a name which came last from code that is not."""
    hidden: dict[str, int] = {}
    for cell in page.cells:
        own, others = names(cell.code)
        if is_hidden(cell):
            hidden |= dict.fromkeys(own, cell.line)
            continue
        for line in sorted({hidden[name] for name in others & hidden.keys()}):
            came = ", ".join(sorted(name for name in others if hidden.get(name) == line))
            yield (
                f"{page.path}:{cell.line}: {came}: from the cell of line {line}, whose code is hidden; "
                f"give names in a cell of their own before it, or have it shown, by the tag show-input if it states something"
            )
        for name in own:
            hidden.pop(name, None)


def is_hidden(cell: Cell) -> bool:
    return not cell.shown or "hide-" in cell.options or only_states(cell.code, cell.options)


def names(code: str) -> tuple[set[str], set[str]]:
    """The names that a cell gives, and those that it takes from cells before it."""
    top = symtable.symtable(python(code), "cell", "exec")
    own = {name.get_name() for name in top.get_symbols() if name.is_assigned() or name.is_imported()}
    used = {
        name.get_name()
        for table in within(top)
        for name in table.get_symbols()
        if name.is_referenced() and (table is top or name.is_global())
    }
    return own, used - own


def within(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for inner in table.get_children():
        yield from within(inner)
