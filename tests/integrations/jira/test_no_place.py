"""What no project takes, boards without sprints, and sprints that began without an item."""

from dataclasses import replace

from models.queries import tracking as queries
from models.tracking.figures import is_left_out
from models.tracking.sprints import Position
from tests.integrations.jira.desk import Desk
from tests.jira_fake import boards


def test_a_kanban_board_has_no_sprints_though_the_site_has_the_field(desk: Desk) -> None:
    desk.connect(kanban=True)
    item = desk.add()
    desk.sync()
    (row,) = queries.board_rows(desk.library)
    assert (row.action.id, row.position) == (item.id, Position.UNSEEN)


def test_what_no_project_takes_waits_for_somebody(cloud_desk: Desk) -> None:
    desk = cloud_desk
    desk.connect(teams=("Payments",))
    item = desk.add(team="Search")
    report = desk.sync()
    assert [(one.action, one.state) for one in report.attention] == [(item.ref, "no project")]
    assert report.waiting == ()
    desk.set(item, team="Payments")
    report = desk.sync()
    assert report.attention == ()
    assert [one.action for one in report.created] == [item.ref]


def test_a_sprint_that_is_opened_again_did_not_end(desk: Desk) -> None:
    desk.connect(board=1)
    site, item = desk.jira.site, desk.add()
    desk.sync()
    sprint = site.add_sprint(1, "Sprint 1")
    boards.put(site, desk.colleague, ["REL-1"], sprint)
    boards.start(site, sprint)
    site.clock.advance(days=14)
    boards.complete(site, desk.colleague, sprint)
    desk.sync()
    (row,) = queries.board_rows(desk.library)
    assert (row.action.id, row.position, len(row.slips)) == (item.id, Position.BACKLOG, 1)
    site.clock.advance(hours=1)
    sprint.state, sprint.completed = "active", None
    desk.sync()
    (row,) = queries.board_rows(desk.library)
    assert (row.position, row.slips) == (Position.ACTIVE, ())


def test_a_sprint_that_began_without_a_ready_item_is_known(desk: Desk) -> None:
    desk.connect(board=1)
    desk.add()
    desk.sync()
    desk.jira.site.clock.advance(hours=1)
    sprint = desk.jira.site.add_sprint(1, "Sprint 1")
    boards.start(desk.jira.site, sprint)
    desk.jira.site.clock.advance(hours=1)
    desk.sync()
    (listed,) = queries.listed(desk.library, "c1")
    (row,) = queries.board_rows(desk.library)
    assert (listed.id, is_left_out(row, [listed], desk.library.now())) == (sprint.id, True)
    assert not is_left_out(replace(row, sprint=None), [], desk.library.now())
