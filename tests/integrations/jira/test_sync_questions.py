"""What a sync asks before it goes on, and what it never does."""

from dataclasses import replace

import pytest

from integrations.jira.syncing.report import Asked
from models.commands import tracking
from models.domain.action import ActionItem
from models.queries import tracking as queries
from models.store.library import open_library
from models.tracking.sprints import Position, position
from tests.integrations.jira.desk import CREATE, Desk
from tests.integrations.jira.opening import connection
from tests.jira_fake import FakeJira, boards, faults
from tests.models.examples import ANN


def place(desk: Desk, item: ActionItem) -> Position:
    """Where a ticket stands, as the library knows it."""
    seen = desk.ticket(item).seen
    assert seen is not None
    return position(seen)


def test_the_first_tickets_of_a_project_are_asked_about_by_title(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.says = False
    items = [desk.add("Cap the retries"), desk.add("Alert on the queue")]
    report = desk.sync()
    (question,) = desk.asked
    assert (question.about, question.titles) == (
        Asked.FIRST_PUSH,
        ("Cap the retries", "Alert on the queue"),
    )
    assert not desk.made()
    assert [one.action for one in report.waiting] == [item.ref for item in items]
    assert report.notes
    desk.says = True
    assert len(desk.sync().created) == 2
    desk.add("Another")
    desk.sync()
    assert len(desk.asked) == 2, "asked once per project"


def test_nothing_goes_that_nobody_marked_ready(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.add(state="proposed")
    desk.add(state="done")
    desk.sync()
    assert not desk.made()
    assert desk.jira.journal.count(CREATE) == 0


def test_a_ticket_says_what_an_engineer_needs_and_nothing_else(desk: Desk) -> None:
    item = desk.add(text="Internal words", done_when="Ten retries a minute at most")
    desk.sync()
    assert desk.issue(item).values["description"] == (
        "*Problem*\n\nIt broke\n\n*Done when*\n\nTen retries a minute at most\n\n"
        "*Post-mortem*\n\nPM-2026-001"
    )


def test_one_library_is_synced_once_at_a_time_and_a_copy_asks(
    tmp_path_factory: pytest.TempPathFactory, cloud_desk: Desk
) -> None:
    desk = cloud_desk
    desk.sync()
    folder = tmp_path_factory.mktemp("copy")
    item = desk.add()
    replica = desk.library.replica
    desk.library.close()
    (folder / "library.db").write_bytes(desk.library.database.read_bytes())
    copy = open_library(folder, clock=desk.library.now)
    twin = Desk(copy, desk.jira, desk.mortem, says=False)
    report = twin.sync()
    assert [one.about for one in twin.asked] == [Asked.COPIED_LIBRARY]
    assert report.notes
    assert not desk.made()
    twin.says = True
    assert [one.action for one in twin.sync().created] == [item.ref]
    assert copy.replica != replica
    copy.close()


def test_queues_of_two_projects_do_not_hold_each_other_up(
    cloud_desk: Desk, data_center: FakeJira
) -> None:
    desk = cloud_desk
    other = replace(connection(data_center), id="c2", teams=("Platform",))
    tracking.save_connection(desk.library, other, ANN)
    desk.jira.faults.plan("*", faults.refusal(429, retry_after=300), times=-1)
    waits, goes = desk.add(), desk.add("Alert on the queue", team="platform")
    report = desk.sync()
    assert [one.action for one in report.created] == [goes.ref]
    assert [one.action for one in report.waiting] == [waits.ref]
    assert queries.tickets(desk.library)[goes.id].connection == "c2"


def test_a_wanted_sprint_goes_freely_into_the_future_and_asks_for_the_present(
    cloud_desk: Desk,
) -> None:
    desk = cloud_desk
    site = desk.jira.site
    item = desk.add()
    desk.sync()
    first, second = site.add_sprint(1, "Sprint 1"), site.add_sprint(1, "Sprint 2")
    tracking.schedule(desk.library, item.id, str(second.id), ANN)
    desk.says = False
    asked = len(desk.asked)
    assert [one.fields for one in desk.sync().updated] == [("sprint",)]
    assert len(desk.asked) == asked
    assert place(desk, item) is Position.PLANNED
    boards.start(site, first)
    tracking.schedule(desk.library, item.id, str(first.id), ANN)
    report = desk.sync()
    assert (desk.asked[-1].titles, desk.asked[-1].action_ids) == ((item.title,), (item.id,))
    assert report.updated == ()
    assert report.notes
    assert site.sprints_of(desk.issue(item)) == [second]
    desk.says = True
    assert [one.fields for one in desk.sync().updated] == [("sprint",)]
    assert place(desk, item) is Position.ACTIVE
    assert desk.ticket(item).sprint is None
    tracking.schedule(desk.library, item.id, "999", ANN)
    assert "not there" in desk.sync().attention[0].reason
    tracking.schedule(desk.library, item.id, "", ANN)
    assert desk.sync().attention == ()
    assert site.sprints_of(desk.issue(item)) == []


def test_what_changes_of_a_connection_during_a_sync_stays(cloud_desk: Desk) -> None:
    """The sync notes that its first tickets were agreed to; the connection that it read is old."""
    desk = cloud_desk
    desk.add()
    meanwhile = faults.meanwhile(lambda: desk.connect(issue_type="Bug"))
    desk.jira.faults.plan("GET /serverInfo", meanwhile)
    desk.sync()
    (known,) = queries.connections(desk.library)
    assert (known.issue_type, known.agreed) == ("Bug", True)
    desk.connect(agreed=False)
    desk.add("Alert on the queue")
    gone = faults.meanwhile(lambda: tracking.remove_connection(desk.library, "c1", ANN))
    desk.jira.faults.plan("GET /serverInfo", gone)
    desk.sync()
    assert queries.connections(desk.library) == (), "what was removed stays so"


def test_what_was_agreed_when_it_was_scheduled_is_not_asked_again(cloud_desk: Desk) -> None:
    desk = cloud_desk
    site = desk.jira.site
    running = site.add_sprint(1, "Sprint 1")
    boards.start(site, running)
    old = desk.add()
    desk.sync()
    new = desk.add("Alert on the queue")
    asked = len(desk.asked)
    for item in (old, new):
        tracking.schedule(desk.library, item.id, str(running.id), ANN, agreed=True)
    desk.says = False
    desk.sync()
    assert [site.sprints_of(desk.issue(item)) for item in (old, new)] == [[running], [running]]
    assert len(desk.asked) == asked
