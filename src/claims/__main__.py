"""`python -m claims`: a statement as JSON is proved, refuted or left undecided."""

import sys
from pathlib import Path

from claims.proof.command import OPEN, USE, judged


def main(arguments: list[str]) -> int:
    if len(arguments) > 1 or arguments[:1] in (["-h"], ["--help"]) or (not arguments and sys.stdin.isatty()):
        print(USE)
        return OPEN
    try:
        source = Path(arguments[0]).read_text("utf8") if arguments else sys.stdin.read()
    except (OSError, UnicodeDecodeError) as error:
        print(f"not read   {error}", file=sys.stderr)
        return OPEN
    code, lines = judged(source)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
