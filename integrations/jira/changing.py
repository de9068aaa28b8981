"""Changes of a ticket that is there. Each may be repeated without harm."""

from collections.abc import Mapping
from urllib.parse import quote

from integrations.jira.discovery import create_field
from integrations.jira.remote import Transition
from integrations.jira.shapes import Json, inside, objects, text
from integrations.jira.tickets import FIELD_IDS
from integrations.jira.wire import Wire
from models.tracking.translating import ticket_title


def edits(values: Mapping[str, str], account_member: str) -> Json:
    """The fields of a change; an empty text clears a field."""
    made: Json = {}
    for name, value in values.items():
        member = FIELD_IDS[name]
        if not value:
            made[member] = None
        elif name == "title":
            made[member] = ticket_title(value)
        elif name == "priority":
            made[member] = {"name": value}
        elif name == "owner":
            made[member] = {account_member: value}
        else:
            made[member] = value
    return made


def put_in_sprint(wire: Wire, ticket_id: str, sprint: int | None) -> None:
    """Into an active or future sprint, or to the backlog."""
    place = "backlog" if sprint is None else f"sprint/{sprint}"
    wire.post(f"agile/1.0/{place}/issue", {"issues": [ticket_id]})


def transitions(wire: Wire, api: str, ticket_id: str) -> tuple[Transition, ...]:
    """The ways on from where a ticket is, with what their screens want."""
    path = f"api/{api}/issue/{quote(ticket_id, safe='')}/transitions"
    answer = wire.get(path, expand="transitions.fields")
    return tuple(map(_transition, objects(answer, "transitions")))


def _transition(raw: Json) -> Transition:
    found = inside(raw, "fields")
    fields = found if isinstance(found, dict) else {}
    shown = tuple(
        create_field({"fieldId": id, **rules})
        for id, rules in fields.items()
        if id != "resolution" and isinstance(rules, dict)
    )
    resolutions = objects(fields, "resolution", "allowedValues")
    return Transition(
        id=text(raw, "id"),
        name=text(raw, "name"),
        to_status=text(raw, "to", "name"),
        to_category=text(raw, "to", "statusCategory", "key"),
        fields=shown,
        resolutions=tuple(text(one, "name") for one in resolutions),
    )


def take(
    wire: Wire, api: str, ticket_id: str, transition: str, values: Mapping[str, object]
) -> None:
    """One step of the workflow, with what its screen wants."""
    body: Json = {"transition": {"id": transition}}
    if values:
        body["fields"] = dict(values)
    wire.post(f"api/{api}/issue/{quote(ticket_id, safe='')}/transitions", body)


def link_back(wire: Wire, api: str, ticket_id: str, link: tuple[str, str, str]) -> None:
    """A link from the ticket to a page: its global id, address and title. The same id again
    changes the link that is there."""
    global_id, address, title = link
    wire.post(
        f"api/{api}/issue/{quote(ticket_id, safe='')}/remotelink",
        {"globalId": global_id, "object": {"url": address, "title": title}},
    )
