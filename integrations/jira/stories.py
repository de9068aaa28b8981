"""What a change log says of a ticket's way: its sprints, and when it was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from integrations.jira.remote import Story
from integrations.jira.shapes import Json, figure, moment, objects, text
from models.tracking.sprints import DoneMove, SprintMove
from models.tracking.translating import is_done

STATUS, RESOLUTION = "status", "resolution"


@dataclass(frozen=True, slots=True)
class Known:
    """What it takes to read a change log: the statuses' categories by id, and the
    sprint field's id and name here."""

    categories: Mapping[str, str]
    sprint_field: str
    sprint_name: str

    def is_sprint(self, item: Json) -> bool:
        """Whether a line is about the sprint field; its id may be missing."""
        field_id = text(item, "fieldId")
        if field_id:
            return field_id == self.sprint_field
        return text(item, "field") in ("Sprint", self.sprint_name)


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime
    number: int
    items: list[Json]


def read_story(histories: Iterable[Json], known: Known) -> Story:
    """The moves in a change log, which comes in any order."""
    entries = sorted(filter(None, map(_entry, histories)), key=lambda one: (one.at, one.number))
    moves = [
        SprintMove(entry.at, _ids(text(item, "from")), _ids(text(item, "to")), entry=entry.number)
        for entry in entries
        for item in entry.items
        if known.is_sprint(item)
    ]
    return Story(tuple(moves), tuple(_done_moves(entries, known)))


def _entry(raw: Json) -> _Entry | None:
    at = moment(raw, "created")
    return _Entry(at, figure(raw, "id") or 0, objects(raw, "items")) if at else None


def _ids(written: str) -> frozenset[int]:
    """The ids in ``76, 79``."""
    parts = (part.strip() for part in written.split(","))
    return frozenset(int(part) for part in parts if part.isascii() and part.isdigit())


def _done_moves(entries: list[_Entry], known: Known) -> Iterable[DoneMove]:
    """Replays status and resolution from what they were before the first change."""
    now = {STATUS: ("", ""), RESOLUTION: ("", "")}
    for entry in reversed(entries):
        for item in entry.items:
            if text(item, "field") in now:
                now[text(item, "field")] = text(item, "from"), text(item, "fromString")
    for entry in entries:
        changed = [item for item in entry.items if text(item, "field") in now]
        before = _is_done(now, known)
        for item in changed:
            now[text(item, "field")] = text(item, "to"), text(item, "toString")
        after = _is_done(now, known)
        if before != after:
            yield DoneMove(entry.at, before, after, entry=entry.number)


def _is_done(now: Mapping[str, tuple[str, str]], known: Known) -> bool:
    id, name = now[STATUS]
    category = known.categories.get(id, "")
    return is_done(category, now[RESOLUTION][1], name)
