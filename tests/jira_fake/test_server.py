"""The server of the fake leaves nothing behind, and its own mistakes are not hidden."""

import socket
import threading
from http.client import HTTPConnection

import pytest

from tests.jira_fake import FakeJira, Flavour, calls, examples, faults
from tests.jira_fake.calls import Call, Operation
from tests.jira_fake.wire import Wire


def test_no_thread_and_no_socket_stays(jira: FakeJira) -> None:
    before = set(threading.enumerate())
    with FakeJira(examples.site(Flavour.CLOUD)) as other:
        assert other.url != jira.url
        host = other.url.removeprefix("http://")
        idle = HTTPConnection(host)
        idle.request("GET", "/rest/api/2/serverInfo")
        assert idle.getresponse().read()
        silent = socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2])))
        other.faults.plan("GET /field", faults.slow(60))
        with pytest.raises(TimeoutError):
            Wire(other, timeout=0.05).get("/field")
    assert set(threading.enumerate()) == before
    idle.close()
    silent.close()
    with pytest.raises(ConnectionRefusedError):
        Wire(other).get("/myself")


def test_one_connection_serves_many_requests(jira: FakeJira) -> None:
    connection = HTTPConnection(jira.url.removeprefix("http://"))
    for _ in range(3):
        connection.request("GET", "/rest/api/2/serverInfo")
        answer = connection.getresponse()
        assert (answer.status, bool(answer.read())) == (200, True)
    used = connection.sock
    assert used is not None, "it was kept open"
    connection.close()


def test_a_mistake_of_the_fake_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_call: Call) -> tuple[int, None]:
        raise KeyError("a mistake")

    operation = Operation("GET", "api", "/myself", broken, (Flavour.CLOUD,))
    monkeypatch.setattr(calls, "OPERATIONS", [operation])
    with (
        pytest.raises(ExceptionGroup, match="the fake itself failed"),
        FakeJira(examples.site(Flavour.CLOUD)) as jira,
        pytest.raises(ConnectionError),
    ):
        Wire(jira).get("/myself")


def test_unknown_paths_are_404(jira: FakeJira) -> None:
    wire = Wire(jira)
    for path in ("/nowhere", "/rest/api/9/myself", "/rest/agile/1.0/nowhere", "/issue"):
        assert wire.get(path).status == 404
