"""How the two products show the same things: the JSON of users, fields, issues and sprints."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.jira_fake import adf
from tests.jira_fake.records import (
    CUSTOM_TYPE,
    SPRINT_TYPE,
    Field,
    Issue,
    Kind,
    Sprint,
    Status,
    User,
)
from tests.jira_fake.site import Site

Json = dict[str, Any]
Show = Callable[[Any], Any]

CATEGORIES = {"new": (2, "To Do", "blue-gray"), "done": (3, "Done", "green")}
CATEGORY_IN_PROGRESS = (4, "In Progress", "yellow")
NAMES_OF_SYSTEM_TYPES = {
    Kind.DOCUMENT: "string",
    Kind.LABELS: "array",
    Kind.TEXT: "string",
}
CUSTOM_TYPES = {
    Kind.TEXT: ("string", "textfield", None),
    Kind.DOCUMENT: ("string", "textarea", None),
    Kind.NUMBER: ("number", "float", None),
    Kind.DATE: ("date", "datepicker", None),
    Kind.USER: ("user", "userpicker", None),
    Kind.OPTION: ("option", "select", None),
    Kind.OPTIONS: ("array", "multicheckboxes", "option"),
    Kind.LABELS: ("array", "labels", "string"),
}


def sprint_string(sprint: Sprint, dates: dict[str, str]) -> str:
    """A sprint as Data Center's sprint field writes it; real sites give the id first or last."""
    shown = {
        "id": str(sprint.id),
        "rapidViewId": str(sprint.board),
        "state": sprint.state.upper(),
        "name": sprint.name,
        "startDate": dates.get("startDate", "<null>"),
        "endDate": dates.get("endDate", "<null>"),
        "completeDate": dates.get("completeDate", "<null>"),
        "activatedDate": dates.get("startDate", "<null>"),
        "sequence": str(sprint.id),
        "goal": sprint.goal or "<null>",
    }
    if sprint.id % 2:
        shown["id"] = shown.pop("id")
    inside = ",".join(f"{key}={value}" for key, value in shown.items())
    return f"com.atlassian.greenhopper.service.sprint.Sprint@{sprint.id:08x}[{inside}]"


