"""Between our words and a tracker's: titles, priorities, people and states, each way and pure.

Where several of our words are one there, or several there are one of ours, the word that stands
here already is kept as long as it still translates: a round trip never looks like an edit.
"""

import unicodedata
from collections.abc import Iterable, Mapping

from models.domain.action import ActionItem, ActionState
from models.tracking.connections import Person

LONGEST_TITLE = 255
"""Most of a Jira summary, in UTF-16 units, as Java counts."""

LONGEST_WORD = 60
"""A longer one, such as an address, is cut itself."""

PRIORITIES = {"P0": "Highest", "P1": "High", "P2": "Medium", "P3": "Low"}
"""Jira's own names, where a connection does not say otherwise; its "Lowest" is our P3, too."""
_OTHER_NAMES = {
    "lowest": "P3",
    "blocker": "P0",
    "critical": "P0",
    "major": "P1",
    "minor": "P3",
    "trivial": "P3",
}

NEW, UNDER_WAY, DONE = "new", "indeterminate", "done"
CATEGORIES = {
    ActionState.READY: NEW,
    ActionState.IN_PROGRESS: UNDER_WAY,
    ActionState.DONE: DONE,
    ActionState.WONT_DO: DONE,
    ActionState.SUPERSEDED: DONE,
}
"""The category of the status that a state has there."""

_DECIDED_AGAINST = """
    won't do; wont do; won't fix; wontfix; will not do; will not fix; not doing; declined; rejected;
    cancelled; canceled; abandoned; obsolete; withdrawn; invalid; incomplete; cannot reproduce;
    can't reproduce; not a bug; not required; no longer needed; known error; timed out;
    wird nicht erledigt; wird nicht behoben; nicht erledigt; ne sera pas fait;
    ne sera pas corrigé; no se hará; no se corregirá; não será feito; non verrà fatto;
    wordt niet gedaan; 対応しない; 修正しない; не будет сделано
"""
_DUPLICATE = """
    duplicate; superseded; duplikat; doublon; duplicado; duplicato; duplicaat; 重複; дубликат
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.split(";"))


_ENDINGS = {
    ActionState.WONT_DO: _words(_DECIDED_AGAINST),
    ActionState.SUPERSEDED: _words(_DUPLICATE),
}
"""Resolutions that say that nothing was done, as sites of several languages name them."""


def ticket_title(title: str) -> str:
    """A title as a ticket can have it: one line without control characters, cut at a word."""
    shown = (" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in title)
    line = " ".join("".join(shown).split())
    if _units(line) <= LONGEST_TITLE:
        return line
    cut = line[:LONGEST_TITLE]
    while _units(cut) >= LONGEST_TITLE:
        cut = cut[:-1]
    word = cut.rpartition(" ")[2]
    if line[len(cut)] != " " and len(word) < LONGEST_WORD:
        cut = cut.removesuffix(word)
    return f"{cut.rstrip()}…"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def priority_there(priority: str, names: Mapping[str, str]) -> str | None:
    """The site's name for a priority; None where there is none."""
    return names.get(priority) or PRIORITIES.get(priority)


def priority_here(name: str, names: Mapping[str, str], likely: Iterable[str] = ()) -> str:
    """Our word for a site's priority: one of the ``likely`` that translates to it, else the first
    that does, else the site's own name."""
    if not name:
        return ""
    known = PRIORITIES | dict(names)
    for ours in (*likely, *names, *PRIORITIES):
        if known.get(ours, "").casefold() == name.casefold():
            return ours
    return _OTHER_NAMES.get(name.casefold(), name)


def account_of(owner: str, people: Iterable[Person]) -> str | None:
    """The account that somebody was confirmed to be; "" for nobody, None where none was."""
    if not owner:
        return ""
    wanted = owner.casefold()
    return next((p.account for p in people if p.owner.casefold() == wanted), None)


def owner_here(
    account: str, name: str, people: tuple[Person, ...], likely: Iterable[str] = ()
) -> str:
    """Our word for an account: one of the ``likely`` who is that account, else the first who is,
    else the name that is shown there."""
    if not account:
        return ""
    for owner in likely:
        if owner and account_of(owner, people) == account:
            return owner
    return next((p.owner for p in people if p.account == account), name or account)


def ending(resolution: str, status: str = "") -> ActionState:
    """How a ticket in the done category ended: the resolution decides, the status where none is.

    A resolution whose name nobody knows means done.
    """
    word = (resolution or status).replace("’", "'").casefold().strip()
    return next((state for state, words in _ENDINGS.items() if word in words), ActionState.DONE)


def is_done(category: str, resolution: str, status: str = "") -> bool:
    """Whether a ticket is done: in the done category, and not decided against or a duplicate."""
    return category == DONE and ending(resolution, status) is ActionState.DONE


def state_here(
    status: str, category: str, resolution: str, names: Mapping[str, str]
) -> ActionState:
    """The state that a ticket's status is here. ``names`` are a connection's statuses by state."""
    if category == DONE and ending(resolution, status) is not ActionState.DONE:
        return ending(resolution, status)
    for state in ActionState:
        if names.get(state, "").casefold() == status.casefold():
            return state_there(state)
    same = (state for state, known in CATEGORIES.items() if known == category)
    return next(same, ActionState.READY)


def state_there(state: ActionState) -> ActionState:
    """The state as far as a tracker can tell: what is verified is done there."""
    if state is ActionState.VERIFIED:
        return ActionState.DONE
    return ActionState.READY if state is ActionState.PROPOSED else state


def our_fields(action: ActionItem, sprint: str) -> dict[str, str]:
    """What an action item says in the words of the exchange; ``sprint`` as it is wanted here."""
    return {
        "title": ticket_title(action.title),
        "priority": action.priority,
        "due": action.due.isoformat() if action.due else "",
        "owner": action.owner,
        "sprint": sprint,
        "state": state_there(action.state).value,
    }
