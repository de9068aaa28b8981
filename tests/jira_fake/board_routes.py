"""Boards, backlogs and sprints."""

from datetime import UTC, datetime

from tests.jira_fake import boards, showing
from tests.jira_fake.calls import Answer, Call, operation
from tests.jira_fake.faces import Json
from tests.jira_fake.records import Board, Issue, Sprint
from tests.jira_fake.refusals import RefusedError


def _board(call: Call) -> Board:
    board = call.site.board(call.names["board"])
    if not call.site.may(call.me, "BROWSE_PROJECTS", call.site.projects[board.project]):
        raise RefusedError(404, "The requested board cannot be viewed because it does not exist.")
    return board


def _sprint(call: Call) -> Sprint:
    sprint = call.site.sprint(call.names["sprint"])
    project = call.site.projects[call.site.boards[sprint.board].project]
    if not call.site.may(call.me, "BROWSE_PROJECTS", project):
        raise RefusedError(404, "Sprint does not exist.")
    return sprint


def _shown(call: Call, board: Board) -> Json:
    project = call.site.projects[board.project]
    shown: Json = {
        "id": board.id,
        "self": call.face.agile(f"board/{board.id}"),
        "name": board.name,
        "type": board.kind,
    }
    if not call.site.cloud:
        return shown
    location = {"projectId": int(project.id), "projectKey": project.key, "name": project.name}
    return shown | {"location": location}


def _values(call: Call, items: list[Json]) -> Json:
    figures, page = call.page(items, most=50)
    last = figures["startAt"] + len(page) >= len(items)
    return figures | {"isLast": last, "values": page}


@operation("GET", "/board", area="agile")
def all_boards(call: Call) -> Answer:
    site = call.site
    key = call.query.get("projectKeyOrId")
    project = site.project(key, call.me) if key else None
    name = call.query.get("name", "").lower()
    kinds = call.words("type")
    found = [
        _shown(call, board)
        for board in site.boards.values()
        if site.may(call.user, "BROWSE_PROJECTS", site.projects[board.project])
        and (project is None or board.project == project.id)
        and name in board.name.lower()
        and (not kinds or board.kind in kinds)
    ]
    return 200, _values(call, found)


@operation("GET", "/board/{board}", area="agile")
def one_board(call: Call) -> Answer:
    return 200, _shown(call, _board(call))


@operation("GET", "/board/{board}/configuration", area="agile")
def configuration(call: Call) -> Answer:
    board = _board(call)
    project = call.site.projects[board.project]
    columns = [
        {
            "name": call.site.statuses[id].name,
            "statuses": [{"id": id, "self": call.face.link(f"status/{id}")}],
        }
        for id in dict.fromkeys(way.to for way in project.workflow)
    ]
    return 200, {
        "id": board.id,
        "name": board.name,
        "type": board.kind,
        "self": call.face.agile(f"board/{board.id}/configuration"),
        "filter": {"id": str(10000 + board.id), "self": call.face.link("filter/10000")},
        "columnConfig": {"columns": columns, "constraintType": "none"},
        "ranking": {"rankCustomFieldId": 10019},
    }


@operation("GET", "/board/{board}/sprint", area="agile")
def board_sprints(call: Call) -> Answer:
    board = _board(call)
    if board.kind != "scrum":
        raise RefusedError(400, "The board does not support sprints.")
    states = call.words("state")
    found = [
        call.face.sprint(sprint)
        for sprint in call.site.sprints.values()
        if sprint.board == board.id and (not states or sprint.state in states)
    ]
    return 200, _values(call, found)


@operation("GET", "/board/{board}/issue", area="agile")
def board_issues(call: Call) -> Answer:
    board = _board(call)
    found = [issue for issue in call.site.issues.values() if issue.project == board.project]
    return 200, _issue_page(call, found)


@operation("GET", "/board/{board}/backlog", area="agile")
def backlog(call: Call) -> Answer:
    board = _board(call)
    found = [
        issue
        for issue in call.site.issues.values()
        if issue.project == board.project
        and call.site.statuses[issue.status].category != "done"
        and all(sprint.state == "closed" for sprint in call.site.sprints_of(issue))
    ]
    return 200, _issue_page(call, found)


