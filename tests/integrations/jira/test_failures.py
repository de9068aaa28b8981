"""What may go wrong with a request, and which of the errors it is: done, not done, or unknown."""

import traceback
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest

from integrations.jira.remote import (
    BusyError,
    CancelledError,
    JiraError,
    NotAllowedError,
    NotVisibleError,
    OutcomeUnknownError,
    RefusedError,
    Remote,
    UnreachableError,
)
from integrations.jira.site import open_site
from models.errors import InvalidInputError
from models.tracking.connections import Connection
from tests.integrations.jira.opening import connection, draft, opened
from tests.jira_fake import FakeJira, Kind, examples, faults
from tests.jira_fake.faults import Fault, Trouble

CREATE, READ = "POST /issue", "GET /issue/{issue}"


def make(remote: Remote) -> object:
    return remote.create(draft())


def look(remote: Remote) -> object:
    return remote.read_key("REL-1")


@pytest.mark.parametrize(
    ("fault", "when_written", "when_read"),
    [
        (faults.refusal(400, "No."), RefusedError, RefusedError),
        (faults.refusal(409, "Busy."), RefusedError, RefusedError),
        (faults.refusal(413), RefusedError, RefusedError),
        (faults.refusal(401), NotAllowedError, NotAllowedError),
        (faults.refusal(403, "No."), NotAllowedError, NotAllowedError),
        (faults.refusal(404, "No."), NotVisibleError, NotVisibleError),
        (faults.refusal(429), BusyError, BusyError),
        (faults.refusal(500), OutcomeUnknownError, UnreachableError),
        (faults.refusal(502), OutcomeUnknownError, UnreachableError),
        (faults.refusal(503), OutcomeUnknownError, BusyError),
        (faults.refusal(503, applied=True), OutcomeUnknownError, BusyError),
        (faults.refusal(504), OutcomeUnknownError, UnreachableError),
        (faults.reset(applied=True), OutcomeUnknownError, UnreachableError),
        (faults.reset(applied=False), OutcomeUnknownError, UnreachableError),
        (faults.cut_off(), OutcomeUnknownError, UnreachableError),
        (faults.broken_json(), OutcomeUnknownError, UnreachableError),
        (faults.html(), OutcomeUnknownError, NotAllowedError),
        (faults.html(503), OutcomeUnknownError, BusyError),
        (faults.login(), NotAllowedError, NotAllowedError),
    ],
    ids=lambda value: f"{value.trouble} {value.status}" if isinstance(value, Fault) else "",
)
def test_each_failure_has_its_error(
    jira: FakeJira, fault: Fault, when_written: type[JiraError], when_read: type[JiraError]
) -> None:
    with opened(jira) as remote:
        remote.create(draft("afterwhy-0"))
        for route, ask, expected in ((CREATE, make, when_written), (READ, look, when_read)):
            jira.faults.plan(route, fault)
            with pytest.raises(expected) as raised:
                ask(remote)
            assert type(raised.value) is expected
            assert str(raised.value)
    assert jira.journal.count(CREATE) == 2, "a request was repeated"


def test_a_site_that_is_not_there_was_sent_nothing(cloud: FakeJira) -> None:
    here = connection(cloud)
    gone = Connection("c", "http://127.0.0.1:1", here.flavour, "REL", email=here.email)
    remote = open_site(gone, examples.TOKEN, clock=lambda: cloud.site.now, cancelled=Event())
    with pytest.raises(UnreachableError):
        remote.change("10001", {"title": "New"})
    remote.close()


@pytest.mark.parametrize("dated", [False, True])
def test_a_busy_site_says_until_when_by_our_clock(jira: FakeJira, *, dated: bool) -> None:
    jira.site.skew = timedelta(minutes=7)
    pause = timedelta(seconds=300)
    after = jira.site.now + pause if dated else 300
    with opened(jira) as remote:
        jira.faults.plan("GET /priority", faults.refusal(429, retry_after=after))
        with pytest.raises(BusyError) as raised:
            remote.priorities()
    until = raised.value.until
    assert until is not None
    assert abs(until - jira.site.clock.now - pause) <= timedelta(seconds=1)


def test_a_refused_field_is_named_as_people_know_it(jira: FakeJira) -> None:
    team = jira.site.add_field("customfield_10101", "Team", Kind.OPTION, ["Payments"])
    project = jira.site.project("REL")
    project.screens["10001"].required.add(team.id)
    project.screens["10001"].create.remove("duedate")
    with opened(jira) as remote:
        with pytest.raises(RefusedError) as raised:
            remote.create(draft(due="2026-04-01"))
        assert raised.value.labels == {"duedate": "Due date"}
        assert "screen" in raised.value.fields["duedate"]
        assert raised.value.by_field().startswith("Due date: ")
        with pytest.raises(RefusedError) as raised:
            remote.create(draft(due="2026-04-01", values={"duedate": None}))
        assert raised.value.fields == {team.id: "Team is required."}
        assert raised.value.labels == {team.id: "Team"}
        assert raised.value.by_field() == "Team is required.", "its name is said once"
        (needed,) = [f for f in remote.create_fields("REL", "Task") if f.id == team.id]
        assert (needed.required, needed.kind) == (True, "option")
        assert [choice.name for choice in needed.choices] == ["Payments"]
        value = {"id": needed.choices[0].id}
        remote.create(draft(due="2026-04-01", values={"duedate": None, team.id: value}))
    assert len(jira.site.issues) == 1


