"""The change log as the two products show it."""

from tests.jira_fake.faces import Face, Json
from tests.jira_fake.records import Change, Entry


def entry(face: Face, shown: Entry) -> Json:
    """One entry of the change log."""
    return {
        "id": str(shown.id),
        "author": face.user(face.site.users[shown.author]),
        "created": face.moment(shown.at),
        "items": [_change(face, change) for change in shown.changes],
    }


def _change(face: Face, change: Change) -> Json:
    """One line; only Cloud names the field's id, and not of every line."""
    before, after = change.before, change.after
    if change.users:
        before, after = _user_id(face, before), _user_id(face, after)
    shown: Json = {
        "field": change.field,
        "fieldtype": "custom" if change.custom else "jira",
        "from": before,
        "fromString": change.before_text,
        "to": after,
        "toString": change.after_text,
    }
    if face.site.cloud and change.field_id:
        shown["fieldId"] = change.field_id
    return shown


def _user_id(face: Face, name: str | None) -> str | None:
    if name is None:
        return None
    return face.site.users[name].account_id if face.site.cloud else f"JIRAUSER{name}"