class Face:
    """One product's view of a site, for one version of the interface (``2`` or ``3``)."""

    def __init__(self, site: Site, url: str, version: str) -> None:
        self.site = site
        self.url = url
        self.version = version

    @property
    def documents(self) -> bool:
        """Whether long text is a document here."""
        return self.version == "3"

    def link(self, path: str) -> str:
        """The address of a resource of the platform."""
        return f"{self.url}/rest/api/{self.version}/{path}"

    def agile(self, path: str) -> str:
        """The address of a resource of the boards."""
        return f"{self.url}/rest/agile/1.0/{path}"

    def moment(self, at: datetime) -> str:
        """An instant as the platform writes it, in the site's zone."""
        local = at.astimezone(ZoneInfo(self.site.zone))
        return f"{local:%Y-%m-%dT%H:%M:%S}.{local.microsecond // 1000:03d}{local:%z}"

    def board_moment(self, at: datetime) -> str:
        """An instant as boards write it: in UTC on Cloud, in the site's zone elsewhere."""
        zone = UTC if self.site.cloud else ZoneInfo(self.site.zone)
        text = at.astimezone(zone).isoformat(timespec="milliseconds")
        return text.replace("+00:00", "Z")

    def user(self, user: User) -> Json:
        """Somebody."""
        shown: Json = {
            "self": self.link(f"user?accountId={user.account_id}"),
            "accountId": user.account_id,
            "accountType": "atlassian",
        }
        if not self.site.cloud:
            shown = {
                "self": self.link(f"user?username={user.name}"),
                "key": f"JIRAUSER{user.name}",
                "name": user.name,
            }
        return shown | {
            "emailAddress": user.email,
            "avatarUrls": {},
            "displayName": user.display_name,
            "active": user.active,
            "timeZone": user.zone,
        }

    def status(self, status: Status) -> Json:
        """A status with its category."""
        number, name, colour = CATEGORIES.get(status.category, CATEGORY_IN_PROGRESS)
        return {
            "self": self.link(f"status/{status.id}"),
            "description": "",
            "iconUrl": f"{self.url}/images/icons/statuses/generic.png",
            "name": status.name,
            "id": status.id,
            "statusCategory": {
                "self": self.link(f"statuscategory/{number}"),
                "id": number,
                "key": status.category,
                "colorName": colour,
                "name": name,
            },
        }

    def issue_type(self, id: str) -> Json:
        """A type of issue."""
        type_ = self.site.types[id]
        shown: Json = {
            "self": self.link(f"issuetype/{id}"),
            "id": id,
            "description": "",
            "iconUrl": f"{self.url}/images/icons/issuetypes/{id}.png",
            "name": type_.name,
            "subtask": type_.subtask,
        }
        return shown | ({"hierarchyLevel": -1 if type_.subtask else 0} if self.site.cloud else {})

    def project(self, id: str) -> Json:
        """A project."""
        project = self.site.projects[id]
        shown: Json = {
            "self": self.link(f"project/{id}"),
            "id": id,
            "key": project.key,
            "name": project.name,
            "projectTypeKey": "software",
            "avatarUrls": {},
        }
        if self.site.cloud:
            shown |= {"simplified": False}
        return shown

    def priority(self, id: str) -> Json:
        """A priority."""
        return {
            "self": self.link(f"priority/{id}"),
            "iconUrl": f"{self.url}/images/icons/priorities/{id}.svg",
            "name": self.site.priorities[id],
            "id": id,
        }

    def resolution(self, id: str) -> Json:
        """A resolution."""
        name = self.site.resolutions[id]
        return {"self": self.link(f"resolution/{id}"), "id": id, "description": "", "name": name}

    def schema(self, field: Field) -> Json:
        """The type of a field."""
        if not field.custom:
            type_ = NAMES_OF_SYSTEM_TYPES.get(field.kind, field.kind.value)
            items = {"items": "string"} if field.kind is Kind.LABELS else {}
            return {"type": type_, "system": field.id, **items}
        number = int(field.id.rpartition("_")[2])
        if field.kind is Kind.SPRINT:
            items = {"items": "json" if self.site.cloud else "string"}
            return {"type": "array", **items, "custom": SPRINT_TYPE, "customId": number}
        type_, key, item = CUSTOM_TYPES[field.kind]
        items = {"items": item} if item else {}
        return {"type": type_, **items, "custom": f"{CUSTOM_TYPE}{key}", "customId": number}

    def field(self, field: Field) -> Json:
        """A field of the site."""
        number = field.id.rpartition("_")[2]
        clauses = [f"cf[{number}]", field.name] if field.custom else [field.id]
        shown: Json = {
            "id": field.id,
            "name": field.name,
            "custom": field.custom,
            "orderable": True,
            "navigable": True,
            "searchable": True,
            "clauseNames": clauses,
            "schema": self.schema(field),
        }
        return shown | ({"key": field.id} if self.site.cloud else {})

    def field_rules(self, field: Field, *, required: bool) -> Json:
        """What a screen says of a field."""
        shown: Json = {
            "required": required,
            "schema": self.schema(field),
            "name": field.name,
            "fieldId": field.id,
            "hasDefaultValue": field.kind is Kind.PRIORITY,
            "operations": ["add", "set", "remove"] if field.kind is Kind.LABELS else ["set"],
        }
        if self.site.cloud:
            shown["key"] = field.id
        if field.kind is Kind.PRIORITY:
            shown["allowedValues"] = [self.priority(id) for id in self.site.priorities]
        if field.kind is Kind.RESOLUTION:
            shown["allowedValues"] = [self.resolution(id) for id in self.site.resolutions]
        if field.options:
            shown["allowedValues"] = [self._option(field, id) for id in field.options]
        return shown

    def value(self, field: Field, held: Any, issue: Issue) -> Any:
        """What an issue says for a field."""
        if field.kind is Kind.SPRINT:
            return self._sprint_field(self.site.sprints_of(issue))
        if held is None:
            return [] if field.kind is Kind.LABELS else None
        shows: dict[Kind, Show] = {
            Kind.DOCUMENT: self._long_text,
            Kind.PRIORITY: self.priority,
            Kind.RESOLUTION: self.resolution,
            Kind.USER: lambda name: self.user(self.site.users[name]),
            Kind.OPTION: lambda id: self._option(field, id),
            Kind.OPTIONS: lambda ids: [self._option(field, id) for id in ids],
        }
        return shows[field.kind](held) if field.kind in shows else held

    def _long_text(self, held: str | Json) -> str | Json:
        if self.documents:
            return held if isinstance(held, dict) else adf.from_text(held)
        return held if isinstance(held, str) else adf.to_text(held)

    def _option(self, field: Field, id: str) -> Json:
        return {"self": self.link(f"customFieldOption/{id}"), "value": field.options[id], "id": id}

    def _sprint_field(self, sprints: list[Sprint]) -> list[Json] | list[str] | None:
        if not sprints:
            return None
        if self.site.sprint_objects:
            return [self._sprint_object(sprint) for sprint in sprints]
        return [sprint_string(sprint, self._dates(sprint)) for sprint in sprints]

    def _sprint_object(self, sprint: Sprint) -> Json:
        shown: Json = {
            "id": sprint.id,
            "name": sprint.name,
            "state": sprint.state,
            "boardId": sprint.board,
            "goal": sprint.goal or "",
        }
        return shown | self._dates(sprint)

    def _dates(self, sprint: Sprint) -> dict[str, str]:
        pairs = (
            ("startDate", sprint.starts),
            ("endDate", sprint.ends),
            ("completeDate", sprint.completed),
        )
        return {name: self.board_moment(at) for name, at in pairs if at is not None}

    def sprint(self, sprint: Sprint) -> Json:
        """A sprint as the boards show it."""
        shown: Json = {
            "id": sprint.id,
            "self": self.agile(f"sprint/{sprint.id}"),
            "state": sprint.state,
            "name": sprint.name,
            "originBoardId": sprint.board,
        }
        return shown | self._dates(sprint) | ({"goal": sprint.goal} if sprint.goal else {})
