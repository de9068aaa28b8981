"""Two versions of one document become one, and no word of either is lost."""

import dataclasses
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import codec
from models.document import Document, new_id
from models.domain.incident import Event, Evidence, ImpactWindow, ResponseRecord, StepRecord
from models.domain.post_mortem import Lessons, Section
from models.domain.root import LeafRoot, Root
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree, walk
from models.merging import Conflict, merge
from models.merging.orders import merged_order
from models.merging.texts import merged_text
from models.merging.versions import Versions
from tests.models.examples import NOON, action, document
from tests.strategies import Sampler, samplers, tame_text


def node(id: str, *children: WhyNode, **fields: Any) -> WhyNode:
    """A why that answers with its id."""
    return replace(WhyNode(id, f"Why {id}?", f"Because {id}.", children=children), **fields)


def written(**fields: Any) -> Document:
    """A document with these fields of the post-mortem."""
    made = document()
    return changed(made, **fields)


def changed(known: Document, **fields: Any) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, **fields))


def with_nodes(known: Document, *nodes: WhyNode) -> Document:
    return changed(known, whys=(replace(known.post_mortem.whys[0], nodes=nodes),))


def with_incident(known: Document, **fields: Any) -> Document:
    return changed(known, incidents=(replace(known.post_mortem.incidents[0], **fields),))


def outline(known: Document) -> str:
    """The whys of a document: number and id."""
    whys = known.post_mortem.whys
    return " ".join(f"{n} {one.id}" for tree in whys for n, one in walk(tree))


def texts(value: Any) -> Iterator[str]:
    """Every text in a value that people wrote."""
    if isinstance(value, str):
        yield "" if isinstance(value, Enum) else value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        yield from texts((*value, *value.values()))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in ("id", "ref", "corrects", "anchor", "sha256"):
                yield from texts(getattr(value, field.name))


def words(*values: Any) -> set[str]:
    return {word for text in texts(values) for word in re.findall(r"\w+", text)}


# -- prose -------------------------------------------------------------------------------------

BASE = "One.\n\nTwo.\n\n- three\n- four\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (BASE.replace("One.", "1"), BASE.replace("Two.", "2"), "1\n\n2\n\n- three\n- four\n"),
        (BASE.replace("four", "4"), BASE.replace("three", "3"), "One.\n\nTwo.\n\n- 3\n- 4\n"),
        (BASE[6:], BASE + "- five\n", BASE[6:] + "- five\n"),
        ("Zero.\n\n" + BASE, BASE + "\nFive.", "Zero.\n\n" + BASE + "\nFive."),
        (BASE + "\nMine.", BASE + "\nTheirs.", BASE + "\nMine.\n\nTheirs."),
        (BASE + "\nMine.", BASE + "\nMine. And more.", BASE + "\nMine. And more."),
    ],
)
def test_prose_merges_by_paragraph_and_line_of_a_list(
    mine: str, theirs: str, expected: str
) -> None:
    assert merged_text(BASE, mine, theirs) == (expected, ())


def test_a_paragraph_that_both_changed_stays_mine_and_clashes() -> None:
    text, clashes = merged_text(BASE, BASE.replace("Two", "2"), BASE.replace("Two", "II"))
    assert text == BASE.replace("Two", "2")
    assert clashes == (Versions("Two.", "2.", "II."),)


