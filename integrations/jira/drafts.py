"""What is sent to make a ticket."""

from collections.abc import Collection, Mapping

from integrations.jira.markup.document import to_document
from integrations.jira.markup.wiki import to_wiki
from integrations.jira.remote import Draft
from integrations.jira.shapes import Json
from integrations.jira.tickets import MARK
from models.tracking.translating import ticket_title

TEXT_LIMIT = 15_000
"""How much Markdown goes into a ticket: Jira takes 32,767 characters, and escaping may double a
text."""
LABELS, DESCRIPTION = "labels", "description"


def text_of(draft: Draft, *, with_label: bool) -> str:
    """A ticket's text as Markdown: the whole title where it was cut, and the label at the end
    where the ticket cannot carry it otherwise."""
    parts = [draft.text.strip()]
    whole = " ".join(draft.title.split())
    if ticket_title(draft.title) != whole:
        parts.insert(0, _as_text(whole))
    text = "\n\n".join(part for part in parts if part)
    if len(text) > TEXT_LIMIT:
        cut = text[:TEXT_LIMIT]
        text = f"{cut.rpartition(' ')[0] or cut} …"
    return f"{text}\n\n{draft.label}" if with_label else text


def _as_text(line: str) -> str:
    """A line that Markdown reads as nothing but text."""
    return "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in line)


_MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~&")


def markup(text: str, api: str) -> str | Json:
    """Markdown in what an interface's version takes."""
    return to_document(text) if api == "3" else to_wiki(text)


def payload(draft: Draft, *, api: str, screen: Collection[str], account: str) -> Json:
    """The body of the request that makes a ticket.

    ``screen`` are the fields of the create screen, none where nobody knows. Where it has no
    labels, the label goes into the text; where it has no text either, the property alone tells
    whose ticket it is. ``account`` is the member that names somebody. A value None among the
    draft's own leaves a field out.
    """
    labelled = not screen or LABELS in screen
    fields: Json = {
        "project": {"key": draft.project},
        "issuetype": named(draft.issue_type),
        "summary": ticket_title(draft.title),
    }
    if not screen or DESCRIPTION in screen:
        fields[DESCRIPTION] = markup(text_of(draft, with_label=not labelled), api)
    if labelled:
        fields[LABELS] = [MARK, draft.label]
    if draft.priority:
        fields["priority"] = {"name": draft.priority}
    if draft.due:
        fields["duedate"] = draft.due
    if draft.account:
        fields["assignee"] = {account: draft.account}
    fields = _with(fields, draft.values)
    return {"fields": fields, "properties": [{"key": MARK, "value": {"label": draft.label}}]}


def _with(fields: Json, values: Mapping[str, object]) -> Json:
    """The fields with values of the user's own; labels join the ones that the ticket needs."""
    merged = dict(fields)
    for id, value in values.items():
        if id == LABELS and isinstance(value, list) and LABELS in merged:
            merged[id] = [*merged[id], *value]
        elif value is None:
            merged.pop(id, None)
        else:
            merged[id] = value
    return merged


def named(id_or_name: str) -> Json:
    """A reference by id where it is a number, else by name."""
    return {"id": id_or_name} if id_or_name.isdigit() else {"name": id_or_name}
