"""The scenarios of what comes back from Jira, most frequent first, on both flavours."""

from datetime import UTC, datetime, timedelta

from models.commands import tracking
from models.tracking.sprints import Passage, Position, carried_over, history, position
from tests.integrations.jira.desk import CREATE, Desk
from tests.jira_fake import boards, examples, faults, issues
from tests.jira_fake.examples import WORKFLOW
from tests.jira_fake.records import Sprint
from tests.models.examples import ANN


def place(desk: Desk, item: object) -> Position:
    """Where a ticket stands, as the library knows it."""
    seen = desk.ticket(item).seen  # type: ignore[arg-type]
    assert seen is not None
    return position(seen)


def slips(desk: Desk, item: object) -> list[str]:
    """The sprints that ended without it."""
    seen = desk.ticket(item).seen  # type: ignore[arg-type]
    assert seen is not None
    return [step.sprint.name for step in carried_over(seen)]


def sprint(desk: Desk, name: str) -> Sprint:
    """A new future sprint."""
    return desk.jira.site.add_sprint(1, name)


def put(desk: Desk, item: object, into: Sprint | None) -> None:
    """Somebody there puts a ticket into a sprint."""
    key = desk.issue(item).key  # type: ignore[arg-type]
    boards.put(desk.jira.site, desk.colleague, [key], into)


def test_05_what_was_changed_there_is_here_after_one_pull(desk: Desk) -> None:
    item = desk.add(priority="P1", owner="")
    desk.sync()
    desk.jira.site.clock.advance(hours=1)
    into = sprint(desk, "Sprint 1")
    desk.edit(item, priority={"name": "Highest"}, duedate="2026-05-04")
    issues.assign(desk.jira.site, desk.colleague, desk.issue(item), examples.COLLEAGUE)
    desk.move(item, "21")
    put(desk, item, into)
    report = desk.sync(push=False)
    now = desk.now(item)
    assert report.pulled == 1
    assert (now.priority, str(now.due), now.owner, now.state) == (
        "P0",
        "2026-05-04",
        "Platform owner",
        "in progress",
    )
    assert desk.ticket(item).status == "In Progress"
    assert place(desk, item) is Position.PLANNED
    report = desk.sync()
    assert (report.pulled, report.updated) == (0, ()), "nothing echoes"


def test_05_won_t_do_is_not_done_and_a_reopened_ticket_is_flagged(desk: Desk) -> None:
    item, other = desk.add(), desk.add("Alert on the queue")
    desk.sync()
    desk.move(item, "31", resolution={"name": "Won't Do"})
    desk.move(other, "31")
    desk.sync()
    assert (desk.now(item).state, desk.now(other).state) == ("won't do", "done")
    assert place(desk, item) is not Position.DONE
    assert place(desk, other) is Position.DONE
    desk.jira.site.clock.advance(days=3)
    desk.move(other, "21")
    report = desk.sync()
    assert report.reopened == (other.ref,)
    assert desk.now(other).state == "in progress"


def test_06_from_the_backlog_through_a_future_sprint_to_an_active_one(desk: Desk) -> None:
    item = desk.add()
    desk.sync()
    assert place(desk, item) is Position.BACKLOG
    first = sprint(desk, "Sprint 1")
    put(desk, item, first)
    desk.sync()
    assert place(desk, item) is Position.PLANNED
    desk.jira.site.clock.advance(days=1)
    boards.start(desk.jira.site, first)
    desk.sync()
    assert place(desk, item) is Position.ACTIVE, "the ticket's own date did not change"
    assert slips(desk, item) == []


def test_07_a_sprint_that_ends_without_it_is_a_slip_wherever_it_goes_next(desk: Desk) -> None:
    site = desk.jira.site
    item, left = desk.add(), desk.add("Alert on the queue")
    desk.sync()
    first, second = sprint(desk, "Sprint 1"), sprint(desk, "Sprint 2, [late]")
    put(desk, item, first)
    put(desk, left, first)
    boards.start(site, first)
    desk.sync()
    site.clock.advance(days=14)
    boards.put(site, desk.colleague, [desk.issue(left).key], None)
    boards.complete(site, desk.colleague, first, second)
    desk.sync()
    assert slips(desk, item) == ["Sprint 1"]
    assert place(desk, item) is Position.PLANNED
    assert slips(desk, left) == [], "it was taken out before"
    site.clock.advance(hours=1)
    boards.start(site, second)
    site.clock.advance(days=14)
    boards.complete(site, desk.colleague, second)
    desk.sync()
    assert slips(desk, item) == ["Sprint 1", "Sprint 2, [late]"]
    assert place(desk, item) is Position.BACKLOG
    seen = desk.ticket(left).seen
    assert seen is not None
    assert Passage.REMOVED in [step.what for step in history(seen)]