SENTENCE = "We got lucky that day."


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (f"{SENTENCE} A-luck", f"{SENTENCE} B-luck", f"{SENTENCE} A-luck B-luck"),
        (f"{SENTENCE} A-luck", f"{SENTENCE} A-luck too", f"{SENTENCE} A-luck too"),
        ("We all got lucky that day.", f"{SENTENCE} Twice.", "We all got lucky that day. Twice."),
        ("They got lucky that day.", "We got lucky that night.", "They got lucky that night."),
        ("We got lucky that night.", f"{SENTENCE} Twice.", "We got lucky that night. Twice."),
    ],
)
def test_words_that_two_people_changed_in_one_paragraph_come_together(
    mine: str, theirs: str, expected: str
) -> None:
    assert merged_text(SENTENCE, mine, theirs) == (expected, ())
    base, one, other = (f"First.\n\n{text}\n\nLast." for text in (SENTENCE, mine, theirs))
    assert merged_text(base, one, other) == (f"First.\n\n{expected}\n\nLast.", ())


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (SENTENCE, "We got lucky that night.", "We got lucky that week."),
        (SENTENCE, "We got unlucky that day.", "We got lucky this day."),  # words side by side
        (SENTENCE, "We got lucky.", "We got lucky that fine day."),
        ("Payments team", "Payments team one", "Payments team two"),
        ("| a | b | c |", "| a | b | d |", "| e | b | c |"),
    ],
)
def test_changes_of_words_that_touch_clash(base: str, mine: str, theirs: str) -> None:
    text, clashes = merged_text(base, mine, theirs)
    assert (text, clashes) == (mine, (Versions(base, mine, theirs),))


def test_a_block_of_code_is_one_paragraph() -> None:
    base = "Run:\n\n```\na\n\nb\n```\n\nDone."
    text, clashes = merged_text(base, base.replace("a\n", "A\n"), base.replace("b\n", "B\n"))
    assert text == base.replace("a\n", "A\n")
    assert clashes[0].theirs == "```\na\n\nB\n```"


paragraphs = st.lists(st.sampled_from("abcdef"), max_size=6).map(
    lambda some: "\n\n".join(f"{c} text" for c in some)
)
proses = st.one_of(paragraphs, tame_text, st.text("a \n-#`", max_size=20))


@given(proses, proses, proses)
def test_no_word_of_a_text_is_lost(base: str, mine: str, theirs: str) -> None:
    text, clashes = merged_text(base, mine, theirs)
    kept = words(text, *(clash.theirs for clash in clashes))
    assert words(mine) - words(base) <= words(text)
    assert words(theirs) - words(base) <= kept


@given(proses, proses)
def test_a_text_that_one_changed_is_theirs_to_the_letter(base: str, other: str) -> None:
    assert merged_text(base, base, other) == (other, ())
    assert merged_text(base, other, base) == (other, ())


@given(st.lists(st.integers(0, 9), unique=True), st.randoms(use_true_random=False))
def test_orders_hold_each_member_once(base: list[int], rng: random.Random) -> None:
    sides = []
    for new in (10, 20):
        side = [key for key in base if rng.random() < 0.8] + [new, new + 1]
        rng.shuffle(side)
        sides.append(side)
    members = {*sides[0], *sides[1]}
    assert sorted(merged_order(Versions(base, *sides), members)) == sorted(members)


def test_orders_keep_the_moves_of_both() -> None:
    three = Versions([*"abcdef"], [*"bacdef"], [*"abcdfe"])
    assert merged_order(three, {*"abcdef"}) == [*"bacdfe"]


# -- documents ---------------------------------------------------------------------------------


def test_fields_records_and_lists_of_two_people_come_together() -> None:
    alert, graph = action("Add an alert"), action("Draw a graph")
    base = replace(written(summary="S", tags=("db", "net")), actions=(alert,))
    event = Event(new_id(), None, text="Alert fired")
    mine = replace(
        with_incident(changed(base, tags=("db", "net", "slow"), summary="Mine"), severity="SEV1"),
        actions=(replace(alert, owner="Database team"), graph),
    )
    theirs = replace(
        with_incident(changed(base, tags=("net",), lessons=Lessons(lucky="L")), timeline=(event,)),
        actions=(replace(alert, priority="P1"),),
    )
    result = merge(base, mine, theirs)
    assert result.conflicts == ()
    mortem = result.document.post_mortem
    assert (mortem.summary, mortem.tags, mortem.lessons.lucky) == ("Mine", ("net", "slow"), "L")
    assert (mortem.incidents[0].severity, mortem.incidents[0].timeline) == ("SEV1", (event,))
    assert result.document.actions == (replace(alert, owner="Database team", priority="P1"), graph)


