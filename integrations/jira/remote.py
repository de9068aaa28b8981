"""What the sync asks of a Jira, whatever its flavour, and how a Jira may fail it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from models.errors import KnownError
from models.tracking.connections import Flavour
from models.tracking.outbox import Found
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import DoneMove, Sprint, SprintMove


class JiraError(KnownError):
    """A request that did not do what it was to do. Nothing in it holds a token."""


class UnreachableError(JiraError):
    """No connection was made, so nothing arrived: safe to ask again."""


class OutcomeUnknownError(JiraError):
    """The request may or may not have been done: its answer is lost or makes no sense."""


class RefusedError(JiraError):
    """400, 409, 413, 422: what was sent was not accepted. ``fields`` maps a field's id to the
    site's sentence about it; ``labels`` the same ids to the names people see; ``wants`` are those
    of the screen's fields that somebody has to give a value for."""

    def __init__(
        self,
        what: str,
        *,
        fields: Mapping[str, str] | None = None,
        labels: Mapping[str, str] | None = None,
        wants: Iterable[CreateField] = (),
        advice: str = "",
    ) -> None:
        super().__init__(what, advice=advice)
        self.fields = dict(fields or {})
        self.labels = dict(labels or {})
        self.wants = tuple(wants)

    def by_field(self, values: Mapping[str, str] | None = None) -> str:
        """What the site says, with the names of the fields it speaks of and, by their ids, the
        ``values`` that stood in them."""
        said = []
        for id, sentence in self.fields.items():
            value = f" “{values[id]}”" if values and id in values else ""
            name = self.labels.get(id, id)
            is_named = not value and sentence.casefold().startswith(name.casefold())
            said.append(sentence if is_named else f"{name}{value}: {sentence}")
        return " ".join(said) or self.sentence()


class NotAllowedError(JiraError):
    """401, 403, a login page: who asks is not let in, or not to this."""


class NotVisibleError(JiraError):
    """404: it is not there, or this account may not see it. The two cannot be told apart."""


class BusyError(JiraError):
    """429, or 503 on a request that only reads: surely not done. ``until`` is when to ask again,
    by our clock; None where the site does not say."""

    def __init__(self, what: str, until: datetime | None) -> None:
        super().__init__(what)
        self.until = until


class CancelledError(Exception):
    """Somebody stopped the sync; what was being sent is in the journal."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site and who we are there. ``skew`` is how far its clock is ahead of ours; ``zone`` is the
    zone of the account's profile, in which its query dates are read."""

    flavour: Flavour
    title: str
    account: str
    account_name: str
    zone: str
    skew: timedelta
    took: timedelta


