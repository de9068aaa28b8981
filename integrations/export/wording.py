"""How facts read to people: terms, times, spans, durations, sizes. In UTC throughout."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from models import frameworks, vocabulary
from models.domain.moments import Moment, Precision
from models.frameworks import Framework
from models.vocabulary import Vocabularies, Vocabulary

_CLOCK = (Precision.EXACT, Precision.APPROXIMATE)


@dataclass(frozen=True)
class Words:
    """What people read for the terms of vocabularies and the steps of frameworks."""

    vocabularies: Vocabularies
    frameworks: Mapping[str, Framework]

    def name(self, kind: str, value: str) -> str:
        """The name of a term; the value itself where it is unknown."""
        found: Vocabulary = getattr(self.vocabularies, kind)
        term = found.find(value)
        return term.name if term else value

    def framework(self, framework_id: str) -> str:
        """The name of a response framework."""
        found = self.frameworks.get(framework_id)
        return found.name if found else framework_id

    def step(self, framework_id: str, step_id: str) -> str:
        """A step of a framework as people read it: "R, Recognise"."""
        framework = self.frameworks.get(framework_id)
        step = framework.step(step_id) if framework else None
        return f"{step.letter}, {step.title}" if step else step_id

    def record(
        self, framework_id: str, step_id: str, record: dict[str, str]
    ) -> list[tuple[str, str]]:
        """What a step's record holds, by the labels of its framework; the rest by its own names."""
        framework = self.frameworks.get(framework_id)
        step = framework.step(step_id) if framework else None
        asked = step.record if step else ()
        told = [(entry.label, said) for entry in asked if (said := entry.said(record))]
        keys = {entry.key(part.name) for entry in asked for part in entry.parts}
        return told + [(key, value) for key, value in record.items() if key not in keys]


@cache
def own_words() -> Words:
    """The product's own words, without a team's."""
    return Words(vocabulary.load(), frameworks.load())


def long_date(at: datetime | date) -> str:
    """ "19 November 2026"."""
    return f"{at.day} {at:%B %Y}"


def clock(at: datetime) -> str:
    """ "14:02", with the seconds where there are some."""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"


def instant_words(at: datetime | None, before: str = "") -> str:
    """ "19 November 2026, 14:02 UTC"; "" for none."""
    return f"{before}{long_date(at)}, {clock(at)} UTC" if at else ""


def day_words(moment: Moment) -> str:
    """The day of a moment, or its month where no more is known; "" for none."""
    if moment.at is None:
        return ""
    return f"{moment.at:%B %Y}" if moment.precision is Precision.MONTH else long_date(moment.at)


def clock_words(moment: Moment) -> str:
    """The time of day of a moment, marked where it is inexact: "~14:02"; "" where unknown."""
    if moment.at is None or moment.precision not in _CLOCK:
        return ""
    return f"{'' if moment.precision is Precision.EXACT else '~'}{clock(moment.at)}"


def moment_words(moment: Moment | None) -> str:
    """A moment as exactly as it is known: "about 19 November 2026, 14:02 UTC"."""
    if moment is None or moment.at is None:
        return "not known"
    match moment.precision:
        case Precision.MONTH | Precision.DAY:
            return day_words(moment)
        case Precision.APPROXIMATE:
            return instant_words(moment.at, "about ")
        case Precision.EXACT | Precision.UNKNOWN:
            return instant_words(moment.at)


def span_words(start: Moment | None, end: Moment | None) -> str:
    """From one moment to another: "19 November 2026, 14:02 to 15:31 UTC"."""
    if start is None or start.at is None or end is None or end.at is None:
        return moment_words(start)
    if start.precision in _CLOCK and end.precision in _CLOCK and start.at.date() == end.at.date():
        return f"{long_date(start.at)}, {clock(start.at)} to {clock(end.at)} UTC"
    return f"{moment_words(start)} to {moment_words(end)}"


def duration(seconds: float | None, *, inexact: bool = False) -> str:
    """A span in its two largest units: "1 min 30 s", "1 h 29 min", "3 d 4 h".

    Seconds count below ten minutes; inexact spans have none, and a "~".
    """
    if seconds is None:
        return "not known"
    whole, minutes = round(seconds), round(seconds / 60)
    if whole < 60:
        words = f"{whole} s"
    elif whole < 600 and not inexact:
        words = _two(whole // 60, "min", whole % 60, "s")
    elif minutes < 60:
        words = f"{minutes} min"
    elif minutes < 24 * 60:
        words = _two(minutes // 60, "h", minutes % 60, "min")
    else:
        words = _two(minutes // (24 * 60), "d", minutes % (24 * 60) // 60, "h")
    return f"~{words}" if inexact else words


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def grouped(value: str) -> str:
    """A whole number with its thousands apart, any other value as it is."""
    return f"{int(value):,}" if value.isascii() and value.isdigit() and len(value) < 16 else value


def size_words(count: int) -> str:
    """A size in bytes as people say it."""
    return f"{count} bytes" if count < 1024 else f"{count / 1024:,.0f} KB"
