"""A ticket's whole way through the gateway, on both flavours."""

from datetime import timedelta

import pytest

from integrations.jira.remote import Story
from models.tracking.sprints import SprintState
from tests.integrations.jira.opening import draft, opened
from tests.jira_fake import FakeJira, boards, examples, faults


def test_a_ticket_is_made_with_everything_it_is_to_say(jira: FakeJira) -> None:
    sprint = jira.site.add_sprint(1, "Sprint [1], with commas")
    with opened(jira) as remote:
        facts = remote.facts()
        made = remote.create(draft(priority="High", due="2026-04-01", account=facts.account))
        remote.put_in_sprint(made.ticket_id, sprint.id)
        (issue,) = remote.read([made.ticket_id])
    assert (issue.ticket_id, issue.key) == (made.ticket_id, made.ticket_key)
    assert issue.title == "Retry with jitter"
    assert (issue.priority, issue.due) == ("High", "2026-04-01")
    assert (issue.account, issue.account_name) == (facts.account, "Reliability bot")
    assert jira.site.issues[int(made.ticket_id)].values["labels"] == ["afterwhy", "afterwhy-1"]
    assert issue.sprints is not None
    (seen,) = issue.sprints
    assert (seen.id, seen.name, seen.state) == (sprint.id, sprint.name, SprintState.FUTURE)
    assert issue.url == f"{jira.url}/browse/REL-1"
    assert (issue.status, issue.category, issue.resolution) == ("To Do", "new", "")


def test_a_ticket_is_found_by_label_and_among_the_newest_keys(jira: FakeJira) -> None:
    with opened(jira) as remote:
        assert remote.highest_number("REL") == 0
        first = remote.create(draft("afterwhy-1"))
        jira.site.lag = timedelta(minutes=3)
        second = remote.create(draft("afterwhy-2"))
        jira.site.clock.advance(minutes=1)
        assert remote.above("REL", 0, {"afterwhy-2": ""}) == {"afterwhy-2": (second,)}
        assert remote.above("REL", 1, {"afterwhy-1": ""}) == {}
        jira.site.clock.advance(minutes=3)
        wanted = ["afterwhy-1", "afterwhy-2", "afterwhy-3"]
        assert remote.labelled(wanted) == {"afterwhy-1": (first,), "afterwhy-2": (second,)}
        assert remote.highest_number("REL") == 2


def test_changes_go_out_and_come_back(jira: FakeJira) -> None:
    sprint = jira.site.add_sprint(1, "Sprint 1")
    with opened(jira) as remote:
        made = remote.create(draft(priority="High", due="2026-04-01"))
        jira.site.clock.advance(minutes=30)
        since = jira.site.clock.now
        assert list(remote.changed([made.ticket_id], since)) == []
        remote.change(made.ticket_id, {"title": "Other", "priority": "Low", "due": ""})
        remote.put_in_sprint(made.ticket_id, sprint.id)
        boards.start(jira.site, sprint)
        (issue,) = remote.changed([made.ticket_id], since)
    assert (issue.title, issue.priority, issue.due) == ("Other", "Low", "")
    assert issue.sprints is not None
    assert [one.state for one in issue.sprints] == [SprintState.ACTIVE]


def test_the_way_through_the_workflow_is_told_by_the_change_log(jira: FakeJira) -> None:
    sprint = jira.site.add_sprint(1, "Sprint 1")
    with opened(jira) as remote:
        made = remote.create(draft())
        remote.put_in_sprint(made.ticket_id, sprint.id)
        ways = {way.name: way for way in remote.transitions(made.ticket_id)}
        assert ways["Done"].resolutions == ("Done", "Won't Do", "Duplicate")
        assert (ways["Done"].to_status, ways["Done"].to_category) == ("Done", "done")
        remote.take(made.ticket_id, ways["Done"].id, {"resolution": {"name": "Won't Do"}})
        assert remote.read_key(made.ticket_key).resolution == "Won't Do"
        remote.take(made.ticket_id, "11", {})
        remote.take(made.ticket_id, ways["Done"].id, {})
        story = remote.stories([made.ticket_id])[made.ticket_id]
    assert [(move.before, move.after) for move in story.moves] == [
        (frozenset(), frozenset({sprint.id}))
    ]
    # Decided against is not done, so only the last step counts.
    assert [(move.before, move.after) for move in story.done_moves] == [(False, True)]


