"""Searches of the fake: pages, defaults, refusals, lag and zones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.jira_fake import FakeJira, Flavour, boards, examples, issues, searching
from tests.jira_fake.refusals import RefusedError
from tests.jira_fake.wire import Wire


def keys_of(wire: Wire, jql: str) -> list[str]:
    answer = wire.search(jql, fields="summary", maxResults=100)
    assert answer.status == 200, answer.content
    return [issue["key"] for issue in answer.json["issues"]]


def test_cloud_has_no_old_search_and_data_center_no_new_one(
    cloud: FakeJira, data_center: FakeJira
) -> None:
    for version in ("2", "3"):
        wire = Wire(cloud, version=version)
        gone = [wire.get("/search", jql="project=REL"), wire.post("/search", {"jql": "x=y"})]
        assert [answer.status for answer in gone] == [410, 410]
        assert "/rest/api/3/search/jql" in gone[0].json["errorMessages"][0]
        assert wire.get("/search/jql", jql="project = REL").status == 200
    assert Wire(data_center).get("/search/jql", jql="project = REL").status == 404


def test_cloud_gives_ids_alone_unless_fields_are_named(cloud: FakeJira) -> None:
    wire = Wire(cloud)
    wire.create()
    (bare,) = wire.search("project = REL").json["issues"]
    assert list(bare) == ["id"]
    body = {"jql": "project = REL", "fields": ["summary"], "expand": "changelog"}
    (named,) = wire.post("/search/jql", body).json["issues"]
    assert named["fields"] == {"summary": "Retry"}
    assert named["changelog"]["total"] == 0


def test_cloud_pages_by_token_however_short_the_pages_are(cloud: FakeJira) -> None:
    wire = Wire(cloud)
    for _ in range(7):
        wire.create()
    cloud.site.short_page = 3
    seen: list[str] = []
    query: dict[str, object] = {"jql": "project = REL order by id", "maxResults": 100}
    while True:
        page = wire.get("/search/jql", **query).json
        seen += [issue["id"] for issue in page["issues"]]
        assert page["isLast"] == ("nextPageToken" not in page)
        if page["isLast"]:
            break
        query["nextPageToken"] = page["nextPageToken"]
    assert len(seen) == len(set(seen)) == 7
    assert cloud.journal.count("GET /search/jql") == 3
    query["nextPageToken"] = "invented"
    assert wire.get("/search/jql", **query).status == 400


def test_data_center_pages_by_position(data_center: FakeJira) -> None:
    wire = Wire(data_center)
    for _ in range(5):
        wire.create()
    page = wire.search("project = REL order by key", startAt=2, maxResults=2).json
    assert (page["startAt"], page["maxResults"], page["total"]) == (2, 2, 5)
    assert [issue["key"] for issue in page["issues"]] == ["REL-3", "REL-4"]
    assert "summary" in page["issues"][0]["fields"]
    data_center.site.short_page = 1
    assert len(wire.search("project = REL", maxResults=50).json["issues"]) == 1


@pytest.mark.parametrize(
    "jql",
    [
        "",
        "order by created",
        "project = NOPE",
        "nonsense = 1",
        "project = REL and",
        "project REL",
        "sprint in inventedSprints()",
        "status = Invented",
        "key = REL-99",
        "sprint = 999",
        'updated >= "2026-03-02 09:00:30"',
        "labels > x",
        "project = REL order by invented",
    ],
)
def test_a_query_without_bounds_or_sense_is_refused(jira: FakeJira, jql: str) -> None:
    wire = Wire(jira)
    wire.create()
    answer = wire.search(jql)
    assert answer.status == 400
    assert answer.json["errorMessages"]


def test_data_center_has_the_change_logs_in_the_search(data_center: FakeJira) -> None:
    site, wire = data_center.site, Wire(data_center)
    for key in (wire.create(), wire.create()):
        issues.edit(site, site.users[examples.BOT], site.issue(key), {"summary": "Other"})
    found = wire.search("project = REL", fields="status", expand="changelog").json["issues"]
    assert [one["changelog"]["total"] for one in found] == [1, 1]
    body = {"jql": "project = REL", "fields": ["status"], "expand": ["changelog"]}
    assert wire.post("/search", body).json["issues"] == found


WORDS = (
    'project = REL and or not ( ) in is empty order by , labels updated >= -1d "2026-03-02 09:00" '
    "key REL-1 ~ x sprint openSprints() now() != ' \" due < desc resolution status"
)
PARTS = st.sampled_from(WORDS.split(" "))


@given(st.one_of(st.text(), st.lists(PARTS).map(" ".join)))
def test_any_text_is_a_query_or_is_refused(jql: str) -> None:
    site = examples.site(Flavour.CLOUD)
    me = site.users[examples.BOT]
    fields = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    issues.create(site, me, fields)
    refused = None
    try:
        found = searching.find(site, me, jql)
    except RefusedError as refusal:
        refused, found = refusal.status, []
    assert refused in (None, 400)
    assert found in ([], list(site.issues.values()))


def test_unknown_keys_may_be_let_through_on_data_center(data_center: FakeJira) -> None:
    wire = Wire(data_center)
    wire.create()
    query = {"jql": "key in (REL-1, REL-99)", "fields": ["summary"], "validateQuery": False}
    assert [one["key"] for one in wire.post("/search", query).json["issues"]] == ["REL-1"]


def test_what_queries_can_ask(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    for label in ("afterwhy-a", "afterwhy-b", "other"):
        wire.create(labels=[label], summary=f"Retry {label}")
    wire.create(summary="No label")
    me = site.users[examples.BOT]
    sprint = site.add_sprint(1, "Sprint [1], late")
    boards.put(site, me, ["REL-2"], sprint)
    issues.transition(site, me, site.issue("REL-3"), "31")
    by_id = site.issue("REL-1").id
    expected = {
        "labels = afterwhy-a": ["REL-1"],
        'labels in ("afterwhy-a", "afterwhy-b") order by key desc': ["REL-2", "REL-1"],
        "labels = nothing": [],
        "labels is empty and project = rel": ["REL-4"],
        "labels != other order by key": ["REL-1", "REL-2"],
        "labels is not empty and not labels in (other) order by key": ["REL-1", "REL-2"],
        "project = REL and (key = REL-1 or key = REL-4) order by key": ["REL-1", "REL-4"],
        "project = REL AND key > REL-2 ORDER BY key": ["REL-3", "REL-4"],
        f"id in ({by_id})": ["REL-1"],
        f"sprint = {sprint.id}": ["REL-2"],
        'sprint = "Sprint [1], late"': ["REL-2"],
        "sprint in futureSprints()": ["REL-2"],
        f"cf[10020] = {sprint.id}": ["REL-2"],
        "sprint in openSprints()": [],
        "statusCategory = Done": ["REL-3"],
        "resolution = Done": ["REL-3"],
        "resolution is empty and status != Done order by key": ["REL-1", "REL-2", "REL-4"],
        "summary ~ retry and reporter = currentUser() and labels = other": ["REL-3"],
        "assignee is empty and updated >= -1d and due is empty and key = REL-1": ["REL-1"],
    }
    assert {jql: keys_of(wire, jql) for jql in expected} == expected


def test_the_search_lags_behind_and_reading_does_not(jira: FakeJira) -> None:
    wire = Wire(jira)
    jira.site.lag = timedelta(minutes=3)
    key = wire.create(labels=["afterwhy-1"])
    assert keys_of(wire, "labels = afterwhy-1") == []
    assert wire.issue(key)["key"] == key
    jira.site.clock.advance(minutes=3)
    assert keys_of(wire, "labels = afterwhy-1") == [key]
    wire.put(f"/issue/{key}", {"fields": {"labels": ["gone"]}})
    assert keys_of(wire, "labels = afterwhy-1") == [key], "the index knows no better yet"
    if jira.site.cloud:
        number = wire.issue(key)["id"]
        body = {"jql": "labels = gone", "reconcileIssues": [int(number)]}
        assert wire.post("/search/jql", body).json["issues"] == [{"id": number}]


@pytest.mark.parametrize(
    ("zone", "local"),
    [("America/Los_Angeles", "2026-03-02 01:00"), ("Asia/Kolkata", "2026-03-02 14:30")],
)
def test_dates_are_read_in_the_callers_zone_by_the_minute(
    jira: FakeJira, zone: str, local: str
) -> None:
    site, wire = jira.site, Wire(jira)
    site.users[examples.BOT].zone = zone
    site.zone = "Europe/Berlin"
    site.clock.now = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC)
    key = wire.create()
    assert wire.issue(key)["fields"]["updated"] == "2026-03-02T10:00:30.000+0100", "the site's"
    assert wire.get("/myself").json["timeZone"] == zone
    assert keys_of(wire, f'updated >= "{local}"') == [key], "the minute began before"
    assert keys_of(wire, f'updated <= "{local}"') == []
    assert keys_of(wire, 'updated >= "2026/03/02 09:01" and updated < "2026/03/02 10:00"') == []


def test_many_are_fetched_at_once_and_the_unseen_named(cloud: FakeJira) -> None:
    wire = Wire(cloud, version="3")
    wire.create()
    body = {"issueIdsOrKeys": ["REL-1", "REL-2"], "fields": ["summary"]}
    answer = wire.post("/issue/bulkfetch", body).json
    assert [one["fields"]["summary"] for one in answer["issues"]] == ["Retry"]
    assert [one["id"] for one in answer["issueErrors"]] == ["REL-2"]
    too_many = {"issueIdsOrKeys": [str(number) for number in range(101)]}
    assert wire.post("/issue/bulkfetch", too_many).status == 400


def test_change_logs_are_fetched_at_once_where_the_site_can(cloud: FakeJira) -> None:
    site, wire = cloud.site, Wire(cloud, version="3")
    me = site.users[examples.BOT]
    for key in (wire.create(), wire.create()):
        issues.edit(site, me, site.issue(key), {"summary": "Other"})
        issues.edit(site, me, site.issue(key), {"labels": ["x"]})
    site.short_page = 3
    body: dict[str, object] = {"issueIdsOrKeys": ["REL-1", "REL-2"]}
    first = wire.post("/changelog/bulkfetch", body).json
    rest = wire.post("/changelog/bulkfetch", body | {"nextPageToken": first["nextPageToken"]}).json
    assert "nextPageToken" not in rest
    logs = [*first["issueChangeLogs"], *rest["issueChangeLogs"]]
    assert sum(len(log["changeHistories"]) for log in logs) == 4
    created = logs[0]["changeHistories"][0]["created"]
    assert created == int(site.issue("REL-1").entries[0].at.timestamp() * 1000)
    labels = wire.post("/changelog/bulkfetch", body | {"fieldIds": ["labels"]}).json
    assert [len(log["changeHistories"]) for log in labels["issueChangeLogs"]] == [1, 1]
    site.bulk_changelogs = False
    assert wire.post("/changelog/bulkfetch", body).status == 404


def test_one_issues_change_log_is_paged_oldest_first(cloud: FakeJira) -> None:
    site, wire = cloud.site, Wire(cloud, version="3")
    key = wire.create()
    for summary in "abc":
        issues.edit(site, site.users[examples.BOT], site.issue(key), {"summary": summary})
    site.short_page = 2
    page = wire.get(f"/issue/{key}/changelog").json
    assert [one["items"][0]["toString"] for one in page["values"]] == ["a", "b"]
    assert (page["isLast"], page["total"]) == (False, 3)
    newest = wire.issue(key, expand="changelog")["changelog"]["histories"][0]
    assert newest["items"][0]["toString"] == "c", "inside an issue, the newest come first"


def test_old_keys_still_find_a_moved_issue(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    key = wire.create()
    site.add_project("OPS", "Operations", examples.WORKFLOW)
    issues.move(site, site.users[examples.BOT], site.issue(key), "OPS")
    assert keys_of(wire, f"key = {key}") == ["OPS-1"]
