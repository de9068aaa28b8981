"""Issues as answers show them: the fields that were asked for, the change log, the properties."""

from collections.abc import Iterable

from tests.jira_fake import history
from tests.jira_fake.faces import Face, Json
from tests.jira_fake.issues import transitions
from tests.jira_fake.records import Issue, Transition, User

EXPANDABLE = "operations,versionedRepresentations,editmeta,changelog,renderedFields"
MOST_HISTORIES = 100


def issue(
    face: Face,
    user: User,
    shown: Issue,
    *,
    fields: Iterable[str] = ("*all",),
    expand: Iterable[str] = (),
    properties: Iterable[str] = (),
) -> Json:
    """An issue; ``fields`` may hold ``*all``, ``*navigable``, names, and names to leave out."""
    wanted = list(fields) or ["*all"]
    if wanted == ["id"] and face.site.cloud:
        return {"id": str(shown.id)}
    answer: Json = {
        "expand": EXPANDABLE,
        "id": str(shown.id),
        "self": face.link(f"issue/{shown.id}"),
        "key": shown.key,
        "fields": _chosen(_fields(face, shown), wanted),
    }
    known = {name: shown.properties[name] for name in properties if name in shown.properties}
    if known:
        answer["properties"] = known
    expanded = set(expand)
    if "changelog" in expanded:
        answer["changelog"] = _histories(face, shown)
    if "names" in expanded:
        answer["names"] = {field.id: field.name for field in face.site.fields.values()}
    if "transitions" in expanded:
        answer["transitions"] = [
            transition(face, way, with_fields=False) for way in transitions(face.site, user, shown)
        ]
    return answer


def _fields(face: Face, shown: Issue) -> Json:
    site = face.site
    fields: Json = {
        "project": face.project(shown.project),
        "issuetype": face.issue_type(shown.type),
        "status": face.status(site.statuses[shown.status]),
        "created": face.moment(shown.created),
        "updated": face.moment(shown.updated),
        "resolutiondate": face.moment(shown.resolved) if shown.resolved else None,
    }
    for field in site.fields.values():
        fields[field.id] = face.value(field, shown.values.get(field.id), shown)
    return fields


def _chosen(fields: Json, wanted: list[str]) -> Json:
    names = [name.lstrip("+") for name in wanted]
    without = {name[1:] for name in names if name.startswith("-")}
    named = {name for name in names if not name.startswith(("-", "*"))}
    whole = any(name in ("*all", "*navigable") for name in names) or not named
    return {n: v for n, v in fields.items() if (whole or n in named) and n not in without}


def _histories(face: Face, shown: Issue) -> Json:
    """Cloud gives the newest hundred, newest first; Data Center all, oldest first."""
    entries = shown.entries
    total = len(entries)
    if face.site.cloud:
        entries = entries[::-1][:MOST_HISTORIES]
    histories = [history.entry(face, entry) for entry in entries]
    return {"startAt": 0, "maxResults": len(histories), "total": total, "histories": histories}


def transition(face: Face, way: Transition, *, with_fields: bool) -> Json:
    """A way to another status, with the fields of its screen where they were asked for."""
    shown: Json = {
        "id": way.id,
        "name": way.name,
        "to": face.status(face.site.statuses[way.to]),
    }
    if face.site.cloud:
        shown |= {
            "hasScreen": bool(way.screen),
            "isGlobal": way.sources is None,
            "isInitial": False,
            "isAvailable": True,
            "isConditional": False,
        }
    if with_fields:
        shown["fields"] = {
            name: _without_id(
                face, face.field_rules(face.site.fields[name], required=name in way.required)
            )
            for name in way.screen
        }
    return shown


def edit_rules(face: Face, shown: Issue) -> Json:
    """The fields that can be edited, by their ids."""
    project = face.site.projects[shown.project]
    screen = project.screens[shown.type]
    fields = face.site.fields
    return {
        "fields": {
            name: _without_id(
                face, face.field_rules(fields[name], required=name in screen.required)
            )
            for name in screen.edit
        }
    }


def _without_id(face: Face, rules: Json) -> Json:
    """Cloud names the field by its key only where the field is a member's name."""
    return {n: v for n, v in rules.items() if n != "fieldId" or not face.site.cloud}
