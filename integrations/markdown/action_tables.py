"""Action items from a table, whatever its columns are called."""

import re
from collections.abc import Callable
from dataclasses import replace

from integrations.markdown.action_items import (
    ActionContext,
    action_of,
    day_of,
    owner_name,
    tracker_keys,
)
from integrations.markdown.blocks import Block, join_blocks, plain, table_rows
from integrations.markdown.links import link_targets
from integrations.markdown.words import missing_words
from models.domain.action import ActionItem, ActionState

_PATTERNS = {
    "state": r"^(?:status|state|progress|done\W*|completed\W*|completion)$",
    "due": r"\b(?:due|deadline|eta|target date|by when|when|target|date)\b",
    "owner": r"\b(?:owners?|who|assignees?|assigned|responsible|person|dri|lead)\b",
    "team": r"\b(?:team|squad|group)\b",
    "priority": r"\b(?:priority|prio|urgency)\b|^p$",
    "type": r"^(?:type|kind|category)\b",
    "link": r"\b(?:bug|ticket|jira|issue|links?|tracking|reference|ref|pr|id|url)\b|#",
    "title": (
        r"\b(?:actions?|items?|tasks?|what|title|description|summary|recommendations?"
        r"|follow[- ]?ups?|improvements?|remediation|measures?|todo|to do)\b"
    ),
}
_COLUMNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_FINISHED = re.compile(r"\bdone\b", re.IGNORECASE)
_CHECKED = re.compile(
    r"^\s*(?:\[x\]|x|yes|y|\u2705|\u2714\ufe0f?|\u2611\ufe0f?|:white_check_mark:|:heavy_check_mark:)\s*$",
    re.IGNORECASE,
)


def table_actions(block: Block, context: ActionContext, group: str) -> list[ActionItem] | None:
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
        more = [
            f"{plain(header[i])}: {cell}".lstrip(": ")
            for i, cell in cells.items()
            if i not in names and cell.strip()
        ]
        if "title" in found:
            actions.append(_from_cells(found, more, context, group))
        elif found or more:
            actions.append(
                _from_cells({"title": " \u2014 ".join(cells.values())}, [], context, group)
            )
    return actions


def _named_columns(header: tuple[str, ...]) -> dict[int, str]:
    """Column -> what it holds; each meaning once, the title where nothing else fits better."""
    names: dict[int, str] = {}
    for name, pattern in _COLUMNS.items():
        for i, title in enumerate(header):
            if i not in names and name not in names.values() and pattern.search(plain(title)):
                names[i] = name
    if "title" not in names.values() and len(set(names.values()) - {"link"}) > 1:
        rest = [i for i in range(len(header)) if names.get(i, "link") == "link"]
        names |= dict.fromkeys(rest[:1], "title")
    return names


def _from_cells(
    cells: dict[str, str], more: list[str], context: ActionContext, group: str
) -> ActionItem:
    action = action_of(cells["title"], None, context, group)
    state, said = _state(cells, action.state, context)
    more = [*more, said] if said else more
    due = day_of(cells.get("due", ""), context.times)
    if cells.get("due") and (due is None or due.isoformat() != plain(cells["due"])):
        more = [*more, cells["due"]]
    link = cells.get("link", "")
    links = (*tracker_keys(plain(link)), *link_targets(link))
    if link and not links:
        more = [*more, link]
    elif missing_words(plain(link), " ".join(links)):
        more = [*more, plain(link)]
    return replace(
        action,
        state=state,
        owner=owner_name(cells.get("owner", "")) or action.owner,
        team=plain(cells.get("team", "")),
        priority=_term(context.terms.priorities.canonical, cells.get("priority", ""))
        or action.priority,
        type=_term(context.terms.action_types.canonical, cells.get("type", "")) or action.type,
        due=due or action.due,
        links=tuple(dict.fromkeys((*action.links, *links))),
        text=join_blocks([action.text, *more]),
    )


def _state(
    cells: dict[str, str], state: ActionState, context: ActionContext
) -> tuple[ActionState, str]:
    """The state of a row, and its words where they say more than the state's own name."""
    status = cells.get("state", "")
    known = context.terms.action_states.find(plain(status)) if status else None
    if known is not None:
        told = known.name.casefold() == plain(status).casefold()
        return ActionState(known.id), "" if told else status
    if _CHECKED.match(status) or _FINISHED.search(f"{status} {cells.get('link', '')}"):
        return ActionState.DONE, status
    return state, status


def _term(canonical: Callable[[str], str], cell: str) -> str:
    return canonical(plain(cell)) if cell.strip() else ""
