"""Reading events out of any pasted text."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from integrations.markdown import slack
from integrations.markdown.events import telling_word
from integrations.markdown.times import day_first
from integrations.timeline.direction import ordered
from integrations.timeline.entries import LINE_END, Entry
from integrations.timeline.resolving import Answers, Placed, Resolver
from integrations.timeline.rows import Asked, Question, Reading, ReadRow, Rest
from integrations.timeline.sameness import with_duplicates
from integrations.timeline.scanning import Scanned, scan
from models.domain.incident import Event
from models.vocabulary import Vocabulary

_NO_ANSWERS = Answers()
_NOTHING = (0, 0, "")
_WORD = re.compile(r"[^\W_]")


def read_events(
    text: str,
    answers: Answers = _NO_ANSWERS,
    *,
    known: Iterable[Event] = (),
    kinds: Vocabulary | None = None,
) -> Reading:
    """The rows of a text in any notation, the questions they leave, and the words of no row.

    ``known`` are events that are there already, ``kinds`` the terms that a source may name. What
    neither the text nor the answers say is asked, never guessed.
    """
    scanned = scan(text)
    if answers.day_first is None:
        answers = replace(answers, day_first=day_first(LINE_END.sub("\n", text)))
    placed = _placed(scanned, answers)
    rows = [
        _row(text, entry, placed[id(entry)], kinds) for entry in scanned.entries if not entry.day
    ]
    rows = with_duplicates(_in_order(rows), known)
    return Reading(
        tuple(rows),
        tuple(_questions(rows, answers)),
        tuple(_rests(text, scanned)),
        scanned.zone.name if scanned.zone else "",
    )


def _placed(scanned: Scanned, answers: Answers) -> dict[int, Placed]:
    """The moment of each entry, by the identity of the entry."""
    stamps = (entry.when.stamp for entry in scanned.entries)
    halves = any(stamp.clock.half for stamp in stamps if stamp and stamp.clock)
    resolver = Resolver(answers, scanned.zone, scanned.day, halves=halves)
    found: dict[int, Placed] = {}
    for entry in ordered(scanned.entries):
        if entry.day:
            resolver.enter(entry.when)
        else:
            found[id(entry)] = resolver.place(entry.when)
    return found


def _row(text: str, entry: Entry, placed: Placed, kinds: Vocabulary | None) -> ReadRow:
    kind, because = _kind(entry, kinds)
    return ReadRow(
        moment=placed.moment,
        written=" ".join(entry.when.words),
        text=slack.readable(entry.text).strip(),
        source=text[entry.start : entry.end],
        start=entry.start,
        end=entry.end,
        kind=kind,
        because=because,
        author=entry.author,
        form=entry.form,
        waits_for=placed.waits_for,
        abbreviation=placed.abbreviation,
        choices=placed.choices,
        doubt=placed.doubt,
        aside=entry.aside,
    )


def _kind(entry: Entry, kinds: Vocabulary | None) -> tuple[str, str]:
    """The kind that the source names, where there is such a one, else the one its words tell."""
    if entry.kind:
        term = kinds.find(entry.kind) if kinds else None
        if term is not None or kinds is None:
            return (term.id if term else entry.kind), entry.because
    kind, word = telling_word(entry.text)
    return kind, f"it says “{word}”" if word else ""


def _in_order(rows: list[ReadRow]) -> list[ReadRow]:
    """By UTC, a row of two instants by what fits; one without stays behind the row above it."""
    last = datetime.min.replace(tzinfo=UTC)
    keyed: list[tuple[datetime, int, ReadRow]] = []
    for place, row in enumerate(rows):
        either = [choice.moment.at for choice in row.choices if choice.moment.at is not None]
        likely = next((at for at in either if at >= last), either[0] if either else None)
        last = row.moment.at or likely or last
        keyed.append((last, place, row))
    return [row for _, _, row in sorted(keyed, key=lambda item: item[:2])]


def _questions(rows: list[ReadRow], answers: Answers) -> Iterable[Question]:
    waiting: dict[tuple[Asked, str], list[ReadRow]] = {}
    for row in rows:
        for asked in row.waits_for:
            about = row.abbreviation if asked is Asked.ZONE else ""
            waiting.setdefault((asked, about), []).append(row)
    order = list(Asked)
    for asked, about in sorted(waiting, key=lambda one: (order.index(one[0]), one[1])):
        some = waiting[asked, about]
        said = answers.zones.get(about)
        refused = f"“{about}” is no time of {said.name}" if said else ""
        seen = min(some, key=lambda row: row.start).written
        yield Question(asked, len(some), seen, about, refused)


def _rests(text: str, scanned: Scanned) -> Iterable[Rest]:
    """What lies between the entries and has words, line by line."""
    taken = sorted((entry.start, entry.end) for entry in scanned.entries if not entry.day)
    used = sorted(scanned.used)
    place = 0
    for start, end in [*taken, (len(text), len(text))]:
        if start > place:
            yield from _gap(text, place, start, used)
        place = max(place, end)


def _gap(text: str, begin: int, end: int, used: list[tuple[int, int, str]]) -> Iterable[Rest]:
    place = begin
    while place < end:
        line_end = LINE_END.search(text, place, end)
        stop, after = line_end.span() if line_end else (end, end)
        piece = text[place:stop]
        if _WORD.search(piece):
            _, behind, gave = (
                used[max(0, bisect_right(used, (place, end, "~")) - 1)] if used else _NOTHING
            )
            yield Rest(piece, place, stop, gave if place < behind else "")
        place = max(after, place + 1)


def with_choice(row: ReadRow, choice: int) -> ReadRow:
    """The row at one of its two instants, as its author chose."""
    return replace(row, moment=row.choices[choice].moment, choices=(), doubt="")
