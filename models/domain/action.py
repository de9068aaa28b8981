"""Action items: what will be changed so that it cannot happen the same way again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum


class ActionState(StrEnum):
    """Where an action item stands. Only "ready" may go to a tracker."""

    PROPOSED = "proposed"
    READY = "ready"
    IN_PROGRESS = "in progress"
    DONE = "done"
    VERIFIED = "verified"
    WONT_DO = "won't do"
    SUPERSEDED = "superseded"


OPEN_STATES = (ActionState.PROPOSED, ActionState.READY, ActionState.IN_PROGRESS)
DONE_STATES = (ActionState.DONE, ActionState.VERIFIED)
"""Won't do and superseded are neither open nor done."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The evidence that a done action works, by which role and when (UTC)."""

    evidence: str
    role: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActionItem:
    """A corrective action. It belongs to the library; links join it to post-mortems and roots.

    ``ref`` ("A-31") is its name within this library; the store gives it.
    ``team`` is accountable, ``owner`` the one assignee. ``due`` is an explicit due date and wins
    over the due policy, which counts from ``ready_at``. ``links`` are URLs or tracker keys that a
    source named. ``reason`` and ``accepted_by`` belong to won't do, ``superseded_by`` is an id.
    """

    id: str
    title: str
    ref: str = ""
    state: ActionState = ActionState.PROPOSED
    type: str = ""
    priority: str = ""
    team: str = ""
    owner: str = ""
    due: date | None = None
    text: str = ""
    done_when: str = ""
    links: tuple[str, ...] = ()
    ready_at: datetime | None = None
    done_at: datetime | None = None
    verification: Verification | None = None
    reason: str = ""
    accepted_by: str = ""
    superseded_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in OPEN_STATES


def due_date(action: ActionItem, severity_days: int | None) -> date | None:
    """When the action is due: its explicit date, else ``severity_days`` after it became ready."""
    return due_on(action.due, action.ready_at, severity_days)


def due_on(due: date | None, ready_at: datetime | None, severity_days: int | None) -> date | None:
    """The due policy: an explicit date wins, else the days count from becoming ready (UTC)."""
    if due is not None or ready_at is None or severity_days is None:
        return due
    ready = ready_at.date()
    return ready + min(timedelta(days=severity_days), date.max - ready)
