"""Letters that no reader can look up: each that a page or the library uses stands on the page of notation.

A row of its first tables holds for all pages, a row below the last heading for the chapter of that name.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coursebook.checks.source import Page

GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ell"
GREEK += " Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega varepsilon vartheta varphi"
WORDS = re.compile(r"\\(text|mathrm|operatorname|mathbf|mathbb|begin|end)\s*\{[^{}]*\}")
LETTER = re.compile(r"\\mathcal\s*\{?([A-Z])\}?|\\([A-Za-z]+)|([A-Za-z])")
FORMULA = re.compile(r"\{(?:choice|value|hypothesis)\}`([^`]*)`|(?<![\\$])\$([^$]+)\$")
STATED = re.compile(r"""\b(?:scalar|matrix|named|activation|random|normal|bernoulli)\(\s*["']([^"']+)["']""")
DEFINED = re.compile(r"""\bdefine\(\s*["'][^"']+["'],\s*["']([^"']+)["']""")
SIZES = re.compile(r"""\bsizes\(\s*["']([^"']+)["']""")
SINGLE = "Letters of single chapters"
REMEDY = "give it a row in book/notation.md, or take a letter that has one"


def letters(latex: str) -> set[str]:
    r"""The letters of a formula: "\sigma", "\mathcal L", "x"."""
    found = set()
    for calligraphic, command, letter in LETTER.findall(WORDS.sub("", latex)):
        if calligraphic:
            found.add(rf"\mathcal {calligraphic}")
        elif letter or command in GREEK.split():
            found.add(letter or f"\\{command}")
    return found


def named(name: str) -> str:
    """The letter of a name in code: "dZ_1" is Z, "x_hat" x, "lambda" \\lambda."""
    base = name.partition("_")[0].rstrip("0123456789'")
    base = base[1:] if re.fullmatch("d[A-Za-z]", base) else base
    return f"\\{base}" if base in GREEK.split() else base


@dataclass(frozen=True)
class Notation:
    """The page that says what the letters mean."""

    page: Page

    @cached_property
    def rows(self) -> dict[str, set[str]]:
        """Heading -> letters of the first column of its tables; "" for those that hold on every page."""
        found: dict[str, set[str]] = {"": set()}
        heading, single = "", False
        for _number, line in self.page.prose:
            if line.startswith("#"):
                single = single or line.strip("# ") == SINGLE
                heading = line.strip("# ") if single else ""
            elif line.startswith("|"):
                shown = "".join(f" {one}{other} " for one, other in FORMULA.findall(line.split("|")[1]))
                found.setdefault(heading, set()).update(letters(shown))
        return found

    @cached_property
    def code(self) -> set[str]:
        """Single letters, and those with a d before them, that code may use."""
        rows = [line for _number, line in self.page.prose if line.startswith("|")]
        pieces = [piece for row in rows for piece in re.findall(r"`([^`]+)`", row)]
        return {letter for piece in pieces for letter in re.findall(r"\bd?[A-Za-z]\b", piece)}

    def unlisted(self, page: Page) -> Iterator[str]:
        """Letters of the page's formulas and statements that have no row for it; each is named where it stands first."""
        known, seen = self.rows[""] | self.rows.get(page.title, set()), set[str]()
        for number, letter in sorted(used(page)):
            if letter not in known | seen:
                yield f"{page.path}:{number}: the letter {letter} is not on the page of notation; {REMEDY}"
            seen.add(letter)

    def unlisted_in_code(self, page: Page) -> Iterator[str]:
        """Single letters of a module that have no row."""
        tree = ast.parse("\n".join(page.lines))
        names = {(node.id, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.Name)}
        names |= {(node.arg, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.arg)}
        for name, line in sorted(names):
            if re.fullmatch(r"d?[A-Za-z]", name) and name not in self.code:
                yield f"{page.path}:{line}: the letter {name} is not on the page of notation; {REMEDY}"


def used(page: Page) -> set[tuple[int, str]]:
    """(line, letter) of the formulas between the words, and of what the cells call their symbols."""
    found = set()
    for number, line in page.prose:
        found |= {(number, letter) for pair in FORMULA.findall(line) for letter in letters("".join(pair))}
    for cell in page.cells:
        names = [*STATED.findall(cell.code), *DEFINED.findall(cell.code)]
        names += [name for several in SIZES.findall(cell.code) for name in several.split()]
        found |= {(cell.line, letter) for letter in map(named, names) if len(letter) == 1 or letter[0] == "\\"}
    return found
