"""How a name is written as a letter: two names that are written alike are one letter for a reader."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata

NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
GREEK = dict(zip(NAMES.split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", strict=True))
ACCENTS = {"hat": r"\hat", "bar": r"\bar", "tilde": r"\tilde"}
MARKS = {
    "\u0302": "_hat",
    "\u0304": "_bar",
    "\u0305": "_bar",
    "\u0303": "_tilde",
    "\u2032": "'",
    "\u02b9": "'",
}  # written as signs
LOOKALIKE = str.maketrans(  # of Greek and Cyrillic, of Latin and Armenian, of Cherokee and Lisu
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοАВЕЅІЈКМНОРСТХаеорсхѕіјукһӏԁԛԝѵүҮУԚԜѴӀԌ"
    "ɡɑıȷʋᴄᴏᴠᴡᴢꜱᴜօոսհցզյ"
    "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ",
    "ABEZHIKMNOPTYXoABESIJKMHOPCTXaeopcxsijykhldqwvyYYQWVIG"
    "gaijvcovwzsuonuhgqj"
    "ABCDEGHJKLMPRSTVWZABCDEFGHIJKLMNOPRSTUVWXYZ",
)
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5")  # marks and letters that are not drawn
LEVELS = {"<sub>": "_", "<super>": "^"}
AS_WORDS = str.maketrans({**{sign: word for word, sign in GREEK.items()}, **MARKS})
IN_A_FONT = r"math\w+|text\w*|operatorname|boldsymbol|bm"  # commands of LaTeX
# What a reader does not see: braces, spaces, and which font a letter has.
UNSEEN = re.compile(rf"\\(?:{IN_A_FONT}|[bir][fmt](?![a-z])|[,!:; ])|[{{}}\s]")
# dZ2 is the adjoint of Z2; a name such as dim is one word.
NAME = re.compile(
    rf"(?P<d>d(?=[A-Z]|(?:[a-z]|{'|'.join(GREEK)})(?:_|\d|'|$)))?"
    r"(?P<base>[A-Za-z]+?)(?P<sub>\d*(?:_.*?)?)(?P<prime>'*)$"
)
FONT = re.compile(rf"\\(?:{IN_A_FONT})\s*\{{([^{{}}]*)\}}")
# A letter or a word under accents; primes, an index, and what is no exponent: a number in brackets, or a star.
LETTER = re.compile(
    rf"\s*(?:\\(?:wide)?(?:hat|bar|tilde|overline)\s*\{{?)*"
    rf"(?:\\(?:var)?(?:{'|'.join(GREEK)}|ell)(?![A-Za-z])|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)\}}*"
    r"(?:'|_(?:[^\W_]|\\[a-z]+|\{(?:[^{}]|\{[^{}]*\})+\})"
    r"|\^\{?(?:\([^(){}]+\)|\*|\\ast|\\star|\\dagger|(?:\\prime)+)\}?)*\s*"
)


def split_name(name: str) -> tuple[bool, str, str, str, str]:
    """Whether a name is that of an adjoint, then its letter, accent, subscript and primes."""
    found = NAME.match(name)
    if not found:
        return False, name, "", "", ""
    first, *more = found["sub"].lstrip("_").split("_", 1)
    accent, sub = (first, more[0] if more else "") if first in ACCENTS else ("", "_".join([first, *more]))
    if sub.startswith("{"):
        sub = sub[1:-1]
    return bool(found["d"]), found["base"], accent, sub, found["prime"]


def letter(name: str) -> str:
    """W1 as W_1, dZ2 as \\mathrm{d}Z_2, lambda as \\lambda, w_hat as \\hat{w}; n_{l-1} stays."""
    if "\\" in name or "^" in name:
        return name
    adjoint, base, accent, sub, prime = split_name(name)
    base = "\\" + base if base in GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    base = f"{ACCENTS[accent]}{{{base}}}" if accent else base
    return (r"\mathrm{d}" if adjoint else "") + base + (index(sub) if sub else "") + prime


def plain(name: str) -> str:
    """The name in letters of one font, and in words: 𝑊₁ as W_1, ŵ as w_hat, α as alpha."""
    runs = itertools.groupby(name, lambda sign: unicodedata.decomposition(sign).partition(" ")[0])
    level = "".join(LEVELS.get(where, "") + "".join(run) for where, run in runs)
    signs = unicodedata.normalize("NFKD", level).translate(LOOKALIKE).translate(AS_WORDS)
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Cf" and sign not in INVISIBLE)


@functools.lru_cache(4096)  # a claim meets each name in many places
def seen(name: str) -> str:
    """What a reader sees of a name: the same for names that are printed alike."""
    written = UNSEEN.sub("", letter(plain(name)))
    written = re.sub(r"\^(?:\\prime)+", lambda found: "'" * found[0].count("\\"), written)
    written = written.replace(r"\overline", r"\bar").replace(r"\wide", "\\")
    return written.replace(r"\var", "\\").replace(r"\ell", "l").replace(r"\ast", "*")


def is_letter(name: str) -> bool:
    """Is a name printed as a letter or a word, with marks; not as x^2, X^T, f(x), x y or 2 are, which are expressions?"""
    written = letter(plain(name))
    while (bare := FONT.sub(r"\1", written)) != written:
        written = bare
    return LETTER.fullmatch(written) is not None


def index(text: str) -> str:
    """A subscript."""
    text = "\\" + text if text in GREEK else text
    return f"_{text}" if len(text) == 1 else f"_{{{text}}}"


def without_index(name: str) -> str | None:
    """The letter of a name with a subscript, without that; None for other names, and for n_0: places count from 1."""
    base, _, sub = seen(name).partition("_")
    return base if sub.strip("0") and not {"'", "^"} & {*base, *sub} else None


def counting(name: str) -> set[str]:
    """The letters of an index or an exponent, by which a reader counts: l of n_{l-1}, i and j of a_ij, none of w_start."""
    _, *levels = re.split("[_^]", seen(name))
    runs = [run for level in levels for run in re.findall(r"\\?[A-Za-z]+", level)]
    return {letter for run in runs for letter in ([run] if run.startswith("\\") else run if len(run) < 4 else [])}
