"""The fake over real HTTP: a loopback server on a random port that leaves nothing behind."""

import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any

from tests.jira_fake.dispatch import Dispatch, Reply, Request
from tests.jira_fake.faults import Trouble

POLL = 0.01
"""Seconds until the server notices that it is to stop."""


class FakeJira(Dispatch):
    """A site that can be reached at ``url`` while the block lasts.

    ``site`` is its state, ``faults`` what will go wrong, ``journal`` what was asked. Hold ``lock``
    while changing the site when a client may be running.
    """

    def __enter__(self) -> "FakeJira":
        self._server = _Server(self)
        self._thread = Thread(target=self._server.serve_forever, args=(POLL,), name="fake-jira")
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        return self

    def stop_waiting(self) -> None:
        """Gives the late answers now; from here on none is late."""
        self._server.hurry.set()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()
        self._thread.join()
        if self._server.failures and error is None:
            raise ExceptionGroup("the fake itself failed", self._server.failures)


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, fake: Dispatch) -> None:
        self.fake = fake
        self.hurry = Event()
        self.failures: list[Exception] = []
        self._open: set[socket.socket] = set()
        self._guard = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def stop(self) -> None:
        """Ends every connection and every thread."""
        self.hurry.set()
        self.shutdown()
        with self._guard:
            for connection in self._open:
                _hang_up(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._guard:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client may leave when it likes; anything else is a fault of the fake."""
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.failures.append(error)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was faster
        return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "FakeJira"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The server's own clock, which may be wrong."""
        return super().date_time_string(timestamp or self.server.fake.site.now.timestamp())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """The journal is the log."""

    def _handle(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        request = Request(
            self.command,
            self.path,
            self.rfile.read(length),
            self.headers.get("Content-Type", ""),
            self.headers.get("Authorization", ""),
        )
        reply = self.server.fake.answer(request)
        fault = reply.fault
        if fault is not None and fault.trouble is Trouble.SLOW:
            self.server.hurry.wait(fault.seconds)
        if fault is not None and fault.trouble is Trouble.RESET:
            self._reset()
            return
        self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - the base looks for these

    def _send(self, reply: Reply) -> None:
        content, length = reply.content, len(reply.content)
        trouble = reply.fault.trouble if reply.fault else None
        if trouble in (Trouble.BROKEN_JSON, Trouble.CUT_OFF):
            content = content[: length // 2]
            length = length if trouble is Trouble.CUT_OFF else len(content)
            self.close_connection = True
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def _reset(self) -> None:
        """Closes so that the other side sees a reset and not an orderly end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self.connection.detach())