def test_what_both_changed_is_mine_with_a_conflict_and_a_comment() -> None:
    base = with_nodes(written(title="Queue"), node("a", node("b")))
    mine = with_nodes(base, node("a", node("b", answer="The queue was full.")))
    theirs = with_nodes(base, node("a", node("b", answer="The disk was full.")))
    result = merge(base, mine, theirs)
    expected = Conflict(
        "b", "Why 1.1, answer", "Because b.", "The queue was full.", "The disk was full."
    )
    assert result.conflicts == (expected,)
    assert result.document.post_mortem.whys == mine.post_mortem.whys
    (comment,) = result.document.post_mortem.comments
    assert (comment.anchor, comment.resolved) == ("b", False)
    assert "The disk was full." in comment.text


@pytest.mark.parametrize(
    ("change", "place", "label"),
    [
        (lambda d, w: changed(d, title=w), "title", "Title"),
        (lambda d, w: changed(d, summary=w), "summary", "Summary"),
        (lambda d, w: changed(d, lessons=Lessons(lucky=w)), "lessons", "Lessons, lucky"),
        (lambda d, w: with_incident(d, severity=w), "details", "Severity"),
        (lambda d, w: with_incident(d, resolution=w), "resolution", "Resolution"),
        (
            lambda d, w: changed(d, whys=(replace(d.post_mortem.whys[0], problem=w),)),
            "",
            "Why tree, occurrence, problem",
        ),
        (
            lambda d, w: changed(d, sections=(Section("s", "Costs", w),)),
            "s",
            "Section “Costs”, markdown",
        ),
        (
            lambda d, w: replace(d, actions=(replace(d.actions[0], owner=w),)),
            "act",
            "Action “Add an alert”, owner",
        ),
    ],
)
def test_conflicts_say_where_they_are(
    change: Callable[[Document, str], Document], place: str, label: str
) -> None:
    base = replace(written(sections=(Section("s", "Costs", "none"),)), actions=(action(id="act"),))
    result = merge(base, change(base, "mine"), change(base, "theirs"))
    (conflict,) = result.conflicts
    assert (conflict.label, conflict.place) == (label, place or base.post_mortem.whys[0].id)
    assert (conflict.mine, conflict.theirs) == ("mine", "theirs")


def test_an_edit_wins_over_a_removal_and_says_so() -> None:
    base = with_nodes(written(), node("a", node("b", node("c"))), node("d"))
    edited = with_nodes(base, node("a", node("b", node("c", answer="New."))), node("d"))
    removed = with_nodes(base, node("d"))
    for mine, theirs in ((edited, removed), (removed, edited)):
        result = merge(base, mine, theirs)
        assert outline(result.document) == "1 a 1.1 b 1.1.1 c 2 d"
        (conflict,) = result.conflicts
        assert (conflict.place, conflict.label) == ("c", "Why 1.1.1")
        assert "New." in conflict.mine + conflict.theirs


def test_what_one_removed_and_nobody_changed_goes() -> None:
    base = with_nodes(written(), node("a", node("b")), node("c"))
    mine = with_nodes(base, node("c", answer="Else."))
    assert outline(merge(base, mine, with_nodes(base, node("a"), node("c"))).document) == "1 c"


def test_a_why_with_something_new_below_it_stays() -> None:
    base = with_nodes(written(), node("a"), node("b"))
    mine = with_nodes(base, node("b"))
    theirs = with_nodes(base, node("a", node("new")), node("b"))
    assert outline(merge(base, mine, theirs).document) == "1 a 1.1 new 2 b"


def test_moves_of_both_come_together() -> None:
    base = with_nodes(written(), node("a"), node("b"), node("c"), node("d"))
    mine = with_nodes(base, node("a", node("b")), node("c"), node("d"))
    theirs = with_nodes(base, node("a"), node("b"), node("d", node("c")))
    assert outline(merge(base, mine, theirs).document) == "1 a 1.1 b 2 d 2.1 c"


