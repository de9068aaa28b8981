"""Status updates that were late: how long the others waited for a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from models.domain.incident import Incident, current_events
from models.frameworks import Framework
from models.vocabulary import Vocabulary

UPDATE_MINUTES = 15
"""How often an update is due where nobody says otherwise: what both frameworks promise."""
TOLD = "communication"
"""The kind of event that is a message to others."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Overdue:
    """An update that was late or never came (times in UTC).

    ``before`` and ``after`` are the ids of the messages around it, ``after`` and ``until`` empty
    where none followed. ``promised`` says that the last message itself had named ``due``.
    """

    before: str
    since: datetime
    due: datetime
    promised: bool
    until: datetime | None = None
    after: str = ""

    @property
    def late_s(self) -> float | None:
        """Seconds by which it was late; None where it never came."""
        return None if self.until is None else (self.until - self.due).total_seconds()


@dataclass(frozen=True, slots=True)
class _Message:
    at: datetime
    id: str
    promise: datetime | None = None
    is_update: bool = False


def update_limit(
    incident: Incident,
    frameworks: Mapping[str, Framework],
    severities: Vocabulary | None = None,
) -> timedelta:
    """How long the others may wait for the next update.

    The rhythm of the framework that was followed, else that of the severity, else 15 minutes.
    """
    followed = (frameworks.get(record.framework) for record in incident.response)
    own = [f.update_minutes for f in followed if f is not None and f.update_minutes]
    term = severities.find(incident.severity) if severities and incident.severity else None
    usual = term.update_minutes if term is not None else None
    return timedelta(minutes=min(own) if own else usual or UPDATE_MINUTES)


def overdue_updates(incident: Incident, limit: timedelta) -> tuple[Overdue, ...]:
    """The updates that were late, in the order of time.

    A message is a status update or an event of the kind "communication"; two of one minute are
    one. The next is due at the promised time, else ``limit`` later; what is no status update (a
    script for support) leaves a promise open until its time. After the all clear (or, where none
    is known, the mitigation) only what was promised is due. Only exact times count.
    """
    messages = _messages(incident)
    end = _over(incident)
    found: list[Overdue] = []
    promise: datetime | None = None
    for place, message in enumerate(messages):
        following = messages[place + 1] if place + 1 < len(messages) else None
        if message.is_update or (promise is not None and promise <= message.at):
            promise = message.promise
        due = promise or message.at + min(limit, _LAST - message.at)
        if following is None:
            if promise is not None or (end is not None and due < end):
                found.append(Overdue(message.id, message.at, due, promise is not None))
        elif _minute(following.at) > due and (promise is not None or end is None or due < end):
            late = (promise is not None, following.at, following.id)
            found.append(Overdue(message.id, message.at, due, *late))
    return tuple(found)


def _messages(incident: Incident) -> list[_Message]:
    told = [
        _Message(event.at, event.id)
        for event in current_events(incident.timeline)
        if event.kind == TOLD and event.at is not None and event.moment.is_exact
    ]
    told += [
        _Message(u.at, u.id, u.next_promised, True) for u in incident.updates if u.at is not None
    ]
    result: list[_Message] = []
    for _, group in groupby(
        sorted(told, key=lambda one: _minute(one.at)), lambda one: _minute(one.at)
    ):
        together = list(group)
        promise = max((m.promise for m in together if m.promise), default=None)
        is_update = any(m.is_update for m in together)
        result.append(_Message(together[0].at, together[0].id, promise, is_update))
    return result


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _over(incident: Incident) -> datetime | None:
    for moment in (incident.times.resolved, incident.times.mitigated):
        if moment is not None and moment.at is not None and moment.is_exact:
            return moment.at
    return None
