"""What Jira asks for before it goes on is known here, and answered without asking the site."""

from tests.app.cli.jira.conftest import Desk
from tests.app.cli.jira.test_syncing import require_team
from tests.jira_fake import Kind
from tests.jira_fake.examples import DONE
from tests.jira_fake.records import Transition

CAUSE = "customfield_10060"


def test_what_a_new_ticket_lacks_is_answered_without_the_site(cloud_desk: Desk) -> None:
    desk = cloud_desk
    _, search = require_team(desk)
    name = desk.add("Limit retries")
    refused = desk.afterwhy("jira", "sync", "--yes")
    assert f'afterwhy jira answer {name} "Team=..."' in refused.out
    (entry,) = desk("outbox").json["entries"]
    assert entry["wants"] == [
        {
            "id": "customfield_10031",
            "name": "Team",
            "kind": "option",
            "choices": ["Payments", "Search"],
        }
    ]
    asked = desk.jira.journal.count()
    assert "It can be: Payments, Search." in desk("answer", name, "Team=Nobody").json["error"].get(
        "advice"
    )
    assert "still empty" in desk("answer", name, "Team=").json["error"]["message"]
    given = desk("answer", name, "team=search").json
    assert given == {"action": name, "fields": {"customfield_10031": {"id": search}}}
    assert desk.jira.journal.count() == asked
    assert [c["action"] for c in desk.sync("--yes").json["created"]] == [name]
    assert desk("answer", name, "Team=Search").code == 1, "nothing is asked for any more"


def test_what_a_step_asks_for_is_answered_like_a_refused_creation(cloud_desk: Desk) -> None:
    desk = cloud_desk
    site = desk.jira.site
    site.add_field(CAUSE, "Root cause", Kind.OPTION, ["Code", "Setup"], everywhere=False)
    close = Transition("31", "Close", DONE, None, (CAUSE,), (CAUSE,), "10000")
    site.project("REL").workflow[-1] = close
    name = desk.add("Limit retries")
    desk.sync("--yes")
    desk.set(name, "state=done")
    told = desk.sync().json["attention"]
    assert [(one["action"], one["state"], one["fields"]) for one in told] == [
        (name, "refused", ["Root cause"])
    ]
    assert "afterwhy" not in told[0]["reason"], "a window shows it, too"
    (refused,) = desk("outbox").json["entries"]
    assert (refused["state"], refused["key"], refused["attention"]) == ("refused", "REL-1", True)
    assert [(one["name"], one["choices"]) for one in refused["wants"]] == [
        ("Root cause", ["Code", "Setup"])
    ]
    asked = desk.jira.journal.count()
    assert desk("answer", name, "Root cause=Weather").code == 1
    assert desk("answer", name, "Root cause=Code", "--always").code == 1
    assert desk("answer", name, f"{CAUSE}=Code").code == 0
    assert desk.jira.journal.count() == asked
    assert [one["fields"] for one in desk.sync().json["updated"]] == [["state"]]
    (issue,) = desk.issues
    assert desk.jira.site.fields[CAUSE].options[issue.values[CAUSE]] == "Code"
