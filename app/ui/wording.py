"""How facts of the domain read on the screen: dates, durations, counts, chips, sentences."""

from collections.abc import Mapping
from datetime import date, datetime

from app.ui.painting import ChipText
from app.ui.theme import ChipKind, Tone
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import Status
from models.frameworks import Framework
from models.queries.catalogue import Row
from models.vocabulary import Vocabularies, Vocabulary

_CHIP_KINDS: dict[str, ChipKind] = {
    "red": "red",
    "amber": "amber",
    "green": "green",
    "blue": "blue",
    "violet": "violet",
    "accent": "accent",
}


class Wording:
    """Words and chips for values, from the vocabularies that a team can extend."""

    def __init__(
        self, vocabularies: Vocabularies, frameworks: Mapping[str, Framework] | None = None
    ) -> None:
        self._vocabularies = vocabularies
        self._frameworks = frameworks or {}

    def framework(self, framework_id: str) -> str:
        """The name of a response framework."""
        found = self._frameworks.get(framework_id)
        return found.name if found else framework_id

    def step(self, framework_id: str, step_id: str) -> str:
        """A step of a framework as people read it: "R, Recognise"."""
        framework = self._frameworks.get(framework_id)
        step = framework.step(step_id) if framework else None
        return f"{step.letter}, {step.title}" if step else step_id

    def severity_chip(self, severity: str) -> ChipText:
        """The chip of a severity; the worst one stands out."""
        terms = self._vocabularies.severities.terms
        if terms and terms[0].id == severity:
            return ChipText(self.name("severities", severity), "sev1", strong=True)
        return self._chip(self._vocabularies.severities, severity, strong=True)

    def status_chip(self, status: Status) -> ChipText:
        """The chip of a status, with its icon."""
        return self._chip(self._vocabularies.statuses, status.value)

    def action_state_chip(self, state: str) -> ChipText:
        """The chip of an action's state, with its icon."""
        return self._chip(self._vocabularies.action_states, state)

    def name(self, vocabulary: str, value: str) -> str:
        """What people read for a value of a vocabulary; the value itself where it is unknown."""
        found: Vocabulary = getattr(self._vocabularies, vocabulary)
        term = found.find(value)
        return term.name if term else value

    @staticmethod
    def _chip(vocabulary: Vocabulary, value: str, *, strong: bool = False) -> ChipText:
        term = vocabulary.find(value)
        if term is None:
            return ChipText(value, "neutral", strong=strong)
        kind = _CHIP_KINDS.get(term.tone, "neutral")
        return ChipText(term.name, kind, "" if strong else term.icon, strong)


def health(row: Row) -> tuple[str, Tone, str]:
    """How the actions of a post-mortem stand: words, tone and icon."""
    if not row.total_actions:
        return "no actions", "text2", "circle-dashed"
    if row.overdue:
        words = f"{row.open_actions} of {row.total_actions} open, {row.overdue} overdue"
        return words, "red", "clock-counter-clockwise"
    if row.open_actions:
        return f"{row.open_actions} of {row.total_actions} open", "text2", "circle-half"
    if row.done_actions == row.total_actions:
        return f"{row.done_actions} of {row.total_actions} done", "green", "checks"
    return f"none open, {row.done_actions} of {row.total_actions} done", "text2", "check-circle"


def short_date(moment: Moment | None, today: date) -> str:
    """The day of a moment in a list: "19 Nov", with the year if it is not this one."""
    if moment is None or moment.at is None:
        return "no date"
    if moment.precision is Precision.MONTH:
        return f"{moment.at:%b %Y}"
    day = f"{moment.at.day} {moment.at:%b}"
    return day if moment.at.year == today.year else f"{day} {moment.at.year}"


def long_date(at: datetime | date) -> str:
    """ "19 November 2026"."""
    return f"{at.day} {at:%B %Y}"


def moment_words(moment: Moment | None) -> str:
    """A moment as exactly as it is known: "19 November 2026, 14:02 UTC"."""
    if moment is None or moment.at is None:
        return "not known"
    match moment.precision:
        case Precision.MONTH:
            return f"{moment.at:%B %Y}"
        case Precision.DAY:
            return long_date(moment.at)
        case Precision.APPROXIMATE:
            return f"about {long_date(moment.at)}, {moment.at:%H:%M} UTC"
        case Precision.EXACT | Precision.UNKNOWN:
            return f"{long_date(moment.at)}, {moment.at:%H:%M} UTC"


def span_words(start: Moment | None, end: Moment | None) -> str:
    """From one moment to another: "19 November 2026, 14:02 to 15:31 UTC"."""
    if start is None or end is None or start.at is None or end.at is None:
        return moment_words(start)
    clock = {Precision.EXACT, Precision.APPROXIMATE}
    if start.precision in clock and end.precision in clock:
        if start.at.date() == end.at.date():
            return f"{long_date(start.at)}, {start.at:%H:%M} to {end.at:%H:%M} UTC"
        return f"{moment_words(start)} to {moment_words(end)}"
    return f"{moment_words(start)} to {moment_words(end)}"


def month_of(moment: Moment | None) -> str:
    """The month that heads a group of the list: "November 2026"."""
    return f"{moment.at:%B %Y}" if moment is not None and moment.at is not None else "No date"


def duration(seconds: float | None, *, inexact: bool = False) -> str:
    """A span in its two largest units: "47 min", "1 h 29 min", "3 d 4 h"; inexact ones with "~"."""
    if seconds is None:
        return "not known"
    minutes = round(seconds / 60)
    if seconds < 60:
        words = f"{round(seconds)} s"
    elif minutes < 60:
        words = f"{minutes} min"
    elif minutes < 24 * 60:
        words = _two(minutes // 60, "h", minutes % 60, "min")
    else:
        words = _two(minutes // (24 * 60), "d", minutes % (24 * 60) // 60, "h")
    return f"~{words}" if inexact else words


def _two(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return f"{large} {large_unit} {small} {small_unit}" if small else f"{large} {large_unit}"


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 post-mortem", "412 post-mortems", "1,204 actions"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def grouped(value: str) -> str:
    """A whole number with its thousands apart, any other value as it is."""
    return f"{int(value):,}" if value.isascii() and value.isdigit() and len(value) < 16 else value


def row_sentence(row: Row, today: date) -> str:
    """A list row as a screen reader says it."""
    parts = [row.ref, row.title, row.severity or "no severity", row.status.value]
    if row.services:
        parts.append(", ".join(row.services))
    parts += [short_date(row.occurred, today), f"actions: {health(row)[0]}"]
    return ", ".join(parts)