def test_08_nothing_is_missed_in_any_zone_nor_in_a_night_that_has_an_hour_twice(
    desk: Desk,
) -> None:
    site = desk.jira.site
    site.zone = "Pacific/Auckland"
    item = desk.add()
    desk.sync()
    nights = {
        "Asia/Kolkata": datetime(2026, 10, 20, 23, tzinfo=UTC),
        "Europe/Berlin": datetime(2026, 10, 24, 23, 40, tzinfo=UTC),
        "America/Los_Angeles": datetime(2026, 11, 1, 7, 40, tzinfo=UTC),
    }
    for month, (zone, night) in enumerate(nights.items(), 1):
        site.users[examples.BOT].zone, site.clock.now = zone, night
        for step in range(5):
            site.clock.advance(minutes=7)
            day = f"2027-{month:02d}-{step + 1:02d}"
            desk.edit(item, duedate=day)
            site.clock.advance(minutes=20)
            desk.sync(push=False)
            assert str(desk.now(item).due) == day


def test_12_hundreds_of_tickets_come_over_short_pages(desk: Desk) -> None:
    desk.jira.site.short_page = 20
    items = desk.linked(250)
    desk.jira.site.clock.advance(hours=1)
    changed = items[::10]
    for item in changed:
        desk.edit(item, duedate="2026-05-04")
    assert desk.sync().pulled == len(changed) == 25
    due = {str(desk.now(item).due) for item in changed}
    assert due == {"2026-05-04"}
    assert str(desk.now(items[1]).due) == "None"


def test_13_a_field_that_both_changed_waits_for_a_decision_and_the_others_merge(
    cloud_desk: Desk,
) -> None:
    desk = cloud_desk
    item = desk.add(priority="P1")
    desk.sync()
    desk.set(item, due="2026-06-01", priority="P2")
    desk.edit(item, duedate="2026-07-01")
    desk.move(item, "21")
    report = desk.sync()
    (found,) = report.conflicts
    assert (found.action, found.field, found.ours, found.theirs) == (
        item.ref,
        "due",
        "2026-06-01",
        "2026-07-01",
    )
    assert report.needs_attention
    assert [one.fields for one in report.updated] == [("priority",)]
    assert (desk.now(item).state, str(desk.now(item).due)) == ("in progress", "2026-06-01")
    assert desk.issue(item).values["duedate"] == "2026-07-01"
    assert desk.sync().conflicts == report.conflicts, "it stays until somebody decides"
    tracking.decide(desk.library, item.id, "due", ANN, keep_ours=True)
    assert not desk.sync().conflicts
    assert desk.issue(item).values["duedate"] == "2026-06-01"
    desk.set(item, due="2026-06-02")
    desk.edit(item, duedate="2026-07-02")
    desk.sync()
    tracking.decide(desk.library, item.id, "due", ANN, keep_ours=False)
    assert not desk.sync().conflicts
    assert str(desk.now(item).due) == desk.issue(item).values["duedate"] == "2026-07-02"


def test_14_a_deleted_and_a_hidden_ticket_are_not_visible_and_not_made_again(desk: Desk) -> None:
    site = desk.jira.site
    gone, hidden, other = desk.add(), desk.add("Alert on the queue"), desk.add("Page the owner")
    desk.sync()
    secret = desk.issue(hidden)
    issues.delete(site, desk.issue(gone))
    secret.hidden_from.add(examples.BOT)
    report = desk.sync()
    assert set(report.not_visible) == {gone.ref, hidden.ref}
    assert {one.state for one in report.attention} == {"not visible"}
    desk.set(gone, priority="P0")
    desk.set(other, priority="P0")
    report = desk.sync()
    assert [one.action for one in report.updated] == [other.ref]
    assert desk.jira.journal.count(CREATE) == 3
    assert desk.now(gone).state == "ready", "nothing here is lost"
    secret.hidden_from.clear()
    issues.edit(site, desk.colleague, secret, {"duedate": "2026-05-04"})
    desk.sync()
    assert desk.ticket(hidden).visible
    assert str(desk.now(hidden).due) == "2026-05-04"


def test_14_a_project_that_is_hidden_as_a_whole(cloud_desk: Desk) -> None:
    desk = cloud_desk
    items = [desk.add(f"Item {n}") for n in range(15)]
    desk.sync()
    (project,) = desk.jira.site.projects.values()
    project.denied[examples.BOT] = {"BROWSE_PROJECTS"}
    report = desk.sync()
    assert len(report.not_visible) == len(items)
    project.denied.clear()
    assert desk.sync().not_visible == ()
    assert desk.jira.journal.count(CREATE) == len(items)


