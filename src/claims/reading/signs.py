"""The signs of a text: numbers, words with their subscripts, and operators, each in one spelling, those of LaTeX too."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from claims.errors import Misread
from claims.language.letters import GREEK

from .functions import ALIASES, FUNCTIONS


@dataclass(slots=True)
class Sign:
    """A part of a text: its kind is number, word, op or end; `sub` is the subscript of a word."""

    kind: str
    text: str
    start: int
    end: int
    glued: bool = True  # nothing stands between it and the sign before it
    spaced: bool = False  # something does, and not only the size of a bracket
    sub: Sign | None = None
    whole: bool = False  # a command or an accent: never cut into letters
    side: str = ""  # left or right, of a bar that says so
    pair: bool = False  # || as two bars are typed
    divides: bool = False  # a \\ that is no command stands before it, and may divide: Q \\ x, Q\\x


# An operator, and behind it the ways to write it.
SPELLINGS = {
    spelling: line.split()[0]
    for line in r"""
⊙ ⊙ \odot \circ ∘
⊙* .*
./ ./
⊘ ⊘ \oslash
.. ..
.^ .^
** **
* * ∗
· \cdot · ⋅
× \times ×
+ +
- - − –
/ /
@ @
^ ^
( (
) )
[ [
] ]
, ,
< <
> >
>= >= \ge \geq \geqslant ≥ ⩾
<= <= \le \leq \leqslant ≤ ⩽
!= != \ne \neq ≠
= = ==
-> -> ↦ \mapsto \to
‖ ‖ || \| \Vert \lVert \rVert
| | \vert \lvert \rvert
⟨ ⟨ \langle
⟩ ⟩ \rangle
{ { \{
} } \}
; ; \\
ᵀ ᵀ ⊤ \top
' ' ’ ′ \prime
² ²
³ ³
∂ ∂ \partial
√ √ \sqrt
∞ ∞ \infty
\frac \frac \dfrac \tfrac
not \lnot
and \land ∧
or \lor ∨""".strip().splitlines()
    for spelling in line.split()[1:]
}
SHORT = sorted((s for s in SPELLINGS if not re.match(r"\\[A-Za-z]", s)), key=len, reverse=True)
COMMANDS = {"\\sum": "sum", "\\prod": "prod", "\\int": "integral", "\\nabla": "nabla"}
LARGE = {"∑": "sum", "Σ": "sum", "∏": "prod", "∫": "integral", "∇": "nabla"}
VARIANTS = {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "µ": "mu", "ℒ": "L"}  # µ is that of a millionth
LOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
LOW_LETTERS = str.maketrans("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌", "aehijklmnoprstuvx+-=")
BELOW_DIGITS = re.compile("[₀-₉]+")
BELOW_WORD = re.compile("[₀-₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₊₋₌]+")  # behind a letter
HIGH = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
ENDED = ("sum", "prod", "integral")
DIGITS = "0123456789"
HIGHEST = 300  # power of ten
RELATIONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

SPACE = re.compile(r"(?:\s|\\[,;:! ]|\\(?:left|right|[bB]ig[lr]?|displaystyle|q?quad|(?:no)?limits)(?![A-Za-z]))+")
LIMITS = re.compile(r"\s*\\(?:no)?limits(?![A-Za-z])\s*")  # between a sum and its ends
SIDE = re.compile(r"\\(?:l(?=[vV]ert)|r(?=[vV]ert)|(?:left|right|[bB]igl|[bB]igr)(?=\s*$))")
BRACKET_SIZE = re.compile(r"\\(?:left|[bB]ig[lr]?)")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:\\,[0-9]{3})+(?![0-9])")
NUMBER = re.compile(r"(?:[0-9]+(?:\.(?![.*/^])[0-9]*)?|\.[0-9]+)(?:[eE]([+\-−–]?[0-9]+))?")
TURNED = re.compile(
    r"\.T(?![A-Za-z0-9_])|\.transpose\(\)|\^\s*(?:\\top(?![A-Za-z])|⊤|\\mathsf\{T\}|\{\s*(?:\\top|⊤|\\mathsf\{T\})\s*\})"
)
LIBRARY = re.compile(r"(?:np|numpy|torch)\.(?:linalg\.)?(?=[A-Za-z])")
ENVIRONMENT = re.compile(r"\\(begin|end)\{([pb]?matrix|cases)\}")
ONES = re.compile(r"𝟏|\\(?:mathbf|mathbb|mathds)\s*(?:\{1\}|1(?![0-9]))")
ACCENT = re.compile(r"\\(hat|bar|tilde)\s*(?:\{\s*(\\?[A-Za-z0-9]+)\s*\}|(\\[A-Za-z]+|[A-Za-z]))")
FONT = re.compile(
    r"\\(?:mathrm|mathcal|mathbf|mathsf|operatorname|text|bf|boldsymbol|mathbb)\s*\{\s*(\\?[A-Za-z][A-Za-z0-9_]*)\s*\}"
)
RELATION = re.compile(r"\s*(?:[=<>≤≥≠⩽⩾]|!=|\\(?:[lgn]eq?|[lg]eqslant)(?![A-Za-z]))")
RAISED = re.compile("(⁻?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=⁻)ᵀ)")  # ² and ³ alone are signs
COMMAND = re.compile(r"\\[A-Za-z]+")
GREEK_COMMAND = re.compile(rf"\\(?:var)?(?:{'|'.join(GREEK)})(?![A-Za-z])")


def signs(text: str, shift: int = 0) -> list[Sign]:
    """All signs of a text and one for its end; `shift` is where the text begins in what was typed."""
    return low_first(Scanner(text, shift).found)


class Scanner:
    def __init__(self, text: str, shift: int):
        self.text, self.shift, self.at = text, shift, 0
        self.found: list[Sign] = []
        self.glued, self.spaced, self.side, self.divides = True, False, "", False
        self.environments: list[str] = []
        foreign = next((place for place, sign in enumerate(text) if is_foreign(sign)), None)
        if foreign is not None:
            self.fail(f"The sign {text[foreign]} has no meaning here.", foreign, foreign + 1)
        while self.skipped():
            self.step()
        if self.environments:
            self.fail(f"\\begin{{{self.environments[-1]}}} is not ended.", self.at, self.at)
        self.found.append(Sign("end", "", shift + self.at, shift + self.at, self.glued))

    def fail(self, message: str, start: int, end: int) -> NoReturn:
        raise Misread(message, self.shift + start, self.shift + end)

    def put(self, kind: str, end: int, text: str, **more: Any) -> None:
        start, stop = self.shift + self.at, self.shift + end
        beside = Sign(kind, text, start, stop, self.glued, self.spaced, side=self.side, divides=self.divides)
        self.found.append(replace(beside, **more))
        self.at = end

    def skipped(self) -> bool:
        """Goes over what is space; is anything left?"""
        space = SPACE.match(self.text, self.at)
        self.glued = not space
        self.spaced = space is not None and not BRACKET_SIZE.fullmatch(space[0])
        self.side = side_of(space[0]) if space else ""
        self.divides = space is not None and re.search(r"\s\\\s", space[0]) is not None
        self.at = space.end() if space else self.at
        return self.at < len(self.text)

    def step(self) -> None:
        """One sign more."""
        text, at = self.text, self.at
        if text.startswith("1j", at) and not text[at + 2 : at + 3].isalnum():
            self.word(at + 2, "1j")
        elif found := THOUSANDS.match(text, at):
            self.put("number", found.end(), found[0].replace("\\,", ""))
        elif found := NUMBER.match(text, at):
            self.number(found)
        elif text[at] in HALVES:
            self.put("number", at + 1, HALVES[text[at]])
        elif (found := RAISED.match(text, at)) and found[0].strip("²³"):
            self.raised(found)
        elif found := TURNED.match(text, at):
            self.put("op", found.end(), "ᵀ")
        elif found := LIBRARY.match(text, at):
            self.at = found.end()
        elif found := ENVIRONMENT.match(text, at):
            self.environment(found)
        elif text[at] == "&":
            self.column()
        elif found := ONES.match(text, at):
            self.word(found.end(), "𝟏")
        elif found := ACCENT.match(text, at):
            sub = Sign("sub", found[1], self.shift + at, self.shift + at)
            self.put("word", found.end(), (found[2] or found[3]).removeprefix("\\"), sub=sub, whole=True)
        elif found := FONT.match(text, at):
            self.font(found)
        elif (found := COMMAND.match(text, at)) and found[0] in COMMANDS:
            self.word(found.end(), COMMANDS[found[0]], whole=True)
        elif found and found[0] in SPELLINGS:
            self.side = side_of(found[0]) or self.side
            self.put("op", found.end(), SPELLINGS[found[0]])
        elif found and found[0] in ("\\dots", "\\ldots", "\\cdots"):
            self.fail("Dots are not read: write a sum or a product over an index.", at, found.end())
        elif text[at] in LARGE:
            self.word(at + 1, LARGE[text[at]], whole=True)
        elif is_letter(text[at]) or found:
            self.letters()
        elif short := next((sign for sign in SHORT if text.startswith(sign, at)), None):
            self.put("op", at + len(short), SPELLINGS[short], pair=short == "||")
        elif below := self.subscript(at):
            self.put("op", below[1], "_", sub=below[0])
        else:
            self.fail(f"The sign {text[at]} has no meaning here.", at, at + 1)

    def letters(self) -> None:
        """Letters and digits, up to what is a sign of its own: Wᵀ is W and ᵀ."""
        command = self.text[self.at] == "\\"
        end = self.at + 1 + command
        while (sign := self.text[end : end + 1]) and sign != "Σ" and (is_letter(sign) or sign in DIGITS):
            end += 1
        name = self.text[self.at + command : end]
        if command and name.startswith("var") and name[3:] in VARIANTS.values():  # \\varepsilon is ε
            name = name[3:]
        self.divides |= command and not any(name in table for table in (GREEK, FUNCTIONS, ALIASES))  # Q\\x
        self.word(end, name, command)

    def word(self, end: int, text: str, whole: bool = False) -> None:
        between = LIMITS.match(self.text, end)
        sub, end = self.subscript(between.end() if between else end, BELOW_WORD) or (None, end)
        self.put("word", end, text, sub=sub, whole=whole)

    def subscript(self, at: int, low_signs: re.Pattern[str] = BELOW_DIGITS) -> tuple[Sign, int] | None:
        """The subscript that begins here, and where it ends."""
        text = self.text
        if low := low_signs.match(text, at):
            return self.below(low[0].translate(LOW | LOW_LETTERS), at), low.end()
        if text[at : at + 1] != "_":
            return None
        if text[at + 1 : at + 2] == "{":
            end = self.closing(at + 1)
            if not text[at + 2 : end].strip():
                self.fail("A subscript has to follow: one sign, or more in braces.", at, end + 1)
            return self.below(text[at + 2 : end], at + 2), end + 1
        if command := GREEK_COMMAND.match(text, at + 1):
            return self.below(command[0], at + 1), command.end()
        end = at + 1
        while (sign := text[end : end + 1]) and (is_letter(sign) or sign in DIGITS):
            end += 1
        if end == at + 1:
            self.fail("A subscript has to follow: one sign, or more in braces.", at, at + 1)
        return self.below(text[at + 1 : end], at + 1), end

    def below(self, text: str, start: int) -> Sign:
        return Sign("sub", text, self.shift + start, self.shift + start + len(text))

    def closing(self, start: int) -> int:
        """Where the brace that opens here is closed."""
        depth = 0
        for place in range(start, len(self.text)):
            depth += (self.text[place] == "{") - (self.text[place] == "}")
            if not depth:
                return place
        self.fail("The bracket { is not closed.", start, start + 1)

    def raised(self, found: re.Match[str]) -> None:
        """z⁻¹ is z^{-1}, Q⁻ᵀ is Q^{-ᵀ}."""
        minus, above = found.groups()
        self.put("op", self.at, "^")
        self.glued, self.spaced = True, False
        self.put("op", self.at, "{")
        if minus:
            self.put("op", self.at + 1, "-")
        kind = "op" if above == "ᵀ" else "number"
        self.put(kind, self.at + len(above), above.translate(HIGH))
        self.put("op", self.at, "}")

    def number(self, found: re.Match[str]) -> None:
        """1e5 is a number as in programs; 1e5x is none."""
        power = (found[1] or "0").translate(str.maketrans("−–", "--"))
        end = found.end()
        while found[1] and (self.text[end : end + 1].isalnum() or self.text[end : end + 1] == "_"):
            end += 1
        if end > found.end() or abs(int(power[:9])) > HIGHEST:
            self.fail(odd_number(self.text[self.at : end]), self.at, end)
        self.put("number", end, found[0].translate(str.maketrans("−–", "--")))

    def environment(self, found: re.Match[str]) -> None:
        """The brackets around a matrix or cases of LaTeX."""
        side, kind = found.groups()
        if side == "begin":
            self.environments.append(kind)
        elif not self.environments or self.environments.pop() != kind:
            self.fail(f"\\end{{{kind}}} ends nothing.", self.at, found.end())
        brackets = "{}" if kind == "cases" else "[]"
        self.put("op", found.end(), brackets[side == "end"])

    def column(self) -> None:
        """A & parts columns; in an equation that is aligned it stands beside the relation."""
        if self.environments:
            self.put("op", self.at + 1, "&" if self.environments[-1] == "cases" else ",")
        elif RELATION.match(self.text, self.at + 1) or (self.found and self.found[-1].text in RELATIONS):
            self.at += 1
        else:
            self.fail("The sign & has no meaning here.", self.at, self.at + 1)

    def font(self, found: re.Match[str]) -> None:
        """\\mathrm{d}Z is one word, \\mathrm{i} the imaginary unit; \\text{if} is a word as it stands."""
        name, end = found[1], found.end()
        if name == "d":
            start = SPACE.match(self.text, end)
            self.at, at = (start.end() if start else end), self.at
            if is_letter(self.text[self.at : self.at + 1]):
                self.letters()
                last = self.found.pop()
                self.found.append(
                    replace(last, text=f"d{last.text}", start=self.shift + at, glued=self.glued, spaced=self.spaced)
                )
                return
            self.at = at
        self.word(end, "1j" if name == "i" else name.removeprefix("\\"))


def is_letter(sign: str) -> bool:
    """A letter that stands on the line: ⁿ is an exponent, ᵢ an index, ᵀ a sign of its own."""
    return sign.isalpha() and unicodedata.category(sign) != "Lm"


def is_foreign(sign: str) -> bool:
    """Is it a letter of another font, such as 𝑥, or with an accent of its own, such as ŷ: another name than x and \\hat y?"""
    return is_letter(sign) and unicodedata.normalize("NFKD", sign) != sign and sign != "ℓ" and sign not in VARIANTS


def side_of(text: str) -> str:
    """On which side of its content a bar of LaTeX stands, by what is written before it."""
    found = SIDE.search(text)
    return "" if not found else "left" if found[0][1:].strip("bBig").startswith("l") else "right"


def odd_number(text: str) -> str:
    return f"{text} can be read in several ways: write 10^(-3) for a power of ten, and signs between factors."


def low_first(signs: list[Sign]) -> list[Sign]:
    """The ends of a sum in the usual order: \\sum^n_{i=1} is \\sum_{i=1}^n."""
    for k, sign in enumerate(signs):
        if sign.kind != "word" or sign.text not in ENDED or sign.sub or operator(k + 1, signs) != "^":
            continue
        end = end_of(k + 2, signs)
        for at in (end + 1, end):
            if (at == end and signs[end].kind == "word") or (at > end and operator(at, signs) == "_"):
                low = signs[at].sub
                if low and (sign.text == "integral" or "=" in low.text):
                    sign.sub, signs[at].sub = low, None
                    del signs[end + 1 : at + 1]
                break
    return signs


def operator(k: int, signs: list[Sign]) -> str:
    """The text of what stands at k, if it is there and neither a word nor a number."""
    return signs[k].text if 0 <= k < len(signs) and signs[k].kind == "op" else ""


def end_of(k: int, signs: list[Sign]) -> int:
    """Where what stands at k ends: a bracket, or one sign."""
    depth = 0
    for at in range(k, len(signs)):
        depth += (operator(at, signs) == "{") - (operator(at, signs) == "}")
        if not depth:
            return at
    return len(signs) - 1