def test_whys_that_were_moved_below_each_other_stay_a_tree() -> None:
    base = with_nodes(written(), node("a"), node("b"))
    mine = with_nodes(base, node("b", node("a")))
    theirs = with_nodes(base, node("a", node("b")))
    result = merge(base, mine, theirs)
    assert outline(result.document) == "1 b 1.1 a"
    assert [conflict.label for conflict in result.conflicts] == ["Why 1, its place"]


def test_a_stop_goes_into_the_answer_where_the_other_asked_further() -> None:
    stop = Stop(StopReason.OUTSIDE, "Too dear", "Platform lead")
    base = with_nodes(written(), node("a"))
    mine = with_nodes(base, node("a", node("b")))
    theirs = with_nodes(base, node("a", stop=stop))
    (tree,) = merge(base, mine, theirs).document.post_mortem.whys
    assert tree.nodes[0].stop is None
    assert tree.nodes[0].answer == (
        "Because a.\n\nOutside our control: Too dear, accepted by Platform lead"
    )


def test_trees_that_both_began_about_one_question_become_one() -> None:
    base = written()
    mine, theirs = (
        changed(base, whys=(*base.post_mortem.whys, WhyTree(id, About.DETECTION, "", (node(id),))))
        for id in ("m", "t")
    )
    trees = merge(base, mine, theirs).document.post_mortem.whys
    assert [(tree.id, [n.id for n in tree.nodes]) for tree in trees[1:]] == [("m", ["m", "t"])]


def test_trees_do_not_get_deeper_than_can_be_stored() -> None:
    def chain(name: str, length: int, *below: WhyNode) -> tuple[WhyNode, ...]:
        for number in range(length, 0, -1):
            below = (node(f"{name}{number}", *below),)
        return below

    base = with_nodes(written(), node("x"), *chain("a", 80), *chain("b", 80))
    a, b = chain("a", 80), chain("b", 80)
    mine = with_nodes(base, *chain("a", 80, node("x")), *b)
    theirs = with_nodes(base, node("x", *b), *a)
    result = merge(base, mine, theirs).document
    assert codec.dumps(result)
    assert sorted(one.id for _, one in walk(result.post_mortem.whys[0])) == sorted(
        one.id for _, one in walk(base.post_mortem.whys[0])
    )


def test_a_leaf_that_both_led_to_another_root_keeps_mine() -> None:
    base = with_nodes(written(), node("a", stop=Stop(StopReason.FIXABLE)))
    mine, theirs = (
        replace(base, roots=(Root(id, f"Root {id}"),), leaf_roots=(LeafRoot("a", id, NOON),))
        for id in ("m", "t")
    )
    result = merge(base, mine, theirs)
    assert result.document.root_of("a") == Root("m", "Root m")
    assert [link.root_id for link in result.document.leaf_roots] == ["m"]
    assert [(c.place, c.label) for c in result.conflicts] == [("a", "Why 1, root")]


def test_records_without_ids_are_known_by_their_place() -> None:
    one, two = ImpactWindow(text="EU"), ImpactWindow(text="US")
    base = with_nodes(written(), node("a", evidence=(Evidence("link", "graph"),)))
    impact = base.post_mortem.incidents[0].impact
    base = with_incident(base, impact=replace(impact, windows=(one, two)))
    mine = with_incident(base, impact=replace(impact, windows=(replace(one, text="EU, 2%"), two)))
    theirs = with_incident(
        base, impact=replace(impact, windows=(one, replace(two, text="US, 9%"), ImpactWindow()))
    )
    windows = merge(base, mine, theirs).document.post_mortem.incidents[0].impact.windows
    assert [window.text for window in windows] == ["EU, 2%", "US, 9%", ""]


