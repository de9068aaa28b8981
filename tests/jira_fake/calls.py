"""One call of the interface, and the table of the operations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.jira_fake.faces import Face, Json
from tests.jira_fake.records import Flavour, User
from tests.jira_fake.refusals import RefusedError, not_signed_in
from tests.jira_fake.site import Site

T = TypeVar("T")
Answer = tuple[int, Any]
"""A status, and a body or None for an empty one."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a caller asks; ``user`` is None for whoever is not signed in."""

    site: Site
    face: Face
    user: User | None
    query: dict[str, str]
    body: Any = None
    names: dict[str, str] = field(default_factory=dict)

    @property
    def me(self) -> User:
        """Who calls.

        Raises:
            RefusedError: 401 for nobody.
        """
        if self.user is None:
            raise not_signed_in()
        return self.user

    @property
    def sent(self) -> Json:
        """The body, which must be an object."""
        if not isinstance(self.body, dict):
            raise RefusedError(400, "Request body is not valid JSON.")
        return self.body

    def words(self, name: str) -> list[str]:
        """A comma-separated parameter."""
        return [word for word in self.query.get(name, "").split(",") if word]

    def number(self, name: str, default: int) -> int:
        """A parameter that is a whole number.

        Raises:
            RefusedError: 400 for anything else.
        """
        text = self.query.get(name, str(default))
        if not text.isascii() or not text.isdigit():
            raise RefusedError(400, f"'{text}' is not a valid value for '{name}'.")
        return int(text)

    def size(self, asked: int, most: int) -> int:
        """How much a page may hold, whatever was asked for."""
        return min(asked, most, self.site.short_page or most)

    def page(
        self, items: Sequence[T], *, default: int = 50, most: int = 100
    ) -> tuple[Json, list[T]]:
        """The envelope's figures and the items of the page that was asked for."""
        start = self.number("startAt", 0)
        size = self.size(self.number("maxResults", default), most)
        shown = list(items[start : start + size])
        return {"startAt": start, "maxResults": size, "total": len(items)}, shown


Handler = Callable[[Call], Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; ``area`` is ``api`` or ``agile``."""

    method: str
    area: str
    template: str
    handler: Handler
    flavours: tuple[Flavour, ...]

    @property
    def route(self) -> str:
        """Its name in plans and the journal."""
        return f"{self.method} {'/agile' if self.area == 'agile' else ''}{self.template}"

    def match(self, path: list[str]) -> dict[str, str] | None:
        """The names in a path that fits, None for one that does not."""
        parts = self.template.strip("/").split("/")
        if len(parts) != len(path):
            return None
        names = {}
        for part, given in zip(parts, path, strict=True):
            if part.startswith("{"):
                names[part[1:-1]] = given
            elif part != given:
                return None
        return names


OPERATIONS: list[Operation] = []
BOTH = tuple(Flavour)


def operation(
    method: str, template: str, *, area: str = "api", only: Flavour | None = None
) -> Callable[[Handler], Handler]:
    """Enters a function into the table."""

    def enter(handler: Handler) -> Handler:
        flavours = (only,) if only else BOTH
        OPERATIONS.append(Operation(method, area, template, handler, flavours))
        return handler

    return enter


def find(
    flavour: Flavour, method: str, area: str, path: str
) -> tuple[Operation, dict[str, str]] | None:
    """The operation of a path below its area, with the names in it; those without names first."""
    parts = path.strip("/").split("/")
    found = []
    for one in OPERATIONS:
        if one.method == method and one.area == area and flavour in one.flavours:
            names = one.match(parts)
            if names is not None:
                found.append((one, names))
    return min(found, key=lambda pair: len(pair[1]), default=None)
