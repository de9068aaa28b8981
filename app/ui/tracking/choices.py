"""What can be picked for an action item: due dates as people type them, owners, states."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from app.ui.tracking.words import STATE_KEYS
from app.ui.widgets.pick_list import Choice, fits
from app.ui.wording import count
from integrations.export.wording import long_date
from models.domain.action import ActionState
from models.tracking.board import BoardRow, day_words, short_name
from models.tracking.sprints import Sprint, SprintState
from models.vocabulary import Vocabularies

NONE = ""
"""The key of "nothing": no due date of its own, nobody, the backlog."""
SAID = "?"
"""The key of a row that only says something: it cannot be taken."""
_SOON = (("In one week", 7), ("In two weeks", 14), ("In four weeks", 28))
_UNITS = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7}


def read_due(text: str, today: date) -> date | None:
    """A day as people type it: 2026-11-30, 30 Nov, 30 November 2026, +10, 2 weeks; None for others.

    A day without a year is the next one.
    """
    words = text.strip().casefold().lstrip("+").removeprefix("in ").strip()
    number, _, unit = words.partition(" ")
    if number.isascii() and number.isdigit() and len(number) < 5 and (unit or "d") in _UNITS:
        return today + timedelta(days=int(number) * _UNITS[unit or "d"])
    try:
        return date.fromisoformat(words)
    except ValueError:
        return _named_day(words, today)


def _named_day(words: str, today: date) -> date | None:
    day = _spelt(words)
    if day is None:
        day = _spelt(f"{words} {today.year}")
        if day is not None and day < today:
            day = _spelt(f"{words} {today.year + 1}")
    return day


def _spelt(words: str) -> date | None:
    for pattern in ("%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(words, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def due_choices(text: str, today: date) -> list[Choice]:
    """The typed day first, then what is often wanted."""
    day = read_due(text, today) if text else None
    found = [_day_choice(day, today)] if day is not None else []
    if text and day is None:
        found.append(Choice(SAID, f"“{text}” is not a day", ("Write 2026-11-30, 30 Nov or +10.",)))
    if not text:
        for words, days in _SOON:
            soon = today + timedelta(days=days)
            found.append(Choice(soon.isoformat(), words, (f"{soon:%A}, {long_date(soon)}",)))
        policy = ("The due policy counts from becoming ready.",)
        found.append(Choice(NONE, "No due date of its own", policy))
    return found


def _day_choice(day: date, today: date) -> Choice:
    away = (day - today).days
    when = f"in {count(away, 'day')}" if away > 0 else "today" if not away else "in the past"
    return Choice(day.isoformat(), f"{day:%A}, {long_date(day)}", (when,), "calendar-blank")


def name_choices(text: str, names: Iterable[str], nobody: str) -> list[Choice]:
    """The known names that fit, then a new one as it is typed; ``nobody`` takes the name away."""
    known = sorted(set(filter(None, names)), key=str.casefold)
    found = [Choice(name, name, icon="user") for name in known if fits(text, name)]
    if text and text.casefold() not in map(str.casefold, known):
        found.append(Choice(text, text, ("A new name",), "plus"))
    return found if text else [*found, Choice(NONE, nobody)]


def priority_choices(text: str, vocabularies: Vocabularies) -> list[Choice]:
    """The priorities with what they mean."""
    terms = vocabularies.priorities.terms
    found = [Choice(t.id, t.name, (t.description,), "flag") for t in terms if fits(text, t.name)]
    return found if text else [*found, Choice(NONE, "No priority")]


def state_choices(text: str, vocabularies: Vocabularies) -> list[Choice]:
    """The states with what they mean."""
    terms = vocabularies.action_states.terms
    return [
        Choice(t.id, t.name + STATE_KEYS.get(ActionState(t.id), ""), (t.description,), t.icon)
        for t in terms
        if fits(text, t.name)
    ]


def sprint_choices(text: str, sprints: Sequence[Sprint], note: str) -> list[Choice]:
    """The sprints that are not over, then the backlog, then what is to be said of the list."""
    found = []
    for sprint in sprints:
        active = sprint.state is SprintState.ACTIVE
        span = " to ".join(filter(None, map(day_words, (sprint.starts_at, sprint.ends_at))))
        icon = "play-circle" if active else "calendar-blank"
        state = "active" if active else "to come"
        details = ", ".join(filter(None, (state, span)))
        if fits(text, sprint.name, short_name(sprint)):
            found.append(Choice(str(sprint.id), sprint.name, (details,), icon))
    if fits(text, "backlog"):
        found.append(Choice(NONE, "Backlog", ("in no sprint",), "circle-dashed"))
    return [*found, Choice(SAID, note)] if note else found


def action_choices(text: str, rows: Iterable[BoardRow], without: Iterable[str]) -> list[Choice]:
    """Other action items by ref and title."""
    left = frozenset(without)
    fitting = (
        row
        for row in rows
        if row.action.id not in left and fits(text, row.action.ref, row.action.title)
    )
    chosen = sorted(fitting, key=lambda row: row.action.ref)[:40]
    return [Choice(r.action.id, r.action.title, (r.action.ref,)) for r in chosen]
