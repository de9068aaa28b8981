"""From state to state by the steps that a workflow has."""

from collections.abc import Collection, Mapping, Sequence

from integrations.jira.field_values import field_value
from integrations.jira.remote import Issue, RefusedError, Transition
from integrations.jira.syncing.asking import Site
from models.domain.action import ActionState
from models.errors import InvalidInputError
from models.tracking.screens import CreateField
from models.tracking.translating import CATEGORIES, DONE, ending


def move(site: Site, issue: Issue, wanted: ActionState, answers: Mapping[str, str]) -> None:
    """Moves a ticket to the status that a state has there.

    ``answers`` are what somebody gave for fields that a step wants, by the fields' names.

    Raises:
        RefusedError: its workflow has no such step, or that step asks for more than we know.
    """
    ways = site.ask(site.remote.transitions, issue.ticket_id)
    known = {name.casefold(): words for name, words in answers.items()}
    way, resolution = choose(ways, wanted, site.connection.states, issue.status, known)
    values: dict[str, object] = {"resolution": {"name": resolution}} if resolution else {}
    for field in way.fields:
        if field.name.casefold() in known:
            values[field.id] = _value(site, field, known[field.name.casefold()])
    try:
        site.ask(site.remote.take, issue.ticket_id, way.id, values)
    except RefusedError as error:
        # What a rule of the workflow asks for is not marked as required on the screen.
        error.wants = tuple(field for field in way.fields if field.id in error.fields)
        raise


def _value(site: Site, field: CreateField, words: str) -> object:
    try:
        return field_value(field, words, site.connection.flavour)
    except InvalidInputError as error:
        labels = {field.id: field.name}
        raise RefusedError(error.sentence(), labels=labels, wants=[field]) from error


def choose(
    ways: Sequence[Transition],
    wanted: ActionState,
    names: Mapping[str, str],
    status: str,
    answers: Collection[str] = (),
) -> tuple[Transition, str]:
    """The step to take and the resolution to give, the simplest first.

    ``names`` are the statuses that a connection names for states, ``answers`` the fields, by their
    names in small letters, that somebody gave; without a named status the category counts,
    and a way that would end as something else than what is meant is none.

    Raises:
        RefusedError: there is none, with a sentence that says why.
    """
    name = names.get(wanted, "")
    there = [way for way in ways if _leads_to(way, wanted, name)]
    usable = [(way, fit) for way in there if (fit := _resolution(way, wanted, name)) is not None]
    for way, resolution in sorted(usable, key=lambda pair: len(pair[0].needs)):
        wants = [field for field in way.needs if field.name.casefold() not in answers]
        if not wants:
            return way, resolution
        named = ", ".join(field.name for field in wants)
        raise RefusedError(
            f"The step “{way.name}” wants {named}, which nobody gave here.",
            labels={field.id: field.name for field in wants},
            wants=wants,
        )
    target = f"“{name}”" if name else f"“{wanted.value}”"
    raise RefusedError(
        f"The workflow has no step from “{status}” to {target}: move the ticket in Jira."
    )


def _leads_to(way: Transition, wanted: ActionState, name: str) -> bool:
    if name:
        return way.to_status.casefold() == name.casefold()
    return way.to_category == CATEGORIES[wanted]


def _resolution(way: Transition, wanted: ActionState, name: str) -> str | None:
    """The resolution that says what is meant, "" where none is needed; None where none does."""
    if CATEGORIES[wanted] != DONE:
        return ""
    for resolution in way.resolutions:
        if ending(resolution) is wanted:
            return resolution
    if way.resolutions:
        return None
    return "" if name or ending("", way.to_status) is wanted else None