@dataclass(frozen=True, slots=True)
class Board:
    """A board; only one of kind "scrum" has sprints."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can be given a ticket."""

    account: str
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket to be. ``title`` may be of any length: the remote cuts it and puts the whole into
    the text; ``text`` is plain Markdown, written in the site's markup by the remote; ``label`` is
    how it is found again; ``values`` are further fields as JSON, by field id: they go before ours,
    and None leaves one of ours out (a field that the create screen lacks is refused, and named).
    Where the create screen has no labels, the label goes into a property and the text's end."""

    project: str
    issue_type: str
    title: str
    text: str
    label: str
    priority: str = ""
    due: str = ""
    account: str = ""
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """What a ticket's change log says: its ways through sprints, and when it was done."""

    moves: tuple[SprintMove, ...]
    done_moves: tuple[DoneMove, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """A ticket as its site shows it. ``sprints`` is None where the field cannot be seen.
    ``resolution`` is its name, "" while there is none; ``due`` is an ISO date or "".
    ``story`` is there where the change log came along unasked."""

    ticket_id: str
    key: str
    url: str
    title: str
    status: str
    category: str
    resolution: str
    priority: str
    due: str
    account: str
    account_name: str
    sprints: tuple[Sprint, ...] | None
    created: str
    updated: str
    story: Story | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether nobody changed it since it was made."""
        return bool(self.created) and self.created == self.updated


@dataclass(frozen=True, slots=True)
class Sight:
    """Which tickets were ``seen``, of those that were ``looked_at``."""

    seen: frozenset[str]
    looked_at: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        """Those that were looked for and not seen: deleted, or hidden."""
        return self.looked_at - self.seen


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of the workflow that can be taken now; ``fields`` are those of its screen without the
    resolution; ``resolutions`` are those that its screen offers."""

    id: str
    name: str
    to_status: str
    to_category: str
    fields: tuple[CreateField, ...] = ()
    resolutions: tuple[str, ...] = ()

    @property
    def needs(self) -> tuple[CreateField, ...]:
        """Those that it cannot be taken without. A site may ask for more when it is taken."""
        return tuple(one for one in self.fields if one.required and not one.has_default)


class Remote(Protocol):
    """A Jira site, seen by one account. Every method may raise a ``JiraError``; a method that
    writes raises ``OutcomeUnknownError`` where it may have been done, one that reads never does.
    No method repeats a request or waits by itself.
    """

    def facts(self) -> SiteFacts: ...
    def close(self) -> None: ...

    # Discovery.
    def projects(self) -> tuple[Choice, ...]: ...
    def issue_types(self, project: str) -> tuple[Choice, ...]: ...
    def create_fields(self, project: str, issue_type: str) -> tuple[CreateField, ...]: ...
    def boards(self, project: str) -> tuple[Board, ...]: ...
    def sprints(self, board: int) -> tuple[Sprint, ...]:
        """The active and the future sprints of a board; a board without sprints has none."""
        ...

    def sprint(self, id: int) -> Sprint: ...
    def priorities(self) -> tuple[Choice, ...]: ...
    def statuses(self, project: str, issue_type: str) -> tuple[Choice, ...]: ...
    def accounts(self, project: str, text: str) -> tuple[Account, ...]: ...
    def permissions(self, project: str) -> frozenset[str]: ...

    # Making one.
    def highest_number(self, project: str) -> int:
        """The number of the highest key of a project, 0 where it is empty."""
        ...

    def labelled(self, labels: Sequence[str]) -> dict[str, tuple[Found, ...]]:
        """The tickets that the search finds by their labels; it may lag behind."""
        ...

    def above(
        self, project: str, number: int, wanted: Mapping[str, str], *, quick: bool = False
    ) -> dict[str, tuple[Found, ...]]:
        """The tickets with each of the labels, its property or its footer among the keys above a
        number, read one by one or in bulk and so without the search's lag. ``wanted`` has the
        title that each label's ticket was made with. ``quick`` is for what is not expected: of the
        keys that the search does not know only the newest are read, and fewer that are not there
        end the look."""
        ...

    def create(self, draft: Draft) -> Found: ...
    def link_back(self, ticket_id: str, name: str, address: str, title: str) -> None: ...

    # Reading.
    def visible(self, ticket_ids: Sequence[str]) -> Sight:
        """Which of the tickets this account can see now. Asks a few times at most: where the
        site's pages are short it looks at the first ones only, and the rest has its turn later."""
        ...

    def read(self, ticket_ids: Sequence[str]) -> Iterator[Issue]:
        """Tickets by id, whatever project they are in now; those not visible are left out."""
        ...

    def read_key(self, key: str) -> Issue: ...

    def changed(self, ticket_ids: Sequence[str], since: datetime) -> Iterator[Issue]:
        """Those of the tickets that changed since a time (our clock); may give more, never less."""
        ...

    def stories(self, ticket_ids: Sequence[str]) -> dict[str, Story]: ...

    # Changing.
    def change(self, ticket_id: str, values: Mapping[str, str]) -> None:
        """Sets "title", "priority", "due" or "owner" (an account); "" clears a field."""
        ...

    def put_in_sprint(self, ticket_id: str, sprint: int | None) -> None: ...
    def transitions(self, ticket_id: str) -> tuple[Transition, ...]: ...
    def take(self, ticket_id: str, transition: str, values: Mapping[str, object]) -> None:
        """Takes a step of the workflow, with values of its screen's fields as JSON by their ids."""
        ...
