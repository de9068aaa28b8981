"""What there is at a site: projects, screens, boards, people, and what we may do."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from integrations.jira.remote import Account, Board, RefusedError
from integrations.jira.shapes import Json, figure, inside, objects, text
from integrations.jira.sprint_field import read_sprint
from integrations.jira.tickets import account_of
from integrations.jira.wire import Wire
from models.tracking.connections import Flavour
from models.tracking.screens import Choice, CreateField
from models.tracking.sprints import Sprint

PAGE = 50
MOST_PAGES = 200
NEEDED = (
    *("BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ASSIGN_ISSUES"),
    *("SCHEDULE_ISSUES", "TRANSITION_ISSUES", "LINK_ISSUES"),
)
"""The permissions that a whole sync uses; only the first two are indispensable."""


def values(wire: Wire, path: str, *names: str, **params: object) -> Iterator[Json]:
    """A list that comes in pages, under one of several names."""
    start = 0
    for _ in range(MOST_PAGES):
        answer = wire.get(path, startAt=start, maxResults=PAGE, **params)
        page = next((found for name in names if (found := _members(answer, name))), [])
        yield from page
        start += len(page)
        total = figure(answer, "total")
        last = inside(answer, "isLast")
        if not page or last is True or (total is not None and start >= total):
            return
        if total is None and last is None:
            return


def whole(wire: Wire, path: str) -> list[Json]:
    """A list that comes at once."""
    return objects({"all": wire.get(path)}, "all")


def _members(answer: object, name: str) -> list[Json]:
    """A list of objects, or an object of objects by their ids, as old versions send."""
    found = inside(answer, name)
    if isinstance(found, dict):
        return [{"fieldId": id, **one} for id, one in found.items() if isinstance(one, dict)]
    return objects(answer, name)


def projects(wire: Wire, api: str, flavour: Flavour) -> tuple[Choice, ...]:
    """The projects that this account sees, by key."""
    if flavour is Flavour.CLOUD:
        found = list(values(wire, f"api/{api}/project/search", "values"))
    else:
        found = whole(wire, f"api/{api}/project")
    return tuple(Choice(text(one, "key"), text(one, "name")) for one in found)


def issue_types(wire: Wire, api: str, project: str) -> tuple[Choice, ...]:
    """The types of ticket that can be made in a project; subtasks need a ticket above them."""
    path = f"api/{api}/issue/createmeta/{quote(project, safe='')}/issuetypes"
    found = values(wire, path, "issueTypes", "values")
    return tuple(_choice(one) for one in found if one.get("subtask") is not True)


def create_fields(
    wire: Wire, api: str, project: str, issue_type: str, types: Sequence[Choice]
) -> tuple[CreateField, ...]:
    """The create screen of a type, which is given by id or name, among a project's ``types``.

    Raises:
        RefusedError: the project has no such type.
    """
    wanted = issue_type.casefold()
    type_id = next((t.id for t in types if wanted in (t.id, t.name.casefold())), None)
    if type_id is None:
        said = f"The project {project} has no type of ticket named “{issue_type}”."
        raise RefusedError(said, fields={"issuetype": said}, labels={"issuetype": "Issue type"})
    path = f"api/{api}/issue/createmeta/{quote(project, safe='')}/issuetypes/{type_id}"
    found = values(wire, path, "fields", "values")
    return tuple(create_field(one) for one in found)


def create_field(raw: Json) -> CreateField:
    """A field of a screen, with its rules."""
    choices = objects(raw, "allowedValues")
    return CreateField(
        id=text(raw, "fieldId") or text(raw, "key"),
        name=text(raw, "name"),
        required=raw.get("required") is True,
        kind=text(raw, "schema", "type"),
        custom=text(raw, "schema", "custom"),
        has_default=raw.get("hasDefaultValue") is True,
        choices=tuple(_choice(one) for one in choices),
    )


def _choice(raw: Json) -> Choice:
    name = text(raw, "name") or text(raw, "value") or text(raw, "key")
    return Choice(text(raw, "id"), name)


def boards(wire: Wire, project: str) -> tuple[Board, ...]:
    """The boards that show a project."""
    found = values(wire, "agile/1.0/board", "values", projectKeyOrId=project)
    return tuple(
        Board(id, text(one, "name"), text(one, "type"))
        for one in found
        if (id := figure(one, "id")) is not None
    )


def open_sprints(wire: Wire, board: int) -> tuple[Sprint, ...]:
    """The active and the future sprints of a board; a board without sprints has none."""
    try:
        found = list(
            values(wire, f"agile/1.0/board/{board}/sprint", "values", state="active,future")
        )
    except RefusedError:  # Kanban: "The board does not support sprints."
        return ()
    return tuple(sprint for sprint in map(read_sprint, found) if sprint is not None)


def priorities(wire: Wire, api: str) -> tuple[Choice, ...]:
    """The site's priorities, the most urgent first."""
    return tuple(map(_choice, whole(wire, f"api/{api}/priority")))


def statuses(wire: Wire, api: str, project: str, issue_type: str) -> tuple[Choice, ...]:
    """The statuses that a type of ticket goes through."""
    types = whole(wire, f"api/{api}/project/{quote(project, safe='')}/statuses")
    wanted = issue_type.casefold()
    for one in types:
        if wanted in (text(one, "id"), text(one, "name").casefold()):
            return tuple(map(_choice, objects(one, "statuses")))
    return ()


def accounts(
    wire: Wire, api: str, flavour: Flavour, project: str, typed: str
) -> tuple[Account, ...]:
    """The people whose name or e-mail fits and who can be given a ticket."""
    asked_by = "query" if flavour is Flavour.CLOUD else "username"
    params: Json = {"project": project, asked_by: typed, "maxResults": PAGE}
    answer = wire.get(f"api/{api}/user/assignable/search", **params)
    return tuple(
        Account(account_of(one), text(one, "displayName"), text(one, "emailAddress"))
        for one in objects({"all": answer}, "all")
    )


def permissions(wire: Wire, api: str, flavour: Flavour, project: str) -> frozenset[str]:
    """Those of the needed permissions that this account has in a project."""
    params: Json = {"projectKey": project}
    if flavour is Flavour.CLOUD:  # where they have to be named; Data Center tells all
        params["permissions"] = ",".join(NEEDED)
    answer = wire.get(f"api/{api}/mypermissions", **params)
    return frozenset(
        name for name in NEEDED if inside(answer, "permissions", name, "havePermission") is True
    )
