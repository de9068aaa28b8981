"""The scenarios of action items on their way to Jira, most frequent first, on both flavours."""

from datetime import timedelta

import pytest

from models.commands import answers, tracking
from models.tracking.outbox import OutboxState
from tests.integrations.jira.desk import CREATE, Desk
from tests.jira_fake import Kind, faults
from tests.jira_fake.examples import DONE, IN_PROGRESS, TO_DO
from tests.jira_fake.faults import Fault
from tests.jira_fake.records import Transition
from tests.models.examples import ANN

TEAM = "customfield_10050"


def require(desk: Desk, id: str) -> None:
    """Makes a field required on every screen."""
    for project in desk.jira.site.projects.values():
        for screen in project.screens.values():
            screen.required.add(id)


def test_01_a_required_field_is_asked_for_by_its_name_and_then_there_is_one_ticket(
    desk: Desk,
) -> None:
    site = desk.jira.site
    team = site.add_field(TEAM, "Team", Kind.OPTION, ["Payments"])
    require(desk, TEAM)
    item, other = desk.add(), desk.add("Alert on the queue")
    report = desk.sync()
    assert [(one.action, one.state, one.fields) for one in report.attention] == [
        (item.ref, "rejected", ("Team",)),
        (other.ref, "rejected", ("Team",)),
    ]
    assert "Team is required" in report.attention[0].reason
    assert report.needs_attention
    assert desk.sync().attention == report.attention
    assert desk.jira.journal.count(CREATE) == 2, "what was refused is not sent again unchanged"
    value = {"id": next(iter(team.options))}
    answers.mend(desk.library, item.id, {TEAM: value}, ANN, for_all=False)
    assert [one.action for one in desk.sync().created] == [item.ref]
    answers.mend(desk.library, other.id, {TEAM: value}, ANN, for_all=True)
    assert [one.action for one in desk.sync().created] == [other.ref]
    third = desk.add("Page the owner")
    assert [one.action for one in desk.sync().created] == [third.ref]
    assert len(desk.made()) == 3


