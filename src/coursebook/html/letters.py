"""Letters in the style sheet: of each face those that some page shows; the whole face stays a file for any other.

So a page asks for no letters on its way, and shows them also when it is opened from a disk.
"""

import base64
import io
import logging
import re
import shutil
from collections import defaultdict
from html import unescape
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from coursebook.places import NODE_MODULES

KATEX = NODE_MODULES / "katex/dist/fonts"
SERIF = NODE_MODULES / "@fontsource/source-serif-4/files"
TEXT = {  # faces of the text: weight and style -> file
    ("400", "normal"): "source-serif-4-latin-400-normal",
    ("400", "italic"): "source-serif-4-latin-400-italic",
    ("600", "normal"): "source-serif-4-latin-600-normal",
}
ASCII = "".join(map(chr, range(32, 127)))
SIGNS = ":=∀∈“≈≠"  # of states: the style sheet sets them in the face of formulas

# What KaTeX's style sheet says: the class of a letter -> its face; a letter without such a class is KaTeX_Main-Regular.
FACES = {
    "mathnormal": "Math-Italic",
    "mathit": "Main-Italic",
    "mathbf": "Main-Bold",
    "textbf": "Main-Bold",
    "boldsymbol": "Math-BoldItalic",
    "amsrm": "AMS-Regular",
    "mathbb": "AMS-Regular",
    "mathcal": "Caligraphic-Regular",
    "mathtt": "Typewriter-Regular",
    "mathsf": "SansSerif-Regular",
    "texttt": "Typewriter-Regular",
    "small-op": "Size1-Regular",
    "large-op": "Size2-Regular",
    "delim-size1": "Size1-Regular",
    "delim-size4": "Size4-Regular",
    **{f"size{n} delimsizing": f"Size{n}-Regular" for n in range(1, 5)},
}
FORMULA = re.compile(r'<span class="katex-html".*?(?=<span class="katex">|</article>|$)', re.DOTALL)
LEAF = re.compile(r'<span class="([^"]{4,})"[^>]*>(?:<span>)?([^<]+)<')
STYLES = {"Italic": ("400", "italic"), "Bold": ("700", "normal"), "BoldItalic": ("700", "italic")}


def faces(pages: list[str]) -> str:
    """The rules @font-face: for each face its letters, then the file with all others."""
    shown = {character for page in pages for character in unescape(re.sub(r"<[^>]*>", "", page))}
    text = shown | set(ASCII)
    rules = [face("Source Serif 4", *kind, SERIF / f"{name}.woff2", text) for kind, name in TEXT.items()]
    used = of_formulas(pages)
    for file in sorted(KATEX.glob("*.woff2")):
        name = file.stem.removeprefix("KaTeX_")
        family, _, style = name.partition("-")
        rules.append(face(f"KaTeX_{family}", *STYLES.get(style, ("400", "normal")), file, used.get(name, set())))
    return "".join(rules)


def of_formulas(pages: list[str]) -> dict[str, set[str]]:
    """The letters of all formulas by their face."""
    letters = defaultdict(set, {"Main-Regular": set(SIGNS)})
    for page in pages:
        for classes, text in set(LEAF.findall("".join(FORMULA.findall(page)))):
            letters[face_of(set(classes.split()))].update(unescape(text))
    return letters


def face_of(classes: set[str]) -> str:
    return next((face for names, face in FACES.items() if classes.issuperset(names.split())), "Main-Regular")


def face(family: str, weight: str, style: str, path: Path, characters: set[str]) -> str:
    """Its rules: letters inside the style sheet, and the file for the rest."""
    font = subset.load_font(path, options := plain())
    known = set(font.getBestCmap())
    held = known & set(map(ord, characters))
    kind = f'font-family:"{family}";font-weight:{weight};font-style:{style}'
    rules = [rule(kind, f"fonts/{path.name}", "swap", known - held)]
    if held:
        rules.append(rule(kind, data(font, options, held), "block", held))
    return "".join(rules)


def rule(kind: str, address: str, display: str, codes: set[int]) -> str:
    """Letters that block the paint are those that `ground.js` waits for."""
    source = f'src:url("{address}") format("woff2")'
    return f"@font-face{{{kind};font-display:{display};{source};unicode-range:{ranges(codes)}}}\n"


def data(font: TTFont, options: subset.Options, codes: set[int]) -> str:
    """The address that holds these letters of a font."""
    maker = subset.Subsetter(options)
    maker.populate(unicodes=codes)
    maker.subset(font)
    subset.save_font(font, packed := io.BytesIO(), options)
    return "data:font/woff2;base64," + base64.b64encode(packed.getvalue()).decode()


def plain() -> subset.Options:
    """Outlines and kerning; hints for old screens and names of the face are left out, and so is the date."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return subset.Options(
        hinting=False,
        flavor="woff2",
        layout_features=["kern", "liga", "mark"],
        recalc_timestamp=False,
        notdef_outline=True,
    )


def ranges(codes: set[int]) -> str:
    """U+41-43,U+61 for the codes of A, B, C and a."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def files(static: Path) -> None:
    """The whole faces, for letters that no page shows when the site is built."""
    (static / "fonts").mkdir(parents=True, exist_ok=True)
    for font in [*KATEX.glob("*.woff2"), *(SERIF / f"{name}.woff2" for name in TEXT.values())]:
        shutil.copy(font, static / "fonts")
