"""`python -m claims`: a formula as people type it, or a statement as JSON, is proved, refuted or left undecided."""

import json
import sys
from pathlib import Path

from claims.errors import Misread
from claims.proof.command import OPEN, USE, judged
from claims.reading import statement


def main(arguments: list[str]) -> int:
    written = arguments[:1] == ["--json"]
    typed = arguments[written:]
    asked = arguments[:1] in (["-h"], ["--help"]) or (not typed and (written or sys.stdin.isatty()))
    if asked:
        print(USE)
        return OPEN
    try:
        source = source_of(typed)
    except (OSError, UnicodeDecodeError) as error:
        print(f"not read   {error}", file=sys.stderr)
        return OPEN
    except Misread as error:
        is_file = len(typed) == 1 and Path(typed[0]).is_file()
        print(error, *["Pipe in a file whose name does not end in .json."] * is_file, sep="\n", file=sys.stderr)
        return OPEN
    code, lines = (0, [source]) if written else judged(source)
    print("\n".join(lines))
    return code


def source_of(typed: list[str]) -> str:
    """The JSON of a file, of what is piped in, or of a formula with its letters."""
    if not typed:
        return sys.stdin.read()
    if len(typed) == 1 and typed[0].endswith(".json"):
        return Path(typed[0]).read_text("utf8")
    return json.dumps(statement(typed[0], typed[1:]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
