"""What a connection translates into as long as nobody chose: the usual names of sites."""

import re
from collections.abc import Sequence

from models.domain.action import ActionState
from models.tracking.translating import PRIORITIES

_SCALES = (
    tuple(PRIORITIES.values()),
    ("Blocker", "Critical", "Major", "Minor"),
)
"""Names for P0 to P3 that sites come with."""
_STATUSES = {
    ActionState.READY: ("To Do", "Open", "Selected for Development", "Backlog"),
    ActionState.IN_PROGRESS: ("In Progress", "In Development", "Doing"),
    ActionState.DONE: ("Done", "Resolved", "Closed"),
    ActionState.WONT_DO: ("Won't Do", "Won’t Do", "Cancelled", "Canceled", "Declined", "Rejected"),
}
MAPPED_STATES = tuple(_STATUSES)
"""The states that can have a status of their own there."""


def likely_priorities(names: Sequence[str]) -> dict[str, str]:
    """A site's priority for each of ours: by the usual names, by numbers in the names, else by
    their order, which is from the most urgent down; {} where the site has none."""
    known = {name.casefold(): name for name in names}
    for scale in _SCALES:
        if all(word.casefold() in known for word in scale):
            return {ours: known[w.casefold()] for ours, w in zip(PRIORITIES, scale, strict=True)}
    numbered = {ours: _numbered(ours, names) for ours in PRIORITIES}
    if all(numbered.values()):
        return numbered
    if not names:
        return {}
    last = len(names) if len(names) < len(PRIORITIES) else len(PRIORITIES)
    return {ours: names[at * last // len(PRIORITIES)] for at, ours in enumerate(PRIORITIES)}


def _numbered(ours: str, names: Sequence[str]) -> str:
    return next((n for n in names if re.match(rf"{ours}\b", n, re.IGNORECASE)), "")


def likely_states(names: Sequence[str]) -> dict[str, str]:
    """A site's status for each state whose usual name it has. A state without one goes to any
    status of its category."""
    known = {name.casefold(): name for name in names}
    found: dict[str, str] = {}
    for state, likely in _STATUSES.items():
        name = next((known[word.casefold()] for word in likely if word.casefold() in known), "")
        if name:
            found[state.value] = name
    return found
