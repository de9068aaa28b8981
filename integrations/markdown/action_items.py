"""One action item from the words of a line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from integrations.markdown.blocks import join_blocks, link_targets, plain, read_blocks
from integrations.markdown.stamps import read_stamp
from integrations.markdown.times import TimeContext
from models.domain.action import ActionItem, ActionState
from models.vocabulary import Vocabularies

_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b")
_NO_KEY = re.compile(
    r"^(?:UTF|SHA|ISO|RFC|CVE|CWE|SEV|UTC|GMT|HTTP|TLS|AES|MD|RSA|IPV|COVID|PM|P|S|V|A|Q)-"
)
_STRUCK = re.compile(r"^~~(.+)~~$", re.DOTALL)
_FINISHED = r"(?:done|completed?|fixed|resolved|finished)"
_TICK = r"(?:\u2705|\u2714\ufe0f?|\u2611\ufe0f?|:white_check_mark:|:heavy_check_mark:)"
_DONE = re.compile(
    rf"^[\s*_]*(?:[\[(]\s*{_FINISHED}\s*[\])][\s*_]*[:\u2013\u2014-]?|{_FINISHED}[*_]*\s*[:\u2013\u2014-]"
    rf"|\*\*{_FINISHED}\*\*|{_TICK})[*_]*\s*(?=\S)"
    rf"|[\s\u2013\u2014-]*(?:[(\[]\s*{_FINISHED}\s*[)\]]|{_TICK})\W*$",
    re.IGNORECASE,
)
_PRIORITY = re.compile(
    r"^[\s*_\[(]*(P[0-4]|highest|high|medium|low|critical|urgent)"
    r"(?:[*_\])]+[\s:\u2013\u2014-]*|\s*[:\u2013\u2014-]\s+)(?=\S)",
    re.IGNORECASE,
)
_BEFORE = r"[\s,;\u2013\u2014(\[-]*\b"
_OWNER = re.compile(
    rf"{_BEFORE}(?:owner|assignee|assigned to|responsible|dri)\s*[:=]\s*([^,;)\]\n]{{1,60}})[)\]]?",
    re.IGNORECASE,
)
_DUE = re.compile(
    rf"{_BEFORE}(?:due(?: date| by| on)?|deadline|eta)\s*[:=]?\s*(?=\w)([^,;)\]\n]{{4,40}})[)\]]?",
    re.IGNORECASE,
)
_BOLD = re.compile(r"^\*\*(.+?)\*\*\s*[:.\u2013\u2014-]*\s*(.*)$", re.DOTALL)
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What the readers of actions need: the vocabularies, how dates are written, new ids."""

    terms: Vocabularies
    times: TimeContext
    new_id: Callable[[], str]


def action_of(text: str, checked: bool | None, context: ActionContext, group: str) -> ActionItem:
    """An action from a list item, with what its words say about it."""
    blocks = read_blocks(text)
    head, below = (
        (blocks[0].text, blocks[1:]) if blocks and blocks[0].kind == "paragraph" else ("", blocks)
    )
    struck = _STRUCK.match(head.strip())
    head = struck[1] if struck else head
    state = ActionState.DONE if checked or struck else ActionState.PROPOSED
    notes: list[str] = []
    if done := _DONE.search(head):
        state = ActionState.DONE
        notes.append(done[0].strip())
        head = (head[: done.start()] + " " + head[done.end() :]).strip()
    priority = ""
    if match := _PRIORITY.match(head):
        priority, head = match[1], head[match.end() :]
        if context.terms.priorities.canonical(priority) != priority:
            notes.append(priority)
    owner, head = _cut(_OWNER, head)
    due_text, shorter = _cut(_DUE, head)
    due = day_of(due_text, context.times)
    head = shorter if due else head
    title, text = _titled(head)
    labels = [plain(note) for note in notes if plain(note)]
    action = _made(
        title, join_blocks([text, *(block.text for block in below)]), head, group, context
    )
    return replace(
        action,
        state=state,
        priority=context.terms.priorities.canonical(priority) if priority else "",
        owner=plain(owner),
        due=due,
        text=join_blocks([action.text, *labels]),
    )


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """What a label such as "owner:" names, and the text without it."""
    match = pattern.search(text)
    if match is None:
        return "", text
    return match[1].strip(" *_."), (text[: match.start()] + text[match.end() :]).strip()


def _titled(head: str) -> tuple[str, str]:
    """A title in one line, and what goes beyond it as text."""
    bold = _BOLD.match(head.strip())
    if bold and bold[2].strip() and "**" not in bold[1]:
        return plain(bold[1]).rstrip(":."), bold[2].strip()
    title = plain(head)
    if len(title) <= _LONGEST_TITLE:
        return title, ""
    end = re.search(r"(?<=[.!?:;])\s", title[:_LONGEST_TITLE])
    cut = end.start() if end else title.rfind(" ", 0, _LONGEST_TITLE)
    return (title[:cut], head) if cut > 0 else (title[:_LONGEST_TITLE], head)


def _made(title: str, text: str, head: str, group: str, context: ActionContext) -> ActionItem:
    """An action with the links and tracker keys of its words."""
    kind = context.terms.action_types.find(plain(group)) if group else None
    keys = tracker_keys(f"{title} {text}")
    targets = [target for target in link_targets(head) if target not in text]
    return ActionItem(
        id=context.new_id(),
        title=title,
        type=kind.id if kind else "",
        text=text if kind else join_blocks([group, text]),
        links=tuple(dict.fromkeys((*keys, *targets))),
    )


def tracker_keys(text: str) -> tuple[str, ...]:
    """Keys of a tracker ("OPS-123") in a text, each once."""
    return tuple(dict.fromkeys(key for key in _KEY.findall(text) if not _NO_KEY.match(key)))


def day_of(text: str, times: TimeContext) -> date | None:
    """A full date; None for "next week" and "Q3"."""
    stamp = read_stamp(text) if text else None
    if stamp is None or not stamp.has_date or (stamp.day is None and stamp.first is None):
        return None
    moment = replace(times, last=None).read(replace(stamp, clock=None))
    return moment.at.date() if moment.at else None
