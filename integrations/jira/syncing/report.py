"""What a sync asks before it goes on, says while it runs, and tells when it is over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Asked(StrEnum):
    """What a sync needs somebody's word for."""

    FIRST_PUSH = "first push"
    ACTIVE_SPRINT = "active sprint"
    COPIED_LIBRARY = "copied library"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``text`` is the whole question as a sentence; ``action_ids`` and ``titles`` are
    those of the action items it is about, ``connection`` the id of the project, "" for the library
    itself."""

    about: Asked
    text: str
    titles: tuple[str, ...] = ()
    connection: str = ""
    action_ids: tuple[str, ...] = ()


Agree = Callable[[Question], bool]


class Wait(Protocol):
    """Waits until a time and says whether to go on then; False ends what had to wait.

    ``for_site`` says that a site asked for time; else only an action item has to be looked for
    again then.
    """

    def __call__(self, until: datetime, *, for_site: bool) -> bool: ...


Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done and how many there are (0 where nobody knows)."""


@dataclass(frozen=True, slots=True)
class Created:
    """An action item that has its ticket since this sync. ``action`` is its ref ("A-31")."""

    action_id: str
    action: str
    key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Updated:
    """A ticket that took changes made here; ``fields`` in our words."""

    action_id: str
    action: str
    key: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that says something else on each side, until somebody decides."""

    action_id: str
    action: str
    key: str
    field: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Attention:
    """An action item that somebody has to look at.

    ``state`` is an outbox state ("rejected", "blocked"), "refused" where a ticket did not take a
    change, "no project", or "not visible"; ``fields`` are the names of the fields that ``reason``
    speaks of, as people see them in Jira, ``wants`` those of them that it wants a value for.
    """

    action_id: str
    action: str
    state: str
    reason: str
    fields: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An action item that goes on by itself at a later sync; ``state`` is its outbox state."""

    action_id: str
    action: str
    state: str
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A project that could not be synced at all; ``reason`` is a sentence for people.

    ``not_let_in`` says that the site did not take the token, or wants something else first.
    """

    connection: str
    project: str
    reason: str
    not_let_in: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did.

    ``pulled`` counts the tickets that brought something new. ``conflicts``, ``attention``,
    ``waiting`` and ``not_visible`` (refs) are all that there are now, not only this sync's.
    ``next_try`` is when there is something to do again that could not be waited for. ``notes``
    are sentences about what happened and needs nobody.
    """

    created: tuple[Created, ...] = ()
    updated: tuple[Updated, ...] = ()
    pulled: int = 0
    conflicts: tuple[Conflict, ...] = ()
    attention: tuple[Attention, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    not_visible: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    next_try: datetime | None = None
    cancelled: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether somebody has something to mend or to decide."""
        return bool(self.conflicts or self.attention or self.troubles)


@dataclass(slots=True)
class Tally:
    """What a sync has to tell so far."""

    created: list[Created] = field(default_factory=list)
    updated: dict[str, Updated] = field(default_factory=dict)
    pulled: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    reopened: dict[str, None] = field(default_factory=dict)
    troubles: dict[str, Trouble] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    cancelled: bool = False

    def note(self, sentence: str) -> None:
        """Notes a sentence once."""
        self.notes[sentence] = None
