"""Action items in other people's tables and lists."""

from datetime import date

import pytest

from integrations.markdown.action_items import ActionContext
from integrations.markdown.actions import ActionReading, read_actions
from integrations.markdown.blocks import read_sections
from integrations.markdown.times import TimeContext
from models import vocabulary
from models.document import new_id
from models.domain.action import ActionItem, ActionState

TERMS = vocabulary.load()


def reading(text: str) -> ActionReading:
    context = ActionContext(TERMS, TimeContext(day=date(2024, 5, 3)), new_id)
    return read_actions(read_sections(text).sections[0], context)


def action(text: str) -> ActionItem:
    (found,) = reading(f"## Action items\n{text}\n").actions
    return found


def test_a_table_with_every_column() -> None:
    text = (
        "| Action Item | Type | Owner | Priority | Due date | Status | Bug |\n|-|-|-|-|-|-|-|\n"
        "| Limit the pool | prevent | platform team | P1 | 2024-06-01 | In progress | OPS-12 |"
    )
    found = action(text)
    assert (found.title, found.type, found.owner, found.due, found.state, found.links) == (
        "Limit the pool",
        "prevent",
        "platform team",
        date(2024, 6, 1),
        ActionState.IN_PROGRESS,
        ("OPS-12",),
    )
    assert found.priority == TERMS.priorities.canonical("P1")


def test_a_table_whose_columns_have_other_names() -> None:
    text = (
        "| Issue | Who | ETA |\n|-|-|-|\n| [OPS-7](https://t.example/OPS-7) alert | a role | soon |"
    )
    found = action(text)
    assert (found.title, found.owner, found.due) == ("OPS-7 alert", "a role", None)
    assert found.links == ("OPS-7", "https://t.example/OPS-7")
    assert "soon" in found.text


def test_a_table_of_something_else_is_left() -> None:
    text = "## Action items\n| Metric | Before | After |\n|-|-|-|\n| p95 | 3 s | 1 s |"
    found = reading(text)
    assert not found.actions
    assert found.rest


@pytest.mark.parametrize(
    ("item", "title", "state"),
    [
        ("- [x] Limit the pool", "Limit the pool", ActionState.DONE),
        ("- [ ] Limit the pool", "Limit the pool", ActionState.PROPOSED),
        ("- ~~Limit the pool~~", "Limit the pool", ActionState.WONT_DO),
        ("- ~~Limit the pool~~ too dear", "Limit the pool too dear", ActionState.WONT_DO),
        ("- [x] ~~Limit the pool~~", "Limit the pool", ActionState.DONE),
        ("- ✅ Limit the pool", "Limit the pool", ActionState.DONE),
        ("- Limit the pool ✅", "Limit the pool", ActionState.DONE),
        ("1. Done: Limit the pool", "Limit the pool (Done)", ActionState.DONE),
        ("- Limit the pool (done)", "Limit the pool (done)", ActionState.DONE),
        ("- Fixed limits for the pool", "Fixed limits for the pool", ActionState.PROPOSED),
        ("- Complete the migration", "Complete the migration", ActionState.PROPOSED),
    ],
)
def test_marks_of_done_work(item: str, title: str, state: ActionState) -> None:
    found = action(item)
    assert (found.title, found.state) == (title, state)


@pytest.mark.parametrize(
    ("item", "priority"),
    [
        ("- **HIGH** Limit the pool", "HIGH"),
        ("- [P1] Limit the pool", "P1"),
        ("- P2: Limit the pool", "P2"),
        ("- High availability for the pool", ""),
    ],
)
def test_priorities_before_the_title(item: str, priority: str) -> None:
    expected = TERMS.priorities.canonical(priority) if priority else ""
    assert action(item).priority == expected


def test_owner_due_date_and_links_of_a_line() -> None:
    found = action("- Add an alert, see [OPS-3](https://t.example/3) (owner: SRE, due: 2024-07-01)")
    assert (found.owner, found.due) == ("SRE", date(2024, 7, 1))
    assert found.links == ("OPS-3", "https://t.example/3")


def test_a_bold_title_leaves_the_rest_as_text() -> None:
    found = action("- **Limit the pool**: it has no upper bound today.\n  - see `max_connections`")
    assert found.title == "Limit the pool"
    assert found.text == "it has no upper bound today.\n\n- see `max_connections`"


def test_what_looks_like_a_key_is_none() -> None:
    assert action("- Use SHA-256 and UTF-8 after CVE-2024").links == ()


def test_headings_group_actions_and_name_their_type() -> None:
    text = "## Action items\n### Process improvements\n1. Rotate on-call\n### Gateway\n1. A limit\n"
    rotate, limit = reading(text).actions
    assert (rotate.type, rotate.text) == ("process", "")
    assert (limit.type, limit.text) == ("", "Gateway")


def test_prose_and_nothing_are_no_actions() -> None:
    found = reading("## Action items\nWe will think about it.\n\n- None\n- TBD\n")
    assert not found.actions
    assert found.rest == ["We will think about it.", "None", "TBD"]


def test_a_mention_is_the_owner_and_its_sign_is_not() -> None:
    assert action("- Limit the pool @storage-team").owner == "storage-team"
    assert action("- Ask a@example.com and @types/node").owner == ""
    table = "## Actions\n| Action | Owner | Bug |\n|-|-|-|\n| Limit | @ops | n/a **DONE** |"
    (found,) = reading(table).actions
    assert (found.owner, found.state) == ("ops", ActionState.DONE)


def test_the_words_of_a_link_are_not_repeated() -> None:
    table = "## Actions\n| Action | Ticket |\n|-|-|\n| Limit | [OPS-7](https://j.example/OPS-7) |"
    (found,) = reading(table).actions
    assert (found.text, found.links) == ("", ("OPS-7", "https://j.example/OPS-7"))


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Fix it (owner: Ann Lee, team: Payments)", ("Fix it", "Ann Lee", "Payments", None)),
        ("Fix it (team: Payments, due: 2026-12-01)",
         ("Fix it", "", "Payments", date(2026, 12, 1))),
        ("Fix it (owner: Bo)", ("Fix it", "Bo", "", None)),
        ("Page the team: Payments", ("Page the team: Payments", "", "", None)),
    ],
)  # fmt: skip
def test_a_bracket_at_the_end_says_several_facts(item: str, expected: tuple[object, ...]) -> None:
    found = action(f"- {item}")
    assert (found.title, found.owner, found.team, found.due) == expected
