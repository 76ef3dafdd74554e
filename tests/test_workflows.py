"""The workflows of the repository: what they run is pinned, and may do no more than it needs."""

import re
from pathlib import Path

import pytest
import yaml

WORKFLOWS = sorted((Path(__file__).parents[1] / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path):
    used = re.findall(r"uses: (.*)", path.read_text("utf8"))
    assert used and all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+", each) for each in used)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_grants_nothing_to_all_its_jobs_but_reading(path):
    workflow = yaml.safe_load(path.read_text("utf8"))
    assert set(workflow["permissions"].values()) <= {"read"}
    for job in workflow["jobs"].values():
        writes = {scope for scope, right in job.get("permissions", {}).items() if right == "write"}
        assert writes in (set(), {"pages", "id-token"}, {"contents"})


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_checkout_leaves_no_token_behind(path):
    workflow = yaml.safe_load(path.read_text("utf8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    checkouts = [step for step in steps if "actions/checkout" in step.get("uses", "")]
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


FORMS = sorted((WORKFLOWS[0].parents[1] / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.mark.parametrize("path", [form for form in FORMS if form.stem != "config"], ids=lambda path: path.stem)
def test_a_form_says_what_it_is_for_and_asks_for_something_by_name(path):
    form = yaml.safe_load(path.read_text("utf8"))
    assert {"name", "description", "body"} <= form.keys()
    ids = [field["id"] for field in form["body"]]
    assert len(set(ids)) == len(ids) and any(field.get("validations", {}).get("required") for field in form["body"])
    assert all(field["type"] in ("input", "textarea") and field["attributes"]["label"] for field in form["body"])


def test_an_erratum_names_page_statement_and_what_is_wrong():
    (form,) = (yaml.safe_load(path.read_text("utf8")) for path in FORMS if path.stem == "erratum")
    assert [field["id"] for field in form["body"]] == ["page", "statement", "wrong"]