def edited(base: Document, other: Document, rng: random.Random) -> Document:
    """``base`` with some fields and records of another document, and some of its own moved."""
    mortem, source = base.post_mortem, other.post_mortem
    names = [field.name for field in dataclasses.fields(mortem) if field.name not in ("id", "whys")]
    chosen = {name: getattr(source, name) for name in names if rng.random() < 0.3}
    changed_mortem = replace(mortem, **chosen, whys=shuffled(mortem.whys, source.whys, rng))
    linked = ("actions", "relations", "attachments", "roots")
    records: dict[str, Any] = {}
    for name in linked:
        if rng.random() < 0.3:
            some = [*getattr(base, name), *getattr(other, name)]
            records[name] = tuple(rng.sample(some, rng.randint(0, len(some))))
    return replace(base, post_mortem=changed_mortem, **records)


def shuffled(
    whys: tuple[WhyTree, ...], others: tuple[WhyTree, ...], rng: random.Random
) -> tuple[WhyTree, ...]:
    """Trees with whys removed, moved, edited and added."""
    result = []
    new = [replace(one, children=()) for tree in others for _, one in walk(tree)]
    rng.shuffle(new)
    for tree in whys:
        flat = [replace(one, children=()) for _, one in walk(tree) if rng.random() < 0.9]
        flat += [new.pop() for _ in range(min(len(new), rng.randint(0, 2)))]
        rng.shuffle(flat)
        result.append(replace(tree, nodes=()))
        for known in flat:
            more = " more" if rng.random() < 0.3 else ""
            one = replace(known, answer=known.answer + more)
            places = [None, *(n.id for _, n in walk(result[-1]))]
            result[-1] = put(result[-1], rng.choice(places), one)
    return tuple(result)


def put(tree: WhyTree, parent: str | None, one: WhyNode) -> WhyTree:
    def below(nodes: tuple[WhyNode, ...]) -> tuple[WhyNode, ...]:
        return tuple(
            replace(n, children=(*n.children, one))
            if n.id == parent
            else replace(n, children=below(n.children))
            for n in nodes
        )

    nodes = (*tree.nodes, one) if parent is None else below(tree.nodes)
    return replace(tree, nodes=nodes)


@given(samplers(tame_text), st.randoms(use_true_random=False))
def test_no_word_that_either_added_is_lost(sampler: Sampler, rng: random.Random) -> None:
    base = sampler.document()
    mine, theirs = (edited(base, sampler.document(), rng) for _ in range(2))
    result = merge(base, mine, theirs)
    kept = words(result.document, result.conflicts)
    assert words(mine) - words(base) <= kept
    assert words(theirs) - words(base) <= kept
    ids = [one.id for tree in result.document.post_mortem.whys for _, one in walk(tree)]
    assert len(ids) == len({*ids})
    told = {conflict.theirs for conflict in result.conflicts}
    assert words(theirs) - words(base) <= words(result.document, *told)


@given(samplers(), st.randoms(use_true_random=False))
def test_what_one_alone_changed_is_theirs(sampler: Sampler, rng: random.Random) -> None:
    base = sampler.document()
    other = edited(base, sampler.document(), rng)
    assert merge(base, other, base).document == other
    assert merge(base, base, other).document == other
    assert merge(base, other, other).document == other
    assert merge(base, other, base).conflicts == merge(base, base, other).conflicts == ()


def test_steps_of_a_response_are_known_by_their_name() -> None:
    step = StepRecord("R")
    base = with_incident(written(), response=(ResponseRecord("roll-back", (step,)),))
    mine = with_incident(
        base, response=(ResponseRecord("roll-back", (replace(step, notes="Rolled back"),)),)
    )
    theirs = with_incident(
        base,
        response=(ResponseRecord("roll-back", (replace(step, record={"version": "7"}),)),),
    )
    (response,) = merge(base, mine, theirs).document.post_mortem.incidents[0].response
    assert response.steps == (StepRecord("R", notes="Rolled back", record={"version": "7"}),)
