"""How the reasons for likeness are told, and what past actions were worth."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from models.tracking.standing import ordinal

Stay = tuple[str, str | None]
"""From when to when it sat in a sprint that ran (ISO 8601)."""
StoredAction = tuple[str, bool, str | None, str | None, tuple[Stay, ...]]
"""Ref, whether it is open, when that began and ended (ISO 8601), and its sprints."""


def told(shared: Mapping[str, list[str]], words: list[str], actions: str) -> list[str]:
    """The strongest reason first, then the state of the actions: that is always seen."""
    said = list(shared.get("named", ()))
    said += [f"Same root: {title}." for title in shared.get("root", ())]
    kinds = [name for name in ("service", "layer", "trigger") if name in shared]
    if kinds:
        values = ", ".join(dict.fromkeys(value for name in kinds for value in shared[name]))
        said.append(f"Same {_and(kinds)}: {values}.")
    if words:
        said.append(f"Both speak of {_and(words)}.")
    return [*said[:1], *([actions] if actions else ()), *said[1:]]


def of_actions(actions: Sequence[StoredAction], past: str | None, now: datetime | None) -> str:
    """What the actions after a past failure (ISO 8601) were worth when another one happened, and
    without its time how they stand. Empty if there are none.
    """
    if now and past and now > datetime.fromisoformat(past):
        then = [_in_sprint(action, now) for action in actions if _was_open(action, now)]
        if then:
            return f"{_and(then)} {'was' if len(then) == 1 else 'were'} open when this happened."
    still = [ref for ref, is_open, *_ in actions if is_open]
    if still:
        return f"Still open there: {_and(still)}."
    return f"Done there: {_and([ref for ref, *_ in actions])}." if actions else ""


def _was_open(action: StoredAction, at: datetime) -> bool:
    """Whether an action was open at a time; one without a beginning was from the start."""
    _, is_open, began, ended, _ = action
    if began and datetime.fromisoformat(began) > at:
        return False
    return is_open or (ended is not None and datetime.fromisoformat(ended) > at)


def _in_sprint(action: StoredAction, at: datetime) -> str:
    """The ref, and in which of its sprints the action was at a time: "A-12 (its third sprint)"."""
    ref, *_, stays = action
    begun = [until for since, until in stays if datetime.fromisoformat(since) <= at]
    if begun and (begun[-1] is None or at < datetime.fromisoformat(begun[-1])):
        return f"{ref} (in its {ordinal(len(begun))} sprint)"
    return ref


def _and(parts: list[str]) -> str:
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