def test_15_a_ticket_that_moved_to_another_project_is_followed(desk: Desk) -> None:
    site = desk.jira.site
    site.add_project("OPS", "Operations", WORKFLOW)
    item = desk.add()
    desk.sync()
    issue = desk.issue(item)
    issues.move(site, desk.colleague, issue, "OPS")
    desk.sync()
    assert desk.ticket(item).key == "OPS-1"
    assert desk.ticket(item).url.endswith("/browse/OPS-1")
    desk.set(item, priority="P0")
    assert [one.key for one in desk.sync().updated] == ["OPS-1"]
    assert issue.values["priority"] == "1"
    assert desk.jira.journal.count(CREATE) == 1


def test_16_a_site_in_another_language_with_another_sprint_field(desk: Desk) -> None:
    site = desk.jira.site
    site.sprint_objects = not site.sprint_objects
    held = site.fields.pop(examples.SPRINT_FIELD)
    held.id, held.name = "customfield_13337", "Спринт"
    site.fields[held.id] = held
    (project,) = site.projects.values()
    for screen in project.screens.values():
        screen.create = [held.id if n == examples.SPRINT_FIELD else n for n in screen.create]
        screen.edit = [held.id if n == examples.SPRINT_FIELD else n for n in screen.edit]
    for status, name in zip(site.statuses.values(), ("Offen", "In Arbeit", "Fertig"), strict=True):
        status.name = name
    site.priorities = {"1": "Höchste", "2": "Hoch", "3": "Mittel", "4": "Niedrig"}
    site.resolutions = {"10000": "Fertig", "10001": "Wird nicht erledigt"}
    desk.connect(priorities={"P0": "Höchste", "P1": "Hoch", "P2": "Mittel", "P3": "Niedrig"})
    item, other = desk.add(priority="P1"), desk.add("Alert on the queue")
    desk.sync()
    assert desk.issue(item).values["priority"] == "2"
    first = sprint(desk, "Sprint [1, 2], „schnell“")
    put(desk, item, first)
    boards.start(site, first)
    desk.move(other, "31", resolution={"name": "Wird nicht erledigt"})
    desk.edit(item, priority={"name": "Höchste"})
    desk.sync()
    assert place(desk, item) is Position.ACTIVE
    assert (desk.now(item).priority, desk.now(other).state) == ("P0", "won't do")
    site.clock.advance(days=14)
    boards.complete(site, desk.colleague, first)
    desk.sync()
    assert slips(desk, item) == ["Sprint [1, 2], „schnell“"]
    desk.set(item, state="done")
    assert desk.sync().attention == ()
    assert desk.issue(item).values["resolution"] == "10000"


def test_19_a_project_without_sprints_cannot_be_seen_in_one(desk: Desk) -> None:
    site = desk.jira.site
    del site.fields[examples.SPRINT_FIELD]
    (project,) = site.projects.values()
    for screen in project.screens.values():
        screen.create.remove(examples.SPRINT_FIELD)
        screen.edit.remove(examples.SPRINT_FIELD)
    site.boards[1].kind = "kanban"
    item = desk.add()
    desk.sync()
    assert place(desk, item) is Position.UNSEEN
    tracking.schedule(desk.library, item.id, "71", ANN)
    desk.set(item, priority="P0")
    report = desk.sync()
    assert [one.fields for one in report.updated] == [("priority",)]
    desk.move(item, "31")
    desk.sync()
    assert place(desk, item) is Position.DONE


def test_20_a_clock_seven_minutes_off_failures_and_an_index_that_lags(desk: Desk) -> None:
    site = desk.jira.site
    site.skew, site.lag = timedelta(minutes=-7), timedelta(minutes=3)
    desk.patient = True
    desk.jira.faults.plan(CREATE, faults.refusal(503, applied=True), nth=2)
    desk.jira.faults.plan(CREATE, faults.refusal(503), nth=5)
    desk.jira.faults.plan("POST /search*", faults.refusal(503), nth=3)
    items = [desk.add(f"Item {n}") for n in range(6)]
    desk.sync()
    assert len(desk.made()) == 6
    assert {desk.entry(item).state.value for item in items} == {"synced"}
    site.clock.advance(minutes=1)
    desk.edit(items[0], duedate="2026-05-04")
    desk.sync()
    site.clock.advance(minutes=4)
    desk.sync()
    assert str(desk.now(items[0]).due) == "2026-05-04"
    site.skew = timedelta(minutes=7)
    site.clock.advance(minutes=30)
    desk.edit(items[1], duedate="2026-05-05")
    site.clock.advance(minutes=4)
    desk.sync()
    assert str(desk.now(items[1]).due) == "2026-05-05"
