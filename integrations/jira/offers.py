"""What a site offers to a connection, and the most likely choice of it.

The draft is a ``Connection`` that nobody stored yet; every step is a function from one to another.

1. ``site.detect(url)`` says what answers; ``begin(site, flavour)`` is the draft of it.
2. ``look_around(remote, draft)`` reads what is offered without creating anything. It raises only
   where the site does not answer or does not let us in; what is closed beyond that is in
   ``Offer.troubles``.
3. ``settled(draft, offer)`` fills what nobody chose with what is most likely; ``with_field`` gives
   a required field its value; ``missing`` are those still without one.
4. ``verdicts.verdicts(draft, offer)`` says in plain sentences whether it will work, and
   ``verdicts.failure(error)`` why it does not.
5. ``people.match`` proposes accounts for owners.

The token is in none of it: ``keychain.keep(draft.account, token)`` when the draft is stored.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from integrations.jira.field_values import field_value
from integrations.jira.remote import (
    Board,
    NotAllowedError,
    NotVisibleError,
    RefusedError,
    Remote,
    SiteFacts,
)
from integrations.jira.sprint_field import SPRINT_TYPE
from models.errors import InvalidInputError
from models.tracking.connections import Connection, Flavour
from models.tracking.defaults import likely_priorities, likely_states
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import Sprint

T = TypeVar("T")

SCRUM = "scrum"
"""The kind of board that has sprints."""
KANBAN = "kanban"
ALWAYS_SENT = frozenset(("project", "issuetype", "summary", "description", "labels", "reporter"))
"""Fields that every ticket gets by itself; a site fills in the reporter."""
SENT_WHEN_KNOWN = {"priority": "priority", "duedate": "due date", "assignee": "known owner"}
"""Fields that a ticket gets where its action item says something, and what that is called here."""
_TASKS = ("task", "story", "improvement", "bug")
"""The types of ticket that an action item may best be, the best first."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a site offers to a connection, as one account sees it; a project's id is its key.

    What depends on the project is empty while none is chosen. ``history`` says whether the sprint
    history of a ticket could be read, None where there is no ticket yet to try it with.
    ``troubles`` has a sentence for each part that could not be read, by its name here.
    """

    facts: SiteFacts
    projects: tuple[Choice, ...] = ()
    priorities: tuple[Choice, ...] = ()
    types: tuple[Choice, ...] = ()
    fields: tuple[CreateField, ...] = ()
    statuses: tuple[Choice, ...] = ()
    boards: tuple[Board, ...] = ()
    sprints: tuple[Sprint, ...] = ()
    permissions: frozenset[str] = frozenset()
    history: bool | None = None
    troubles: dict[str, str] = field(default_factory=dict)


def begin(site: str, flavour: Flavour) -> Connection:
    """The draft of a new connection; no project is chosen yet."""
    return Connection(str(uuid.uuid4()), site, flavour, project="", issue_type="")


def look_around(
    remote: Remote, draft: Connection, *, step: Callable[[], None] = lambda: None
) -> Offer:
    """Reads what the site offers, and nothing else; ``step`` is called before each part and may
    raise to stop it.

    Raises:
        JiraError: the site does not answer, or does not let this account in.
    """
    reading = _Reading(step)
    step()
    offer = Offer(
        remote.facts(),
        projects=reading.part("projects", remote.projects, ()),
        priorities=reading.part("priorities", remote.priorities, ()),
    )
    draft = settled(draft, offer)
    if draft.project:
        offer = _look_into(remote, draft, offer, reading)
    return replace(offer, troubles=reading.troubles)


def _look_into(remote: Remote, draft: Connection, offer: Offer, reading: "_Reading") -> Offer:
    """What depends on the project."""
    project, part = draft.project, reading.part
    offer = replace(
        offer,
        types=part("types", lambda: remote.issue_types(project), ()),
        boards=part("boards", lambda: remote.boards(project), ()),
        permissions=part("permissions", lambda: remote.permissions(project), frozenset[str]()),
    )
    draft = settled(draft, offer)
    board, kind = chosen_board(draft, offer), draft.issue_type
    closed: bool | None = False
    if board is not None and board.kind == SCRUM:
        offer = replace(
            offer,
            sprints=part("sprints", lambda: remote.sprints(board.id), ()),
            history=part("history", lambda: _reads_history(remote, project), closed),
        )
    if kind:
        offer = replace(
            offer,
            fields=part("fields", lambda: remote.create_fields(project, kind), ()),
            statuses=part("statuses", lambda: remote.statuses(project, kind), ()),
        )
    return offer


def _reads_history(remote: Remote, project: str) -> bool | None:
    """Tries it with the newest ticket of the project."""
    number = remote.highest_number(project)
    if not number:
        return None
    issue = remote.read_key(f"{project}-{number}")
    return issue.sprints is not None and issue.ticket_id in remote.stories([issue.ticket_id])


class _Reading:
    """Reads part after part; what this account may not see stands in no other's way."""

    def __init__(self, step: Callable[[], None]) -> None:
        self._step = step
        self.troubles: dict[str, str] = {}

    def part(self, name: str, read: Callable[[], T], nothing: T) -> T:
        self._step()
        try:
            return read()
        except (NotAllowedError, NotVisibleError, RefusedError) as error:
            self.troubles[name] = str(error)
            return nothing


