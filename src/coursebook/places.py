"""Where things lie: the files of this extension, and the repository that it stands in.

The only module that asks for its own place, so that a module which moves into another room still finds all it needs.
"""

from pathlib import Path

OWN = Path(__file__).parent
THEME = OWN / "theme"
LOCALE = OWN / "locale"
REPOSITORY = OWN.parents[1]
NODE_MODULES = REPOSITORY / "node_modules"
CHECKER = OWN.parent / "checker"

RECORD = "application/vnd.claim+json"  # what a cell emits for each statement
