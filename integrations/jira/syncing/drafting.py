"""What a ticket is made with: the words of its action item, and what an engineer needs to know."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass

from integrations.jira.remote import Draft
from integrations.jira.tickets import label_of
from models.domain.action import ActionItem, ActionState
from models.tracking.briefs import Brief
from models.tracking.connections import Connection
from models.tracking.outbox import Entry
from models.tracking.translating import account_of, our_fields, priority_there


@dataclass(frozen=True, slots=True)
class Drafted:
    """A ticket to be. ``digest`` tells whether anything in it changed since it was refused;
    ``sent`` are its fields in our words."""

    draft: Draft
    digest: str
    sent: dict[str, str]

    def without(self, names: Collection[str]) -> "Drafted":
        """The same without fields that the site has no place or no value for."""
        kept = {"priority": self.draft.priority, "due": self.draft.due, "owner": self.draft.account}
        kept |= dict.fromkeys(names, "")
        draft = Draft(
            self.draft.project,
            self.draft.issue_type,
            self.draft.title,
            self.draft.text,
            self.draft.label,
            kept["priority"],
            kept["due"],
            kept["owner"],
            values=self.draft.values,
        )
        return Drafted(draft, self.digest, self.sent | dict.fromkeys(names, ""))


def drafted(connection: Connection, entry: Entry, action: ActionItem, brief: Brief) -> Drafted:
    """The ticket of an action item. Whatever its state here, it begins as ready there, and it is
    put in a sprint later: one that does not take it must not keep it from being made."""
    priority = priority_there(action.priority, connection.priorities) or ""
    account = account_of(action.owner, connection.people) or ""
    draft = Draft(
        connection.project,
        connection.issue_type,
        action.title,
        text_of(brief),
        label_of(action.id),
        priority,
        action.due.isoformat() if action.due else "",
        account,
        values={**connection.fields, **entry.values},
    )
    sent = our_fields(action, "") | {"state": ActionState.READY.value}
    sent["priority"] = action.priority if priority else ""
    sent["owner"] = action.owner if account else ""
    return Drafted(draft, _digest(draft), sent)


def _digest(draft: Draft) -> str:
    text = json.dumps(asdict(draft), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def text_of(brief: Brief) -> str:
    """The description, as Markdown: problem, root, when it is done, and where it comes from."""
    parts = []
    for heading, words in (
        ("Problem", brief.problem),
        ("Root", brief.root),
        ("Done when", brief.done_when),
    ):
        if words.strip():
            parts.append(f"**{heading}**\n\n{words.strip()}")
    if brief.ref:
        place = f" <{brief.url}>" if brief.url else ""
        parts.append(f"**Post-mortem**\n\n{brief.ref}{place}")
    return "\n\n".join(parts)
