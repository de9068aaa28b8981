"""What a site says of itself: version, people, projects, screens, permissions."""

from tests.jira_fake import FakeJira, Field, Kind, examples
from tests.jira_fake.wire import Wire


def test_the_flavour_shows_in_the_server_info(jira: FakeJira) -> None:
    shown = Wire(jira, user=None).get("/serverInfo").json
    assert shown["baseUrl"] == jira.url
    if jira.site.cloud:
        assert shown["deploymentType"] == "Cloud"
    else:
        assert (shown["deploymentType"], shown["versionNumbers"]) == ("Server", [10, 3, 24])


def test_people_have_account_ids_on_cloud_and_names_elsewhere(jira: FakeJira) -> None:
    wire = Wire(jira)
    me = wire.get("/myself").json
    assert ("accountId" in me, "name" in me) == (jira.site.cloud, not jira.site.cloud)
    query = {"query" if jira.site.cloud else "username": "platform"}
    (found,) = wire.get("/user/assignable/search", project="REL", **query).json
    assert found["displayName"] == "Platform owner"
    assert wire.get("/user/search", **query).json == [found]
    assert wire.get("/user/search").status == 400
    assert Wire(jira, user=None).get("/user/search", **query).json == []
    key = wire.create()
    named = {"accountId": found.get("accountId"), "name": found.get("name")}
    assert wire.put(f"/issue/{key}/assignee", named).status == 204
    assert wire.issue(key)["fields"]["assignee"]["displayName"] == "Platform owner"
    nobody = {"accountId": None} if jira.site.cloud else {"name": None}
    assert wire.put(f"/issue/{key}/assignee", nobody).status == 204
    assert wire.issue(key)["fields"]["assignee"] is None
    jira.site.project("REL").denied[examples.COLLEAGUE] = {"BROWSE_PROJECTS"}
    assert wire.get("/user/assignable/search", issueKey=key, **query).json == []
    assert wire.put(f"/issue/{key}/assignee", named).status == 400


def test_create_screens_come_in_the_flavours_envelope_and_in_pages(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    team = site.add_field("customfield_10071", "Team", Kind.OPTION, ["Payments", "Search"])
    site.project("REL").screens["10001"].required.add(team.id)
    path = "/issue/createmeta/REL/issuetypes"
    types = wire.get(path).json
    assert [one["name"] for one in types["issueTypes" if site.cloud else "values"]] == [
        "Task",
        "Bug",
    ]
    envelope = "fields" if site.cloud else "values"
    site.short_page = 4
    fields, start = [], 0
    while True:
        page = wire.get(f"{path}/10001", startAt=start).json
        fields += page[envelope]
        start += len(page[envelope])
        if start >= page["total"]:
            break
    rules = {field["fieldId"]: field for field in fields}
    assert {id for id, rule in rules.items() if rule["required"]} == {
        *("project", "issuetype", "summary"),
        team.id,
    }
    assert [value["value"] for value in rules[team.id]["allowedValues"]] == ["Payments", "Search"]
    assert rules[examples.SPRINT_FIELD]["schema"]["custom"].endswith("gh-sprint")
    site.project("REL").denied[examples.BOT] = {"CREATE_ISSUES"}
    assert wire.get(path).status == 400


def test_the_sprint_field_has_any_id_and_any_name(jira: FakeJira) -> None:
    site, wire = jira.site, Wire(jira)
    del site.fields[examples.SPRINT_FIELD]
    site.fields["customfield_12345"] = Field("customfield_12345", "Itération", Kind.SPRINT)
    shown = [
        field
        for field in wire.get("/field").json
        if field["schema"].get("custom") == "com.pyxis.greenhopper.jira:gh-sprint"
    ]
    assert [(field["id"], field["name"]) for field in shown] == [("customfield_12345", "Itération")]
    assert Wire(jira, user=None).get("/field").json == []


def test_edit_screens_tell_what_can_be_changed(jira: FakeJira) -> None:
    jira.site.project("REL").screens["10001"].edit.remove("duedate")
    wire = Wire(jira)
    key = wire.create()
    fields = wire.get(f"/issue/{key}/editmeta").json["fields"]
    assert "summary" in fields
    assert "duedate" not in fields
    refused = wire.put(f"/issue/{key}", {"fields": {"duedate": "2026-04-01"}})
    assert refused.json["errors"]["duedate"].startswith("Field 'duedate' cannot be set.")


def test_projects_statuses_priorities_and_resolutions(jira: FakeJira) -> None:
    wire = Wire(jira)
    hidden = jira.site.add_project("SEC", "Hidden", examples.WORKFLOW)
    hidden.denied[examples.BOT] = {"BROWSE_PROJECTS"}
    assert [one["key"] for one in wire.get("/project").json] == ["REL"]
    assert [one["name"] for one in wire.get("/project/REL").json["issueTypes"]] == ["Task", "Bug"]
    assert wire.get("/project/SEC").status == 404
    statuses = wire.get("/project/REL/statuses").json[0]["statuses"]
    assert [one["statusCategory"]["key"] for one in statuses] == ["new", "indeterminate", "done"]
    assert len(wire.get("/status").json) == 3
    assert {one["name"] for one in wire.get("/priority").json} >= {"Highest", "Medium"}
    assert {one["name"] for one in wire.get("/resolution").json} >= {"Done", "Won't Do"}
    if jira.site.cloud:
        page = wire.get("/project/search", query="rel").json
        assert ([one["key"] for one in page["values"]], page["isLast"]) == (["REL"], True)


def test_permissions_are_told_by_name(jira: FakeJira) -> None:
    wire = Wire(jira)
    jira.site.project("REL").denied[examples.BOT] = {"CREATE_ISSUES"}
    asked = {"projectKey": "REL"}
    if jira.site.cloud:
        asked["permissions"] = "CREATE_ISSUES,EDIT_ISSUES"
    shown = wire.get("/mypermissions", **asked).json["permissions"]
    assert not shown["CREATE_ISSUES"]["havePermission"]
    assert shown["EDIT_ISSUES"]["havePermission"]
    bare = wire.get("/mypermissions", projectKey="REL")
    assert bare.status == (400 if jira.site.cloud else 200)
