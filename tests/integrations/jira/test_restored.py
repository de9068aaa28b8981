"""A library that was put back from a backup finds the tickets it made since and makes no others."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from integrations.jira.remote import UnreachableError
from models.tracking.outbox import OutboxState
from tests.integrations.jira.desk import CREATE, Desk
from tests.integrations.jira.mortal import mortal
from tests.jira_fake import examples, faults, issues


@contextmanager
def put_back(desk: Desk, folder: Path) -> Iterator[None]:
    """Undoes in the library whatever the block does; the site keeps it."""
    live = closing(sqlite3.connect(desk.library.folder / "library.db"))
    with live as library, closing(sqlite3.connect(folder / "backup.db")) as backup:
        library.backup(backup)
        yield
        backup.backup(library)


def test_tickets_made_since_the_backup_are_found_and_followed(desk: Desk, tmp_path: Path) -> None:
    items = [desk.add("Cap the retries"), desk.add("Page the owner")]
    with put_back(desk, tmp_path):
        desk.sync()
    assert {desk.entry(item).state for item in items} == {OutboxState.QUEUED}
    desk.edit(items[0], duedate="2026-05-04")
    report = desk.sync()
    assert (report.created, report.waiting) == ((), ())
    assert report.notes[0] == "A-01 has its ticket already: REL-1. No other was made."
    assert [desk.entry(item).state for item in items] == [OutboxState.SYNCED] * 2
    assert [desk.ticket(item).key for item in items] == ["REL-1", "REL-2"]
    assert {desk.entry(item).connection for item in items} == {"c1"}
    assert str(desk.now(items[0]).due) == "2026-05-04"
    assert desk.jira.journal.count(CREATE) == 2


def test_the_search_need_not_know_them_yet(desk: Desk, tmp_path: Path) -> None:
    desk.jira.site.lag = timedelta(minutes=2)
    first = desk.add("Alert on the queue")
    desk.sync()
    desk.jira.site.clock.advance(minutes=5)
    items = [desk.add("Cap the retries"), desk.add("Page the owner")]
    with put_back(desk, tmp_path):
        desk.sync()
    desk.jira.site.clock.advance(seconds=30)
    new = desk.add("Limit the batch")
    desk.jira.journal.clear()
    report = desk.sync()
    assert [one.action for one in report.created] == [new.ref]
    assert len(desk.made()) == 4
    assert [desk.ticket(i).key for i in (first, *items, new)] == [f"REL-{n}" for n in range(1, 5)]
    assert {desk.entry(item).state for item in items} == {OutboxState.SYNCED}


def test_of_an_old_project_only_the_newest_keys_are_read(desk: Desk, tmp_path: Path) -> None:
    site = desk.jira.site
    fields: dict[str, Any] = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}}
    for number in range(1, 121):
        made = issues.create(site, desk.colleague, fields | {"summary": f"Ticket {number}"})
        if number % 10 == 3:
            issues.delete(site, made)
    site.lag = timedelta(minutes=2)
    site.clock.advance(minutes=5)
    desk.add("Cap the retries")
    with put_back(desk, tmp_path):
        desk.sync()
    desk.jira.journal.clear()
    assert not desk.sync().created
    assert desk.jira.journal.count(CREATE) == 0
    assert desk.jira.journal.count() <= (15 if site.cloud else 20)


def without_labels_and_text(desk: Desk) -> None:
    """Takes both from the create screens: a ticket can carry its mark in its property only."""
    for screen in desk.jira.site.project("REL").screens.values():
        screen.create[:] = [one for one in screen.create if one not in ("labels", "description")]


def test_a_ticket_that_only_its_property_marks_is_found_again(desk: Desk) -> None:
    without_labels_and_text(desk)
    site, item = desk.jira.site, desk.add("Cap the retries")
    fields: dict[str, Any] = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}}
    for by in (desk.colleague, site.users[examples.BOT]):
        for title in ("Cap the retries", "Something else"):
            issues.create(site, by, fields | {"summary": title})
    desk.jira.faults.plan(CREATE, faults.reset(applied=True))
    desk.sync()
    site.clock.advance(minutes=1)
    for number in range(20):
        issues.create(site, desk.colleague, fields | {"summary": f"Ticket {number}"})
    desk.jira.journal.clear()
    report = desk.sync()
    assert [one.key for one in report.created] == []
    assert (desk.entry(item).state, desk.ticket(item).key) == (OutboxState.SYNCED, "REL-5")
    assert desk.jira.journal.count(CREATE) == 0
    assert desk.jira.journal.count("GET /issue/{issue}") <= 11, "few are read one by one"


def test_of_the_newest_tickets_without_a_mark_few_are_read(desk: Desk, tmp_path: Path) -> None:
    without_labels_and_text(desk)
    site = desk.jira.site
    fields: dict[str, Any] = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}}
    for number in range(30):
        issues.create(site, site.users[examples.BOT], fields | {"summary": f"Ticket {number}"})
    items = [desk.add("Cap the retries"), desk.add("Page the owner")]
    with put_back(desk, tmp_path):
        desk.sync()
    site.clock.advance(minutes=1)
    desk.jira.journal.clear()
    assert not desk.sync().created
    assert [desk.ticket(item).key for item in items] == ["REL-31", "REL-32"]
    assert desk.jira.journal.count(CREATE) == 0
    assert desk.jira.journal.count("GET /issue/{issue}") <= 13


def test_what_somebody_chose_before_a_new_ticket_was_read_is_no_default_of_the_site(
    desk: Desk,
) -> None:
    site, item = desk.jira.site, desk.add()

    def step(name: str) -> None:
        if name == "read begun":
            raise UnreachableError("The network is gone.")

    desk.wrap = mortal(step)
    desk.sync()
    assert desk.entry(item).state is OutboxState.LINKED
    desk.wrap = lambda remote: remote
    site.clock.advance(hours=1)
    issues.assign(site, desk.colleague, desk.issue(item), examples.BOT)
    desk.set(item, owner="Platform owner")
    (conflict,) = desk.sync().conflicts
    assert (conflict.field, conflict.ours) == ("owner", "Platform owner")
    assert desk.issue(item).values["assignee"] == examples.BOT
    assert desk.ticket(item).base["priority"], "that of the site, which stands against nothing here"