def test_without_the_operation_for_many_change_logs_they_are_read_one_by_one(
    cloud: FakeJira,
) -> None:
    cloud.site.bulk_changelogs = False
    sprint = cloud.site.add_sprint(1, "Sprint 1")
    with opened(cloud) as remote:
        ids = [remote.create(draft(f"afterwhy-{n}")).ticket_id for n in range(3)]
        for id in ids:
            remote.put_in_sprint(id, sprint.id)
        stories = remote.stories(ids)
    assert [len(stories[id].moves) for id in ids] == [1, 1, 1]
    assert cloud.journal.count("GET /issue/{issue}/changelog") == 3


def test_a_ticket_that_is_gone_is_not_visible_and_has_no_story(jira: FakeJira) -> None:
    with opened(jira) as remote:
        ids = [remote.create(draft(f"afterwhy-{n}")).ticket_id for n in range(3)]
        jira.site.issues[int(ids[0])].hidden_from.add(examples.BOT)
        del jira.site.issues[int(ids[1])]
        jira.site.clock.advance(minutes=1)
        assert remote.visible(ids).seen == {ids[2]}
        assert [issue.ticket_id for issue in remote.read(ids)] == [ids[2]]
        changed = remote.changed(ids, jira.site.clock.now - timedelta(hours=1))
        assert {issue.ticket_id for issue in changed} == {ids[2]}
        stories = remote.stories(ids)
    assert stories[ids[2]] == Story((), ())
    assert not stories.keys() - {ids[2]} or stories[ids[0]] == Story((), ())


def test_a_ticket_that_the_search_does_not_know_yet_is_visible(jira: FakeJira) -> None:
    with opened(jira) as remote:
        old = remote.create(draft("afterwhy-1")).ticket_id
        jira.site.clock.advance(minutes=10)
        jira.site.lag = timedelta(minutes=3)
        new = [remote.create(draft(f"afterwhy-{n}")).ticket_id for n in (2, 3)]
        assert remote.visible([old, *new]).seen == {old, *new}
        assert {issue.ticket_id for issue in remote.read([old, *new])} == {old, *new}


def test_where_texts_are_not_searched_labels_are_found_all_the_same(jira: FakeJira) -> None:
    with opened(jira) as remote:
        made = remote.create(draft("afterwhy-1"))
        jira.site.clock.advance(minutes=1)
        jira.faults.plan("POST /search*", faults.refusal(400, "The field is not searchable."))
        for _ in range(2):
            assert remote.labelled(["afterwhy-1"]) == {"afterwhy-1": (made,)}
    assert jira.journal.count("POST /search*") == 3


def test_a_link_back_is_made_once(jira: FakeJira) -> None:
    with opened(jira) as remote:
        made = remote.create(draft())
        for title in ("PM-1", "PM-1: Checkout down"):
            remote.link_back(made.ticket_id, "afterwhy:1", "https://wiki.example.com/1", title)
    (link,) = jira.site.issues[int(made.ticket_id)].links
    assert link.content["object"]["title"] == "PM-1: Checkout down"


@pytest.mark.parametrize("api", ["2", "3"])
def test_the_text_is_written_in_the_markup_of_the_interface(cloud: FakeJira, api: str) -> None:
    with opened(cloud, api=api) as remote:
        made = remote.create(draft(text="**Root:** no `jitter`\n\n- one\n- two"))
    held = cloud.site.issues[int(made.ticket_id)].values["description"]
    if api == "3":
        assert [block["type"] for block in held["content"]] == ["paragraph", "bulletList"]
    else:
        assert held == "*Root:* no {{jitter}}\n\n* one\n* two"
