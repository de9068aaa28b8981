"""By when a post-mortem is to be reviewed, and what is gently said of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.domain import post_mortem as domain
from models.domain.incident import IncidentState
from models.domain.post_mortem import PostMortem, Status
from models.errors import InvalidInputError
from models.guidance.guide import MOST_DAYS, DueRule

SOON = 3
"""Days before the due date from which it is mentioned in lists."""
_SATURDAY = 5
_DAYS = re.compile(r"(\d{1,3})\s*(business\s*)?(?:days?)?")


@dataclass(frozen=True, slots=True)
class Reminder:
    """A due date and the days to it: 0 today, negative once it has passed."""

    due: date
    days: int

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days < 0

    @property
    def is_near(self) -> bool:
        """Whether a list should mention it."""
        return self.days <= SOON

    @property
    def short(self) -> str:
        """The same where there is little room: "Review overdue"."""
        return "Review overdue" if self.is_overdue else self.words

    @property
    def words(self) -> str:
        """ "Review due in 2 days", "Review overdue by 1 day"."""
        if self.days == 0:
            return "Review due today"
        if self.days == 1:
            return "Review due tomorrow"
        number = abs(self.days)
        days = f"{number} day" if number == 1 else f"{number} days"
        return f"Review overdue by {days}" if self.is_overdue else f"Review due in {days}"


def review_due(post_mortem: PostMortem, rules: Mapping[str, DueRule]) -> date | None:
    """The day of the review: the one that was set, else by severity from the incident's end.

    None where nothing says so: no rule for the severity, an incident that is not over, or no
    known end.
    """
    if post_mortem.review_due is not None:
        return post_mortem.review_due
    rule, ended = rules.get(domain.severity(post_mortem)), _ended(post_mortem)
    if rule is None or ended is None:
        return None
    return _after(ended.date(), rule)


def reminder(
    post_mortem: PostMortem, rules: Mapping[str, DueRule], now: datetime
) -> Reminder | None:
    """What to say of the review at ``now`` (UTC); None once it is reviewed, or never asked for."""
    if post_mortem.historical or post_mortem.status in (Status.REVIEWED, Status.CLOSED):
        return None
    due = review_due(post_mortem, rules)
    return None if due is None else Reminder(due, (due - now.date()).days)


def _ended(post_mortem: PostMortem) -> datetime | None:
    """When the last of its incidents was over for users; None while one is live."""
    if any(one.state is IncidentState.LIVE for one in post_mortem.incidents):
        return None
    ends = [
        moment.at
        for one in post_mortem.incidents
        for moment in (one.times.resolved or one.times.mitigated,)
        if moment is not None and moment.at is not None
    ]
    return max(ends, default=None)


def _after(day: date, rule: DueRule) -> date:
    if not rule.business:
        return day + timedelta(days=rule.days)
    left = rule.days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def due_words(rule: DueRule | None) -> str:
    """The days of a severity as people type them: "3 days", "5 business days", "" for none."""
    if rule is None:
        return ""
    kind = "business day" if rule.business else "day"
    return f"{rule.days} {kind if rule.days == 1 else kind + 's'}"


def read_due(severity: str, text: str) -> DueRule | None:
    """What ``due_words`` wrote, or a person: "3", "5 business days"; None for no date.

    Raises ``InvalidInputError`` for what is neither.
    """
    words = text.strip().casefold()
    if words in ("", "none", "no date"):
        return None
    found = _DAYS.fullmatch(words)
    if found is None or int(found[1]) > MOST_DAYS:
        raise InvalidInputError(
            f"{text.strip()!r} is no number of days.",
            advice="Write 3 days, 5 business days, or nothing for no date.",
        )
    return DueRule(severity, int(found[1]), business=found[2] is not None)


def chosen_text(rules: Mapping[str, DueRule | None]) -> str:
    """Rules as one text for a settings file: "SEV1: 3 days; SEV2: 5 business days; SEV3: none"."""
    return "; ".join(f"{name}: {due_words(rule) or 'none'}" for name, rule in rules.items())


def chosen_rules(
    rules: Mapping[str, DueRule], text: str, faults: list[InvalidInputError] | None = None
) -> dict[str, DueRule]:
    """``rules`` with those of a text in their place; what cannot be read goes into ``faults``."""
    result = dict(rules)
    for part in filter(None, (part.strip() for part in text.split(";"))):
        severity, _, days = part.rpartition(":")
        try:
            rule = read_due(severity.strip(), days)
        except InvalidInputError as error:
            if faults is None:
                raise
            faults.append(error)
            continue
        result.pop(severity.strip(), None)
        if rule is not None:
            result[rule.severity] = rule
    return result
