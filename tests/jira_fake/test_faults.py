"""What goes wrong on request, over the wire as a client meets it."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException, IncompleteRead
from threading import Thread

import pytest

from tests.jira_fake import FakeJira, examples, faults, issues
from tests.jira_fake.faults import Fault
from tests.jira_fake.wire import Response, Wire

NEW = {
    "fields": {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"},
}


def post(jira: FakeJira, fault: Fault) -> Response:
    jira.faults.plan("POST /issue", fault)
    return Wire(jira).post("/issue", NEW)


@pytest.mark.parametrize("status", [401, 403, 404, 409, 429, 500, 502, 503])
@pytest.mark.parametrize("applied", [False, True])
def test_an_error_status_with_the_request_done_or_not(
    jira: FakeJira, status: int, applied: bool
) -> None:
    answer = post(jira, faults.refusal(status, "No.", applied=applied))
    assert (answer.status, answer.json["errorMessages"]) == (status, ["No."])
    assert len(jira.site.issues) == applied
    (written,) = jira.journal.exchanges
    assert (written.status, written.applied, written.fault) == (status, applied, "refused")
    assert Wire(jira).post("/issue", NEW).status == 201, "once only"


def test_retry_after_comes_in_seconds_as_a_date_or_not_at_all(jira: FakeJira) -> None:
    at = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
    assert post(jira, faults.refusal(429, retry_after=300)).headers["retry-after"] == "300"
    dated = post(jira, faults.refusal(429, retry_after=at)).headers["retry-after"]
    assert parsedate_to_datetime(dated) == at
    assert "retry-after" not in post(jira, faults.refusal(429)).headers


@pytest.mark.parametrize("applied", [False, True])
def test_a_reset_before_and_after_the_request_was_done(jira: FakeJira, applied: bool) -> None:
    with pytest.raises(ConnectionResetError):
        post(jira, faults.reset(applied=applied))
    assert len(jira.site.issues) == applied
    (written,) = jira.journal.exchanges
    assert (written.status, written.applied) == (0, applied)


@pytest.mark.parametrize("applied", [False, True])
def test_a_slow_answer_outlasts_the_client(jira: FakeJira, applied: bool) -> None:
    jira.faults.plan("POST /issue", faults.slow(30, applied=applied))
    with pytest.raises(TimeoutError):
        Wire(jira, timeout=0.05).post("/issue", NEW)
    assert len(jira.site.issues) == applied


def test_a_test_can_wait_for_a_call_whose_answer_is_late(jira: FakeJira) -> None:
    jira.faults.plan("POST /issue", faults.slow(30))
    client = Thread(target=lambda: Wire(jira).post("/issue", NEW))
    client.start()
    jira.wait_for("POST /issue")
    assert len(jira.site.issues) == 1, "done, and the client does not know"
    jira.stop_waiting()
    client.join()
    with pytest.raises(TimeoutError):
        jira.wait_for("POST /issue", count=2, seconds=0.01)


def test_a_page_instead_of_an_answer(jira: FakeJira) -> None:
    answer = post(jira, faults.html())
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert b"<html>" in answer.content


def test_a_redirection_to_a_login_page_that_is_there(jira: FakeJira) -> None:
    answer = post(jira, faults.login())
    assert (answer.status, jira.site.issues) == (302, {})
    page = Wire(jira).get(answer.headers["location"].removeprefix(jira.url))
    assert (page.status, b"<html>" in page.content) == (200, True)


def test_json_that_ends_in_the_middle(jira: FakeJira) -> None:
    answer = post(jira, faults.broken_json())
    assert answer.status == 201
    with pytest.raises(json.JSONDecodeError):
        _ = answer.json
    with pytest.raises(IncompleteRead):
        post(jira, faults.cut_off())
    assert len(jira.site.issues) == 2, "both were done"


def test_somebody_else_may_be_faster(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    key = wire.create()
    colleague = site.users[examples.COLLEAGUE]
    jira.faults.plan(
        "PUT /issue/{issue}",
        faults.meanwhile(lambda: issues.edit(site, colleague, site.issue(key), {"summary": "B"})),
    )
    assert wire.put(f"/issue/{key}", {"fields": {"duedate": "2026-04-01"}}).status == 204
    fields = wire.issue(key)["fields"]
    assert (fields["summary"], fields["duedate"]) == ("B", "2026-04-01")
    authors = [entry.author for entry in site.issue(key).entries]
    assert authors == [examples.COLLEAGUE, examples.BOT]


def test_a_server_clock_that_is_wrong(jira: FakeJira) -> None:
    jira.site.skew = timedelta(minutes=7)
    wire = Wire(jira)
    wire.create()
    answer = wire.get("/issue/REL-1")
    assert parsedate_to_datetime(answer.headers["date"]) == datetime(2026, 3, 2, 9, 7, tzinfo=UTC)
    assert answer.json["fields"]["created"] == "2026-03-02T09:07:00.000+0000"


def test_the_nth_call_several_in_a_row_any_route(jira: FakeJira) -> None:
    wire = Wire(jira)
    jira.faults.plan("GET /myself", faults.refusal(503), nth=2, times=2)
    assert [wire.get("/myself").status for _ in range(4)] == [200, 503, 503, 200]
    jira.faults.plan("* *", faults.refusal(500), times=-1)
    assert [wire.get(path).status for path in ("/myself", "/field", "/issue/X-1")] == [500] * 3
    jira.faults.clear()
    assert wire.get("/myself").status == 200


@pytest.mark.parametrize(
    "fault",
    [
        faults.refusal(503, applied=True),
        faults.reset(applied=True),
        faults.html(applied=True),
        faults.cut_off(),
    ],
)
def test_what_was_done_behind_a_fault_can_be_found(jira: FakeJira, fault: Fault) -> None:
    jira.faults.plan("POST /issue", fault)
    labelled = {"fields": NEW["fields"] | {"labels": ["afterwhy-1"]}}
    try:
        Wire(jira).post("/issue", labelled)
    except (OSError, HTTPException):
        assert jira.journal.exchanges[-1].applied
    found = Wire(jira).search("labels = afterwhy-1").json["issues"]
    assert len(found) == 1


def test_the_journal_keeps_whose_request_it_was_and_no_token(jira: FakeJira) -> None:
    Wire(jira).get("/field", one="1")
    (written,) = jira.journal.of("GET /field")
    assert (written.user, written.query, written.at) == (
        examples.BOT,
        {"one": "1"},
        jira.site.clock.now,
    )
    assert examples.TOKEN not in repr(jira.journal)
    assert jira.journal.routes() == {"GET /field": 1}
    jira.journal.clear()
    assert jira.journal.count() == 0


def test_a_body_that_is_no_json_is_refused(jira: FakeJira) -> None:
    wire = Wire(jira, headers={"Content-Type": "text/plain"})
    assert wire.post("/issue", NEW).status == 415
    assert wire.post("/nowhere", NEW).status in (404, 415)
