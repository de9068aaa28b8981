"""The two searches: Cloud's goes on by token and counts nothing, Data Center's by position."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from integrations.jira.remote import UnreachableError
from integrations.jira.shapes import Json, figure, inside, objects, text
from integrations.jira.wire import Wire

MOST_IDS = 1000
"""How many ids stand in one question."""
CLOUD_PAGE = 100
CLOUD_PAGE_OF_IDS = 5000
DATA_CENTER_PAGE = 500
DATA_CENTER_PAGE_OF_IDS = 1000
HISTORIES_PAGE = 100
"""Tickets with their change logs are long."""


class Search(Protocol):
    """A search; the answers of both are read alike."""

    def find(
        self,
        jql: str,
        *,
        fields: Sequence[str],
        most: int | None = None,
    ) -> Iterator[Json]:
        """Tickets page by page; ``most`` asks for the first few only."""
        ...

    def ids(self, jql: str) -> tuple[set[str], bool]:
        """The ids on the first page, as long as the site makes it, and whether they are all."""
        ...


def issues_of(answer: object) -> list[Json]:
    """The tickets in an answer.

    Raises:
        UnreachableError: it is no answer of a search, so it must not be taken for an empty one.
    """
    if not isinstance(inside(answer, "issues"), list):
        raise UnreachableError("What came back for a search is no answer of Jira.")
    return objects(answer, "issues")


class TokenSearch:
    """Cloud's search."""

    def __init__(self, wire: Wire, api: str) -> None:
        self._wire = wire
        self._path = f"api/{api}/search/jql"

    def find(
        self,
        jql: str,
        *,
        fields: Sequence[str],
        most: int | None = None,
    ) -> Iterator[Json]:
        """See ``Search``."""
        body: Json = {"jql": jql, "fields": list(fields), "maxResults": most or CLOUD_PAGE}
        while True:
            answer = self._wire.query(self._path, body)
            yield from issues_of(answer)
            token = text(answer, "nextPageToken")
            if most or not token or token == body.get("nextPageToken"):
                return
            body["nextPageToken"] = token

    def ids(self, jql: str) -> tuple[set[str], bool]:
        """See ``Search``."""
        body = {"jql": jql, "fields": ["id"], "maxResults": CLOUD_PAGE_OF_IDS}
        answer = self._wire.query(self._path, body)
        return _ids(answer), not text(answer, "nextPageToken")


class PositionSearch:
    """Data Center's search. Ids that are not there find nothing instead of being refused."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._path = "api/2/search"

    def find(
        self,
        jql: str,
        *,
        fields: Sequence[str],
        most: int | None = None,
        histories: bool = False,
    ) -> Iterator[Json]:
        """See ``Search``; ``histories`` gives the change logs as well."""
        page = HISTORIES_PAGE if histories else DATA_CENTER_PAGE
        body: Json = {
            "jql": jql,
            "fields": list(fields),
            "maxResults": most or page,
            "validateQuery": False,
            "startAt": 0,
        }
        if histories:
            body["expand"] = ["changelog"]
        while True:
            answer = self._wire.query(self._path, body)
            found = issues_of(answer)
            yield from found
            body["startAt"] += len(found)
            if most or not found or body["startAt"] >= (figure(answer, "total") or 0):
                return

    def ids(self, jql: str) -> tuple[set[str], bool]:
        """See ``Search``."""
        body: Json = {"jql": jql, "fields": ["id"], "validateQuery": False, "startAt": 0}
        answer = self._wire.query(self._path, body | {"maxResults": DATA_CENTER_PAGE_OF_IDS})
        found = _ids(answer)
        return found, len(found) >= (figure(answer, "total") or 0)


def _ids(answer: object) -> set[str]:
    return {text(raw, "id") for raw in issues_of(answer)}
