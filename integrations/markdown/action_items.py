"""One action item from the words of a line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from integrations.markdown.blocks import join_blocks, plain, read_blocks
from integrations.markdown.links import link_targets
from integrations.markdown.stamps import read_stamp
from integrations.markdown.times import TimeContext
from models.domain.action import ActionItem, ActionState
from models.vocabulary import Term, Vocabularies

_KEY = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b")
_NO_KEY = re.compile(
    r"^(?:UTF|SHA|ISO|RFC|CVE|CWE|SEV|UTC|GMT|HTTP|TLS|AES|MD|RSA|IPV|COVID|PM|P|S|V|A|Q)-"
)
_STRUCK = re.compile(r"^~~([^~]+)~~\s*(.*)$", re.DOTALL)
_FINISHED = r"(?:done|completed?|fixed|resolved|finished)"
_TICK = r"(?:\u2705|\u2714\ufe0f?|\u2611\ufe0f?|:white_check_mark:|:heavy_check_mark:)"
_DONE = re.compile(
    rf"^[\s*_]*(?:[\[(]\s*{_FINISHED}\s*[\])][\s*_]*[:\u2013\u2014-]?|{_FINISHED}[*_]*\s*[:\u2013\u2014-]"
    rf"|\*\*{_FINISHED}\*\*|{_TICK})[*_]*\s*(?=\S)"
    rf"|[\s\u2013\u2014-]*(?:[(\[]\s*{_FINISHED}\s*[)\]]|{_TICK}|[-\u2013\u2014]\s*{_FINISHED})\W*$",
    re.IGNORECASE,
)
_PRIORITY = re.compile(
    r"^[\s*_\[(]*(P[0-4]|highest|high|medium|low|critical|urgent)"
    r"(?:[*_\])]+[\s:\u2013\u2014-]*|\s*[:\u2013\u2014-]\s+)(?=\S)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"[ \t]*\(((?:owner|team|due)\s*[:=][^()\n]{1,200})\)[ \t]*$", re.IGNORECASE
)
"""A bracket at the end of an action that says several facts: "(owner: A, team: B)"."""
_TEAM = re.compile(r"(?:^|[,;])\s*team\s*[:=]\s*([^,;]{1,60})(?=[,;]|$)", re.IGNORECASE)
_BEFORE = r"[\s,;\u2013\u2014(\[-]*\b"
_OWNER = re.compile(
    rf"{_BEFORE}(?:owner|assignee|assigned to|responsible|dri)\s*[:=]\s*"
    r"([^,;)\]\n]{1,60}?)(?=[,;)\]\n]|\.\s|\.?\s*$|\s+due\b)[)\]]?",
    re.IGNORECASE,
)
_DUE = re.compile(
    rf"{_BEFORE}(?:due(?: date| by| on)?|deadline|eta)\s*[:=]?\s*(?=\w)([^,;)\]\n]{{4,40}})[)\]]?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w@./`-])@([A-Za-z](?:[\w.-]*\w)?)(?![\w/])")
_BOLD = re.compile(r"^\*\*(.+?)\*\*\s*[:.\u2013\u2014-]*\s*(.*)$", re.DOTALL)
_LONGEST_TITLE = 200
_LONGEST_HEAD = 2000


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What the readers of actions need: the vocabularies, how dates are written, new ids."""

    terms: Vocabularies
    times: TimeContext
    new_id: Callable[[], str]


def action_of(text: str, checked: bool | None, context: ActionContext, group: str) -> ActionItem:
    """An action from a list item, with what its words say about it."""
    blocks = read_blocks(text)
    if not blocks or blocks[0].kind != "paragraph" or len(blocks[0].text) > _LONGEST_HEAD:
        first = plain(text.strip()[:_LONGEST_TITLE].split("\n")[0]) or "Untitled"
        return _made(first, text, "", group, context)
    words, state = _without_done_mark(blocks[0].text.strip())
    if checked:
        state = ActionState.DONE
    priority, words = _priority(words)
    team, words = _team(words)
    level = context.terms.priorities.canonical(priority) if priority else ""
    owner, words = _cut(_OWNER, words)
    due_text, shorter = _cut(_DUE, words)
    due = day_of(due_text, context.times)
    title, more = _titled(shorter if due else words)
    said = priority if level != priority else ""
    below = [block.text for block in blocks[1:]]
    action = _made(title, join_blocks([more, *below, said]), words, group, context)
    mentions = _MENTION.findall(words)
    if not owner and len(mentions) == 1:
        owner = mentions[0]
    return replace(action, state=state, priority=level, owner=owner_name(owner), team=team, due=due)


def _team(words: str) -> tuple[str, str]:
    """The team that the bracket at the end of an action names, and the words without it."""
    facts = _IN_BRACKETS.search(words)
    team = _TEAM.search(facts[1]) if facts else None
    if facts is None or team is None:
        return "", words
    rest = (facts[1][: team.start()] + facts[1][team.end() :]).strip(" ,;")
    return plain(team[1].strip()), words[: facts.start()] + (f" ({rest})" if rest else "")


def owner_name(text: str) -> str:
    """An owner without the sign of a mention ("@ann")."""
    return re.sub(r"(?<!\w)@(?=\w)", "", plain(text))


def _without_done_mark(text: str) -> tuple[str, ActionState]:
    """A line without the mark that says it is done ("~~...~~", "[done]", a tick), and its state."""
    if struck := _STRUCK.match(text):
        return f"{struck[1]} {struck[2]}".strip(), ActionState.WONT_DO
    if done := _DONE.search(text):
        word = plain(done[0]).strip(" :()[]-\u2013\u2014")
        rest = f"{text[: done.start()]} {text[done.end() :]}".strip()
        return (f"{rest} ({word})" if word.isalpha() else rest), ActionState.DONE
    return text, ActionState.PROPOSED


def _priority(text: str) -> tuple[str, str]:
    """The priority a line begins with, and the line without it."""
    match = _PRIORITY.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


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
    kind = _type(plain(group), context) if group else None
    keys = tracker_keys(f"{title} {text}")
    targets = [target for target in link_targets(head) if target not in text]
    return ActionItem(
        id=context.new_id(),
        title=title,
        type=kind.id if kind else "",
        text=text if kind else join_blocks([group, text]),
        links=tuple(dict.fromkeys((*keys, *targets))),
    )


def _type(group: str, context: ActionContext) -> Term | None:
    """The type that a heading over actions names ("Prevention", "Process improvements")."""
    types = context.terms.action_types
    return types.find(group) or types.find(group.partition(" ")[0])


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
