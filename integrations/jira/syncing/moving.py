"""From state to state by the steps that a workflow has."""

from collections.abc import Mapping, Sequence
from functools import partial

from integrations.jira.remote import Issue, RefusedError, Transition
from integrations.jira.syncing.asking import Site
from models.domain.action import ActionState
from models.tracking.translating import CATEGORIES, DONE, ending


def move(site: Site, issue: Issue, wanted: ActionState) -> None:
    """Moves a ticket to the status that a state has there.

    Raises:
        RefusedError: its workflow has no such step, or that step asks for more than we know.
    """
    ways = site.ask(site.remote.transitions, issue.ticket_id)
    way, resolution = choose(ways, wanted, site.connection.states, issue.status)
    take = partial(site.remote.take, resolution=resolution)
    site.ask(take, issue.ticket_id, way.id)


def choose(
    ways: Sequence[Transition], wanted: ActionState, names: Mapping[str, str], status: str
) -> tuple[Transition, str]:
    """The step to take and the resolution to give, the simplest first.

    ``names`` are the statuses that a connection names for states; without one the category counts,
    and a way that would end as something else than what is meant is none.

    Raises:
        RefusedError: there is none, with a sentence that says why.
    """
    name = names.get(wanted, "")
    there = [way for way in ways if _leads_to(way, wanted, name)]
    usable = [(way, fit) for way in there if (fit := _resolution(way, wanted, name)) is not None]
    for way, resolution in sorted(usable, key=lambda pair: len(pair[0].needs)):
        if not way.needs:
            return way, resolution
        wants = ", ".join(way.needs)
        raise RefusedError(
            f"The step “{way.name}” wants {wants}, which nobody gave here: take it in Jira.",
            labels={name: name for name in way.needs},
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
