"""Action items on the command line."""

import pytest

from tests.app.cli.conftest import Afterwhy, outage, stored


def add(afterwhy: Afterwhy, ref: str, *arguments: str) -> str:
    result = afterwhy("action", "add", ref, *arguments, "--json")
    assert result.code == 0, result.err
    return str(result.json["ref"])


def test_an_action_is_added_to_a_root_and_shown(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    name = add(
        afterwhy, ref, "--title", "Limit retries", "--type", "Preventive", "--owner", "robin",
        "--team", "payments", "--priority", "high", "--due", "2026-12-01", "--root", "1.1",
    )  # fmt: skip
    shown = afterwhy("action", "show", name, "--json").json
    assert (shown["type"], shown["priority"], shown["state"]) == ("prevent", "P1", "proposed")
    assert shown["roots"][0]["title"] == "Retries held them without a limit."
    assert shown["post_mortems"] == [ref]
    root = afterwhy("show", ref, "--json").json["whys"][0]["nodes"][0]["children"][0]["root"]
    second = add(afterwhy, ref, "--title", "Alert on the pool", "--root", root["id"])
    listed = afterwhy("action", "list", "--json").json
    assert listed["total"] == 2
    assert listed["actions"][0] == {
        "ref": name,
        "title": "Limit retries",
        "state": "proposed",
        "type": "prevent",
        "owner": "robin",
        "team": "payments",
        "priority": "P1",
        "due": "2026-12-01",
        "overdue": False,
        "jira": None,
        "carried_over": 0,
        "post_mortems": [ref],
        "roots": [root["id"]],
    }
    assert listed["actions"][1]["ref"] == second
    assert "Retries held them" in afterwhy("action", "show", name).out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--title", " "], "needs a title"),
        (["--title", "x", "--due", "tomorrow"], "not a date"),
        (["--title", "x", "--root", "7.7"], "no root"),
        (["--title", "x", "--root", "1"], "no root"),
    ],
)
def test_an_action_that_cannot_be_is_not_added(
    afterwhy: Afterwhy, arguments: list[str], said: str
) -> None:
    ref = stored(outage())
    result = afterwhy("action", "add", ref, *arguments)
    assert result.code == 1
    assert said in result.err
    assert afterwhy("action", "list", "--json").json["total"] == 0


def test_fields_are_set_and_cleared(afterwhy: Afterwhy) -> None:
    name = add(afterwhy, stored(outage()), "--title", "Limit retries", "--due", "2026-12-01")
    done = afterwhy(
        "action", "set", name, "state=To do", "team=payments", "due=", "text=a=b", "--json"
    )
    assert done.code == 0
    item = done.json["actions"][0]
    assert (item["state"], item["team"], item["due"], item["text"]) == (
        "ready", "payments", None, "a=b",
    )  # fmt: skip
    # SEV2: 30 days from ready, by the due policy
    assert afterwhy("action", "show", name, "--json").json["due_by"] == "2026-12-19"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (["state=verified"], "needs the evidence"),
        (["state=won't do"], "needs a reason"),
        (["state=superseded"], "takes its place"),
        (["state=lost"], "There is no action state"),
        (["colour=red"], "no field 'colour'"),
        (["title="], "needs a title"),
        (["due=2026-13-01"], "not a date"),
        (["state=superseded", "superseded_by=A-99"], "no action item 'A-99'"),
        (["superseded_by=A-01"], "supersede itself"),
    ],
)
def test_what_cannot_be_set_changes_nothing(
    afterwhy: Afterwhy, fields: list[str], said: str
) -> None:
    name = add(afterwhy, stored(outage()), "--title", "Limit retries")
    before = afterwhy("action", "show", name, "--json").json
    result = afterwhy("action", "set", name, *fields)
    assert result.code == 1
    assert said in result.err
    assert afterwhy("action", "show", name, "--json").json == before


def test_states_that_say_more_are_set_with_it(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    one, two, three = (add(afterwhy, ref, "--title", title) for title in ("One", "Two", "Three"))
    afterwhy("action", "set", one, "state=verified", "evidence=drill passed", "verified_by=SRE")
    shown = afterwhy("action", "show", one, "--json").json
    assert shown["verification"] == {
        "evidence": "drill passed", "role": "SRE", "at": "2026-11-19T14:02:00Z",
    }  # fmt: skip
    afterwhy("action", "set", two, "state=wont fix", "reason=too dear", "accepted_by=product")
    assert afterwhy("action", "show", two, "--json").json["reason"] == "too dear"
    afterwhy("action", "set", three, "state=duplicate", f"superseded_by={one}")
    assert afterwhy("action", "show", three, "--json").json["superseded_by"] == shown["id"]
    history = afterwhy("action", "show", two, "--json").json["history"]
    assert [f["value"] for f in history if f["field"] == "state"] == ["proposed", "won't do"]


def test_several_at_once_and_done_in_part(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    one, two = add(afterwhy, ref, "--title", "One"), add(afterwhy, ref, "--title", "Two")
    result = afterwhy("action", "set", one, "A-99", two, "state=done", "--json")
    assert result.code == 3
    assert [a["ref"] for a in result.json["actions"]] == [one, two]
    assert [f["ref"] for f in result.json["failed"]] == ["A-99"]
    assert "A-99" in result.err
    assert afterwhy("action", "set", "state=done").code == 2
    assert afterwhy("action", "set", one).code == 2


QUERIES = {
    "action:open": ["Limit retries", "Alert on the pool"],
    "action:done": ["Write the runbook"],
    "-action:open": ["Write the runbook"],
    "action:overdue": ["Limit retries"],
    "action:slipped": [],
    "action:finished": ["Write the runbook"],
    "action:nonsense": [],
    "owner:rob": ["Limit retries"],
    'team:"site reliability"': ["Alert on the pool"],
    "priority:high": ["Limit retries"],
    "ref:PM-2026-001": ["Limit retries", "Alert on the pool", "Write the runbook"],
    "ref:a-01": ["Limit retries"],
    "the": ["Alert on the pool", "Write the runbook"],
    '"the pool" alert': ["Alert on the pool"],
    "-retries -runbook": ["Alert on the pool"],
    "colour:red": [],
    '"': ["Limit retries", "Alert on the pool", "Write the runbook"],
    "x" * 10_000: [],
}


def test_a_query_narrows_the_list(afterwhy: Afterwhy) -> None:
    ref = stored(outage())
    add(
        afterwhy, ref, "--title", "Limit retries", "--owner", "Robin", "--priority", "P1",
        "--due", "2026-10-01",
    )  # fmt: skip
    add(afterwhy, ref, "--title", "Alert on the pool", "--team", "Site reliability")
    afterwhy("action", "set", add(afterwhy, ref, "--title", "Write the runbook"), "state=done")

    def listed(query: str) -> list[str]:
        answer = afterwhy("action", "list", query, "--json").json
        return [action["title"] for action in answer["actions"]]

    assert {query: listed(query) for query in QUERIES} == QUERIES


def test_what_a_query_cannot_mean_is_said(afterwhy: Afterwhy) -> None:
    for query, said in (("colour:red", "no filter"), ("action:lost", "slipped"), ('"', "left")):
        result = afterwhy("action", "list", query, "--json")
        assert result.code == (3 if query == '"' else 0)
        assert said in result.err
        assert said in " ".join(result.json["notices"])
