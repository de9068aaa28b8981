"""Issues: made, read, changed, moved along, given properties and links."""

from typing import Any

from tests.jira_fake import history, issues, showing, values
from tests.jira_fake.calls import Answer, Call, operation
from tests.jira_fake.faces import Json
from tests.jira_fake.records import Flavour, Issue, RemoteLink
from tests.jira_fake.refusals import RefusedError, no_such_issue

CLOUD = Flavour.CLOUD


def _issue(call: Call) -> Issue:
    if call.user is None:
        raise no_such_issue()
    return call.site.issue(call.names["issue"], call.user)


@operation("POST", "/issue")
def create(call: Call) -> Answer:
    fields = call.sent.get("fields")
    if not isinstance(fields, dict):
        raise RefusedError(400, "Field 'fields' is required.")
    made = issues.create(
        call.site,
        call.me,
        fields,
        documents=call.face.documents,
        properties=call.sent.get("properties", ()),
    )
    link = call.face.link(f"issue/{made.id}")
    return 201, {"id": str(made.id), "key": made.key, "self": link}


@operation("GET", "/issue/{issue}")
def read(call: Call) -> Answer:
    found = _issue(call)
    shown = showing.issue(
        call.face,
        call.me,
        found,
        fields=call.words("fields") or ["*all"],
        expand=call.words("expand"),
        properties=call.words("properties"),
    )
    return 200, shown


@operation("PUT", "/issue/{issue}")
def edit(call: Call) -> Answer:
    found = _issue(call)
    issues.edit(
        call.site,
        call.me,
        found,
        call.sent.get("fields", {}),
        call.sent.get("update", {}),
        documents=call.face.documents,
    )
    return 204, None


@operation("DELETE", "/issue/{issue}")
def delete(call: Call) -> Answer:
    found = _issue(call)
    project = call.site.projects[found.project]
    call.site.require(call.me, "DELETE_ISSUES", project, "You do not have permission to delete.")
    issues.delete(call.site, found)
    return 204, None


@operation("GET", "/issue/{issue}/editmeta")
def edit_screen(call: Call) -> Answer:
    return 200, showing.edit_rules(call.face, _issue(call))


@operation("PUT", "/issue/{issue}/assignee")
def assign(call: Call) -> Answer:
    found = _issue(call)
    project = call.site.projects[found.project]
    call.site.require(call.me, "ASSIGN_ISSUES", project, "You do not have permission to assign.")
    field = call.site.fields["assignee"]
    try:
        user = values.parse(call.site, field, call.sent, documents=False)
    except values.BadValueError as error:
        raise RefusedError(400, errors={"assignee": str(error)}) from error
    issues.assign(call.site, call.me, found, user)
    return 204, None


@operation("GET", "/issue/{issue}/transitions")
def transitions(call: Call) -> Answer:
    found = _issue(call)
    with_fields = "transitions.fields" in call.words("expand")
    wanted = call.query.get("transitionId")
    ways = [
        showing.transition(call.face, way, with_fields=with_fields)
        for way in issues.transitions(call.site, call.me, found)
        if wanted in (None, way.id)
    ]
    return 200, {"expand": "transitions", "transitions": ways}


@operation("POST", "/issue/{issue}/transitions")
def transition(call: Call) -> Answer:
    found = _issue(call)
    way = call.sent.get("transition")
    if not isinstance(way, dict) or "id" not in way:
        raise RefusedError(400, "Transition id is missing.")
    issues.transition(
        call.site,
        call.me,
        found,
        str(way["id"]),
        call.sent.get("fields", {}),
        documents=call.face.documents,
    )
    return 204, None


@operation("GET", "/issue/{issue}/changelog", only=CLOUD)
def changelog(call: Call) -> Answer:
    entries = _issue(call).entries
    figures, page = call.page(entries, default=100)
    last = figures["startAt"] + len(page) >= len(entries)
    return 200, figures | {
        "isLast": last,
        "values": [history.entry(call.face, entry) for entry in page],
    }


@operation("GET", "/issue/{issue}/properties")
def properties(call: Call) -> Answer:
    found = _issue(call)
    address = call.face.link(f"issue/{found.id}/properties/")
    return 200, {"keys": [{"key": key, "self": address + key} for key in found.properties]}


@operation("GET", "/issue/{issue}/properties/{property}")
def read_property(call: Call) -> Answer:
    key = call.names["property"]
    held = _issue(call).properties
    if key not in held:
        raise RefusedError(404, f"The property with key '{key}' does not exist.")
    return 200, {"key": key, "value": held[key]}


@operation("PUT", "/issue/{issue}/properties/{property}")
def write_property(call: Call) -> Answer:
    found = _issue(call)
    project = call.site.projects[found.project]
    call.site.require(call.me, "EDIT_ISSUES", project, "You do not have permission to edit.")
    if call.body is None:
        raise RefusedError(400, "The property value must be valid, non-empty JSON.")
    known = call.names["property"] in found.properties
    found.properties[call.names["property"]] = call.body
    return 200 if known else 201, None


@operation("DELETE", "/issue/{issue}/properties/{property}")
def delete_property(call: Call) -> Answer:
    if _issue(call).properties.pop(call.names["property"], None) is None:
        raise RefusedError(404, "The property does not exist.")
    return 204, None


@operation("GET", "/issue/{issue}/remotelink")
def remote_links(call: Call) -> Answer:
    """All links as a list; asked for by its global id, the one alone."""
    found = _issue(call)
    shown = [_remote_link(call, found, link) for link in found.links]
    if (wanted := call.query.get("globalId")) is None:
        return 200, shown
    for one in shown:
        if one.get("globalId") == wanted:
            return 200, one
    raise RefusedError(404, "No remote link with that global id.")


@operation("POST", "/issue/{issue}/remotelink")
def write_remote_link(call: Call) -> Answer:
    """Adds a link, or changes the one with the same global id."""
    found = _issue(call)
    project = call.site.projects[found.project]
    call.site.require(call.me, "LINK_ISSUES", project, "You do not have permission to link.")
    shown = call.sent.get("object")
    missing = {
        name: f"'{name}' is required."
        for name in ("title", "url")
        if not isinstance(shown, dict) or not shown.get(name)
    }
    if missing:
        raise RefusedError(400, errors=missing)
    global_id = call.sent.get("globalId")
    known = [link for link in found.links if global_id and link.global_id == global_id]
    content: dict[str, Any] = {n: v for n, v in call.sent.items() if n != "globalId"}
    link = known[0] if known else RemoteLink(next(call.site.ids), global_id, content)
    link.content = content
    if not known:
        found.links.append(link)
    address = call.face.link(f"issue/{found.id}/remotelink/{link.id}")
    return 200 if known else 201, {"id": link.id, "self": address}


def _remote_link(call: Call, found: Issue, link: RemoteLink) -> Json:
    address = call.face.link(f"issue/{found.id}/remotelink/{link.id}")
    shown: Json = {"id": link.id, "self": address, **link.content}
    return shown | ({"globalId": link.global_id} if link.global_id else {})
