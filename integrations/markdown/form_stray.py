"""What a list of the Markdown form holds in another notation: tables, plain lists, "14:02 text".

The readers of the import read it. What even they cannot place stays as Markdown in a custom
section that is named after its own, and a notice says so.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

from integrations.markdown import form_tables as tables
from integrations.markdown.action_items import ActionContext
from integrations.markdown.actions import read_actions
from integrations.markdown.blocks import (
    join_blocks,
)
from integrations.markdown.events import event
from integrations.markdown.form_items import Entry, Row, Stray, stray_text
from integrations.markdown.form_other_notations import roles_in, section_of, texts_of, whys_in
from integrations.markdown.form_text import line
from integrations.markdown.form_times import moment_text, read_moment
from integrations.markdown.timeline import read_timeline
from integrations.markdown.times import TimeContext, day_first
from integrations.markdown.why_entries import is_question
from integrations.markdown.zones import zone_from
from models import vocabulary
from models.document import new_id
from models.domain.moments import Moment
from models.errors import InvalidInputError
from models.vocabulary import Vocabularies

_MISTYPED = re.compile(r"- [^*:]{1,30}:")

_OVERNIGHT = timedelta(hours=12)
"""A time that would be so long before the last one is of the next day."""

Items = Sequence[Entry | Stray]


@dataclass
class Strays:
    """Takes what is in no notation of the form, and remembers what it could not place.

    ``terms`` are what actions are read with; the product's own where none are given.
    """

    terms: Vocabularies | None = None
    notices: list[str] = field(default_factory=list)
    kept: dict[str, list[str]] = field(default_factory=dict)
    """Heading of a section -> Markdown that found no place in it."""

    @cached_property
    def _terms(self) -> Vocabularies:
        return vocabulary.load() if self.terms is None else self.terms

    def timeline(self, items: Items, known: Iterable[Moment | None]) -> list[Entry]:
        """The entries of a timeline. A time without a date is of the day before it; the first
        one of the first day in ``known``."""
        usual = next((moment for moment in known if moment and moment.at), None)
        last = usual or next(filter(None, (_at(one) for one in items)), None)

        def read(stray: Stray) -> tuple[list[Entry], str]:
            return self._events(stray, last)

        entries: list[Entry] = []
        for item in items:
            found = self._one(item, "timeline", "", read)
            entries += found
            last = next(filter(None, map(_at, reversed(found))), last)
        return entries

    def _events(self, stray: Stray, last: Moment | None) -> tuple[list[Entry], str]:
        section = section_of("timeline", stray.text)
        reading = read_timeline(section, _context(stray.text, last))
        first = next((row.moment.at for row in reading.rows if row.moment.at), None)
        if first and last and last.at and last.at - first >= _OVERNIGHT:
            later = replace(last, at=last.at + timedelta(days=1))
            reading = read_timeline(section, _context(stray.text, later))
        entries = []
        for row in reading.rows:
            one = event(row, new_id)
            if one.at is None and any(re.search(r"\d", word) for word in row.words):
                self.notices.append(
                    f"Line {stray.line}: no day is known for “{' '.join(row.words)}”. "
                    "It is kept without a time; write its date in front of it."
                )
            values = tables.TIMELINE.values(one, corrects="", known_as="")
            label = f"{moment_text(one.moment)}, {line(one.kind, '*')}"
            entries.append(Entry(label, one.text, values, line=stray.line))
        return entries, join_blocks([*reading.rest, *texts_of(reading.sections)])

    def actions(self, items: Items) -> list[Entry]:
        """The entries of the actions."""
        return [entry for one in items for entry in self._one(one, "actions", "text", self._acts)]

    def _acts(self, stray: Stray) -> tuple[list[Entry], str]:
        context = ActionContext(self._terms, TimeContext(), new_id)
        reading = read_actions(section_of("actions", stray.text), context)
        entries = [
            Entry("new", action.title, tables.ACTIONS.values(action), line=stray.line)
            for action in reading.actions
        ]
        return entries, join_blocks([*reading.rest, *texts_of(reading.sections)])

    def roles(self, items: Items) -> list[Entry]:
        """The entries of the roles, from lines "role: holder" and tables of two columns too."""
        return [entry for one in items for entry in self._one(one, "roles", None, roles_in)]

    def others(self, items: Items, key: str, attribute: str | None) -> list[Entry]:
        """The entries of a list that only the form writes."""

        def read(stray: Stray) -> tuple[list[Entry], str]:
            return [], stray.text

        return [entry for one in items for entry in self._one(one, key, attribute, read)]

    def impact(self, text: str, items: Items) -> tuple[str, list[Entry]]:
        """The text of the impact, with what stands between its entries, and these."""
        texts = [text, *(one.text for one in items if isinstance(one, Stray))]
        entries = [one for one in items if isinstance(one, Entry)]
        joined = join_blocks(texts) if len(texts) > 1 else text
        return joined, [self._attached(one, "impact", "text") for one in entries]

    def whys(self, problem: str, items: Items) -> tuple[str, tuple[Entry, ...]]:
        """The problem of a why tree and its entries."""
        entries: list[Entry] = []
        for item in items:
            if isinstance(item, Stray):
                more, found, rest = whys_in(item.text, item.line)
                problem = join_blocks([problem, more]) if more else problem
                entries += found
                self._keep("whys", item.rows, rest)
            else:
                entries.append(self._why(item))
        return problem, tuple(entries)

    def _why(self, entry: Entry) -> Entry:
        """A why whose stray lines are further whys or else a part of its answer."""
        children = tuple(map(self._why, entry.children))
        if entry.stray and any(is_question(row.text.lstrip("-*+ ")) for row in entry.stray):
            answer, found, rest = whys_in(stray_text(entry.stray), entry.line)
            values = {**entry.values, "answer": _joined(entry.values["answer"], answer, rest)}
            return replace(entry, values=values, children=(*children, *found), stray=())
        return self._attached(replace(entry, children=children), "whys", "answer")

    def _one(
        self,
        item: Entry | Stray,
        key: str,
        attribute: str | None,
        read: Callable[[Stray], tuple[list[Entry], str]],
    ) -> list[Entry]:
        if isinstance(item, Entry):
            return [self._attached(item, key, attribute)]
        entries, rest = read(item)
        self._keep(key, item.rows, rest)
        return entries

    def _attached(self, entry: Entry, key: str, attribute: str | None) -> Entry:
        """The entry with its stray lines in one of its texts; "" is the one behind the label.

        Those of an entry without a text are kept beside it.
        """
        if not entry.stray:
            return entry
        text = stray_text(entry.stray)
        bare = replace(entry, stray=())
        if attribute is None:
            self._keep(key, entry.stray, f"{entry.head}\n\n{text}")
            return bare
        self._tell_mistyped(entry.stray)
        if not attribute:
            return replace(bare, head=_joined(entry.head, text))
        return replace(
            bare, values={**entry.values, attribute: _joined(entry.values[attribute], text)}
        )

    def tell(self, row: Row, what: str) -> None:
        """Notes what was made of a line."""
        self.notices.append(f"Line {row.line}: “{row.text.strip():.60}” {what}")

    def _tell_mistyped(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if _MISTYPED.match(row.text):
                self.tell(row, "is not a field here. It is kept in the text of its entry.")

    def keep(self, key: str, rows: Sequence[Row]) -> None:
        """Keeps lines of a section that are in none of its parts."""
        self._keep(key, rows, stray_text(rows))

    def _keep(self, key: str, rows: Sequence[Row], text: str) -> None:
        if not text.strip():
            return
        first = text.strip().splitlines()[0]
        number = next((row.line for row in rows if first in row.text), rows[0].line)
        heading = tables.SECTIONS[key]
        self.kept.setdefault(heading, []).append(text)
        self.notices.append(
            f"Line {number}: “{first:.60}” is no entry of “{heading}”. "
            f"It is kept as text in a section of its own called “{heading}”."
        )


def _context(text: str, last: Moment | None) -> TimeContext:
    """What times without date or zone mean behind a moment."""
    context = TimeContext(day_first=day_first(text))
    if last is None or last.at is None:
        return context
    zone = zone_from(last.zone)
    day = last.at.astimezone(zone.rules).date() if zone else last.at.date()
    return replace(context, zone=zone, day=day, near=day, assumed=False)


def _at(item: Entry | Stray) -> Moment | None:
    """The time of an entry of the form, where it has one."""
    if isinstance(item, Stray):
        return None
    try:
        moment = read_moment(item.label.partition(",")[0])
    except InvalidInputError:  # told with its line when the entry itself is read
        return None
    return moment if moment.at else None


def _joined(*texts: str) -> str:
    return join_blocks(list(texts))
