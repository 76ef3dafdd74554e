"""What a test needs that opens pages in a browser; `make test` alone installs neither it nor the packages from npm."""

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BROWSER = os.environ.get("CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
MISSING = "no Chromium or Chrome; apt-get install chromium, or set CHROMIUM to its path"


def needs_browser(*packages):
    """A mark: the test is skipped without a browser, or without these packages in node_modules."""
    if not BROWSER:
        return pytest.mark.skip(reason=MISSING)
    missing = [name for name in packages if not (ROOT / "node_modules" / name).is_dir()]
    return pytest.mark.skipif(bool(missing), reason=f"no {', '.join(missing)}; `npm ci` installs them")
