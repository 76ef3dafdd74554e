"""`python -m coursebook.checks`: what is wrong with the book as it is written, all of it at once."""

import sys
from pathlib import Path

from coursebook.checks.written import found

if faults := found(Path.cwd()):
    sys.exit("\n".join([*faults, f"To be mended in the sources of the book: {len(faults)}"]))
