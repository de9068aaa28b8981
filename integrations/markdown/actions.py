"""Reading action items from tables and lists."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from integrations.markdown.blocks import (
    Block,
    Section,
    join_blocks,
    link_targets,
    list_items,
    plain,
    read_blocks,
    table_rows,
)
from integrations.markdown.headings import role_of
from integrations.markdown.stamps import Stamp, read_stamp
from integrations.markdown.times import TimeContext
from models.domain.action import ActionItem, ActionState
from models.vocabulary import Vocabularies

_COLUMNS = (
    ("state", re.compile(r"^(?:status|state|progress|done\W*|completed\W*|completion)$", re.IGNORECASE)),
    ("due", re.compile(r"\b(?:due|deadline|eta|target date|by when|when|target|date)\b", re.IGNORECASE)),
    ("owner", re.compile(r"\b(?:owner|who|assignee|assigned|responsible|person|dri|lead)\b", re.IGNORECASE)),
    ("team", re.compile(r"\bteam|squad|group\b", re.IGNORECASE)),
    ("priority", re.compile(r"\b(?:priority|prio|urgency)\b|^p$", re.IGNORECASE)),
    ("type", re.compile(r"^(?:type|kind|category)\b", re.IGNORECASE)),
    ("link", re.compile(r"\b(?:bug|ticket|jira|issue|link|tracking|reference|ref|pr|id|url|#)\b|#", re.IGNORECASE)),
    ("title", re.compile(r"\b(?:actions?|items?|tasks?|what|title|description|summary|recommendation|follow[- ]?ups?|improvement|remediation|measure|todo|to do)\b", re.IGNORECASE)),
)
_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b")
_NO_KEY = re.compile(r"^(?:UTF|SHA|ISO|RFC|CVE|CWE|SEV|UTC|GMT|HTTP|TLS|AES|MD|RSA|IPV|COVID|PM|P|S|V|A|Q)-", re.IGNORECASE)
_STRUCK = re.compile(r"^~~(.+)~~$", re.DOTALL)
_DONE = re.compile(
    r"^[\s*_\[(]*(?P<before>done|completed?|fixed|resolved|\u2705|\u2714\ufe0f?|\u2611\ufe0f?)[\s*_\])]*[:\u2013\u2014-]?\s+(?=\S)"
    r"|[\s\u2013\u2014-]*[(\[]\s*(?P<after>done|completed?|fixed|resolved)\s*[)\]]\W*$|\s*(?P<mark>\u2705|\u2714\ufe0f?|\u2611\ufe0f?)\s*$",
    re.IGNORECASE,
)
_PRIORITY = re.compile(r"^[\s*_\[(]*(P[0-4]|highest|high|medium|low|critical|urgent)[\s*_\])]*[:\u2013\u2014-]?\s+(?=\S)", re.IGNORECASE)
_OWNER = re.compile(r"[\s,;\u2013\u2014(\[-]*\b(?:owner|assignee|assigned to|responsible|dri)\s*[:=]\s*([^,;)\]\n]{1,60})[)\]]?", re.IGNORECASE)
_DUE = re.compile(r"[\s,;\u2013\u2014(\[-]*\b(?:due(?: date| by| on)?|deadline|eta)\s*[:=]?\s*(?=[\d\w])([^,;)\]\n]{4,40})[)\]]?", re.IGNORECASE)
_BOLD = re.compile(r"^\*\*(.+?)\*\*\s*[:.\u2013\u2014-]*\s*(.*)$", re.DOTALL)
_NOTHING = re.compile(r"^\W*(?:none|n/?a|nothing|tb[dc]|todo|-|no action.{0,30}|xxx|\.\.\.)?\W*$", re.IGNORECASE)
_CHECKED = re.compile(r"^\s*(?:\[x\]|x|yes|y|\u2705|\u2714\ufe0f?|\u2611\ufe0f?|:white_check_mark:|:heavy_check_mark:)\s*$", re.IGNORECASE)
_LONGEST_TITLE = 200
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What the readers of actions need: the vocabularies, how dates are written, new ids."""

    terms: Vocabularies
    times: TimeContext
    new_id: Callable[[], str]


@dataclass(slots=True)
class ActionReading:
    """The actions of a section, the Markdown that is none, and titles of columns left out."""

    actions: list[ActionItem] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def read_actions(section: Section, context: ActionContext) -> ActionReading:
    """The actions below a heading and below the headings nested in it."""
    reading = ActionReading()
    _read(section, context, reading, "", 0)
    return reading


def _read(section: Section, context: ActionContext, reading: ActionReading, group: str, depth: int) -> None:
    for block in section.blocks:
        found = _block(block, context, reading, group)
        if found is None:
            reading.rest.append(block.text)
        else:
            reading.actions += found
    for child in section.sections:
        if role_of(child.title) not in ("", "actions", "resolution", "detection") or depth > _DEEPEST:
            reading.sections.append(child)
            continue
        inner = ActionReading()
        _read(child, context, inner, child.title, depth + 1)
        if inner.actions:
            reading.actions += inner.actions
            reading.labels += [child.title, *inner.labels]
            reading.rest += inner.rest
            reading.sections += inner.sections
        else:
            reading.rest.append(child.with_heading)


