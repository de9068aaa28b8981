"""What is read from a paste: rows, the questions that are left, and the words of no row."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from integrations.markdown.times import written
from integrations.markdown.zones import SHARED
from models.domain.incident import Event, Evidence
from models.domain.moments import Moment

SOURCE_LIMIT = 20_000
"""Letters of a row's source that are kept: a stack trace fits, a dump of a database does not."""


class Asked(StrEnum):
    """What a paste may leave open; one answer holds for all its rows."""

    ZONE = "zone"
    DAY = "day"
    ORDER = "order"
    START = "start"
    COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. ``rows`` wait for it; ``seen`` are the source's words that need it.

    ``about`` is the abbreviation whose zone is asked for, "" for the zone of times without one;
    ``refused`` says what is wrong with the answer that there is.
    """

    asked: Asked
    rows: int
    seen: str = ""
    about: str = ""
    refused: str = ""

    @property
    def words(self) -> str:
        """The question as people read it."""
        if self.about:
            *some, last = SHARED[self.about]
            which = f"Which “{self.about}” is “{self.seen}”: {', '.join(some)} or {last}?"
            return f"{self.refused}. {which}" if self.refused else which
        return {
            Asked.ZONE: f"In which time zone is “{self.seen}”?",
            Asked.DAY: f"On which day was “{self.seen}”?",
            Asked.ORDER: f"“{self.seen}”: is the day first or the month?",
            Asked.START: f"“{self.seen}” counts from when?",
            Asked.COPIED: f"“{self.seen}” counts back from when this was copied: when was that?",
        }[self.asked]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of two instants that a local time can mean, with what tells them apart."""

    moment: Moment
    words: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One event as read.

    ``moment`` has no instant while it ``waits_for`` answers or ``choices`` are there, and
    ``doubt`` says why; ``abbreviation`` is the name of several zones that it waits for. ``source``
    is the source's text, word for word, which begins at ``start``; ``because`` says what the
    ``kind`` was guessed from. ``same_as`` says where the same is told already, ``aside`` why it
    likely belongs to no timeline.
    """

    moment: Moment
    written: str
    text: str
    source: str
    start: int
    end: int
    kind: str = "note"
    because: str = ""
    author: str = ""
    form: str = ""
    waits_for: tuple[Asked, ...] = ()
    abbreviation: str = ""
    choices: tuple[Choice, ...] = ()
    doubt: str = ""
    same_as: str = ""
    aside: str = ""

    @property
    def is_usual(self) -> bool:
        """Whether it is proposed to be added."""
        return not (self.same_as or self.aside)

    @property
    def shown_source(self) -> Evidence:
        """The source's own text, and who said it where."""
        text = self.source
        if len(text) > SOURCE_LIMIT:
            text = f"{text[:SOURCE_LIMIT]}\n… {len(text) - SOURCE_LIMIT} more letters"
        return Evidence("quote", text, ", ".join(filter(None, (self.author, self.form))))

    def event(self, new_id: Callable[[], str], *, starred: bool = False) -> Event:
        """It as an entry of an event log, its source text kept."""
        return Event(
            id=new_id(),
            at=self.moment.at,
            zone=self.moment.zone,
            precision=self.moment.precision,
            written=written(self.moment, (self.written,)),
            kind=self.kind,
            text=self.text,
            evidence=(self.shown_source,),
            starred=starred,
        )


@dataclass(frozen=True, slots=True)
class Rest:
    """Words of a paste that are in no row; ``read_as`` says what they gave nevertheless."""

    text: str
    start: int
    end: int
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All of a paste: rows in the order of UTC, questions, and what is in no row."""

    rows: tuple[ReadRow, ...] = ()
    questions: tuple[Question, ...] = ()
    rests: tuple[Rest, ...] = ()
    zone: str = ""
    """The zone that the paste itself names for all its times."""

    @property
    def open_rows(self) -> int:
        """How many rows wait for an answer."""
        return sum(bool(row.waits_for) for row in self.rows)

    @property
    def leftovers(self) -> tuple[Rest, ...]:
        """Words that were not understood at all; all words where they gave no row."""
        return tuple(rest for rest in self.rests if not (rest.read_as and self.rows))
