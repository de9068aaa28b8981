"""A library that was put back from a backup finds the tickets it made since and makes no others."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from models.tracking.outbox import OutboxState
from tests.integrations.jira.desk import CREATE, Desk
from tests.jira_fake import issues


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