@pytest.mark.parametrize(("project", "issue_type"), [("NONE", "Task"), ("REL", "Epos")])
def test_a_wrong_project_or_type_is_refused(jira: FakeJira, project: str, issue_type: str) -> None:
    wanted = draft()
    object.__setattr__(wanted, "project", project)
    object.__setattr__(wanted, "issue_type", issue_type)
    with opened(jira) as remote, pytest.raises(RefusedError) as raised:
        remote.create(wanted)
    assert set(raised.value.fields) <= {"project", "issuetype"}
    assert not jira.site.issues


def test_whoever_may_not_make_tickets_is_told(jira: FakeJira) -> None:
    jira.site.project("REL").denied[examples.BOT] = {"CREATE_ISSUES"}
    with opened(jira) as remote:
        assert "CREATE_ISSUES" not in remote.permissions("REL")
        with pytest.raises(NotAllowedError):
            make(remote)


def test_a_wrong_token_is_noticed_although_a_stranger_gets_answers(jira: FakeJira) -> None:
    with opened(jira) as remote:
        made = remote.create(draft())
    jira.site.lenient = True
    asks: list[Callable[[Remote], object]] = [
        lambda remote: remote.facts(),
        lambda remote: remote.visible([made.ticket_id]),
        lambda remote: remote.labelled(["afterwhy-2"]),
        lambda remote: remote.highest_number("REL"),
        lambda remote: remote.above("REL", 0, {"afterwhy-2": ""}),
    ]
    for ask in asks:
        with opened(jira, token="wrong") as remote, pytest.raises(NotAllowedError):  # noqa: S106
            ask(remote)


@pytest.mark.parametrize(
    "header",
    [{"X-Seraph-LoginReason": "AUTHENTICATED_FAILED"}, {"X-AUSERNAME": "anonymous"}],
    ids=lambda header: next(iter(header)),
)
def test_a_header_tells_of_a_wrong_token(jira: FakeJira, header: dict[str, str]) -> None:
    answer = Fault(Trouble.REFUSED, status=200, headers=header, body={"issues": []})
    with opened(jira) as remote:
        jira.faults.plan("POST /search*", answer)
        with pytest.raises(NotAllowedError, match="stranger"):
            remote.labelled(["afterwhy-1"])


def test_an_answer_that_is_no_search_is_not_taken_for_an_empty_one(jira: FakeJira) -> None:
    with opened(jira) as remote:
        jira.faults.plan("POST /search*", faults.refusal(200))
        with pytest.raises(UnreachableError):
            remote.labelled(["afterwhy-1"])


@pytest.mark.parametrize("ask", [make, look])
def test_a_slow_answer_is_not_waited_for_once_cancelled(
    jira: FakeJira, ask: Callable[[Remote], object]
) -> None:
    cancelled = Event()
    with opened(jira, cancelled=cancelled, timeout_s=50) as remote:
        remote.create(draft("afterwhy-0"))
        before = jira.journal.count()
        jira.faults.plan(CREATE, faults.slow(50))
        jira.faults.plan(READ, faults.slow(50))
        watcher = Thread(target=_cancel_after, args=(jira, before, cancelled))
        watcher.start()
        with pytest.raises(CancelledError):
            ask(remote)
        watcher.join()
        with pytest.raises(CancelledError):
            remote.priorities()


def _cancel_after(jira: FakeJira, count: int, cancelled: Event) -> None:
    jira.wait_for("*", count + 1)
    cancelled.set()


def test_a_silent_site_is_given_up(jira: FakeJira) -> None:
    with opened(jira, timeout_s=0.3) as remote:
        remote.facts()
        remote.create_fields("REL", "Task")
        jira.faults.plan(CREATE, faults.slow(50))
        jira.faults.plan("GET /priority", faults.slow(50))
        with pytest.raises(OutcomeUnknownError, match="no answer"):
            make(remote)
        with pytest.raises(UnreachableError, match="no answer"):
            remote.priorities()


def test_the_token_is_in_no_error_and_no_representation(jira: FakeJira) -> None:
    plans = [faults.refusal(401), faults.reset(applied=False), faults.html(), faults.refusal(500)]
    with opened(jira) as remote:
        said = [repr(remote), str(vars(remote))]
        for fault in plans:
            jira.faults.plan(CREATE, fault)
            with pytest.raises(JiraError) as raised:
                make(remote)
            error = raised.value
            said += [repr(error), error.sentence(), "".join(traceback.format_exception(error))]
    assert not [text for text in said if examples.TOKEN in text]


@pytest.mark.parametrize("token", ["", " ", "two words", "line\nbreak", "dots…", "tab\there"])
def test_what_cannot_be_a_token_is_neither_sent_nor_shown(jira: FakeJira, token: str) -> None:
    with pytest.raises(InvalidInputError) as raised, opened(jira, token=token):
        pass
    said = "".join(traceback.format_exception(raised.value))
    assert not token.strip() or token not in said
    assert jira.journal.count() == 0


def test_a_token_may_be_copied_with_a_line_end(jira: FakeJira) -> None:
    with opened(jira, token=f" {examples.TOKEN}\n") as remote:
        assert remote.facts().account_name == "Reliability bot"
