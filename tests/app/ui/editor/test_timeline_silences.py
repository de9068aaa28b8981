"""Silences in the timeline: where an update was late, between the events around it."""

from datetime import UTC, datetime, timedelta

from app.ui.editor.timeline.model import Gap, rows_of
from app.ui.editor.timeline.page import TimelinePage
from models.domain.incident import Event, Incident, StatusUpdate, Times
from models.editing.parts import with_incident
from tests.app.ui.editor.conftest import OpenForm

AT = datetime(2026, 11, 12, 14, 0, tzinfo=UTC)
LIMIT = timedelta(minutes=15)


def event(minute: int, kind: str = "note") -> Event:
    return Event(f"e{minute}", AT.replace(minute=minute), kind=kind, text="Something.")


def update(minute: int, promised: int | None = None) -> StatusUpdate:
    due = None if promised is None else AT.replace(minute=promised)
    return StatusUpdate(f"u{minute}", AT.replace(minute=minute), "Support", "Text.", due)


def shown(incident: Incident) -> list[str]:
    rows = rows_of(incident, LIMIT)
    return [row.words if isinstance(row, Gap) else row.id for row in rows]


def test_a_silence_stands_before_what_ended_it() -> None:
    told = [event(0, "communication"), event(10), event(40, "communication"), event(50)]
    assert shown(Incident("i", timeline=tuple(told))) == [
        *("e0", "e10", "No update for 40 min, 25 min more than agreed", "e40", "e50")
    ]


def test_status_updates_count_as_messages() -> None:
    told = (event(0, "communication"), event(20), event(40, "communication"))
    assert shown(Incident("i", timeline=told, updates=(update(14), update(28)))) == [
        *("e0", "e20", "e40")
    ]
    late = Incident("i", timeline=told, updates=(update(14, 18), update(24), update(37)))
    words = "No update for 10 min; one was promised for 14:18 UTC"
    assert shown(late) == ["e0", "e20", words, "e40"]


def test_an_update_that_never_came_stands_where_it_was_due() -> None:
    incident = Incident("i", timeline=(event(0), event(50)), updates=(update(5, 20),))
    words = "No update after 14:05 UTC; one was promised for 14:20 UTC"
    assert shown(incident) == ["e0", words, "e50"]
    assert shown(Incident("i", timeline=(event(0),), updates=(update(5, 20),))) == ["e0", words]


def test_the_timeline_of_a_page_shows_it_and_arrows_pass_over_it(open_form: OpenForm) -> None:
    form = open_form(TimelinePage)
    page = form.page
    assert isinstance(page, TimelinePage)
    log = (event(0, "communication"), event(40, "communication"))
    fields = {"timeline": log, "times": Times()}
    form.draft.edit("Prepare", lambda d: with_incident(d, form.incident.id, **fields))
    index = page.model.index(1, 0)
    assert page.model.rowCount() == 3
    assert page.model.event_at(index) is None
    assert not page.model.flags(index)
    assert str(page.model.data(index)).endswith("more than agreed, 14:00 to 14:40 UTC")
