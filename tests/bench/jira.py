"""How many requests a sync with Jira makes, on both flavours, and how long it takes.

The figures that are asked for: 1,000 linked action items with few changes at most 12 requests, with
all changed at most 1 for 50; a first sync of 200 new ones at most 3 for each.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.figures import Figures, timed_ms
from tests.integrations.jira.desk import Desk, desk_at
from tests.jira_fake import FakeJira, Flavour, boards, examples

LINKED, NEW = 1000, 200


def measure(_: Path) -> Figures:
    """Requests and seconds of each kind of sync."""
    return {flavour.value: requests(flavour, linked=LINKED, new=NEW) for flavour in Flavour}


def requests(flavour: Flavour, *, linked: int, new: int) -> Figures:
    """How many requests there were."""
    with TemporaryDirectory() as folder, FakeJira(examples.site(flavour)) as jira:
        with desk_at(Path(folder) / "linked", jira) as desk:
            figures = _pulls(desk, linked)
        with desk_at(Path(folder) / "new", jira) as desk:
            for number in range(new):
                desk.add(f"New item {number}")
            seconds = _sync(desk)
            figures |= {"first sync": jira.journal.count(), "first sync s": seconds}
    return figures


def _pulls(desk: Desk, linked: int) -> Figures:
    site = desk.jira.site
    items = desk.linked(linked)
    sprint = site.add_sprint(1, "Sprint 1")
    boards.start(site, sprint)
    issues = desk.made()
    boards.put(site, desk.colleague, [issue.key for issue in issues[:50]], sprint)
    site.clock.advance(hours=1)
    desk.sync()
    site.clock.advance(hours=1)
    for item in items[:3]:
        desk.edit(item, duedate="2026-05-04")
    seconds = _sync(desk)
    figures: Figures = {"little changed": desk.jira.journal.count(), "little changed s": seconds}
    site.clock.advance(hours=1)
    for start in range(0, linked, 50):
        some = [issue.key for issue in issues[start : start + 50]]
        boards.put(site, desk.colleague, some, sprint if start else None)
    seconds = _sync(desk)
    return figures | {"all changed": desk.jira.journal.count(), "all changed s": seconds}


def _sync(desk: Desk) -> float:
    desk.jira.journal.clear()
    return round(timed_ms(desk.sync) / 1000, 2)
