"""Reading action items from tables and lists."""

import re
from dataclasses import dataclass, field

from integrations.markdown.action_items import ActionContext, action_of
from integrations.markdown.action_tables import table_actions
from integrations.markdown.blocks import Block, Section, list_items, plain, table_rows
from integrations.markdown.headings import role_of
from models.domain.action import ActionItem

_NOTHING = re.compile(
    r"^\W*(?:none|n/?a|nothing|tb[dc]|todo|-|no action.{0,30}|xxx|\.\.\.)?\W*$", re.IGNORECASE
)
_OTHERS = ("", "actions", "resolution", "detection")
"""Roles of nested headings that group actions ("Detection", "Mitigation") rather than end them."""
_DEEPEST = 6
_LONGEST_NOTHING = 80


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


def _read(
    section: Section, context: ActionContext, reading: ActionReading, group: str, depth: int
) -> None:
    for block in section.blocks:
        found = _block(block, context, reading, group)
        if found is None:
            reading.rest.append(block.text)
        else:
            reading.actions += found
    for child in section.sections:
        if role_of(child.title) not in _OTHERS or depth > _DEEPEST:
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


def _block(
    block: Block, context: ActionContext, reading: ActionReading, group: str
) -> list[ActionItem] | None:
    if block.kind == "table":
        found = table_actions(block, context, group)
        if found is not None:
            reading.labels += [cell for cell in table_rows(block)[0] if cell]
        return found
    if block.kind != "list":
        return None
    actions: list[ActionItem] = []
    for item in list_items(block):
        if _says_nothing(item.text):
            reading.rest += [item.text] if item.text.strip() else []
        else:
            actions.append(action_of(item.text, item.checked, context, group))
    return actions


def _says_nothing(text: str) -> bool:
    """An item that only holds the place of an action ("None", "TBD", "-")."""
    if len(text) > _LONGEST_NOTHING:
        return False
    return bool(_NOTHING.match(text)) or not plain(text)
