"""What a site offers, what is likely of it, and the lines of a test."""

import pytest

from integrations.jira import offers, people, verdicts
from integrations.jira.remote import NotAllowedError, UnreachableError
from integrations.jira.verdicts import Verdict
from models.errors import InvalidInputError
from models.tracking.connections import Connection, Person
from models.tracking.defaults import likely_priorities, likely_states
from models.tracking.translating import account_of
from tests.integrations.jira.opening import connection, opened
from tests.jira_fake import FakeJira, Kind, examples, faults, issues

TEAM = "customfield_10500"


def look(jira: FakeJira, draft: Connection) -> offers.Offer:
    with opened(jira) as remote:
        return offers.look_around(remote, draft)


def lines(draft: Connection, offer: offers.Offer) -> dict[str, tuple[str, str]]:
    return {one.title: (one.verdict, one.text) for one in verdicts.verdicts(draft, offer)}


def test_a_site_fills_what_nobody_chose_and_says_what_is_missing(jira: FakeJira) -> None:
    one = {"project": {"key": "REL"}, "issuetype": {"id": "10001"}, "summary": "The first"}
    jira.site.add_field(TEAM, "Team", Kind.OPTION, ["Payments", "Search"])
    sprint = jira.site.add_sprint(1, "Sprint 44")
    issues.create(jira.site, jira.site.users[examples.BOT], one)
    for screen in jira.site.project("REL").screens.values():
        screen.required.add(TEAM)
    draft = offers.begin(jira.url, connection(jira).flavour)
    offer = look(jira, draft)
    asked = jira.journal.routes()
    assert [route for route in asked if asked[route] > 1 and "search" not in route] == []
    draft = offers.settled(draft, offer)
    assert (draft.project, draft.issue_type, draft.board) == ("REL", "Task", 1)
    assert draft.priorities == {"P0": "Highest", "P1": "High", "P2": "Medium", "P3": "Low"}
    assert draft.states == {"ready": "To Do", "in progress": "In Progress", "done": "Done"}
    assert [one.name for one in offers.missing(draft, offer)] == ["Team"]
    found = lines(draft, offer)
    assert found["Signed in"] == (Verdict.GOOD, "as Reliability bot, time zone Etc/UTC")
    assert found["Can create a Task in REL"] == (Verdict.GOOD, "and add labels and remote links")
    assert found["Can schedule tickets"] == (Verdict.GOOD, f"{sprint.name} planned")
    assert found["Sprint history can be read"][0] is Verdict.GOOD
    assert found["Team needs a value"] == (Verdict.WARNING, "REL refuses a Task without it")
    assert not verdicts.works(verdicts.verdicts(draft, offer))

    with pytest.raises(InvalidInputError, match="Team cannot be 'Ops'"):
        offers.with_field(draft, offer, "Team", "Ops")
    mended = offers.with_field(draft, offer, "team", "payments")
    assert not offers.missing(mended, offer)
    assert verdicts.works(verdicts.verdicts(mended, offer))
    creating = ("POST /issue", "PUT *", "DELETE *")
    assert not any(jira.journal.count(route) for route in creating)
    assert jira.journal.count() <= 20


def test_what_is_closed_stands_in_no_others_way(jira: FakeJira) -> None:
    jira.site.boards.clear()
    jira.site.add_board("REL", "kanban", "Flow")
    jira.site.project("REL").denied[examples.BOT] = {"CREATE_ISSUES", "ASSIGN_ISSUES"}
    draft = offers.settled(connection(jira), offer := look(jira, connection(jira)))
    found = lines(draft, offer)
    assert found["No sprints"] == (Verdict.NOTE, "Flow is a Kanban board")
    assert found["Cannot create a Task in REL"][0] is Verdict.FAILED
    assert found["Cannot assign tickets"][0] is Verdict.WARNING


def test_a_site_that_tells_no_permissions_is_tried_all_the_same(jira: FakeJira) -> None:
    jira.faults.plan("GET /mypermissions", faults.refusal(404, "Not here."))
    jira.faults.plan("GET /project*", faults.refusal(403, "Not for you."))
    draft = offers.settled(connection(jira), offer := look(jira, connection(jira)))
    found = lines(draft, offer)
    assert found["Can create a Task in REL"][0] is Verdict.GOOD
    assert found["Permissions not told"][0] is Verdict.NOTE


def test_who_is_not_let_in_is_told_so(jira: FakeJira) -> None:
    with opened(jira, token="stale") as remote, pytest.raises(NotAllowedError) as refused:  # noqa: S106
        offers.look_around(remote, connection(jira))
    said = verdicts.failure(refused.value)
    assert [one.title for one in said] == ["Site answers", "Not signed in"]
    jira.faults.plan("GET /serverInfo", faults.reset(applied=False))
    with opened(jira) as remote, pytest.raises(UnreachableError) as lost:
        offers.look_around(remote, connection(jira))
    assert verdicts.failure(lost.value)[0].title == "Site does not answer"


def test_owners_are_matched_exactly_or_not_at_all(jira: FakeJira) -> None:
    draft = connection(jira)
    with opened(jira) as remote:
        found = people.match(remote, draft, ["Platform owner", "platform", "", "nobody"])
    assert [one.owner for one in found] == ["Platform owner", "platform", "nobody"]
    bot, part, none = found
    assert bot.account
    assert part.found
    assert (part.account, none.found) == ("", ())
    draft = people.confirmed(draft, found, {"platform": bot.account, "nobody": ""})
    assert draft.people == (Person("platform", bot.account, "Platform owner"),)
    draft = people.confirmed(draft, found, {"Platform owner": ""})
    assert account_of("Platform owner", draft.people) == "", "nobody, although one fits"


@pytest.mark.parametrize(
    ("names", "mapped"),
    [
        (["Blocker", "Critical", "Major", "Minor", "Trivial"], "Blocker Critical Major Minor"),
        (["Höchste", "Hoch", "Mittel", "Niedrig", "Niedrigste"], "Höchste Hoch Mittel Niedrig"),
        (["Must", "Should", "Could"], "Must Must Should Could"),
        (["P3 - low", "P2 - some", "P1 - high", "P0 - all"], "P0 P1 P2 P3"),
        (["Normal"], "Normal Normal Normal Normal"),
        ([], ""),
    ],
)
def test_likely_priorities(names: list[str], mapped: str) -> None:
    assert " ".join(name.split(" ")[0] for name in likely_priorities(names).values()) == mapped


def test_likely_states_leave_unknown_ones_to_their_category() -> None:
    assert likely_states(["Zu erledigen", "In progress", "Cancelled"]) == {
        "in progress": "In progress",
        "won't do": "Cancelled",
    }
