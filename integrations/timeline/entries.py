"""What the readers of single formats find: entries, each with its lines and its time as written."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from integrations.markdown.stamps import Stamp
from models.domain.moments import Moment

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paste and where it stands in it; its end is before the line break."""

    start: int
    end: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see."""
        return not self.text.strip()


Lines = Sequence[Line]


@dataclass(frozen=True, slots=True)
class When:
    """A time as one notation gives it; exactly one of the first four is there.

    ``after``: seconds since the start ("T+5m"). ``ago``: seconds before the moment of copying.
    ``back``: the day of the stamp is that of copying (0) or the one before (1). ``fault`` says why
    what looks like a time is none. ``words`` are the source's own.
    """

    stamp: Stamp | None = None
    moment: Moment | None = None
    after: float | None = None
    ago: float | None = None
    back: int | None = None
    fault: str = ""
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class Entry:
    """One thing that happened, before its time is understood.

    ``start`` and ``end`` are its place in the paste. ``form`` says what it was read from ("Slack
    message"); ``aside`` why it likely belongs to no timeline; ``kind`` and ``because`` are given
    where the notation itself tells. A ``day`` is no event: it dates those below it.
    """

    start: int
    end: int
    when: When
    text: str = ""
    form: str = ""
    author: str = ""
    kind: str = ""
    because: str = ""
    aside: str = ""
    day: bool = False


@dataclass(slots=True)
class Found:
    """What a reader made of some lines. ``after`` is the first line behind them.

    ``goes_on``: lines without a time that follow belong to the last entry. ``used`` are places
    whose words are no event but were understood, with what they gave: titles of columns, a zone.
    """

    entries: list[Entry]
    after: int
    goes_on: bool = False
    used: list[tuple[int, int, str]] = field(default_factory=list)


Reader = Callable[[Lines, int], Found | None]


def split(text: str) -> list[Line]:
    """The lines of a text, whatever ends them: line feeds, carriage returns or both."""
    lines, start = [], 0
    for found in LINE_END.finditer(text):
        lines.append(Line(start, found.start(), text[start : found.start()]))
        start = found.end()
    lines.append(Line(start, len(text), text[start:]))
    return lines
