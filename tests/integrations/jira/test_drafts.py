"""What a ticket is made with, where its screen lacks something or its words are awkward."""

from datetime import timedelta

import pytest

from integrations.jira.drafts import TEXT_LIMIT, text_of
from tests.integrations.jira.opening import draft, opened
from tests.jira_fake import FakeJira, adf, examples

SPECIALS = "Größe *x* {code} [~a] 日本 h1. \\\\ _y_ #1 |a| \u202e 🧨"


def described(jira: FakeJira, ticket_id: str) -> str:
    held = jira.site.issues[int(ticket_id)].values["description"]
    return held if isinstance(held, str) else adf.to_text(held)


@pytest.mark.parametrize("api", ["2", "3"])
def test_a_long_title_is_whole_in_the_text(jira: FakeJira, api: str) -> None:
    title = "Limit the retries\nof the *checkout* client " * 12
    with opened(jira, api=api) as remote:
        made = remote.create(draft(title=title))
        assert remote.read_key(made.ticket_key).title.endswith("…")
    plain = described(jira, made.ticket_id).replace("\\", "")
    assert " ".join(title.split()) in plain
    assert "The retries came all at once." in plain


@pytest.mark.parametrize("api", ["2", "3"])
def test_specials_are_taken_and_kept(jira: FakeJira, api: str) -> None:
    with opened(jira, api=api) as remote:
        made = remote.create(draft(title=SPECIALS, text=SPECIALS))
        assert remote.read_key(made.ticket_key).title == SPECIALS
    text = described(jira, made.ticket_id)
    for word in ("Größe", "code", "日本", "🧨"):
        assert word in text


@pytest.mark.parametrize("api", ["2", "3"])
def test_without_labels_on_the_screen_a_ticket_is_found_all_the_same(
    jira: FakeJira, api: str
) -> None:
    for screen in jira.site.project("REL").screens.values():
        screen.create.remove("labels")
    label = "afterwhy-0c5e7a52-9f43-4f0e-8ad5-6c1ab3c7b9d1"
    with opened(jira, api=api) as remote:
        made = remote.create(draft(label))
        other = remote.create(draft("afterwhy-1"))
        held = jira.site.issues[int(made.ticket_id)]
        assert held.values["labels"] == []
        assert held.properties == {"afterwhy": {"label": label}}
        jira.site.clock.advance(minutes=1)
        assert remote.labelled([label, "afterwhy-2"]) == {label: (made,)}
        assert remote.above("REL", 0, {label: ""}) == {label: (made,)}
        assert remote.visible([made.ticket_id, other.ticket_id]).seen == {
            made.ticket_id,
            other.ticket_id,
        }


@pytest.mark.parametrize("off", [("description",), ("description", "labels")])
def test_a_screen_without_a_description_takes_a_ticket_without(
    jira: FakeJira, off: tuple[str, ...]
) -> None:
    for screen in jira.site.project("REL").screens.values():
        screen.create[:] = [field for field in screen.create if field not in off]
    with opened(jira) as remote:
        made = remote.create(draft("afterwhy-1"))
        remote.create(draft("afterwhy-2"))
        assert "description" not in jira.site.issues[int(made.ticket_id)].values
        assert remote.above("REL", 0, {"afterwhy-1": ""}) == {"afterwhy-1": (made,)}


def test_labels_of_the_users_own_join_ours(jira: FakeJira) -> None:
    with opened(jira) as remote:
        made = remote.create(draft(values={"labels": ["reliability"]}))
    assert set(jira.site.issues[int(made.ticket_id)].values["labels"]) == {
        "afterwhy",
        "afterwhy-1",
        "reliability",
    }


def test_without_a_sprint_field_nothing_of_sprints_is_seen(jira: FakeJira) -> None:
    del jira.site.fields[examples.SPRINT_FIELD]
    for screen in jira.site.project("REL").screens.values():
        screen.create.remove(examples.SPRINT_FIELD)
    jira.site.boards[1].kind = "kanban"
    with opened(jira) as remote:
        made = remote.create(draft())
        assert remote.read_key(made.ticket_key).sprints is None
        assert remote.sprints(1) == ()


def test_another_name_and_number_of_the_sprint_field(jira: FakeJira) -> None:
    field = jira.site.fields.pop(examples.SPRINT_FIELD)
    field.id, field.name = "customfield_10777", "Etappe"
    jira.site.fields[field.id] = field
    for screen in jira.site.project("REL").screens.values():
        screen.create[screen.create.index(examples.SPRINT_FIELD)] = field.id
    jira.site.sprint_objects = not jira.site.sprint_objects
    sprint = jira.site.add_sprint(1, "Étape [7], goal=none")
    with opened(jira) as remote:
        made = remote.create(draft())
        for place in (sprint.id, None, sprint.id):
            remote.put_in_sprint(made.ticket_id, place)
        (seen,) = remote.read_key(made.ticket_key).sprints or ()
        assert (seen.id, seen.name) == (sprint.id, sprint.name)
        assert len(remote.stories([made.ticket_id])[made.ticket_id].moves) == 3


def test_a_text_too_long_for_a_ticket_is_cut_and_keeps_its_label() -> None:
    for words in ("word " * 9000, "x" * 40_000):
        text = text_of(draft("afterwhy-1", text=words), with_label=True)
        assert TEXT_LIMIT / 2 < len(text) < TEXT_LIMIT + 50
        assert text.endswith("…\n\nafterwhy-1")


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata", "Europe/Berlin"])
def test_a_change_is_seen_in_any_zone_with_a_wrong_clock(jira: FakeJira, zone: str) -> None:
    jira.site.users[examples.BOT].zone = zone
    jira.site.skew = timedelta(minutes=-7)
    with opened(jira) as remote:
        assert remote.facts().skew == timedelta(minutes=-7)
        made = remote.create(draft())
        jira.site.clock.advance(hours=20)
        since = jira.site.clock.now
        assert list(remote.changed([made.ticket_id], since)) == []
        jira.site.clock.advance(minutes=1)
        remote.change(made.ticket_id, {"due": "2026-05-01"})
        assert len(list(remote.changed([made.ticket_id], since))) == 1
