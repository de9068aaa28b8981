"""Where a ticket stood among its sprints at a time: what "in its third sprint" rests on."""

from dataclasses import dataclass
from datetime import datetime

from models.tracking.sprints import Position, Seen, Sprint, carried_over


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a ticket stood at an instant.

    ``sprint`` is the one it was in or planned for, ``number`` says which of its sprints that was
    (3: its third), counting those that had begun; ``carried_over`` how many had ended without it.
    """

    position: Position
    sprint: Sprint | None = None
    number: int = 0
    carried_over: int = 0

    @property
    def words(self) -> str:
        """ "in its third sprint", "in no sprint, after 2 that ended without it"."""
        if self.position is Position.ACTIVE:
            return f"in its {ordinal(self.number)} sprint"
        if not self.carried_over:
            return ""
        ended = "sprint" if self.carried_over == 1 else "sprints"
        return f"carried over from {self.carried_over} {ended}"


_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def ordinal(number: int) -> str:
    """ "third", "11th"."""
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number}{tail or 'th'}"


def standing(seen: Seen, at: datetime) -> Standing:
    """Where a ticket stood at an instant, as far as its change log tells."""
    slips = sum(step.at <= at for step in carried_over(seen))
    if seen.was_done(at):
        return Standing(Position.DONE, carried_over=slips)
    if seen.sprints is None:
        return Standing(Position.UNSEEN, carried_over=slips)
    inside = [sprint for sprint in _sprints(seen) if seen.was_in(sprint.id, at)]
    begun = sum(since <= at for since, _ in stays(seen))
    for sprint in inside:
        if sprint.was_active(at):
            return Standing(Position.ACTIVE, sprint, begun, slips)
    for sprint in inside:
        if sprint.was_future(at):
            return Standing(Position.PLANNED, sprint, begun, slips)
    return Standing(Position.BACKLOG, None, begun, slips)


def stays(seen: Seen) -> tuple[tuple[datetime, datetime | None], ...]:
    """From when to when a ticket sat in sprints that ran, the first one first; None: still."""
    found = (_stay(seen, sprint) for sprint in _sprints(seen))
    return tuple(sorted((one for one in found if one is not None), key=lambda stay: stay[0]))


def _sprints(seen: Seen) -> tuple[Sprint, ...]:
    every = {sprint.id: sprint for sprint in (*seen.known, *(seen.sprints or ()))}
    return tuple(every.values())


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
