"""What a site says of itself: version, users, projects, fields and screens, permissions."""

from tests.jira_fake.calls import Answer, Call, operation
from tests.jira_fake.faces import Json
from tests.jira_fake.records import Flavour, Project, User
from tests.jira_fake.refusals import RefusedError
from tests.jira_fake.site import PERMISSIONS

CLOUD, DATA_CENTER = Flavour.CLOUD, Flavour.DATA_CENTER


@operation("GET", "/serverInfo")
def server_info(call: Call) -> Answer:
    site = call.site
    version = "1001.0.0-SNAPSHOT" if site.cloud else site.version
    return 200, {
        "baseUrl": call.face.url,
        "version": version,
        "versionNumbers": [int(part) for part in version.split("-")[0].split(".")],
        "deploymentType": "Cloud" if site.cloud else "Server",
        "buildNumber": 100200,
        "buildDate": "2026-01-15T00:00:00.000+0000",
        "serverTime": call.face.moment(site.now),
        "scmInfo": "0000000000000000000000000000000000000000",
        "serverTitle": site.title,
    }


@operation("GET", "/myself")
def myself(call: Call) -> Answer:
    return 200, call.face.user(call.me)


@operation("GET", "/mypermissions")
def my_permissions(call: Call) -> Answer:
    site = call.site
    asked = call.words("permissions")
    if site.cloud and not asked:
        raise RefusedError(400, "The 'permissions' query parameter is required.")
    if unknown := sorted(set(asked) - set(PERMISSIONS)):
        raise RefusedError(400, f"Unrecognised permission: {unknown[0]}")
    key = call.query.get("projectKey") or call.query.get("projectId")
    projects = [site.project(key, call.user)] if key else list(site.projects.values())
    return 200, {
        "permissions": {
            name: {
                "id": str(number),
                "key": name,
                "name": name.replace("_", " ").title(),
                "type": "PROJECT",
                "description": "",
                "havePermission": any(site.may(call.user, name, one) for one in projects),
            }
            for number, name in enumerate(PERMISSIONS, 10)
            if not asked or name in asked
        }
    }


@operation("GET", "/field")
def fields(call: Call) -> Answer:
    shown = call.site.fields.values() if call.user else ()
    return 200, [call.face.field(field) for field in shown]


@operation("GET", "/status")
def statuses(call: Call) -> Answer:
    return 200, [call.face.status(status) for status in call.site.statuses.values()]


@operation("GET", "/priority")
def priorities(call: Call) -> Answer:
    return 200, [call.face.priority(id) for id in call.site.priorities]


@operation("GET", "/resolution")
def resolutions(call: Call) -> Answer:
    return 200, [call.face.resolution(id) for id in call.site.resolutions]


@operation("GET", "/project")
def projects(call: Call) -> Answer:
    return 200, [call.face.project(one.id) for one in _visible(call)]


@operation("GET", "/project/search", only=CLOUD)
def project_search(call: Call) -> Answer:
    query = call.query.get("query", "").lower()
    keys = call.words("keys")
    found = [
        one
        for one in _visible(call)
        if (query in one.key.lower() or query in one.name.lower()) and (not keys or one.key in keys)
    ]
    figures, page = call.page(found)
    last = figures["startAt"] + len(page) >= len(found)
    return 200, figures | {"isLast": last, "values": [call.face.project(one.id) for one in page]}


def _visible(call: Call) -> list[Project]:
    projects = call.site.projects.values()
    return [one for one in projects if call.site.may(call.user, "BROWSE_PROJECTS", one)]


def _project(call: Call) -> Project:
    found = call.site.project(call.names["project"])
    if found not in _visible(call):
        raise RefusedError(404, f"No project could be found with key '{call.names['project']}'.")
    return found


@operation("GET", "/project/{project}")
def project(call: Call) -> Answer:
    found = _project(call)
    types = [call.face.issue_type(id) for id in found.screens]
    return 200, call.face.project(found.id) | {"issueTypes": types}


@operation("GET", "/project/{project}/statuses")
def project_statuses(call: Call) -> Answer:
    found = _project(call)
    used = dict.fromkeys(way.to for way in found.workflow)
    shown = [call.face.status(call.site.statuses[id]) for id in used]
    types = [call.site.types[id] for id in found.screens]
    return 200, [
        {
            "self": call.face.link(f"issuetype/{type_.id}"),
            "id": type_.id,
            "name": type_.name,
            "subtask": type_.subtask,
            "statuses": shown,
        }
        for type_ in types
    ]


def _creatable(call: Call) -> Project:
    found = _project(call)
    if not call.site.may(call.user, "CREATE_ISSUES", found):
        raise RefusedError(400, "You do not have permission to create issues in this project.")
    return found


def _envelope(call: Call, name: str, items: list[Json]) -> Json:
    figures, page = call.page(items)
    if call.site.cloud:
        return figures | {name: page}
    last = figures["startAt"] + len(page) >= len(items)
    return figures | {"isLast": last, "values": page}


@operation("GET", "/issue/createmeta/{project}/issuetypes")
def creatable_types(call: Call) -> Answer:
    types = [call.face.issue_type(id) for id in _creatable(call).screens]
    return 200, _envelope(call, "issueTypes", types)


@operation("GET", "/issue/createmeta/{project}/issuetypes/{type}")
def create_screen(call: Call) -> Answer:
    found = _creatable(call)
    screen = found.screens.get(call.names["type"])
    if screen is None:
        raise RefusedError(400, "Issue type id is not valid.")
    known = call.site.fields
    rules = [
        call.face.field_rules(known[name], required=name in screen.required)
        for name in screen.create
    ]
    fixed = [_fixed(call, found, "project"), _fixed(call, found, "issuetype")]
    return 200, _envelope(call, "fields", [*fixed, *rules])


def _fixed(call: Call, project: Project, name: str) -> Json:
    shown: Json = {
        "required": True,
        "schema": {"type": name, "system": name},
        "name": "Project" if name == "project" else "Issue Type",
        "fieldId": name,
        "hasDefaultValue": False,
        "operations": ["set"] if name == "project" else [],
        "allowedValues": [call.face.project(project.id)]
        if name == "project"
        else [call.face.issue_type(call.names["type"])],
    }
    return shown | ({"key": name} if call.site.cloud else {})


@operation("GET", "/user/search")
def user_search(call: Call) -> Answer:
    if not call.query.get(_asked_by(call)):
        raise RefusedError(400, f"The '{_asked_by(call)}' query parameter is needed.")
    return 200, _users(call, list(call.site.users.values()))


@operation("GET", "/user/assignable/search")
def assignable_users(call: Call) -> Answer:
    site = call.site
    if key := call.query.get("issueKey"):
        project = site.projects[site.issue(key, call.me).project]
    elif key := call.query.get("project"):
        project = site.project(key, call.me)
    else:
        raise RefusedError(400, "Either the 'project' or the 'issueKey' query parameter is needed.")
    able = [user for user in site.users.values() if site.may(user, "BROWSE_PROJECTS", project)]
    return 200, _users(call, able)


def _asked_by(call: Call) -> str:
    return "query" if call.site.cloud else "username"


def _users(call: Call, users: list[User]) -> list[Json]:
    query = call.query.get(_asked_by(call), "").lower()
    if call.user is None:
        return []
    found = [
        user
        for user in users
        if user.active
        and (query in user.display_name.lower() or user.email.lower().startswith(query))
    ]
    _, page = call.page(found)
    return [call.face.user(user) for user in page]
