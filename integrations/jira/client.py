"""The ``jira`` package as plumbing: a session and how it signs in, and nothing that it decides.

None of its calls by name is used: they repeat requests, read an error's body without the names of
its fields, know only one of the two searches, and send what was not asked for. A request goes
straight through its session, with retries off; an answer that is not a success is caught before
the package reads it.
"""

import json
import socket
from collections.abc import Mapping
from contextvars import ContextVar
from threading import Lock
from typing import Any

from jira import JIRA
from requests import Response
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class Line:
    """One request on its way: whether anything of it left, and how it is broken off."""

    def __init__(self) -> None:
        self.sent = False
        self._socket: socket.socket | None = None
        self._cut = False
        self._lock = Lock()

    def leaving(self, through: socket.socket) -> None:
        """To be called before bytes leave.

        Raises:
            ConnectionAbortedError: it was broken off before; nothing may leave any more.
        """
        with self._lock:
            if self._cut:
                raise ConnectionAbortedError
            self._socket = through
            self.sent = True

    def hang_up(self) -> None:
        """Breaks the request off; whoever waits for its answer is woken."""
        with self._lock:
            self._cut = True
            if self._socket is None:
                return
            try:
                # Past TLS, which would wait for the other side's goodbye.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
            except OSError:  # the other side was faster
                return


LINE: ContextVar[Line] = ContextVar("LINE")
"""The line of the request that this thread makes."""


class AnsweredError(Exception):
    """An answer that is no success, on its way past the package to whoever can read it."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class _Plain(HTTPConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        LINE.get().leaving(self.sock)
        super().send(data)


class _Secure(HTTPSConnection):
    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        LINE.get().leaving(self.sock)
        super().send(data)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    """Sends through connections that tell the line what they do."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        _watch(manager)
        return manager


def _watch(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


def _catch(response: Response, *_: Any, **__: Any) -> None:
    if not response.ok or response.is_redirect:
        response.content  # noqa: B018 - reads it while the connection is there
        raise AnsweredError(response)


class Client(JIRA):
    """A session with one site. Follows no redirection: it would take the token along.

    ``seconds`` is how long a connection and each part of an answer may take; ``direct`` leaves
    the environment's proxies out.
    """

    def __init__(
        self, site: str, sign_in: AuthBase, *, verify: str | bool, seconds: float, direct: bool
    ) -> None:
        super().__init__(
            server=site,
            options={"verify": verify, "headers": {"User-Agent": "Afterwhy"}},
            get_server_info=False,
            max_retries=0,
            timeout=(seconds, seconds),
            logging=False,
        )
        self._session.auth = sign_in
        self._session.trust_env = not direct
        self._session.hooks = {"response": [_catch]}
        for start in ("http://", "https://"):
            self._session.mount(start, _Adapter(max_retries=0))

    def send(
        self,
        line: Line,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
    ) -> Response:
        """One request to a path below ``/rest/``, once.

        Raises:
            AnsweredError: the answer is an error or a redirection.
            requests.RequestException: there is no whole answer.
        """
        LINE.set(line)
        return self._session.request(
            method,
            f"{self.server_url}/rest/{path}",
            params=params,
            data=None if body is None else json.dumps(body),
            allow_redirects=False,
        )

    def end(self) -> None:
        """Closes the connection."""
        self._session.close()
