"""Plain HTTP for the tests of the fake: no client of ours, no retries, no redirects."""

import base64
import json
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

from tests.jira_fake import FakeJira, examples


@dataclass(frozen=True, slots=True)
class Response:
    """A status, headers by lower-case names, and the bytes."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


@dataclass(slots=True)
class Wire:
    """Somebody who talks to a fake; each request has a connection of its own."""

    jira: FakeJira
    user: str | None = examples.BOT
    token: str = ""
    version: str = "2"
    timeout: float = 5
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: object) -> Response:
        """Reads; the path is below the platform's interface, or begins with ``/rest``."""
        text = f"?{urlencode({name: str(value) for name, value in query.items()})}" if query else ""
        return self.send("GET", path + text)

    def post(self, path: str, body: object) -> Response:
        return self.send("POST", path, body)

    def put(self, path: str, body: object) -> Response:
        return self.send("PUT", path, body)

    def delete(self, path: str) -> Response:
        return self.send("DELETE", path)

    def send(self, method: str, path: str, body: object = None) -> Response:
        """One request and its answer.

        Raises:
            OSError, HTTPException: the connection broke.
        """
        target = path if path.startswith(("/rest", "/login")) else f"/rest/api/{self.version}{path}"
        content = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **self._signature(), **self.headers}
        host = self.jira.url.removeprefix("http://")
        connection = HTTPConnection(host, timeout=self.timeout)
        try:
            connection.request(method, quote(target, safe="/?&=%+*"), content, headers)
            answer = connection.getresponse()
            lowered = {name.lower(): value for name, value in answer.getheaders()}
            return Response(answer.status, lowered, answer.read())
        finally:
            connection.close()

    def _signature(self) -> dict[str, str]:
        if self.user is None:
            return {}
        user = self.jira.site.users[self.user]
        token = self.token or user.token
        if not self.jira.site.cloud:
            return {"Authorization": f"Bearer {token}"}
        pair = base64.b64encode(f"{user.email}:{token}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def create(self, **fields: object) -> str:
        """Makes a task and gives its key."""
        document = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
        answer = self.post("/issue", {"fields": document | fields})
        assert answer.status == 201, answer.content
        key: str = answer.json["key"]
        return key

    def issue(self, key: str, **query: object) -> dict[str, Any]:
        """An issue that must be there."""
        answer = self.get(f"/issue/{key}", **query)
        assert answer.status == 200, answer.content
        shown: dict[str, Any] = answer.json
        return shown

    def search(self, jql: str, **query: object) -> Response:
        """A search in the flavour's own way."""
        path = "/search/jql" if self.jira.site.cloud else "/search"
        return self.get(path, jql=jql, **query)
