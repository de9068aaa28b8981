"""When a ticket sat in sprints that ran: what "in its third sprint" rests on."""

from datetime import datetime

from models.tracking.sprints import Seen, Sprint

_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def ordinal(number: int) -> str:
    """ "third", "11th"."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{tail or 'th'}"


def stays(seen: Seen) -> tuple[tuple[datetime, datetime | None], ...]:
    """From when to when a ticket sat in sprints that ran, the first one first; None: still."""
    found = (_stay(seen, sprint) for sprint in seen.every_sprint)
    return tuple(sorted((one for one in found if one is not None), key=lambda stay: stay[0]))


def _stay(seen: Seen, sprint: Sprint) -> tuple[datetime, datetime | None] | None:
    start, over = sprint.starts_at, sprint.over_at
    if start is None or not sprint.was_active(start):
        return None
    moves = sorted(move.at for move in seen.moves if sprint.id in move.before ^ move.after)
    within = [start, *(at for at in moves if at > start and (over is None or at < over))]
    since = next((at for at in within if seen.was_in(sprint.id, at)), None)
    if since is None:
        return None
    left = (at for at in within if at > since and not seen.was_in(sprint.id, at))
    return since, next(left, over)
