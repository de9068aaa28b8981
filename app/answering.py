"""What Jira asks for before it takes an action item, or a step of its ticket, and the answer.

For the command line and the window alike. What is asked for stands in the library
(``Entry.wants``, ``Ticket.wants``), so an answer to just that asks nothing of the site.
"""

from collections.abc import Iterable, Mapping, Sequence
from threading import Event
from typing import TYPE_CHECKING

from models.commands import answers
from models.errors import InvalidInputError
from models.queries import tracking as queries
from models.tracking.board import BoardRow
from models.tracking.connections import Connection
from models.tracking.screens import CreateField

if TYPE_CHECKING:
    from app.tracking import Tracking


def wanted(row: BoardRow) -> tuple[CreateField, ...]:
    """The fields that Jira wants a value for, before the action item or its ticket goes on."""
    if row.ticket is not None:
        return row.ticket.wants
    return row.entry.wants if row.entry is not None else ()


def answer(
    tracking: "Tracking",
    action_id: str,
    words: Mapping[str, str],
    *,
    for_all: bool = False,
    cancelled: Event,
) -> dict[str, object]:
    """Gives values, as words by the fields' names or ids, and returns them as they were taken.

    The next sync tries again. ``for_all`` gives them to every ticket that the project gets from
    now on. The site is asked only about a field that it did not ask for.

    Raises:
        InvalidInputError: nothing waits for an answer, or a field cannot take what was given.
        JiraError: the site had to be asked, and does not answer.
    """
    library, actor = tracking.workspace.library, tracking.workspace.actor
    row = queries.board_row_of(library, action_id)
    if row.ticket is not None and row.ticket.wants:
        step = _matched(row.ticket.wants, words)
        if for_all:
            raise InvalidInputError(
                "A step of the workflow takes what it asks for from one ticket at a time.",
                kept="Nothing was changed.",
            )
        connection = tracking.one(row.ticket.connection)
        values = _values(step, connection)
        given = {field.name: text for field, text in step}
        answers.answer(library, action_id, given, actor)
        return values
    if row.entry is None or not row.entry.is_harmless:
        raise InvalidInputError(
            f"{row.action.ref} is not waiting for an answer.", kept="Nothing was changed."
        )
    connection = tracking.one(row.entry.connection)
    asked = row.entry.wants
    if not _names(words) <= _names(asked_for for one in asked for asked_for in (one.id, one.name)):
        asked = _screen(tracking, connection, cancelled)
    values = _values(_matched(asked, words), connection)
    answers.mend(library, action_id, values, actor, for_all=for_all)
    return values


def _screen(
    tracking: "Tracking", connection: Connection, cancelled: Event
) -> tuple[CreateField, ...]:
    with tracking.site(connection, cancelled) as remote:
        return remote.create_fields(connection.project, connection.issue_type)


def _names(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _matched(
    fields: Sequence[CreateField], words: Mapping[str, str]
) -> list[tuple[CreateField, str]]:
    """The fields that are named, with what was given for each."""
    known = {name.casefold(): one for one in fields for name in (one.id, one.name)}
    unknown = [name for name in words if name.casefold() not in known]
    if unknown:
        raise InvalidInputError(
            f"Jira asks for no field “{unknown[0]}” here.",
            kept="Nothing was changed.",
            advice=f"There are: {', '.join(one.name for one in fields)}." if fields else "",
        )
    given = [(known[name.casefold()], text.strip()) for name, text in words.items()]
    for field, text in given:
        if not text:
            raise InvalidInputError(f"{field.name} is still empty.", kept="Nothing was changed.")
    return given


def _values(given: Iterable[tuple[CreateField, str]], connection: Connection) -> dict[str, object]:
    """As Jira wants them, by the fields' ids."""
    from integrations.jira.field_values import field_value

    return {field.id: field_value(field, text, connection.flavour) for field, text in given}
