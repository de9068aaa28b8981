"""The judges of the fake's answers notice what is wrong, and the golden payloads look alike."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.jira_fake import Clock, FakeJira, boards, examples, specifications
from tests.jira_fake.calls import OPERATIONS
from tests.jira_fake.journal import Exchange
from tests.jira_fake.records import Flavour
from tests.jira_fake.wire import Wire

pytestmark = pytest.mark.skipif(
    not specifications.at_hand(), reason="Atlassian's documents are not at hand (../shared/jira)"
)


def golden(name: str) -> Any:
    path = specifications.FOLDER / "golden" / name
    return json.loads(path.read_text(encoding="utf-8"))


def asked(jira: FakeJira, path: str) -> Exchange:
    Wire(jira).get(path)
    return jira.journal.exchanges[-1]


@pytest.mark.parametrize(
    ("path", "part", "wrong"),
    [
        ("/myself", "displayName", 5),
        ("/issue/REL-1", "key", ["REL-1"]),
        ("/issue/REL-1/transitions", "transitions", [{"id": 31}]),
        ("/rest/agile/1.0/sprint/71", "id", "71"),
        ("/rest/agile/1.0/board/1/sprint", "values", [{"id": "71"}]),
        ("/issue/createmeta/REL/issuetypes", "total", None),
    ],
)
def test_a_wrong_answer_is_noticed(jira: FakeJira, path: str, part: str, wrong: object) -> None:
    jira.site.add_sprint(1, "One")
    Wire(jira).create()
    right = asked(jira, path)
    assert list(specifications.judge(right, jira.site.flavour)) == []
    broken = replace(right, answer=right.answer | {part: wrong})
    if wrong is None:
        broken = replace(right, status=299)
    assert list(specifications.judge(broken, jira.site.flavour))


def test_a_member_that_cloud_does_not_know_is_noticed(cloud: FakeJira) -> None:
    right = asked(cloud, "/myself")
    broken = replace(right, answer=right.answer | {"invented": 1})
    assert list(specifications.judge(broken, Flavour.CLOUD))
    elsewhere = replace(right, route="GET /invented", template="/invented")
    assert list(specifications.judge(elsewhere, Flavour.CLOUD)) == [
        "GET /invented: not in the document"
    ]


def test_every_operation_of_the_fake_is_in_its_document() -> None:
    for operation in OPERATIONS:
        for flavour in operation.flavours:
            if operation.template == "/search" and flavour is Flavour.CLOUD:
                continue  # it answers 410 only
            made = Exchange(
                Clock().now,
                operation.route,
                operation.method,
                "",
                operation.template,
                {},
                None,
                "",
                299,
            )
            (said,) = specifications.judge(made, flavour)
            assert "no answer 299" in said, said


def test_sprints_and_change_logs_look_like_the_golden_ones(cloud: FakeJira) -> None:
    site, wire = cloud.site, Wire(cloud)
    me = site.users[examples.BOT]
    one, two, three = (site.add_sprint(1, name) for name in ("Sprint 12", "Sprint 13", "Sprint 14"))
    key = wire.create()
    boards.put(site, me, [key], one)
    boards.start(site, one)
    wire.post(f"/issue/{key}/transitions", {"transition": {"id": "21"}})
    shown = wire.issue(key, expand="changelog")
    example = golden("cloud-issue-active-sprint-changelog.json")
    (held,) = shown["fields"][examples.SPRINT_FIELD]
    (real,) = example["fields"]["customfield_10020"]
    assert {name: type(value) for name, value in held.items()} == {
        name: type(value) for name, value in real.items()
    }
    lines = {
        (item["field"], key): type(value)
        for entry in shown["changelog"]["histories"]
        for item in entry["items"]
        for key, value in item.items()
    }
    for entry in example["changelog"]["histories"]:
        for item in entry["items"]:
            if item["field"] in ("Sprint", "status"):
                for name, value in item.items():
                    assert lines[item["field"], name] is type(value)
    slip = golden("cloud-changelog-sprint-slip.json")["item"]
    boards.complete(site, me, one, into=two)
    boards.put(site, me, [key], three)
    newest = wire.issue(key, expand="changelog")["changelog"]["histories"][0]["items"][0]
    assert {name: newest[name] for name in ("field", "fieldtype", "fieldId")} == {
        name: slip[name] for name in ("field", "fieldtype", "fieldId")
    }
    assert (newest["fromString"], newest["toString"]) == (slip["fromString"], slip["toString"])


def test_refusals_read_like_the_golden_ones(cloud: FakeJira) -> None:
    wire = Wire(cloud, version="3")
    cloud.site.project("REL").screens["10001"].create.remove("labels")
    place = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    Wire(cloud).create()
    answers = [
        wire.get("/search", jql="x"),
        wire.post("/issue", {"fields": place | {"labels": ["x"]}}),
        wire.post("/issue", {"fields": place | {"description": "text"}}),
        wire.post("/issue/REL-1/transitions", {"transition": {"id": "31x"}}),
        wire.get("/issue/REL-9"),
    ]
    expected = golden("errors.json")
    assert [answer.status for answer in answers] == [one["status"] for one in expected]
    texts = [json.dumps(answer.json).replace("31x", "31") for answer in answers]
    assert texts == [json.dumps(one["body"]) for one in expected]
