"""By when a review is due, and what is said of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from models.domain.incident import IncidentState, Times
from models.domain.moments import exactly
from models.domain.post_mortem import PostMortem, Status
from models.errors import InvalidInputError
from models.guidance.guide import DueRule
from models.guidance.reminders import (
    chosen_rules,
    chosen_text,
    due_words,
    read_due,
    reminder,
    review_due,
)
from tests.models.guidance.examples import AROUND, INCIDENT, NOON, WHOLE

RULES = AROUND.guide.review_due


def ended(at: datetime, severity: str = "SEV1", **fields: object) -> PostMortem:
    one = replace(INCIDENT, severity=severity, times=Times(resolved=exactly(at)))
    return replace(WHOLE.post_mortem, incidents=(replace(one, **fields),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("severity", "day", "due"),
    [
        ("SEV1", 18, date(2026, 11, 21)),  # Wednesday, three calendar days
        ("SEV1", 20, date(2026, 11, 23)),
        ("SEV2", 18, date(2026, 11, 25)),  # Wednesday to Wednesday
        ("SEV2", 20, date(2026, 11, 27)),  # Friday to Friday
        ("SEV2", 21, date(2026, 11, 27)),  # from Saturday on
        ("SEV2", 22, date(2026, 11, 27)),
    ],
)
def test_days_by_severity_from_the_end_of_the_incident(severity: str, day: int, due: date) -> None:
    assert review_due(ended(NOON.replace(day=day), severity), RULES) == due


def test_without_a_rule_or_an_end_nothing_is_due() -> None:
    assert review_due(ended(NOON, "SEV3"), RULES) is None
    assert review_due(ended(NOON, state=IncidentState.LIVE), RULES) is None
    assert review_due(ended(NOON, times=Times()), RULES) is None
    mitigated = ended(NOON, times=Times(mitigated=exactly(NOON)))
    assert review_due(mitigated, RULES) == date(2026, 11, 21)


def test_a_day_that_was_set_wins() -> None:
    one = replace(ended(NOON, "SEV3"), review_due=date(2026, 12, 1))
    assert review_due(one, RULES) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("days", "words", "is_near"),
    [
        (4, "Review due in 4 days", False),
        (3, "Review due in 3 days", True),
        (1, "Review due tomorrow", True),
        (0, "Review due today", True),
        (-1, "Review overdue by 1 day", True),
        (-9, "Review overdue by 9 days", True),
    ],
)
def test_it_is_said_gently(days: int, words: str, is_near: bool) -> None:
    one = replace(WHOLE.post_mortem, review_due=NOON.date() + timedelta(days=days))
    found = reminder(one, RULES, NOON)
    assert found is not None
    assert (found.words, found.is_near, found.is_overdue) == (words, is_near, days < 0)
    assert found.short == ("Review overdue" if days < 0 else words)


def test_once_it_is_reviewed_or_imported_nothing_is_said() -> None:
    one = replace(WHOLE.post_mortem, review_due=NOON.date())
    assert reminder(replace(one, status=Status.REVIEWED), RULES, NOON) is None
    assert reminder(replace(one, status=Status.CLOSED), RULES, NOON) is None
    assert reminder(replace(one, historical=True), RULES, NOON) is None
    assert reminder(replace(one, status=Status.IN_REVIEW), RULES, NOON) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3", "3 days"),
        (" 1 day ", "1 day"),
        ("5 Business days", "5 business days"),
        ("5businessdays", "5 business days"),
        ("none", ""),
        ("", ""),
    ],
)
def test_days_are_read_as_people_type_them(text: str, words: str) -> None:
    assert due_words(read_due("SEV1", text)) == words


@pytest.mark.parametrize("text", ["soon", "-3", "3 weeks", "999 days"])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError, match="no number of days"):
        read_due("SEV1", text)


def test_what_was_chosen_takes_the_place_of_the_rules() -> None:
    chosen = {"SEV1": DueRule("SEV1", 1), "SEV2": None, "SEV3": DueRule("SEV3", 10, business=True)}
    text = chosen_text(chosen)
    assert text == "SEV1: 1 day; SEV2: none; SEV3: 10 business days"
    assert chosen_rules(RULES, text) == {"SEV1": chosen["SEV1"], "SEV3": chosen["SEV3"]}
    assert chosen_rules(RULES, "") == RULES
    faults: list[InvalidInputError] = []
    assert chosen_rules(RULES, "SEV1: soon; SEV2: 2 days", faults)["SEV2"].days == 2
    assert len(faults) == 1
