"""Requests to one site: each is sent once, can be broken off, and ends in JSON or an error."""

from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from requests import RequestException, Response
from requests.auth import AuthBase
from requests.exceptions import ConnectTimeout, ProxyError, SSLError, Timeout

from integrations.jira.answers import Asked, read_json, refusal
from integrations.jira.client import AnsweredError, Client, Line
from integrations.jira.remote import JiraError, OutcomeUnknownError, UnreachableError
from integrations.jira.waiting import interruptible

WHOLE = 4
"""How many times as long as its first byte a whole answer may take."""
UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"
"""What OpenSSL calls it."""


class Wire:
    """One site's requests, one at a time.

    ``clock`` is ours, ``seconds`` the longest silence. Paths are those below ``/rest/``.
    """

    def __init__(
        self,
        site: str,
        sign_in: AuthBase,
        *,
        verify: str | bool,
        direct: bool,
        clock: Callable[[], datetime],
        cancelled: Event,
        seconds: float,
        signed: bool = True,
    ) -> None:
        self.clock = clock
        self._client = Client(site, sign_in, verify=verify, seconds=seconds, direct=direct)
        self._cancelled = cancelled
        self._seconds = seconds
        self._signed = signed
        self._host = urlsplit(site).netloc

    def get(self, path: str, **params: object) -> Any:
        """Reads."""
        return self.look(path, **params)[0]

    def look(self, path: str, **params: object) -> tuple[Any, Mapping[str, str]]:
        """Reads, and gives the answer's headers as well."""
        shown = {name: str(value) for name, value in params.items()}
        return self._ask("GET", path, params=shown, writes=False)

    def query(self, path: str, body: Mapping[str, object]) -> Any:
        """Reads with a question too long for an address."""
        return self._ask("POST", path, body=body, writes=False)[0]

    def post(self, path: str, body: Mapping[str, object]) -> Any:
        """Writes."""
        return self._ask("POST", path, body=body, writes=True)[0]

    def put(self, path: str, body: Mapping[str, object]) -> None:
        """Writes."""
        self._ask("PUT", path, body=body, writes=True)

    def close(self) -> None:
        """Ends the connection."""
        self._client.end()

    def _ask(
        self,
        method: str,
        path: str,
        *,
        writes: bool,
        params: Mapping[str, str] | None = None,
        body: object = None,
    ) -> tuple[Any, Mapping[str, str]]:
        line = Line()
        asked = Asked(self._host, writes, self._signed)

        def work() -> Response:
            return self._client.send(line, method, path, params=params, body=body)

        try:
            response = interruptible(
                work,
                cancelled=self._cancelled,
                hang_up=line.hang_up,
                seconds=WHOLE * self._seconds,
            )
        except AnsweredError as answered:
            raise refusal(answered.response, asked, self.clock()) from None
        except (RequestException, OSError) as error:
            raise self._lost(error, maybe_done=writes and line.sent) from error
        return read_json(response, asked), response.headers

    def _lost(self, error: Exception, *, maybe_done: bool) -> JiraError:
        why = _why(error, self._seconds)
        if maybe_done:
            return OutcomeUnknownError(f"{self._host} may have done it, its answer is lost: {why}")
        advice = "Check the address and the network, then try again."
        if UNTRUSTED in str(error):
            advice = "If your company signs its own certificates, give the file of its authority."
        return UnreachableError(f"{self._host} cannot be reached: {why}", advice=advice)


def _why(error: Exception, seconds: float) -> str:
    if isinstance(error, ConnectTimeout):
        return f"no connection within {seconds:g} s."
    if isinstance(error, Timeout | TimeoutError):
        return f"no answer within {seconds:g} s."
    if isinstance(error, SSLError):
        trusted = UNTRUSTED not in str(error)
        return "no encrypted connection." if trusted else "its certificate is not trusted."
    if isinstance(error, ProxyError):
        return "the proxy does not connect to it."
    if "NameResolution" in str(error) or "getaddrinfo" in str(error):
        return "its name is not known here. Is there a network?"
    return "the connection broke or was refused."