def _issue_page(call: Call, found: list[Issue]) -> Json:
    visible = [issue for issue in found if call.site.sees(call.user, issue)]
    figures, page = call.page(visible)
    fields, expand = call.words("fields") or ["*navigable"], call.words("expand")
    shown = [
        showing.issue(call.face, call.me, issue, fields=fields, expand=expand) for issue in page
    ]
    return {"expand": "schema,names"} | figures | {"issues": shown}


@operation("POST", "/sprint", area="agile")
def add_sprint(call: Call) -> Answer:
    board = call.site.board(str(call.sent.get("originBoardId")))
    _may_manage(call, board)
    if board.kind != "scrum":
        raise RefusedError(400, "The board does not support sprints.")
    name = call.sent.get("name")
    if not name or len(name) > 30:
        raise RefusedError(400, errors={"name": "The sprint name must have 1 to 30 characters."})
    made = call.site.add_sprint(board.id, name, call.sent.get("goal"))
    _plan(call, made)
    return 201, call.face.sprint(made)


def _may_manage(call: Call, board: Board) -> None:
    project = call.site.projects[board.project]
    said = "You do not have permission to manage the sprints of this board."
    call.site.require(call.me, "MANAGE_SPRINTS_PERMISSION", project, said)


@operation("GET", "/sprint/{sprint}", area="agile")
def one_sprint(call: Call) -> Answer:
    return 200, call.face.sprint(_sprint(call))


@operation("POST", "/sprint/{sprint}", area="agile")
def change_sprint(call: Call) -> Answer:
    """Changes only what is named; a state moves on from future to active to closed."""
    sprint = _sprint(call)
    _may_manage(call, call.site.boards[sprint.board])
    sprint.name = call.sent.get("name", sprint.name)
    sprint.goal = call.sent.get("goal", sprint.goal)
    _plan(call, sprint)
    state = call.sent.get("state", sprint.state)
    if state == "active" and sprint.state == "future":
        boards.start(call.site, sprint, sprint.ends)
    elif state == "closed" and sprint.state != "closed":
        boards.complete(call.site, call.me, sprint)
    elif state != sprint.state:
        raise RefusedError(400, f"The sprint cannot become '{state}'.")
    return 200, call.face.sprint(sprint)


@operation("PUT", "/sprint/{sprint}", area="agile")
def replace_sprint(call: Call) -> Answer:
    """As in Jira, whatever is not named is wiped out."""
    sprint = _sprint(call)
    if "state" not in call.sent or "name" not in call.sent:
        raise RefusedError(400, "The sprint name and state are required.")
    sprint.goal = None
    sprint.starts = sprint.ends = None
    return change_sprint(call)


def _plan(call: Call, sprint: Sprint) -> None:
    try:
        if "startDate" in call.sent:
            sprint.starts = datetime.fromisoformat(call.sent["startDate"]).astimezone(UTC)
        if "endDate" in call.sent:
            sprint.ends = datetime.fromisoformat(call.sent["endDate"]).astimezone(UTC)
    except (TypeError, ValueError) as error:
        raise RefusedError(400, "The sprint's dates are invalid.") from error


@operation("DELETE", "/sprint/{sprint}", area="agile")
def delete_sprint(call: Call) -> Answer:
    sprint = _sprint(call)
    _may_manage(call, call.site.boards[sprint.board])
    boards.delete(call.site, call.me, sprint)
    return 204, None


@operation("GET", "/sprint/{sprint}/issue", area="agile")
def sprint_issues(call: Call) -> Answer:
    return 200, _issue_page(call, boards.issues_in(call.site, _sprint(call)))


@operation("POST", "/sprint/{sprint}/issue", area="agile")
def put_in_sprint(call: Call) -> Answer:
    boards.put(call.site, call.me, _keys(call), _sprint(call))
    return 204, None


@operation("POST", "/backlog/issue", area="agile")
def put_in_backlog(call: Call) -> Answer:
    boards.put(call.site, call.me, _keys(call), None)
    return 204, None


def _keys(call: Call) -> list[str]:
    keys = call.sent.get("issues")
    if not isinstance(keys, list) or not keys:
        raise RefusedError(400, "The issues are missing.")
    return [str(key) for key in keys]