def _block(block: Block, context: ActionContext, reading: ActionReading, group: str) -> list[ActionItem] | None:
    if block.kind == "table":
        found = _table(block, context, group)
        if found is not None:
            reading.labels += [cell for cell in table_rows(block)[0] if cell]
        return found
    if block.kind != "list":
        return None
    actions: list[ActionItem] = []
    for item in list_items(block):
        if _NOTHING.match(item.text) or not plain(item.text):
            reading.rest += [item.text] if item.text.strip() else []
        else:
            actions.append(_item(item.text, item.checked, context, group))
    return actions


def _item(text: str, checked: bool | None, context: ActionContext, group: str) -> ActionItem:
    """An action from a list item, with what its words say about it."""
    blocks = read_blocks(text)
    head, below = (blocks[0].text, blocks[1:]) if blocks and blocks[0].kind == "paragraph" else ("", blocks)
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
    owner, head = _cut(_OWNER, head)
    due_text, shorter = _cut(_DUE, head)
    due = _date(due_text, context.times)
    head = shorter if due else head
    title, text = _titled(head)
    labels = [plain(note) for note in notes if plain(note)]
    action = _made(title, join_blocks([text, *(block.text for block in below)]), group, context)
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


def _made(title: str, text: str, group: str, context: ActionContext) -> ActionItem:
    """An action with the links and tracker keys of its words."""
    kind = context.terms.action_types.find(plain(group)) if group else None
    keys = [key for key in _KEY.findall(f"{title} {text}") if not _NO_KEY.match(key)]
    return ActionItem(
        id=context.new_id(),
        title=title,
        type=kind.id if kind else "",
        text=text,
        links=tuple(dict.fromkeys(keys)),
    )


def _table(block: Block, context: ActionContext, group: str) -> list[ActionItem] | None:
    """The actions of a table; None for a table of something else."""
    rows = table_rows(block)
    header, body = rows[0], [row for row in rows[1:] if any(cell.strip() for cell in row)]
    names = _named_columns(header)
    if "title" not in names.values():
        return None
    actions = []
    for row in body:
        cells = dict(zip(range(len(row)), row, strict=True))
        found = {name: cells[i] for i, name in names.items() if cells[i].strip()}
        more = [f"{plain(header[i])}: {cell}".lstrip(": ") for i, cell in cells.items() if i not in names and cell.strip()]
        if "title" in found:
            actions.append(_from_cells(found, more, context, group))
        elif found or more:
            actions.append(_from_cells({"title": " \u2014 ".join(cells.values())}, [], context, group))
    return actions


def _named_columns(header: tuple[str, ...]) -> dict[int, str]:
    """Column -> what it holds; each meaning once, the title where nothing else fits better."""
    names: dict[int, str] = {}
    for name, pattern in _COLUMNS:
        for i, title in enumerate(header):
            if i not in names and name not in names.values() and pattern.search(plain(title)):
                names[i] = name
    return names


def _from_cells(cells: dict[str, str], more: list[str], context: ActionContext, group: str) -> ActionItem:
    action = _item(cells["title"], None, context, group)
    state = action.state
    if status := cells.get("state", ""):
        known = context.terms.action_states.find(plain(status))
        if known is not None:
            state = ActionState(known.id)
        elif _CHECKED.match(status):
            state = ActionState.DONE
        more = [*more, status] if known is None or known.name.casefold() != plain(status).casefold() else more
    due = _date(cells.get("due", ""), context.times)
    if cells.get("due") and (due is None or due.isoformat() != plain(cells["due"])):
        more = [*more, cells["due"]]
    link = cells.get("link", "")
    keys = [key for key in _KEY.findall(plain(link)) if not _NO_KEY.match(key)]
    links = (*keys, *link_targets(link)) if link else ()
    if link and not links:
        more = [*more, link]
    elif link and "[" in link:
        more = [*more, plain(link)]
    return replace(
        action,
        state=state,
        owner=plain(cells.get("owner", "")) or action.owner,
        team=plain(cells.get("team", "")),
        priority=_term(context.terms.priorities.canonical, cells.get("priority", "")) or action.priority,
        type=_term(context.terms.action_types.canonical, cells.get("type", "")) or action.type,
        due=due or action.due,
        links=tuple(dict.fromkeys((*action.links, *links))),
        text=join_blocks([action.text, *more]),
    )


def _term(canonical: Callable[[str], str], cell: str) -> str:
    return canonical(plain(cell)) if cell.strip() else ""


def _date(text: str, times: TimeContext) -> date | None:
    """A full date; None for "next week" and "Q3"."""
    stamp: Stamp | None = read_stamp(text) if text else None
    if stamp is None or not stamp.has_date or (stamp.day is None and stamp.first is None):
        return None
    moment = replace(times, last=None).read(replace(stamp, clock=None))
    return moment.at.date() if moment.at else None
