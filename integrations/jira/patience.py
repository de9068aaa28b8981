"""A site that asked for time is left alone until it is over, whoever wants something of it."""

from datetime import datetime, timedelta

from integrations.jira.remote import BusyError
from integrations.jira.waiting import LONGEST_PAUSE_S
from models.commands import tracking as commands
from models.queries import tracking as queries
from models.store.library import Library

LONGEST = timedelta(seconds=LONGEST_PAUSE_S)
NOT_BEFORE = "not before"
"""The cursor: until when the site asked to be left alone, by our clock."""


def leave_alone(library: Library, address: str, until: datetime) -> None:
    """Keeps the time that a site gave for all of its projects, also for whoever asks later."""
    for connection in queries.connections(library):
        if connection.site == address:
            commands.note_cursors(library, connection.id, {NOT_BEFORE: until.isoformat()})


def left_alone_until(library: Library, address: str) -> datetime | None:
    """When a site may be asked again; None where that is now.

    A time further ahead than a site can ask for was noted by a clock that was wrong.
    """
    now = library.now()
    times = [
        datetime.fromisoformat(noted)
        for connection in queries.connections(library)
        if connection.site == address
        and (noted := queries.cursors(library, connection.id).get(NOT_BEFORE))
    ]
    return max((time for time in times if now < time <= now + LONGEST), default=None)


def asked_to_wait(address: str, until: datetime) -> str:
    """The sentence that says so."""
    return f"{address} asked to wait: it is left alone until {until:%Y-%m-%d %H:%M:%S} UTC."


def require_welcome(library: Library, address: str) -> None:
    """Raises ``BusyError`` where a site is to be left alone now."""
    until = left_alone_until(library, address)
    if until is not None:
        raise BusyError(asked_to_wait(address, until), until)
