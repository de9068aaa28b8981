"""Tickets as sites send them, real ones among them, and as nobody should."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.jira.tickets import FIELDS, by_label, number_of, read_issue
from models.tracking.outbox import Found
from tests.jira_fake.specifications import FOLDER, at_hand

SITE, SPRINTS = "https://jira.example.com", "customfield_10020"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "key", "statusCategory"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*FIELDS, SPRINTS]), VALUES), VALUES)
def test_nothing_that_a_site_sends_breaks_the_reading(
    fields: dict[str, object], key: object
) -> None:
    read = read_issue({"id": "1", "key": key, "fields": fields}, site=SITE, sprint_field=SPRINTS)
    assert (read.sprints is None) is (SPRINTS not in fields)


def test_a_ticket_without_fields_says_little() -> None:
    read = read_issue({"id": "1", "key": "REL-1"}, site=SITE, sprint_field=None)
    assert (read.url, read.sprints, read.category) == (f"{SITE}/browse/REL-1", None, "")


@pytest.mark.skipif(not at_hand(), reason="needs ../shared/jira")
def test_real_tickets_of_cloud_are_read() -> None:
    paths = sorted((FOLDER / "golden").glob("cloud-issue-*.json"))
    for path in paths:
        raw = json.loads(path.read_text(encoding="utf-8"))
        read = read_issue(raw, site=SITE, sprint_field=SPRINTS)
        assert read.ticket_id.isdecimal(), path.name
        assert number_of(read.key) > 0
        assert read.category in ("new", "indeterminate", "done")
        assert read.updated
        held = raw["fields"].get(SPRINTS) or []
        assert [sprint.id for sprint in read.sprints or ()] == [one["id"] for one in held]
    assert len(paths) == 3


@pytest.mark.parametrize(
    ("key", "number"), [("REL-12", 12), ("A_B2-7", 7), ("REL", 0), ("", 0), ("REL-x", 0)]
)
def test_the_number_of_a_key(key: str, number: int) -> None:
    assert number_of(key) == number


def test_a_label_is_seen_wherever_it_stands() -> None:
    label = "afterwhy-1"
    document = {"type": "doc", "content": [{"type": "text", "text": f"… {label}"}]}
    found = Found("1", "REL-1")
    ticket = {"id": "1", "key": "REL-1"}
    for carrying in (
        {"fields": {"labels": ["x", label]}},
        {"fields": {"description": document}},
        {"properties": {"afterwhy": {"label": label}}},
    ):
        assert by_label([ticket | carrying], [label, "afterwhy-2"]) == {label: (found,)}
    assert not by_label([{"fields": {"labels": ["afterwhy"]}, "key": label}], [label])
