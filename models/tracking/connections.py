"""A connection: one project at one tracker's site, and how its words translate into ours."""

from dataclasses import dataclass, field
from enum import StrEnum


class Flavour(StrEnum):
    """Which of the two kinds of Jira a site runs."""

    CLOUD = "cloud"
    DATA_CENTER = "dc"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody here and the account they were confirmed to be there; ``name`` is shown."""

    owner: str
    account: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """One project that action items go to.

    ``site`` is its address without a slash at the end. ``teams`` and ``services`` route action
    items here: by the accountable team first, then by a service of their incidents; a connection
    without either takes what no other does. ``fields`` are values that every ticket gets, as JSON
    by the tracker's field id. ``priorities`` and ``states`` translate ours into the site's
    (``states``: action state to status name); ``board`` is where its sprints are, if it has any;
    a ``kanban`` one has none, nor has a project for which no board at all was chosen (``kanban``
    without ``board``). ``cleartext`` is the user's word that ``http://`` is meant;
    ``agreed`` that the first tickets may be made. A token is never part of it: it is in the
    system's keychain, under ``account``.
    """

    id: str
    site: str
    flavour: Flavour
    project: str
    issue_type: str = "Task"
    email: str = ""
    board: int | None = None
    kanban: bool = False
    api: str = "2"
    ca_file: str = ""
    cleartext: bool = False
    teams: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    fields: dict[str, object] = field(default_factory=dict)
    priorities: dict[str, str] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    agreed: bool = False
    paused: bool = False

    @property
    def account(self) -> str:
        """What the keychain files the token under: one token serves all projects of a site."""
        return f"{self.email}@{self.site}" if self.email else self.site


def route(
    connections: tuple[Connection, ...], team: str, services: tuple[str, ...]
) -> Connection | None:
    """The connection an action item goes to; None where no one takes it."""
    named = {service.casefold() for service in services}
    for connection in connections:
        if team and team.casefold() in map(str.casefold, connection.teams):
            return connection
    for connection in connections:
        if named & set(map(str.casefold, connection.services)):
            return connection
    return next((c for c in connections if not c.teams and not c.services), None)
