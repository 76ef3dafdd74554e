"""The prover as a distribution of its own, and the versions that the files of the repository name."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROVE = """
import sys
ALLOWED = {*sys.stdlib_module_names, "claims", "sympy", "mpmath"}
class Others:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in ALLOWED:
            raise ImportError(name)
sys.meta_path.insert(0, Others())
sys.path.insert(0, sys.argv[1])
import claims
from claims import Grad, inner, matrix, prove, sizes
x = matrix("x", sizes("n"))
print(claims.__file__)
print(prove("square", Grad(inner(x, x), x), 2 * x).state)
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """What the wheel of the prover holds, made from a copy."""
    folder = tmp_path_factory.mktemp("distribution")
    shutil.copytree(ROOT / "src/claims", folder / "src/claims", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / "src" / name, folder / "src" / name)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, folder / "src"], check=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "unpacked")
    return folder / "unpacked"


def test_the_wheel_of_the_prover_holds_all_its_modules_its_schema_and_nothing_else(unpacked):
    held = {str(path.relative_to(unpacked)) for path in unpacked.glob("*/**/*") if path.is_file()}
    ours = {
        str(path.relative_to(ROOT / "src")) for end in ("py", "json") for path in ROOT.glob(f"src/claims/**/*.{end}")
    }
    assert {name for name in held if ".dist-info/" not in name} == ours


def test_the_prover_alone_needs_sympy_and_mpmath_and_nothing_else(unpacked):
    (metadata,) = unpacked.glob("*.dist-info/METADATA")
    needed = re.findall(r"^Requires-Dist: (\w+)", metadata.read_text("utf8"), re.MULTILINE)
    assert needed == ["sympy", "mpmath"]


def test_what_the_wheel_holds_proves_a_claim_where_nothing_else_may_be_imported(unpacked, tmp_path):
    command = [sys.executable, "-c", PROVE, unpacked]
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.split() == [str(unpacked / "claims/__init__.py"), "proved-all"], done.stderr


def test_all_files_name_the_same_version_and_the_course_needs_that_of_the_prover():
    course, prover = (
        tomllib.loads((ROOT / name).read_text())["project"] for name in ("pyproject.toml", "src/pyproject.toml")
    )
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert course["version"] == prover["version"] == cited["version"]
    assert f"{prover['name']}=={prover['version']}" in course["dependencies"]
    released = re.findall(r"^## (\d\S*) - (\S+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert (course["version"], str(cited["date-released"])) in released
