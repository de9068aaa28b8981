"""What the tree asks. "Why?" or "How was it possible?" changes these words and nothing else."""

from typing import Literal

from models.domain.whys import About

Ask = Literal["why", "how"]
ASKS: tuple[tuple[Ask, str], ...] = (("why", "Why?"), ("how", "How was it possible?"))

TREES: dict[About, str] = {
    About.OCCURRENCE: "Why did it happen?",
    About.DETECTION: "Why did we not see it sooner?",
    About.RESPONSE: "Why did it take so long to stop?",
}
TREES_SHORT: dict[About, str] = {
    About.OCCURRENCE: "Why it happened",
    About.DETECTION: "Not seen sooner",
    About.RESPONSE: "Not stopped sooner",
}
_FIRST: dict[Ask, dict[About, str]] = {
    "why": TREES,
    "how": {
        About.OCCURRENCE: "What made it possible?",
        About.DETECTION: "What made it possible that nobody saw it sooner?",
        About.RESPONSE: "What made it possible that stopping it took so long?",
    },
}
_NEXT: dict[Ask, str] = {"why": "Why was that so?", "how": "How did this become possible?"}
_GHOST: dict[Ask, str] = {"why": "Why?", "how": "How?"}
_PROBLEM: dict[About, str] = {
    About.OCCURRENCE: "What did people see, and how much of it? For example: 38% of saves failed",
    About.DETECTION: "How long did nobody know? For example: the first alert came after 40 minutes",
    About.RESPONSE: "How long did it go on? For example: 43 minutes from the first page to the end",
}
_EFFECT: dict[About, str] = {
    About.OCCURRENCE: "Observed effect",
    About.DETECTION: "Time to detect",
    About.RESPONSE: "Time to stop",
}
ANSWER = "Not answered yet"


def question(ask: Ask, about: About, *, first: bool) -> str:
    """What stands where a why has no question of its own; ``first`` is one below the problem."""
    return _FIRST[ask][about] if first else _NEXT[ask]


def ghost(ask: Ask) -> str:
    """The word of the row that adds a why."""
    return _GHOST[ask]


def problem(about: About) -> str:
    """What stands where a tree has no problem yet."""
    return _PROBLEM[about]


def effect(about: About) -> str:
    """What kind of effect a tree's problem is."""
    return _EFFECT[about]
