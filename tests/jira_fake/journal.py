"""What was asked of the fake and what it answered."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer.

    ``route`` names the operation whatever its version and its ids, such as
    ``POST /issue/{issue}/transitions``. ``answer`` is None where the fault broke it off or put
    something else in its place; ``applied`` says whether the request was done; ``fault`` is the
    name of the fault, "" for none. Credentials are not kept, only whose they were.
    """

    at: datetime
    route: str
    method: str
    path: str
    template: str
    query: dict[str, str]
    body: Any
    user: str
    status: int
    answer: Any = None
    applied: bool = True
    fault: str = ""


@dataclass(slots=True)
class Journal:
    """All exchanges, oldest first."""

    exchanges: list[Exchange] = field(default_factory=list)

    def of(self, pattern: str = "*") -> list[Exchange]:
        """The exchanges whose route fits a pattern; ``*`` and ``?`` stand for any text."""
        return [one for one in self.exchanges if fits(one.route, pattern)]

    def count(self, pattern: str = "*") -> int:
        """How many requests there were of a route."""
        return len(self.of(pattern))

    def routes(self) -> Counter[str]:
        """How many requests there were of each route."""
        return Counter(one.route for one in self.exchanges)

    def clear(self) -> None:
        """Forgets what was."""
        self.exchanges.clear()


def fits(route: str, pattern: str) -> bool:
    """Whether a route fits a pattern."""
    return fnmatchcase(route, pattern)
