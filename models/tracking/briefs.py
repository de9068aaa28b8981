"""What a tracker is told of an action item beside its own fields."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brief:
    """What an engineer who gets the ticket has to know, and by what it is routed.

    ``ref`` and ``title`` are the post-mortem's, ``problem`` is that of the why tree whose ``root``
    the action item addresses. ``url`` is where the post-mortem was published, "" where nobody
    knows an address of it. ``services`` are those of its incidents.
    """

    ref: str
    title: str
    problem: str = ""
    root: str = ""
    done_when: str = ""
    url: str = ""
    services: tuple[str, ...] = ()
