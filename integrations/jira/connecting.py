"""What a site tells before a project of it is connected: what fits, and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from integrations.jira.field_values import field_value
from integrations.jira.remote import (
    Board,
    Choice,
    CreateField,
    NotVisibleError,
    Remote,
    SiteFacts,
)
from models.errors import InvalidInputError
from models.tracking.connections import Connection, Flavour
from models.tracking.translating import PRIORITIES

SCRUM = "scrum"
OURS = (
    *("project", "issuetype", "summary", "description", "labels"),
    *("priority", "duedate", "assignee", "reporter"),
)
"""Fields that a ticket gets from its action item, by the site's ids."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A connection with what its site knows about it.

    ``missing`` are the required fields that nothing fills yet; ``board`` is the one whose sprints
    count, None on a project without; ``boards`` are all that have sprints.
    """

    connection: Connection
    facts: SiteFacts
    missing: tuple[CreateField, ...]
    boards: tuple[Board, ...]

    @property
    def board(self) -> Board | None:
        """The board that was chosen."""
        return next((b for b in self.boards if b.id == self.connection.board), None)


def fitted(remote: Remote, connection: Connection, given: Mapping[str, str]) -> Fitted:
    """Asks a site what a connection to it needs; nothing is written anywhere.

    ``given`` are values of fields as people type them, by the names or ids of the fields. A type of
    ticket, a board and priorities that nobody chose are found out.

    Raises:
        InvalidInputError: the project, the type, the board, a field or its value is not there.
        JiraError: the site cannot be reached or does not let us in.
    """
    facts = remote.facts()
    connection = replace(connection, issue_type=_issue_type(remote, connection))
    fields = remote.create_fields(connection.project, connection.issue_type)
    values = connection.fields | typed_values(fields, given, connection.flavour)
    boards = tuple(b for b in remote.boards(connection.project) if b.kind == SCRUM)
    connection = replace(
        connection,
        fields=values,
        board=_board(boards, connection.board),
        priorities=connection.priorities or priorities_of(remote.priorities()),
    )
    return Fitted(connection, facts, missing(fields, values), boards)


def _issue_type(remote: Remote, connection: Connection) -> str:
    project = connection.project
    try:
        types = remote.issue_types(project)
    except NotVisibleError:
        types = ()
    if not types:
        raise InvalidInputError(
            f"No project {project!r} is visible to this account at {connection.site}, or it may "
            "make no tickets there.",
            kept="Nothing was connected.",
            advice="Check the project's key and the account's permissions.",
        )
    wanted = connection.issue_type
    for one in types:
        if wanted.casefold() in (one.id, one.name.casefold()):
            return one.name
    if not wanted:
        usual = (t.name for t in types if t.name.casefold() in ("task", "story"))
        return next(usual, types[0].name)
    names = ", ".join(one.name for one in types)
    raise InvalidInputError(
        f"{project} has no type of ticket named {wanted!r}.",
        kept="Nothing was connected.",
        advice=f"There are: {names}.",
    )


def typed_values(
    fields: Sequence[CreateField], given: Mapping[str, str], flavour: Flavour
) -> dict[str, object]:
    """What was typed for fields, by the names or ids of these, as the site wants it."""
    return {
        field.id: field_value(field, words, flavour)
        for name, words in given.items()
        for field in [_named(fields, name)]
    }


def _named(fields: Sequence[CreateField], name: str) -> CreateField:
    wanted = name.strip().casefold()
    for field in fields:
        if wanted in (field.id.casefold(), field.name.casefold()):
            return field
    names = ", ".join(field.name for field in fields if field.id not in OURS)
    raise InvalidInputError(
        f"The tickets have no field {name!r}.",
        kept="Nothing was changed.",
        advice=f"There are: {names}." if names else "",
    )


def missing(fields: Iterable[CreateField], values: Mapping[str, object]) -> tuple[CreateField, ...]:
    """The required fields that neither an action item, the site nor ``values`` fills."""
    return tuple(
        field
        for field in fields
        if field.required
        and not field.has_default
        and field.id not in OURS
        and field.id not in values
    )


def _board(boards: Sequence[Board], wanted: int | None) -> int | None:
    if wanted is None:
        return boards[0].id if len(boards) == 1 else None
    if any(board.id == wanted for board in boards):
        return wanted
    names = ", ".join(f"{board.id} ({board.name})" for board in boards)
    raise InvalidInputError(
        f"The project has no board {wanted} with sprints.",
        kept="Nothing was connected.",
        advice=f"There are: {names}." if names else "It has no sprints: leave the board out.",
    )


def priorities_of(known: Sequence[Choice]) -> dict[str, str]:
    """Our priorities as a site names them: by Jira's own names, else by their order."""
    names = [choice.name for choice in known]
    if not names or all(name in names for name in PRIORITIES.values()):
        return {}
    last = len(names) - 1
    return {ours: names[min(place, last)] for place, ours in enumerate(PRIORITIES)}
