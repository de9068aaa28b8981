"""The things that a site holds. Values of fields are kept in one form, whatever the face."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

SPRINT_TYPE = "com.pyxis.greenhopper.jira:gh-sprint"
CUSTOM_TYPE = "com.atlassian.jira.plugin.system.customfieldtypes:"


class Flavour(StrEnum):
    """Which of Atlassian's two products the site is."""

    CLOUD = "cloud"
    DATA_CENTER = "dc"


class Kind(StrEnum):
    """What a field holds, and how it is kept."""

    TEXT = "string"
    DOCUMENT = "document"
    LABELS = "labels"
    PRIORITY = "priority"
    RESOLUTION = "resolution"
    USER = "user"
    DATE = "date"
    NUMBER = "number"
    OPTION = "option"
    OPTIONS = "options"
    SPRINT = "sprint"


@dataclass(slots=True)
class User:
    """Somebody with an account. ``zone`` is the profile's zone, which JQL reads dates in."""

    name: str
    display_name: str
    email: str = ""
    token: str = ""
    zone: str = "Etc/UTC"
    active: bool = True

    @property
    def account_id(self) -> str:
        return f"712020:{self.name}"


@dataclass(slots=True)
class Field:
    """A field of the site; ``options`` are the values it takes, by their ids."""

    id: str
    name: str
    kind: Kind
    options: dict[str, str] = field(default_factory=dict)

    @property
    def custom(self) -> bool:
        return self.id.startswith("customfield_")


@dataclass(slots=True)
class Status:
    """A status; the category is ``new``, ``indeterminate`` or ``done``."""

    id: str
    name: str
    category: str


@dataclass(slots=True)
class Transition:
    """A way to a status, from the named ones only or from all.

    ``screen`` are the fields that may be set on the way, ``required`` those that must;
    ``resolution`` is set where the caller names none. A way to a status that is not of the done
    category clears the resolution.
    """

    id: str
    name: str
    to: str
    sources: tuple[str, ...] | None = None
    screen: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    resolution: str | None = None


@dataclass(slots=True)
class Screen:
    """The fields that can be set when an issue of a type is made and edited."""

    create: list[str]
    edit: list[str]
    required: set[str] = field(default_factory=lambda: {"summary"})


@dataclass(slots=True)
class IssueType:
    """A type of issue."""

    id: str
    name: str
    subtask: bool = False


@dataclass(slots=True)
class Project:
    """A project with its types' screens and its workflow.

    ``denied`` are the permissions that somebody lacks, by user name; whoever is not named has all.
    """

    id: str
    key: str
    name: str
    screens: dict[str, Screen]
    workflow: list[Transition]
    denied: dict[str, set[str]] = field(default_factory=dict)
    highest: int = 0


@dataclass(slots=True)
class Board:
    """A board of one project; ``kind`` is ``scrum`` or ``kanban``."""

    id: int
    name: str
    kind: str
    project: str


@dataclass(slots=True)
class Sprint:
    """A sprint; ``state`` is ``future``, ``active`` or ``closed``."""

    id: int
    name: str
    board: int
    created: datetime
    state: str = "future"
    goal: str | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    completed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a history entry; ``users`` marks values that are user names."""

    field: str
    field_id: str | None
    before: str | None
    before_text: str | None
    after: str | None
    after_text: str | None
    custom: bool = False
    users: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an issue's change log."""

    id: int
    author: str
    at: datetime
    changes: tuple[Change, ...]


@dataclass(slots=True)
class RemoteLink:
    """A link to a page elsewhere."""

    id: int
    global_id: str | None
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the search knew of an issue from an instant on."""

    at: datetime
    key: str
    project: str
    type: str
    status: str
    updated: datetime
    values: dict[str, Any]


@dataclass(slots=True)
class Issue:
    """An issue. ``values`` are kept by field id; ``former_keys`` lead to it for ever."""

    id: int
    key: str
    project: str
    type: str
    status: str
    created: datetime
    updated: datetime
    values: dict[str, Any]
    resolved: datetime | None = None
    former_keys: list[str] = field(default_factory=list)
    properties: dict[str, Any] = field(default_factory=dict)
    links: list[RemoteLink] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    hidden_from: set[str] = field(default_factory=set)
    index: list[Indexed] = field(default_factory=list)
