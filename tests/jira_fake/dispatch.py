"""From a request to an answer: who calls, which operation, and which fault was planned for it."""

import base64
import json
from dataclasses import dataclass, field
from threading import Condition
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.jira_fake import board_routes, issue_routes, search_routes, site_routes
from tests.jira_fake.calls import Answer, Call, Operation, find
from tests.jira_fake.faces import Face
from tests.jira_fake.faults import Fault, Faults, Trouble
from tests.jira_fake.journal import Exchange, Journal
from tests.jira_fake.records import User
from tests.jira_fake.refusals import RefusedError, not_signed_in
from tests.jira_fake.site import Site

TABLES = (board_routes, issue_routes, search_routes, site_routes)
"""Named here so that their operations are entered before the first call."""

PAGE = b"<!DOCTYPE html><html><head><title>Log in</title></head><body>Log in</body></html>"
LOGIN_PATH = "/login.jsp"
VERSIONS = {True: ("2", "3", "latest"), False: ("2", "latest")}


@dataclass(frozen=True, slots=True)
class Request:
    """What came over the wire."""

    method: str
    target: str
    content: bytes = b""
    content_type: str = ""
    authorization: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back; ``fault`` changes how."""

    status: int
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json;charset=UTF-8"
    fault: Fault | None = None


class Dispatch:
    """One site behind one address."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.url = ""
        self.faults = Faults()
        self.journal = Journal()
        self.lock = Condition()

    def answer(self, request: Request) -> Reply:
        """Does what is asked and writes it down."""
        with self.lock:
            reply = self._answer(request)
            self.lock.notify_all()
            return reply

    def wait_for(self, route: str, count: int = 1, seconds: float = 20) -> None:
        """Waits until a route was called so often: what was to be applied then is.

        With a slow fault this is the moment to kill a client that waits for its answer.

        Raises:
            TimeoutError: it was not called.
        """
        with self.lock:
            if not self.lock.wait_for(lambda: self.journal.count(route) >= count, seconds):
                raise TimeoutError(f"no {route} in {seconds} s")

    def _answer(self, request: Request) -> Reply:
        split = urlsplit(request.target)
        if split.path == LOGIN_PATH:
            return Reply(200, PAGE, content_type="text/html;charset=UTF-8")
        query = dict(parse_qsl(split.query, keep_blank_values=True))
        area, version, below = _place(self.site, split.path)
        hit = find(self.site.flavour, request.method, area, below) if version else None
        operation, names = hit or (None, {})
        names = {name: unquote(value) for name, value in names.items()}
        route = operation.route if operation else f"{request.method} {split.path}"
        fault = self.faults.take(route)
        if fault is not None and fault.action is not None:
            fault.action()
            fault = None
        user, answer = None, None
        if fault is None or fault.applied:
            user, answer = self._done(request, operation, version, query, names)
        written = Exchange(
            at=self.site.clock.now,
            route=route,
            method=request.method,
            path=split.path,
            template=operation.template if operation else "",
            query=query,
            body=_readable(request.content),
            user=user.name if user else "",
            status=_status(fault, answer),
            answer=answer[1] if answer and fault is None else None,
            applied=answer is not None and answer[0] < 400,
            fault=fault.trouble if fault else "",
        )
        self.journal.exchanges.append(written)
        return self._reply(fault, answer)

    def _done(
        self,
        request: Request,
        operation: Operation | None,
        version: str,
        query: dict[str, str],
        names: dict[str, str],
    ) -> tuple[User | None, Answer]:
        user = None
        try:
            user = self._caller(request.authorization)
            face = Face(self.site, self.url, version)
            call = Call(self.site, face, user, query, _body(request), names)
            handler = operation.handler if operation else _unknown
            return user, handler(call)
        except RefusedError as refusal:
            return user, (refusal.status, refusal.body)

    def _caller(self, authorization: str) -> User | None:
        """Who signs in: e-mail and token on Cloud, a token alone on Data Center."""
        if not authorization:
            return None
        scheme, _, secret = authorization.partition(" ")
        for user in self.site.users.values():
            expected = ("bearer", user.token)
            if self.site.cloud:
                pair = f"{user.email}:{user.token}".encode()
                expected = ("basic", base64.b64encode(pair).decode())
            if user.token and user.active and (scheme.lower(), secret) == expected:
                return user
        if self.site.lenient:
            return None
        raise not_signed_in()

    def _reply(self, fault: Fault | None, answer: Answer | None) -> Reply:
        if fault is not None and fault.trouble is Trouble.REFUSED:
            content = json.dumps(fault.body).encode()
            return Reply(fault.status, content, fault.headers, fault=fault)
        if fault is not None and fault.trouble is Trouble.HTML:
            return Reply(fault.status, PAGE, content_type="text/html;charset=UTF-8", fault=fault)
        if fault is not None and fault.trouble is Trouble.LOGIN:
            where = {"Location": f"{self.url}{LOGIN_PATH}"}
            return Reply(302, b"", where, "text/html;charset=UTF-8", fault)
        status, body = answer or (503, {"errorMessages": ["Timed out."], "errors": {}})
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"} if status == 401 else {}
        return Reply(status, content, headers, fault=fault)


def _place(site: Site, path: str) -> tuple[str, str, str]:
    """The area, the version and the rest of a path; the version is empty for a foreign path."""
    for area, versions in (("api", VERSIONS[site.cloud]), ("agile", ("1.0",))):
        for version in versions:
            start = f"/rest/{area}/{version}/"
            if path.startswith(start):
                shown = version if version == "3" else "2"
                return area, shown, path.removeprefix(start)
    return "", "", path


def _unknown(call: Call) -> Answer:
    raise RefusedError(404, f"null for uri: {call.face.url}")


def _body(request: Request) -> Any:
    if not request.content:
        return None
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        raise RefusedError(415, "Unsupported Media Type")
    try:
        return json.loads(request.content)
    except ValueError as error:
        raise RefusedError(400, "Request body is not valid JSON.") from error


def _readable(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return content.decode("utf-8", "replace")


def _status(fault: Fault | None, answer: Answer | None) -> int:
    """The status that was sent; 0 where none was."""
    if fault is not None and fault.trouble is Trouble.RESET:
        return 0
    if fault is not None and fault.trouble in (Trouble.REFUSED, Trouble.HTML, Trouble.LOGIN):
        return fault.status
    return answer[0] if answer else 503
