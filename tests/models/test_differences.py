"""What is said to be different between two documents: everything, at its place, and no more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from models.differences import (
    SECTIONS,
    Change,
    Kind,
    Mark,
    Place,
    condensed,
    differences,
    word_changes,
)
from models.document import Document, from_json, new_id, to_json
from models.domain.action import ActionItem
from models.domain.incident import Event, Evidence, Impact, Measure, ResponseRecord, StepRecord
from models.domain.moments import Moment, Precision
from models.domain.post_mortem import Comment, Lessons, Section, Status
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree
from models.errors import InvalidInputError
from tests.models.examples import NOON, document, leaf, retitled, with_actions
from tests.strategies import any_text, documents

_UNCOMPARED = frozenset(
    ("id", "ref", "version", "since", "until", "node_id", "root_id", "action_id", "sha256", "zone")
)
"""Names, the ends and dates of links, and fields where any text is no value."""
_DERIVED = frozenset(("durations", "root", "roots", "leaf_roots", "root_actions"))


def changed(known: Document, **fields: Any) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, **fields))


def only(before: Document, after: Document) -> Change:
    (change,) = differences(before, after)
    return change


def with_whys(known: Document, *nodes: WhyNode) -> Document:
    return changed(known, whys=(WhyTree("tree", problem="It broke", nodes=nodes),))


# -- words -----------------------------------------------------------------------------------------


@given(any_text, any_text)
def test_no_word_is_lost_between_two_texts(before: str, after: str) -> None:
    spans = word_changes(before, after)
    assert "".join(s.text for s in spans if s.mark is not Mark.ADDED) == before
    assert "".join(s.text for s in spans if s.mark is not Mark.REMOVED) == after
    assert all(span.text for span in spans)


def test_words_are_marked_not_letters_or_paragraphs() -> None:
    spans = word_changes("For 47 minutes 38 % failed.\nAfter", "For 47 minutes 41 % of\nAfter")
    assert [(s.mark, s.text) for s in spans] == [
        (Mark.KEPT, "For 47 minutes "),
        (Mark.REMOVED, "38"),
        (Mark.ADDED, "41"),
        (Mark.KEPT, " % "),
        (Mark.REMOVED, "failed."),
        (Mark.ADDED, "of"),
        (Mark.KEPT, "\nAfter"),
    ]


def test_lines_that_all_changed_are_compared_one_by_one() -> None:
    spans = word_changes("one red\ntwo red\n", "one blue\ntwo blue\n")
    assert [s.text for s in spans if s.mark is Mark.KEPT] == ["one ", "\ntwo ", "\n"]


def test_phrases_stay_together() -> None:
    spans = word_changes("a slow replica", "the fast primary")
    assert [s.text for s in spans] == ["a slow replica", "the fast primary"]


def test_a_text_too_large_to_compare_counts_as_replaced() -> None:
    before, after = "x\n" + "a b " * 3000 + "\ny", "x\n" + "b a " * 3000 + "\ny"
    spans = word_changes(before, after)
    assert spans[0].mark is Mark.KEPT
    assert "".join(s.text for s in spans if s.mark is not Mark.ADDED) == before


def test_what_is_kept_is_cut_beside_the_changes() -> None:
    long = "word " * 200
    spans = condensed(word_changes(f"{long}old {long}", f"{long}new {long}"), around=20)
    assert [s.text for s in spans] == ["… word word word ", "old", "new", " word word word …"]
    short = word_changes("keep old keep", "keep new keep")
    assert condensed(short) == short


# -- documents -------------------------------------------------------------------------------------


@given(documents())
def test_a_document_does_not_differ_from_itself(one: Document) -> None:
    assert differences(one, from_json(to_json(one))) == ()


@given(documents(), documents())
def test_what_came_one_way_goes_the_other_way(one: Document, other: Document) -> None:
    there, back = differences(one, other), differences(other, one)
    opposite = {Kind.ADDED: Kind.REMOVED, Kind.REMOVED: Kind.ADDED}
    told = Counter((c.place, opposite.get(c.kind, c.kind), c.after, c.before) for c in there)
    assert told == Counter((c.place, c.kind, c.before, c.after) for c in back)
    assert [c.place.section for c in there] == sorted(
        (c.place.section for c in there), key=SECTIONS.index
    )
    assert all((c.label and c.before != c.after) or not (c.before or c.after) for c in there)


def _texts(data: Any) -> Iterator[tuple[Any, Any]]:
    """Where a text stands: what holds it, and its key there."""
    if isinstance(data, dict):
        entries: list[tuple[Any, Any]] = [
            (key, value) for key, value in data.items() if key not in _UNCOMPARED | _DERIVED
        ]
    else:
        entries = list(enumerate(data)) if isinstance(data, list) else []
    for key, value in entries:
        if isinstance(value, str):
            yield data, key
        else:
            yield from _texts(value)


@given(documents(), st.randoms(use_true_random=False))
def test_no_change_of_a_text_is_overlooked(one: Document, random: Any) -> None:
    data = to_json(one)
    data["relations"] = []
    places = list(_texts(data))
    holder, key = random.choice(places)
    holder[key] += " and more"
    try:
        other = from_json(data)
    except InvalidInputError:  # a state or a time, which is no free text
        assume(False)
    assert differences(replace(one, relations=()), other) != ()


def test_fields_are_told_by_section_and_name() -> None:
    before = document()
    assert only(before, retitled(before, "Queue stuck")) == Change(
        Place("details", "", "title"), "Title", Kind.CHANGED, "Queue stalled", "Queue stuck"
    )
    status = only(before, changed(before, status=Status.IN_REVIEW, review_due=None))
    assert (status.label, status.before, status.after) == ("Status", "Draft", "In review")
    lucky = only(before, changed(before, lessons=Lessons(lucky="It was a Sunday.")))
    assert (lucky.place.section, lucky.label, lucky.kind) == (
        "lessons",
        "Where we got lucky",
        Kind.ADDED,
    )
    due = only(before, changed(before, review_due=date(2026, 12, 1)))
    assert (due.place.section, due.after) == ("review", "2026-12-01")
    tags = only(before, changed(before, tags=("a, b", "c")))
    assert tags.after == "“a, b”, c"


def test_incidents_are_numbered_where_there_are_several() -> None:
    before = document()
    (one,) = before.post_mortem.incidents
    times = replace(one.times, detected=Moment(NOON, "Europe/Berlin", Precision.APPROXIMATE))
    change = only(before, changed(before, incidents=(replace(one, times=times),)))
    assert (change.place, change.label) == (Place("details", one.id, "times.detected"), "Detected")
    assert change.after == "about 2026-06-01 12:00 UTC (written in Europe/Berlin)"
    two = replace(one, id=new_id(), title="Second")
    both = changed(before, incidents=(one, two))
    added = only(before, both)
    assert (added.label, added.kind) == ("Incident 2", Kind.ADDED)
    assert "Second" in added.after
    impact = Impact(measures=(Measure("Failed saves", "20", "requests"),))
    worse = changed(both, incidents=(one, replace(two, impact=impact)))
    measure = only(both, worse)
    assert measure.label == "Incident 2, Measure “Failed saves”"
    assert measure.after == "Failed saves\n20\nUnit: requests"
    more = replace(impact, measures=(Measure("Failed saves", "31", "requests"),))
    value = only(worse, changed(both, incidents=(one, replace(two, impact=more))))
    assert (value.label, value.before, value.after) == (f"{measure.label}, value", "20", "31")


def test_events_and_steps() -> None:
    before = document()
    (incident,) = before.post_mortem.incidents
    event = Event("e1", NOON, kind="impact", text="Errors begin.")
    with_event = changed(before, incidents=(replace(incident, timeline=(event,)),))
    added = only(before, with_event)
    assert added.place == Place("timeline", "e1")
    assert added.label == "Event 2026-06-01 12:00 UTC"
    assert added.after == "2026-06-01 12:00 UTC\nKind: impact\nErrors begin."
    shown = replace(event, evidence=(Evidence("query", "rate(errors)"),))
    proved = changed(before, incidents=(replace(incident, timeline=(shown,)),))
    assert only(with_event, proved).label == "Event 2026-06-01 12:00 UTC, evidence"

    def followed(notes: str, record: dict[str, str]) -> Document:
        steps = (StepRecord("R", notes=notes, record=record),)
        response = (ResponseRecord("roll-back", steps),)
        return changed(before, incidents=(replace(incident, response=response),))

    steps = differences(followed("", {"signal": "x"}), followed("Noted.", {"signal": "y"}))
    assert [(c.label, c.place.section) for c in steps] == [
        ("Framework roll-back, Step R, notes", "response"),
        ("Framework roll-back, Step R, signal", "response"),
    ]


def test_whys_are_told_by_their_ids() -> None:
    one, two, three = (leaf(name, name) for name in ("one", "two", "three"))
    before = with_whys(document(), one, two, three)
    moved = with_whys(before, one, three, two)
    assert only(before, moved) in (
        Change(Place("whys", "three"), "Why 2", Kind.MOVED, "3", "2"),
        Change(Place("whys", "two"), "Why 3", Kind.MOVED, "2", "3"),
    )
    below = replace(one, stop=None, children=(two,))
    found = differences(before, with_whys(before, below, three))
    assert [(c.label, c.kind, c.before, c.after) for c in found] == [
        ("Why 1, stop reason", Kind.REMOVED, "Reason: fixable by us", ""),
        ("Why 1.1", Kind.MOVED, "2", "1.1"),
    ]
    above, instead = (replace(two, id=name, answer=name, stop=None) for name in ("above", "new"))
    ways = differences(
        with_whys(before, replace(above, children=(three,))),
        with_whys(before, replace(instead, children=(three,))),
    )
    assert [(c.label, c.kind, c.before, c.after) for c in ways if c.kind is Kind.MOVED] == [
        ("Why 1.1", Kind.MOVED, "below “above”", "below “new”"),
    ], "its address is the same, but another why stands there"
    gone = only(before, with_whys(before, one, three))
    assert (gone.place, gone.label, gone.kind) == (Place("whys", "two"), "Why 2", Kind.REMOVED)
    assert gone.before == "Why?\ntwo\nStop reason: Reason: fixable by us"
    new = leaf("zero", "zero")
    came = only(before, with_whys(before, new, one, two, three))
    assert (came.label, came.kind) == ("Why 1", Kind.ADDED)
    words = only(before, with_whys(before, one, replace(two, answer="2"), three))
    assert (words.place, words.label) == (Place("whys", "two", "answer"), "Why 2, answer")


def test_a_tree_comes_and_a_why_goes_to_it() -> None:
    one, two = leaf("one", "one"), leaf("two", "two")
    before = with_whys(document(), one, two)
    (tree,) = before.post_mortem.whys
    detection = WhyTree("late", About.DETECTION, "Seen late", nodes=(two,))
    found = differences(before, changed(before, whys=(replace(tree, nodes=(one,)), detection)))
    assert [(c.label, c.kind, c.after) for c in found] == [
        ("Why did we not see it sooner? Problem", Kind.ADDED, "Seen late"),
        ("Why 1 (detection)", Kind.MOVED, "1 (detection)"),
    ]


def test_roots_are_told_where_they_say_more_than_their_leaf() -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    before = with_whys(document(), WhyNode("n", "Why?", "No alert", stop=Stop(StopReason.FIXABLE)))
    own = replace(before, roots=(Root("r", "No alert"),), leaf_roots=(LeafRoot("n", "r", since),))
    assert differences(before, own) == ()
    shared = replace(own, roots=(Root("r", "Alerts are nobody's task", "missing alert"),))
    change = only(own, shared)
    assert (change.label, change.after) == (
        "Why 1, root",
        "Alerts are nobody's task (missing alert)",
    )


def test_actions_and_the_roots_they_address() -> None:
    before = document()
    action = ActionItem("a", "Add an alert", ref="A-31")
    with_action = with_actions(before, action)
    assert only(before, with_action) == Change(
        Place("actions", "a"), "Action A-31", Kind.ADDED, "", "Add an alert"
    )
    owned = with_actions(before, replace(action, team="Platform"))
    assert only(with_action, owned).label == "Action A-31, team"
    root = Root("r", "No alert")
    rooted = replace(with_action, roots=(root,), root_actions=(RootAction("r", "a", NOON),))
    link = only(with_action, rooted)
    assert (link.label, link.after) == ("Action A-31, roots", "“No alert”")


def test_names_stand_for_ids_and_order_is_told() -> None:
    before = with_whys(document(), leaf("one", "one"))
    commented = changed(before, comments=(Comment("c", "one", "Is it so?", "Reviewer"),))
    comment = only(before, commented)
    assert comment.label == "Comment by Reviewer"
    assert "Anchor: Why 1" in comment.after
    parts = tuple(Section(name, name) for name in "abc")
    ordered = changed(before, sections=parts)
    last = only(ordered, changed(before, sections=(parts[2], *parts[:2])))
    assert (last.label, last.kind, last.before, last.after) == (
        "Section “c”",
        Kind.MOVED,
        "place 3",
        "place 1",
    )