def settled(draft: Connection, offer: Offer) -> Connection:
    """The draft with the most likely value where nobody chose one, or where what was chosen is not
    offered any more. A project is only taken by itself where there is no other."""
    keys = [one.id for one in offer.projects]
    project = draft.project.upper() if draft.project.upper() in keys else draft.project
    if not project and len(keys) == 1:
        project = keys[0]
    board = None if has_no_board(draft) else _board(draft.board, offer.boards)
    kinds = {one.id: one.kind for one in offer.boards}
    return replace(
        draft,
        project=project,
        issue_type=_issue_type(draft.issue_type, offer.types),
        board=board,
        kanban=kinds[board] == KANBAN if board in kinds else draft.kanban,
        priorities=draft.priorities or likely_priorities([one.name for one in offer.priorities]),
        states=draft.states or likely_states([one.name for one in offer.statuses]),
    )


def _issue_type(chosen: str, types: Sequence[Choice]) -> str:
    """By name, since a type's id differs from project to project."""
    if not types:
        return chosen
    names = {one.name.casefold(): one.name for one in types}
    known = names.get(chosen.casefold()) or {one.id: one.name for one in types}.get(chosen)
    likely = next((names[name] for name in _TASKS if name in names), "")
    return known or likely or next((n for n in names.values() if n.casefold() != "epic"), "")


def _board(chosen: int | None, boards: Sequence[Board]) -> int | None:
    if not boards or chosen in [one.id for one in boards]:
        return chosen
    return next((one for one in boards if one.kind == SCRUM), boards[0]).id


def has_no_board(draft: Connection) -> bool:
    """Whether somebody chose that no board's sprints count."""
    return draft.kanban and draft.board is None


def chosen_board(draft: Connection, offer: Offer) -> Board | None:
    """The board of the draft, as far as it is offered."""
    return next((one for one in offer.boards if one.id == draft.board), None)


def in_project(draft: Connection, project: str) -> Connection:
    """The draft for another project, whose type, board, statuses and fields are its own."""
    if project == draft.project:
        return draft
    return replace(
        draft,
        project=project,
        issue_type="",
        board=None,
        kanban=False,
        states={},
        fields={},
        agreed=False,
    )


def asked_for(offer: Offer) -> tuple[CreateField, ...]:
    """The required fields that want one value for all tickets of the project."""
    return tuple(one for one in offer.fields if _is_open(one) and one.id not in SENT_WHEN_KNOWN)


def sometimes_missing(offer: Offer) -> tuple[CreateField, ...]:
    """The required fields that only some action items say something for."""
    return tuple(one for one in offer.fields if _is_open(one) and one.id in SENT_WHEN_KNOWN)


def _is_open(one: CreateField) -> bool:
    ours = one.id in ALWAYS_SENT or one.custom == SPRINT_TYPE
    return one.required and not one.has_default and not ours


def missing(draft: Connection, offer: Offer) -> tuple[CreateField, ...]:
    """The required fields that have no value yet: without it every ticket would be refused."""
    return tuple(one for one in asked_for(offer) if draft.fields.get(one.id) in (None, "", []))


def with_field(draft: Connection, offer: Offer, name: str, words: str) -> Connection:
    """The draft with a value for every ticket's field, which is named by its name or id.

    Words as ``field_values.field_value`` reads them; none take the value away.

    Raises:
        InvalidInputError: the create screen has no such field, or it cannot take this.
    """
    wanted = name.strip().casefold()
    found = next(
        (one for one in offer.fields if wanted in (one.id.casefold(), one.name.casefold())), None
    )
    if found is None:
        names = ", ".join(one.name for one in offer.fields if one.id not in ALWAYS_SENT)
        raise InvalidInputError(
            f"A {draft.issue_type} in {draft.project} has no field “{name}”.",
            kept="Nothing was changed.",
            advice=f"It has: {names}." if names else "",
        )
    fields = {id: value for id, value in draft.fields.items() if id != found.id}
    if words.strip():
        fields[found.id] = field_value(found, words, draft.flavour)
    return replace(draft, fields=fields)
