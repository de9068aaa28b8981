"""Issues of the fake: made, refused, changed, moved, hidden, deleted."""

import pytest

from tests.jira_fake import FakeJira, Kind, examples, issues
from tests.jira_fake.records import Transition
from tests.jira_fake.wire import Wire

DOCUMENT = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Cap the pool"}]}],
}


def test_an_issue_is_made_once_per_post_with_label_and_property(jira: FakeJira) -> None:
    wire = Wire(jira)
    place = {"project": {"key": "REL"}, "issuetype": {"id": "10001"}}
    body = {
        "fields": place | {"summary": "Cap the pool", "labels": ["afterwhy-1"]},
        "properties": [{"key": "afterwhy", "value": {"id": "1"}}],
    }
    first, second = wire.post("/issue", body), wire.post("/issue", body)
    assert [first.status, second.status] == [201, 201], "there is no idempotency"
    assert [first.json["key"], second.json["key"]] == ["REL-1", "REL-2"]
    fields = wire.issue("REL-1")["fields"]
    assert fields["labels"] == ["afterwhy-1"]
    assert fields["status"]["statusCategory"]["key"] == "new"
    assert wire.get("/issue/REL-1/properties/afterwhy").json["value"] == {"id": "1"}
    assert jira.journal.count("POST /issue") == 2


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"summary": "x" * 256}, "summary", "255"),
        ({"summary": "one\ntwo"}, "summary", "newline"),
        ({"summary": ""}, "summary", "must specify a summary"),
        ({"labels": ["two words"]}, "labels", "contains spaces"),
        ({"priority": {"name": "Whatever"}}, "priority", "invalid"),
        ({"duedate": "soon"}, "duedate", "date"),
        ({"assignee": {"accountId": "x", "name": "x"}}, "assignee", "does not exist"),
        ({"issuetype": {"name": "Saga"}}, "issuetype", "valid issue type"),
        ({"project": {"key": "NO"}}, "project", "project"),
        ({"customfield_1": "x"}, "customfield_1", "appropriate screen"),
        ({examples.SPRINT_FIELD: "1"}, examples.SPRINT_FIELD, "Number"),
        ({examples.SPRINT_FIELD: 999}, examples.SPRINT_FIELD, "does not exist"),
        ({"description": 5}, "description", "must be a string"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(
    jira: FakeJira, fields: dict[str, object], field: str, said: str
) -> None:
    place = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    answer = Wire(jira).post("/issue", {"fields": place | fields})
    assert answer.status == 400
    assert list(answer.json["errors"]) == [field]
    assert said in answer.json["errors"][field]
    assert not jira.site.issues, "nothing was made"


def test_required_and_off_screen_fields_of_the_site(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    team = site.add_field("customfield_10071", "Team", Kind.OPTION, ["Payments", "Search"])
    screen = site.project("REL").screens["10001"]
    screen.required.add(team.id)
    screen.create.remove("labels")
    place = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    assert wire.post("/issue", {"fields": place}).json["errors"] == {team.id: "Team is required."}
    place |= {team.id: {"value": "Payments"}}
    refused = wire.post("/issue", {"fields": place | {"labels": ["afterwhy-1"]}})
    assert refused.json["errors"]["labels"].startswith("Field 'labels' cannot be set.")
    assert wire.post("/issue", {"fields": place}).status == 201
    assert wire.issue("REL-1")["fields"][team.id]["value"] == "Payments"


def test_long_text_is_wiki_text_in_version_2_and_a_document_in_version_3(cloud: FakeJira) -> None:
    old, new = Wire(cloud), Wire(cloud, version="3")
    place = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    refused = new.post("/issue", {"fields": place | {"description": "text"}})
    assert refused.status == 400
    assert "Atlassian Document" in refused.json["errors"]["description"]
    broken = {"type": "doc", "version": 1, "content": [{"type": "text", "text": "loose"}]}
    assert new.post("/issue", {"fields": place | {"description": broken}}).status == 400
    assert new.post("/issue", {"fields": place | {"description": DOCUMENT}}).status == 201
    assert new.issue("REL-1")["fields"]["description"] == DOCUMENT
    assert old.issue("REL-1")["fields"]["description"].strip() == "Cap the pool"
    old.create(description="*bold* {code}")
    assert old.issue("REL-2")["fields"]["description"] == "*bold* {code}"
    assert new.issue("REL-2")["fields"]["description"]["type"] == "doc"


def test_data_center_has_no_version_3(data_center: FakeJira) -> None:
    assert Wire(data_center, version="3").get("/myself").status == 404


def test_edits_change_the_issue_and_its_change_log(jira: FakeJira) -> None:
    wire = Wire(jira)
    key = wire.create(labels=["kept"], priority={"id": "3"})
    colleague = jira.site.users[examples.COLLEAGUE]
    named = {"accountId": colleague.account_id} if jira.site.cloud else {"name": colleague.name}
    edited = {"fields": {"summary": "Retry less", "assignee": named, "duedate": "2026-04-01"}}
    assert (
        wire.put(f"/issue/{key}", edited | {"update": {"labels": [{"add": "new"}]}}).status == 204
    )
    assert wire.put(f"/issue/{key}", {"fields": {"priority": {"id": "3"}}}).status == 204
    shown = wire.issue(key, expand="changelog")
    assert shown["fields"]["labels"] == ["kept", "new"]
    assert shown["fields"]["assignee"]["displayName"] == "Platform owner"
    (entry,) = shown["changelog"]["histories"]
    lines = {item["field"]: (item["fromString"], item["toString"]) for item in entry["items"]}
    assert lines == {
        "summary": ("Retry", "Retry less"),
        "assignee": (None, "Platform owner"),
        "duedate": (None, "2026-04-01"),
        "labels": ("kept", "kept new"),
    }
    assert {"fieldId" in item for item in entry["items"]} == {jira.site.cloud}


def test_a_transition_wants_what_its_screen_wants(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    key = wire.create()
    workflow = site.project("REL").workflow
    workflow[-1] = Transition("41", "Close", examples.DONE, None, ("resolution",), ("resolution",))
    assert wire.post(f"/issue/{key}/transitions", {"transition": {"id": "31"}}).json[
        "errorMessages"
    ] == ["Transition id '31' is not valid for this issue."]
    ways = wire.get(f"/issue/{key}/transitions", expand="transitions.fields").json["transitions"]
    closing = next(way for way in ways if way["name"] == "Close")
    assert closing["fields"]["resolution"]["required"] is True
    refused = wire.post(f"/issue/{key}/transitions", {"transition": {"id": "41"}})
    assert refused.json["errors"] == {"resolution": "Resolution is required."}
    body = {"transition": {"id": "41"}, "fields": {"resolution": {"name": "Won't Do"}}}
    assert wire.post(f"/issue/{key}/transitions", body).status == 204
    fields = wire.issue(key)["fields"]
    assert (fields["status"]["name"], fields["resolution"]["name"]) == ("Done", "Won't Do")
    assert fields["resolutiondate"]
    assert wire.post(f"/issue/{key}/transitions", {"transition": {"id": "11"}}).status == 204
    reopened = wire.issue(key)["fields"]
    assert (reopened["resolution"], reopened["resolutiondate"]) == (None, None)


def test_a_moved_issue_keeps_its_id_and_its_old_key_leads_to_it(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    key = wire.create()
    site.add_project("OPS", "Operations", examples.WORKFLOW)
    number = wire.issue(key)["id"]
    issues.move(site, site.users[examples.COLLEAGUE], site.issue(key), "OPS")
    for name in (key, "OPS-1", number):
        shown = wire.issue(name, expand="changelog")
        assert (shown["id"], shown["key"]) == (number, "OPS-1")
        assert shown["fields"]["project"]["key"] == "OPS"
    (entry,) = shown["changelog"]["histories"]
    assert [item["field"] for item in entry["items"]] == ["project", "Key"]
    assert wire.create() == "REL-2", "a key is not given twice"


def test_deleted_hidden_and_forbidden_are_the_same_404(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    deleted, hidden, shut = wire.create(), wire.create(), wire.create()
    issues.delete(site, site.issue(deleted))
    site.issue(hidden).hidden_from.add(examples.BOT)
    gone, unseen = wire.get(f"/issue/{deleted}"), wire.get(f"/issue/{hidden}")
    site.project("REL").denied[examples.BOT] = {"BROWSE_PROJECTS"}
    answers = [
        gone,
        unseen,
        wire.get(f"/issue/{shut}"),
        Wire(jira, user=None).get(f"/issue/{shut}"),
    ]
    assert [answer.status for answer in answers] == [404] * 4
    assert len({answer.content for answer in answers}) == 1
    other = Wire(jira, examples.COLLEAGUE)
    assert other.get(f"/issue/{hidden}").status == 200


def test_a_missing_permission_is_a_403_that_changes_nothing(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    key = wire.create()
    site.project("REL").denied[examples.BOT] = {"CREATE_ISSUES", "EDIT_ISSUES"}
    place = {"project": {"key": "REL"}, "issuetype": {"name": "Task"}, "summary": "Retry"}
    assert wire.post("/issue", {"fields": place}).status in (400, 403)
    assert wire.put(f"/issue/{key}", {"fields": {"summary": "No"}}).status == 403
    assert len(site.issues) == 1
    assert wire.issue(key)["fields"]["summary"] == "Retry"


def test_nobody_gets_200_and_nothing_and_a_wrong_token_401(jira: FakeJira) -> None:
    wire = Wire(jira)
    wire.create()
    nobody, wrong = Wire(jira, user=None), Wire(jira, token="expired")  # noqa: S106 - none
    found = nobody.search("project = REL")
    assert (found.status, found.json["issues"]) == (200, [])
    assert (nobody.get("/project").status, nobody.get("/project").json) == (200, [])
    assert nobody.get("/serverInfo").status == 200
    assert nobody.get("/myself").status == 401
    assert [wrong.get(path).status for path in ("/myself", "/project", "/issue/REL-1")] == [401] * 3


def test_a_remote_link_with_a_known_global_id_is_changed(jira: FakeJira) -> None:
    wire = Wire(jira)
    key = wire.create()
    page = {"url": "https://example.com/1", "title": "One"}
    path = f"/issue/{key}/remotelink"
    first = wire.post(path, {"globalId": "afterwhy:1", "object": page})
    again = wire.post(path, {"globalId": "afterwhy:1", "object": page | {"title": "2"}})
    assert (first.status, again.status) == (201, 200)
    assert first.json["id"] == again.json["id"]
    (shown,) = wire.get(f"/issue/{key}/remotelink").json
    assert (shown["globalId"], shown["object"]["title"]) == ("afterwhy:1", "2")
    assert wire.get(f"/issue/{key}/remotelink", globalId="afterwhy:1").json["id"] == shown["id"]
    assert wire.post(f"/issue/{key}/remotelink", {"object": {"title": "no url"}}).status == 400


def test_properties_are_kept_and_replaced(jira: FakeJira) -> None:
    wire = Wire(jira)
    path = f"/issue/{wire.create()}/properties"
    assert wire.put(f"{path}/afterwhy", {"id": 1}).status == 201
    assert wire.put(f"{path}/afterwhy", {"id": 2}).status == 200
    assert [key["key"] for key in wire.get(path).json["keys"]] == ["afterwhy"]
    assert wire.get(f"{path}/afterwhy").json["value"] == {"id": 2}
    assert wire.delete(f"{path}/afterwhy").status == 204
    assert wire.get(f"{path}/afterwhy").status == 404
