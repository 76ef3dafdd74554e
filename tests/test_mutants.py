"""What the list of equivalent mutants holds, and what `make mutants` finds against it."""

import ast
import tomllib

import pytest
from mutants import ROOT, ROWS, Mutant, faults, function, mutant

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
DIFF = """# neurone.units.xǁUnitsǁof__mutmut_3: survived
--- src/neurone/units.py
+++ src/neurone/units.py
@@ -6,5 +6,4 @@
         one = 1
-        two = sum(
-            one, one
-        )
+        two = sum(one, None)
         return two"""


def source(name):
    """The lines of a function of the library, or of a method, on one line."""
    parts = name.split(".")
    paths = [(ROOT / "src").joinpath(*parts[:depth]).with_suffix(".py") for depth in range(1, len(parts))]
    (path,) = (path for path in paths if path.is_file())
    text = path.read_text("utf-8")
    node = ast.parse(text)
    for each in parts[paths.index(path) + 1 :]:
        (node,) = (found for found in node.body if getattr(found, "name", None) == each)
    return " ".join(line.strip() for line in text.splitlines()[node.lineno - 1 : node.end_lineno])


@pytest.mark.parametrize("row", ROWS["equivalent"], ids=lambda row: row["function"])
def test_a_listed_mutant_changes_lines_that_its_function_has_and_says_why_nothing_changes(row):
    assert row.keys() == {"function", "was", "becomes", "why"}
    assert row["was"] in source(row["function"]) and row["becomes"] != row["was"] and row["why"]


def test_every_module_that_is_to_be_changed_is_there():
    assert all((ROOT / path).is_file() for path in SETTINGS["only_mutate"])


def test_a_mutant_is_told_by_its_function_and_its_lines():
    found = mutant("neurone.units.xǁUnitsǁof__mutmut_3", DIFF)
    assert found == Mutant("neurone.units.Units.of", "two = sum( one, one )", "two = sum(one, None)")
    assert function("neurone.losses.x__paired__mutmut_12") == "neurone.losses._paired"


def test_survivors_that_are_not_listed_and_listed_ones_that_died_are_faults():
    one, other = Mutant("f", "a", "b"), Mutant("f", "a", "c")
    assert faults([one], [one]) == []
    assert faults([one, one], [one]) == [f"no test sees {one}"]
    assert faults([other], [one]) == [f"no test sees {other}", f"listed, but no survivor: {one}"]


def test_what_does_the_same_in_each_function_is_listed_once():
    one = Mutant("f", "zip(a, b, strict=True)", "zip(a, b, strict=False)")
    assert faults([one, one._replace(becomes="zip(a, b, )")], []) == []
    other = one._replace(becomes="zip(a, None, strict=False)")
    assert faults([other], []) == [f"no test sees {other}"]
    assert all(row.keys() == {"was", "becomes", "why"} and row["becomes"] and row["why"] for row in ROWS["everywhere"])
