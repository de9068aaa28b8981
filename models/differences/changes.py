"""One difference between two states of a post-mortem, and the order of records that moved."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

SECTION_NAMES = {
    "details": "Details",
    "summary": "Summary",
    "impact": "Impact",
    "timeline": "Timeline",
    "response": "Response",
    "whys": "5 Whys",
    "lessons": "Lessons",
    "actions": "Actions",
    "review": "Review",
    "sections": "Own sections",
    "relations": "Related post-mortems",
    "attachments": "Attachments",
}
"""Section -> its heading, in reading order."""

SECTIONS = tuple(SECTION_NAMES)


class Kind(StrEnum):
    """What became of a record or a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


def kind_of(before: str, after: str) -> Kind:
    """What became of a text, where "" is none."""
    if bool(before) == bool(after):
        return Kind.CHANGED
    return Kind.ADDED if after else Kind.REMOVED


@dataclass(frozen=True, slots=True)
class Place:
    """Where a difference is.

    ``section`` is one of ``SECTIONS``; ``record`` the id of the incident, why, event, action,
    section, ... it is in (else what the record is about), "" for the post-mortem itself; ``field``
    the path of the field ("lessons.went_well"), "" where the whole record came, went or moved.
    """

    section: str
    record: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``label`` names the place below its section ("Why 1.2, answer").

    ``before`` and ``after`` are plain text: what a field said, all that a record said that was
    added or removed, or the places that it moved between. What was not there is "".
    """

    place: Place
    label: str
    kind: Kind
    before: str = ""
    after: str = ""


def in_reading_order(before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    """The keys of both: those of ``after``, each that is gone behind what it stood behind."""
    after = list(after)
    kept = set(after)
    gone: dict[str, list[str]] = {}
    last = ""
    for key in before:
        if key in kept:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    yield from gone.get("", ())
    for key in after:
        yield key
        if key:
            yield from gone.get(key, ())


def moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """The fewest keys of both that have to move to make the order of ``before`` that of ``after``.

    The others are a longest run that kept its order.
    """
    places = {key: place for place, key in enumerate(before)}
    common = [key for key in after if key in places]
    ends: list[int] = []
    tails: list[int] = []
    previous: list[int] = []
    for index, key in enumerate(common):
        length = bisect_left(ends, places[key])
        ends[length : length + 1] = [places[key]]
        tails[length : length + 1] = [index]
        previous.append(tails[length - 1] if length else -1)
    stayed: set[str] = set()
    index = tails[-1] if tails else -1
    while index >= 0:
        stayed.add(common[index])
        index = previous[index]
    return frozenset(common) - stayed