def test_01_a_field_off_the_screen_is_named_and_the_rest_goes_on(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.jira.site.add_field(TEAM, "Team", Kind.TEXT, everywhere=False)
    item, other = desk.add(), desk.add("Alert on the queue")
    tracking.schedule(desk.library, item.id, "", ANN)
    answers.mend(desk.library, item.id, {TEAM: "Payments"}, ANN, for_all=False)
    report = desk.sync()
    assert [one.action for one in report.created] == [other.ref]
    assert [(one.action, one.fields) for one in report.attention] == [(item.ref, ("Team",))]
    answers.mend(desk.library, item.id, {TEAM: None}, ANN, for_all=False)
    assert [one.action for one in desk.sync().created] == [item.ref]


def test_01_priority_due_date_and_assignee_that_the_screen_lacks_do_not_stand_in_the_way(
    cloud_desk: Desk,
) -> None:
    desk = cloud_desk
    (project,) = desk.jira.site.projects.values()
    for screen in project.screens.values():
        screen.create = [n for n in screen.create if n not in ("priority", "duedate", "assignee")]
    item = desk.add(priority="P0", owner="Platform owner")
    desk.set(item, due="2026-04-01")
    report = desk.sync()
    assert [one.action for one in report.created] == [item.ref]
    assert [one.fields for one in report.updated] == [("priority", "due", "owner")]
    held = desk.issue(item).values
    assert (held["priority"], held["duedate"], held["assignee"]) == (
        "1",
        "2026-04-01",
        "platform-owner",
    )


def test_02_a_token_that_is_not_valid_is_said_plainly_and_the_queue_is_kept(desk: Desk) -> None:
    items = [desk.add(f"Item {n}") for n in range(3)]
    for fault, word in (
        (faults.refusal(401), "token"),
        (faults.html(), "log in"),
        (faults.login(), "log in"),
        (faults.refusal(403, "You may not."), "permission"),
    ):
        desk.jira.faults.plan("*", fault, times=-1)
        report = desk.sync()
        (trouble,) = report.troubles
        assert word in trouble.reason
        assert [one.state for one in report.attention] == ["blocked"] * 3
        desk.jira.faults.clear()
    assert [one.action for one in desk.sync().created] == [item.ref for item in items]


def test_02_a_wrong_token_and_a_lost_permission(cloud_desk: Desk) -> None:
    desk = cloud_desk
    item = desk.add()
    desk.token = "wrong"  # noqa: S105 - it opens nothing
    report = desk.sync()
    assert [(one.action, one.state) for one in report.attention] == [(item.ref, "blocked")]
    assert "wrong" not in repr(report)
    desk.token = "example-token"  # noqa: S105 - opens nothing but the fake
    (project,) = desk.jira.site.projects.values()
    project.denied["reliability-bot"] = {"CREATE_ISSUES"}
    report = desk.sync()
    assert "permission" in report.attention[0].reason
    project.denied.clear()
    assert len(desk.sync().created) == 1


def test_03_twelve_items_of_three_days_offline_are_all_made_once_in_their_order(
    desk: Desk,
) -> None:
    desk.jira.faults.plan("*", faults.reset(applied=False), times=-1)
    items = []
    for day in range(3):
        items += [desk.add(f"Item {day}{n}") for n in range(4)]
        report = desk.sync()
        assert [one.reason for one in report.troubles]
        assert report.next_try is not None
        assert not report.attention
        desk.jira.site.clock.advance(days=1)
    desk.jira.faults.clear()
    report = desk.sync()
    assert [one.action for one in report.created] == [item.ref for item in items]
    assert [one.values["summary"] for one in desk.made()] == [item.title for item in items]
    assert not desk.sync().created
    assert desk.jira.journal.count(CREATE) == 12


def test_04_a_project_and_a_type_that_are_not_there_are_told_and_mended(desk: Desk) -> None:
    item = desk.add()
    desk.connect(project="NOPE")
    report = desk.sync()
    assert [(one.action, one.state) for one in report.attention] == [(item.ref, "blocked")]
    assert report.attention[0].reason
    desk.connect(project="REL", issue_type="Epos")
    report = desk.sync()
    assert [(one.state, one.fields) for one in report.attention] == [("rejected", ("Issue type",))]
    assert "Epos" in report.attention[0].reason
    desk.connect(issue_type="Task")
    assert len(desk.sync().created) == len(desk.made()) == 1


LOST = [
    faults.refusal(503, applied=True),
    faults.html(applied=True),
    faults.broken_json(),
    faults.cut_off(),
]


def test_09_an_answer_that_is_lost_leaves_one_ticket(desk: Desk) -> None:
    desk.jira.site.lag = timedelta(minutes=3)
    lose(desk, faults.reset(applied=True))


def test_09_in_whatever_way_it_is_lost(cloud_desk: Desk) -> None:
    for fault in LOST:
        lose(cloud_desk, fault)


def lose(desk: Desk, fault: Fault) -> None:
    """One of two answers is lost."""
    items, before = [desk.add("Cap the retries"), desk.add("Page the owner")], len(desk.made())
    desk.jira.faults.plan(CREATE, fault, nth=2)
    report = desk.sync()
    assert [one.action for one in report.created] == [item.ref for item in items]
    assert {desk.entry(item).state for item in items} == {OutboxState.SYNCED}
    assert len(desk.made()) == desk.jira.journal.count(CREATE) == before + 2
    assert [desk.ticket(item).key for item in items] == [one.key for one in desk.made()[before:]]


@pytest.mark.parametrize("status", [500, 503])
def test_09_what_was_not_made_is_sent_again_after_two_empty_looks(
    cloud_desk: Desk, status: int
) -> None:
    desk = cloud_desk
    item, other = desk.add(), desk.add("Alert on the queue")
    desk.jira.faults.plan(CREATE, faults.refusal(status))
    report = desk.sync()
    assert [one.action for one in report.created] == [other.ref], "the rest goes on"
    assert [(one.action, one.state) for one in report.waiting] == [(item.ref, "unknown")]
    assert report.next_try == desk.jira.site.clock.now + timedelta(minutes=5)
    desk.patient = True
    assert [one.action for one in desk.sync().created] == [item.ref]
    assert len(desk.made()) == 2


def test_11_too_many_requests_are_waited_for_and_a_cancel_is_heeded(desk: Desk) -> None:
    item = desk.add()
    until = desk.jira.site.clock.now + timedelta(seconds=300)
    desk.jira.faults.plan(CREATE, faults.refusal(429, retry_after=300))
    report = desk.sync()
    assert report.next_try == until
    assert desk.waits == [until]
    assert [(one.state, one.until) for one in report.waiting] == [("queued", until)]
    assert not desk.sync().created, "it asked for five minutes"
    desk.cancelled.set()
    assert desk.sync().cancelled
    desk.cancelled.clear()
    desk.patient = True
    assert [one.action for one in desk.sync().created] == [item.ref]
    assert len(desk.made()) == 1


def test_11_a_date_and_no_date_at_all(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.patient = True
    date = desk.jira.site.clock.now + timedelta(minutes=2)
    desk.jira.faults.plan(CREATE, faults.refusal(429, retry_after=date))
    desk.jira.faults.plan("GET /serverInfo", faults.refusal(429), times=2)
    desk.add()
    assert len(desk.sync().created) == 1
    assert date in desk.waits


@pytest.mark.parametrize("api", ["2", "3"])
def test_17_signs_of_all_kinds_arrive_as_they_are(desk: Desk, api: str) -> None:
    if api == "3" and not desk.jira.site.cloud:
        pytest.skip("Data Center has no version 3")
    desk.connect(api=api)
    odd = desk.add("Größe {code} *bold* [x|y] \N{PILE OF POO}\nnext line", done_when="||a|| {{b}}")
    long = desk.add("Long " + "ä" * 300)
    desk.sync()
    assert desk.issue(odd).values["summary"] == (
        "Größe {code} *bold* [x|y] \N{PILE OF POO} next line"
    )
    summary = desk.issue(long).values["summary"]
    assert len(summary) == 255
    assert summary.endswith("…")
    assert "ä" * 300 in str(desk.issue(long).values["description"])
    report = desk.sync()
    assert (report.updated, report.conflicts, report.pulled) == ((), (), 0), "no echo"
    assert desk.now(long).title == "Long " + "ä" * 300


def test_18_done_from_here_takes_a_step_with_its_resolution(desk: Desk) -> None:
    item, other = desk.add(), desk.add("Alert on the queue")
    desk.sync()
    desk.set(item, state="done")
    desk.set(other, state="won't do", reason="Too dear", accepted_by="Head of payments")
    report = desk.sync()
    assert [one.fields for one in report.updated] == [("state",), ("state",)]
    values = [desk.issue(one).values["resolution"] for one in (item, other)]
    assert values == ["10000", "10001"]
    assert desk.ticket(item).status == "Done"
    assert desk.now(item).state == "done"
    assert desk.now(other).state == "won't do"
    desk.set(item, state="in progress")
    desk.sync()
    assert desk.issue(item).status == IN_PROGRESS


def test_18_a_step_that_wants_more_or_is_not_there_is_told_and_the_rest_goes_on(
    cloud_desk: Desk,
) -> None:
    desk = cloud_desk
    (project,) = desk.jira.site.projects.values()
    desk.jira.site.add_field("customfield_10060", "Root cause", Kind.TEXT)
    field = "customfield_10060"
    project.workflow[-1] = Transition("31", "Close", DONE, None, (field,), (field,), "10000")
    item = desk.add()
    desk.sync()
    desk.set(item, state="done", priority="P0")
    report = desk.sync()
    assert [one.fields for one in report.updated] == [("priority",)]
    (told,) = report.attention
    assert (told.action, told.state) == (item.ref, "refused")
    assert "Root cause" in told.reason
    assert told.fields == ("Root cause",)
    answers.answer(desk.library, item.id, {"root cause": "A retry without an end"}, ANN)
    assert [one.fields for one in desk.sync().updated] == [("state",)]
    assert desk.issue(item).values[field] == "A retry without an end"
    desk.set(item, state="in progress")
    desk.sync()
    desk.set(item, state="done")
    project.workflow[-1] = Transition("1", "Create", TO_DO, ())
    assert "no step from “In Progress” to “done”" in desk.sync().attention[0].reason
    assert desk.now(item).state == "done", "what was decided here stays"
    project.workflow[-1] = Transition("31", "Done", DONE, None, (), (), "10000")
    assert desk.sync().attention == ()
    assert desk.ticket(item).category == "done"
