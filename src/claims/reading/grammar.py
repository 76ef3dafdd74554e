"""From signs to phrases. Loosest first: or, and, not, relation, sum, product (one chain of all its signs), minus, power."""

from __future__ import annotations

from collections.abc import Callable

from .cursor import CLOSE, COLUMNS, EXPONENT, FACTORS
from .operators import DIVISION
from .phrases import Phrases
from .signs import RELATIONS, Sign
from .syntax import (
    Bars,
    Call,
    Case,
    Cases,
    Chain,
    Group,
    Indexed,
    Indicator,
    Leaf,
    Link,
    Logic,
    Node,
    Number,
    Power,
    Relation,
    Root,
    Rows,
    Slope,
    Slopes,
    Sum,
    Term,
    Transposed,
    bare,
    has_columns,
    is_e,
    is_label,
    is_list,
)

QUOTIENTS = ("/", "./", "⊘")
POWERS = ("^", "**", ".^")


class Grammar(Phrases):
    def whole(self) -> Node:
        out = self.either()
        if self.sign.kind != "end":
            self.unexpected()
        return out

    def either(self) -> Node:
        return self.joined("or", lambda: self.joined("and", self.negated))

    def joined(self, op: str, part: Callable[[], Node]) -> Node:
        first, args = self.sign, [part()]
        while self.at(op) or self.at_word(op):
            self.take()
            args.append(part())
        return Logic(*self.since(first), op, args) if len(args) > 1 else args[0]

    def negated(self) -> Node:
        first = self.sign
        if not self.at("not") and not self.at_word("not"):
            return self.relation()
        self.take()
        return Logic(*self.since(first), "not", [self.deeper(self.negated)])

    def relation(self) -> Node:
        first, left = self.sign, self.sum()
        if not self.at(*RELATIONS):
            return left
        sign = self.take()
        right = self.sum()
        return Relation(*self.since(first), RELATIONS[sign.text], left, right, sign)

    def sum(self) -> Node:
        first = self.sign
        terms: list[Term] = []
        while not terms or self.at("+", "-"):
            start = self.sign
            minus = self.at("+", "-") and self.take().text == "-"
            terms.append(Term(minus, start, self.chain()))
        for k, term in enumerate(terms):
            self.ended(term.node, terms[k + 1 :])
        return Sum(*self.since(first), terms) if len(terms) > 1 or terms[0].minus else terms[0].node

    def chain(self) -> Node:
        """Factors and the signs between them."""
        first, head = self.sign, self.signed()
        links: list[Link] = []
        while self.parted() and (self.at(*FACTORS) or self.starts_factor()):
            sign, before = self.sign, links[-1].node if links else head
            operator = bare(before)
            if isinstance(operator, Slope | Slopes) and operator.operator:
                self.fail("What the slope is taken of is unclear: write brackets, such as ∂/∂z [a z].", operator, sign)
            if self.at(*FACTORS):
                self.take()
                node = self.signed()
                links.append(Link(sign.text, sign, self.closed(node) if sign.text in QUOTIENTS else node))
                continue
            divided = (links and links[-1].op == "/") or getattr(before, "inline", False)
            if sign.glued and divided:
                self.fail(DIVISION, before, sign)
            if sign.kind == "number" and isinstance(before, Number):
                self.unexpected()
            links.append(Link("", sign, self.power()))
        return Chain(*self.since(first), head, links) if links else head

    def starts_factor(self) -> bool:
        if self.sign.kind == "word":
            return not self.at_word("if", "otherwise", "and", "or", "for")
        opens = self.at("(", "⟨", "√", "\\frac", "[", "{", "∂")
        return self.sign.kind == "number" or opens or (self.at("|", "‖") and self.opens_bar(self.sign))

    def opens_bar(self, sign: Sign) -> bool:
        """Does a bar begin something?  Inside a bar of its kind only one that says so."""
        return sign.side == "left" or (sign.side != "right" and self.bars != sign.text)

    def signed(self) -> Node:
        return self.minus(self.signed) if self.at("-") else self.power()

    def minus(self, part: Callable[[], Node]) -> Node:
        first = self.take()
        node = self.deeper(part)
        return Sum(*self.since(first), [Term(True, first, node)])

    # ------------------------------------------------------------ powers
    def power(self) -> Node:
        return self.deeper(self.raised)

    def raised(self) -> Node:
        """An atom with what stands behind it: transposes, subscripts, one power."""
        first, out = self.sign, self.atom()
        while True:
            sign = self.sign
            if self.at("ᵀ", "'"):
                self.take()
                out = Transposed(*self.since(first), out)
            elif self.at("_") and sign.sub:
                self.take()
                out = self.indexed(first, out, sign.sub)
            elif isinstance(out, Power) and not out.letter and self.at_power():
                self.fail(EXPONENT)
            elif self.at("²", "³"):
                out = self.squared(first, out)
            elif self.at(*POWERS):
                out = self.to_power(first, out, self.take().text)
            elif self.at("[") and sign.glued and not isinstance(out, Number):
                out = self.bracketed(first, out)
            else:
                return out

    def squared(self, first: Sign, base: Node) -> Node:
        exponent = self.plain_square(self.take())
        return Power(*self.since(first), base, exponent)

    def to_power(self, first: Sign, base: Node, caret: str) -> Node:
        """What stands behind ^: an exponent, or the sign T of a transpose."""
        brace = self.take() if self.at("{") else None
        entrywise = (self.at("⊙") and bool(self.take())) or caret != "^"
        if not entrywise and not is_e(base) and (turned := self.turned_inverse(first, base, brace)):
            return turned
        letter = not entrywise and self.is_letter_t(self.sign, self.ahead(1), brace)
        if letter and not self.lexicon.find("T"):
            sub = self.take().sub
            if brace:
                self.expect("}", brace)
            turned = Power(*self.since(first), base, None, letter=True)
            return Indexed(*self.since(first), turned, self.subscript(sub)) if sub else turned
        if brace:
            exponent = self.inside(self.sum)
            if self.at_word("if", "otherwise"):
                return Power(*self.since(first), base, self.cases(brace, exponent), entrywise)
            self.expect("}", brace)
            if is_label(exponent) and not is_e(base):  # z^{(l)}, z^{[2]}
                self.fail(EXPONENT, exponent)
        else:
            exponent = self.exponent()  # a^1/2, e^xy, e^2x, a^-bc, A^-1T are unclear
            beside = self.sign.glued and self.sign.kind in ("word", "number")
            halved = getattr(bare(exponent), "text", "") == "1" and self.at("/") and self.ahead(1).kind == "number"
            joint = isinstance(bare(exponent), Leaf) or is_e(base) or self.is_sign_t(self.sign)
            if (halved and self.sign.glued) or (beside and joint):
                self.fail(EXPONENT)
        return Power(*self.since(first), base, exponent, entrywise, letter)

    def turned_inverse(self, first: Sign, base: Node, brace: Sign | None) -> Node | None:
        """The transpose of the inverse, where the -T of A^{-T} is here."""
        turned = self.ahead(1).text == "ᵀ" or self.is_sign_t(self.ahead(1))
        if not (self.at("-") and turned and (not brace or self.ahead(2).text == "}")):
            return None
        minus, letter = self.take(), self.take()
        if brace:
            self.expect("}", brace)
        exponent = Sum(*self.since(minus), [Term(True, minus, Number(letter.start, letter.end, "1"))])
        return Transposed(*self.since(first), Power(*self.since(first), base, exponent))

    def is_sign_t(self, sign: Sign) -> bool:
        """A T without a subscript that nobody declared."""
        return sign.text == "T" and not sign.sub and not self.lexicon.find("T")

    def is_letter_t(self, sign: Sign, behind: Sign, brace: Sign | None) -> bool:
        """Is here the T of a transpose, alone?"""
        if sign.kind != "word" or sign.text != "T":
            return False
        if sign.sub:
            return not brace and not self.lexicon.find(f"T_{sign.sub.text}")
        return not brace or behind.text == "}"

    def at_power(self) -> bool:
        """Is here a power, and not the sign of a transpose?"""
        if self.at("²", "³", "**", ".^"):
            return True
        braced = self.ahead(1).text == "{"
        letter = self.ahead(1 + braced)
        closed = not braced or self.ahead(3).text == "}"
        return self.at("^") and not (closed and self.is_sign_t(letter))

    def exponent(self) -> Node:
        """An exponent without braces; powers in it group to the right."""
        if self.at("-"):
            return self.minus(self.exponent)
        first = self.sign
        base = self.closed(self.atom())
        if not self.at_power():
            return base
        if self.at("²", "³"):
            return self.squared(first, base)
        return self.deeper(lambda: self.to_power(first, base, self.take().text))

    def bracketed(self, first: Sign, base: Node) -> Node:
        """A[i, j]: letters alone, since a number would be counted from 0 by some and from 1 by others."""
        opened = self.take()
        indices = self.inside(lambda: self.listed("]", opened, self.sum))
        for index in indices:
            if not isinstance(index, Leaf):
                self.fail("Entries are counted from 1: write A_{i,j}.", index)
        return Indexed(*self.since(first), base, indices)

    # ------------------------------------------------------------ atoms
    def atom(self) -> Node:
        first, behind = self.sign, self.ahead(1)
        if first.text in ("1", "𝟏") and not first.sub and behind.text == "[" and behind.glued:
            return self.indicator()
        if first.kind == "number":
            return self.number()
        if first.kind == "word":
            return self.word()
        if self.at("\\frac"):
            return self.fraction()
        if self.at("∂"):
            return self.slope(self.take())
        if self.at("√"):
            return self.root()
        if self.at("⟨", "<"):
            return self.angles()
        if self.at("|", "‖"):
            return self.between_bars()
        if self.at("(", "[", "{"):
            return self.group()
        return self.unexpected()

    def between_bars(self) -> Node:
        if self.sign.pair and self.opens_two():
            self.part()
        first = self.take()
        inner = self.inside(self.sum, first.text)
        last = self.expect(first.text, first)
        if last.spaced and not last.side and self.sign.glued and self.starts_factor():  # |a |b| c|
            self.fail("Whether this bar opens or closes is unclear: write abs( ) or norm( ).", last)
        place = self.since(first)
        return Bars(*place, inner) if first.text == "|" else Call(*place, "norm", [inner], bars=True)

    def angles(self) -> Node:
        opened = self.take()
        args = self.inside(lambda: self.listed(CLOSE[opened.text], opened, self.sum))
        return Call(*self.since(opened), "inner", args)

    def number(self) -> Node:
        sign = self.take()
        _, power, behind = sign.text.lower().partition("e")
        if power and (self.lexicon.find("e") or self.lexicon.find(f"e{behind}")):
            self.fail(f"{sign.text} can be read in several ways: write 10^(-3) for a power of ten.", sign)
        return Number(sign.start, sign.end, sign.text)

    def indicator(self) -> Node:
        """1[z > 0]: 1 where the condition holds, else 0."""
        first, opened = self.take(), self.take()
        condition = self.inside(self.either)
        self.expect("]", opened)
        return Indicator(*self.since(first), condition)

    def root(self) -> Node:
        """√ of what stands in brackets, or of one sign where nothing stands beside it; \\sqrt takes one as TeX does."""
        first = self.take()
        tex, unclear = first.end - first.start > 1, "What stands under the root is unclear: write brackets."
        order = None
        if tex and self.at("["):
            opened = self.take()
            order = self.inside(self.sum)
            self.expect("]", opened)
        sign, braced, bracket = self.sign, self.at("{"), self.at("(", "{")
        command = sign.end - sign.start > len(sign.text)
        single = self.at("\\frac") or (not sign.sub and (len(sign.text) == 1 or command))
        if tex and not bracket and not single:
            self.fail(unclear, first, sign)
        arg = self.group() if bracket else self.deeper(self.atom)
        if not braced and (bracket or not tex) and self.at_power():
            self.fail(unclear, first, self.sign)
        if not bracket and not tex and (self.starts_factor() or self.at("ᵀ", "'", "_", "^")):
            self.fail(unclear, first, self.sign)
        return Root(*self.since(first), arg, order) if order else Call(*self.since(first), "sqrt", [arg])

    def group(self) -> Node:
        """A bracket: a group, a matrix written out, or cases."""
        opened = self.take()
        return self.inside(lambda: self.grouped(opened))

    def grouped(self, opened: Sign) -> Node:
        square = opened.text == "["
        head = self.sum() if square else self.either()
        if square and self.at(",", ";"):
            return self.rows(opened, head)
        if opened.text == "{" and (self.at_word("if", "otherwise") or self.at("&")):
            return self.cases(opened, head)
        self.expect(CLOSE[opened.text], opened)
        columns = square and opened.end - opened.start == 1 and has_columns(head)
        return Group(*self.since(opened), head, square, columns)

    def rows(self, opened: Sign, head: Node) -> Node:
        rows = [[head]]
        while not self.at("]"):
            sign = self.take() if self.at(",", ";") else self.expect("]", opened)
            if self.at("]"):
                break
            if sign.text == ";":
                rows.append([])
            rows[-1].append(self.sum())
        self.take()
        if opened.end - opened.start == 1 and len(rows[0]) == 1:
            self.refuse_columns(rows)
        elif opened.end - opened.start == 1 and len(rows) == 1 and all(map(is_list, rows[0])):
            lists = "Lists in a list are rows for some, and stand side by side for others"
            self.fail(f"{lists}: write [a, b; c, d] or hstack( ).", opened, rows[0][-1])
        return Rows(*self.since(opened), rows)

    def refuse_columns(self, rows: list[list[Node]]) -> None:
        """[a b; c d] and [1 -1; 0 1]: some part columns by spaces alone."""
        for node in (node for row in rows for node in row):
            if has_columns(node):
                self.fail(COLUMNS, node)

    def cases(self, opened: Sign, value: Node) -> Node:
        """{1 if z > 0; 0 otherwise}, and LaTeX's with columns."""
        cases: list[Case] = []
        while True:
            if self.at("&"):
                self.take()
            if not self.at_word("if", "otherwise", "for"):
                self.unexpected()
            cases.append(Case(value, None if self.take().text == "otherwise" else self.either()))
            if self.at(";"):
                self.take()
            if self.at("}"):
                break
            if self.sign.kind == "end":
                self.expect("}", opened)
            value = self.sum()
        self.take()
        return Cases(*self.since(opened), cases)

    def fraction(self) -> Node:
        """\\frac{a}{b}, \\frac12, \\frac{\\partial f}{\\partial X} and \\frac{df}{dX}."""
        first = self.take()
        opened = self.sign
        if self.at("{") and self.ahead(1).text == "∂":
            self.take()
            return self.slope(self.take(), opened)
        around = [self.ahead(k).text for k in (0, 2, 3, 5)]
        if around == ["{", "}", "{", "}"] and (slope := self.differential(self.ahead(1), 4, 6, first)):
            return slope
        top, low = self.braced(), self.braced()
        if isinstance(low, Group) and isinstance(low.inner, Number | Leaf):
            low = low.inner
        top = top.inner if isinstance(top, Group) else top
        return Chain(*self.since(first), top, [Link("/", opened, low)], fraction=True)

    def braced(self) -> Node:
        """What stands in braces, or what TeX takes without them: one digit, one letter, one command."""
        if self.at("{"):
            return self.group()
        sign = self.sign
        if sign.kind not in ("word", "number") or sign.sub:
            self.unexpected()
        if not sign.whole and len(sign.text) > 1:
            if sign.end - sign.start != len(sign.text) or not (sign.text.isdecimal() or sign.text.isalpha()):
                self.unexpected()
            self.split(sign, [sign.text[0], sign.text[1:]])
        return self.deeper(self.atom)
