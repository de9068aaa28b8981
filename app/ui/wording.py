"""How facts of the domain read in lists: short dates, counts, chips, sentences."""

from datetime import date

from app.ui.painting import ChipText
from app.ui.theme import ChipKind, Tone
from integrations.export.wording import Words
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import Status
from models.queries.catalogue import Row
from models.queries.health import Health
from models.vocabulary import Vocabulary

_CHIP_KINDS: dict[str, ChipKind] = {
    "red": "red",
    "amber": "amber",
    "green": "green",
    "blue": "blue",
    "violet": "violet",
    "accent": "accent",
}


class Wording(Words):
    """Words and chips for values, from the vocabularies that a team can extend."""

    def severity_chip(self, severity: str) -> ChipText:
        """The chip of a severity; the worst one stands out."""
        terms = self.vocabularies.severities.terms
        if terms and terms[0].id == severity:
            return ChipText(self.name("severities", severity), "sev1", strong=True)
        return self._chip(self.vocabularies.severities, severity, strong=True)

    def status_chip(self, status: Status) -> ChipText:
        """The chip of a status, with its icon."""
        return self._chip(self.vocabularies.statuses, status.value)

    def action_state_chip(self, state: str) -> ChipText:
        """The chip of an action's state, with its icon."""
        return self._chip(self.vocabularies.action_states, state)

    @staticmethod
    def _chip(vocabulary: Vocabulary, value: str, *, strong: bool = False) -> ChipText:
        term = vocabulary.find(value)
        if term is None:
            return ChipText(value, "neutral", strong=strong)
        kind = _CHIP_KINDS.get(term.tone, "neutral")
        return ChipText(term.name, kind, "" if strong else term.icon, strong)


def health_words(health: Health) -> tuple[str, Tone, str]:
    """How the actions of a post-mortem stand: words, tone and icon, the worst first."""
    if not health.total:
        return "no actions", "text2", "circle-dashed"
    words = f"{health.open} of {health.total} open"
    troubles: list[tuple[int, str, Tone, str]] = [
        (health.reopened, "opened again", "red", "arrow-counter-clockwise"),
        (health.past_due, "overdue", "red", "clock-counter-clockwise"),
        (health.slipped, "slipped", "amber", "warning"),
    ]
    found = [trouble for trouble in troubles if trouble[0]]
    if found:
        _, _, tone, icon = found[0]
        return ", ".join((words, *(f"{n} {name}" for n, name, _, _ in found))), tone, icon
    if health.open:
        return words, "text2", "circle-half"
    if health.done == health.total:
        return f"{health.done} of {health.total} done", "green", "checks"
    return f"none open, {health.done} of {health.total} done", "text2", "check-circle"


def short_date(moment: Moment | None, today: date) -> str:
    """The day of a moment in a list: "19 Nov", with the year if it is not this one."""
    if moment is None or moment.at is None:
        return "no date"
    if moment.precision is Precision.MONTH:
        return f"{moment.at:%b %Y}"
    day = f"{moment.at.day} {moment.at:%b}"
    return day if moment.at.year == today.year else f"{day} {moment.at.year}"


def month_of(moment: Moment | None) -> str:
    """The month that heads a group of the list: "November 2026"."""
    return f"{moment.at:%B %Y}" if moment is not None and moment.at is not None else "No date"


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 post-mortem", "412 post-mortems", "1,204 actions"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def state_of(row: Row) -> str:
    """What the chips of a list row say: "SEV1, In review"."""
    parts = [row.severity or "no severity", row.status.value]
    return ", ".join([*parts, "imported"] if row.historical else parts)


def row_sentence(row: Row, today: date) -> str:
    """A list row as a screen reader says it."""
    parts = [row.ref, row.title, state_of(row)]
    if row.services:
        parts.append(", ".join(row.services))
    parts += [short_date(row.occurred, today), f"actions: {health_words(row.health)[0]}"]
    return ", ".join(parts)
