"""Roots follow why trees and outlive them; relations and attachments belong to their document."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from models.commands import actions, attachments, post_mortems, relations, roots
from models.document import Document, new_id
from models.domain import whys
from models.domain.attachment import Attachment
from models.domain.root import LeafRoot, RelationKind
from models.domain.whys import WhyNode
from models.errors import InvalidInputError, LibraryError, NotFoundError, StaleWriteError
from models.queries import roots as queries
from models.rooting import title_of, with_roots
from models.store.library import Library
from tests.models.examples import (
    ANN,
    BEN,
    NOON,
    Clock,
    action,
    again,
    document,
    leaf,
    stored,
    tree,
    with_actions,
)
from tests.strategies import documents

HOUR = timedelta(hours=1)


def with_nodes(known: Document, *nodes: WhyNode) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, whys=tree(*nodes)))


def node(known: Document, index: int = 0) -> WhyNode:
    return known.post_mortem.whys[0].nodes[index]


def root_title(known: Document, index: int = 0) -> str:
    root = known.root_of(node(known, index).id)
    return "" if root is None else root.title


# the pure rule


@given(documents())
def test_every_stopped_leaf_reaches_a_root_and_nothing_else_does(made: Document) -> None:
    ruled = with_roots(made, None, NOON)
    stopped = {n.id for n in whys.roots(made.post_mortem.whys)}
    reaching = {k.node_id for k in ruled.leaf_roots if not k.until}
    assert reaching == stopped
    held = {root.id for root in ruled.roots}
    assert {k.root_id for k in ruled.leaf_roots} <= held
    assert with_roots(ruled, ruled, NOON + HOUR) == ruled
    assert {r.id for r in made.roots} <= held


def test_a_root_is_called_by_its_leafs_first_line() -> None:
    assert title_of(leaf(" No alert\nwas there")) == "No alert"
    assert title_of(WhyNode("n", question="Why?")) == "Why?"
    assert title_of(WhyNode("n", answer=" \n ")) == "Root without words yet"


# roots in the library


def test_a_root_keeps_the_words_of_its_leaf(library: Library) -> None:
    known = stored(library, document("Queue", leaf("No alert", "n")))
    post_mortems.save(library, with_nodes(known, leaf("No alert on age", "n")).post_mortem, 1, ANN)
    now = again(library, known)
    assert (root_title(now), len(now.roots)) == ("No alert on age", 1)
    roots.change(library, now.roots[0].id, ANN, title=" Alerts miss age ", category="missing alert")
    post_mortems.save(library, with_nodes(now, leaf("No alert", "n")).post_mortem, 2, ANN)
    now = again(library, known)
    assert (root_title(now), now.roots[0].category) == ("Alerts miss age", "missing alert")


def test_a_shared_root_keeps_its_words(library: Library) -> None:
    first = stored(library, document("First", leaf("No alert", "n")))
    second = stored(library, document("Second", leaf("Nobody saw it", "m")))
    roots.reach(library, second.post_mortem.id, "1", first.roots[0].id, ANN)
    now = again(library, second)
    assert root_title(now) == "No alert"
    assert [(k.root_id == first.roots[0].id, k.until) for k in now.leaf_roots] == [
        (False, NOON),
        (True, None),
    ]
    post_mortems.save(library, with_nodes(first, leaf("None", "n")).post_mortem, 1, ANN)
    assert root_title(again(library, second)) == "No alert"
    rows = {row.root.id: row for row in queries.every(library)}
    ids = (first.post_mortem.id, second.post_mortem.id)
    assert rows[first.roots[0].id].post_mortems == ids
    assert len(rows) == 1


def test_only_a_stopped_leaf_reaches_a_root(library: Library) -> None:
    known = stored(library, document("Queue", leaf("No alert"), WhyNode(new_id(), "Why?", "So")))
    for place, root_id in (("2", known.roots[0].id), ("9", known.roots[0].id)):
        with pytest.raises(InvalidInputError, match="has no root at"):
            roots.reach(library, known.post_mortem.id, place, root_id, ANN)
    with pytest.raises(NotFoundError):
        roots.reach(library, known.post_mortem.id, "1", new_id(), ANN)
    assert again(library, known) == known


def test_a_leaf_that_comes_back_reaches_its_root_again(library: Library, clock: Clock) -> None:
    known = stored(library, document("Queue", leaf("No alert", "n")))
    clock.forward(hours=1)
    post_mortems.save(library, with_nodes(known).post_mortem, 1, ANN)
    assert again(library, known).root_of("n") is None
    assert queries.every(library) == ()
    clock.forward(hours=1)
    post_mortems.restore(library, known.post_mortem.id, 1, ANN)
    now = again(library, known)
    assert now.root_of("n") == known.roots[0]
    assert [(k.since, k.until) for k in now.leaf_roots] == [
        (NOON, NOON + HOUR),
        (NOON + 2 * HOUR, None),
    ]


def test_merged_roots_are_one_from_then_on(library: Library, clock: Clock) -> None:
    first = stored(library, document("First", leaf("No alert", "n")))
    second = stored(library, document("Second", leaf("Nobody was paged", "m")))
    item = actions.add(library, second.post_mortem.id, action(), ANN, root="1")
    one, other = first.roots[0], second.roots[0]
    clock.forward(hours=1)
    roots.merge(library, other.id, one.id, ANN)
    (row,) = queries.every(library)
    assert row.root == one
    assert row.post_mortems == (first.post_mortem.id, second.post_mortem.id)
    assert row.actions == (item.id,)
    now = again(library, second)
    assert now.root_of("m") == one
    assert [a.id for a in now.actions_of(one.id)] == [item.id]
    was = {row.root: row for row in queries.every(library, at=NOON)}
    assert set(was) == {one, other}
    assert was[other].actions == (item.id,)
    for pair in ((one.id, one.id), (other.id, one.id), (one.id, other.id)):
        with pytest.raises(InvalidInputError, match="cannot be merged"):
            roots.merge(library, *pair, ANN)
    with pytest.raises(NotFoundError):
        roots.merge(library, one.id, new_id(), ANN)
    post_mortems.save(library, with_nodes(now, leaf("Nobody", "m")).post_mortem, 1, ANN)
    assert again(library, second).root_of("m") == one


def test_titles_and_categories_can_be_asked_as_of_a_time(library: Library, clock: Clock) -> None:
    known = stored(library, document("Queue", leaf("No alert")))
    clock.forward(hours=1)
    roots.change(library, known.roots[0].id, ANN, title="Alerts miss age", category="alerting")
    then, now = (queries.every(library, at=at)[0].root for at in (NOON, clock.now))
    assert (then.title, then.category) == ("No alert", "")
    assert (now.title, now.category) == ("Alerts miss age", "alerting")
    assert queries.every(library)[0].root == now
    assert queries.every(library, at=NOON - HOUR) == ()
    with pytest.raises(InvalidInputError):
        roots.change(library, known.roots[0].id, ANN, title=" ")


def test_links_to_roots_that_are_not_there_are_left_out(library: Library) -> None:
    made = document("Queue", leaf("No alert", "n"))
    made = replace(made, leaf_roots=(LeafRoot("n", new_id(), NOON),))
    known = stored(library, made)
    assert root_title(known) == "No alert"


def test_two_moves_of_one_leaf_are_refused(library: Library) -> None:
    base = stored(library, document("Queue", leaf("No alert", "n")))
    for title in ("One", "Two"):
        stored(library, document(title, leaf(title)))
    one, two = (row.root for row in queries.every(library) if row.root.title in ("One", "Two"))
    roots.reach(library, base.post_mortem.id, "1", one.id, BEN)
    ended = replace(base.leaf_roots[0], until=NOON)
    mine = replace(base, roots=(*base.roots, two), leaf_roots=(ended, LeafRoot("n", two.id, NOON)))
    with pytest.raises(StaleWriteError):
        post_mortems.replace(library, mine, ANN, base=base)
    assert root_title(again(library, base)) == "One"


def test_a_colleagues_root_and_link_are_kept(library: Library) -> None:
    base = stored(
        library,
        with_actions(document("Queue", leaf("No alert", "n"), leaf("No limit", "m")), action()),
    )
    item = base.actions[0]
    first, second = base.roots
    actions.link(library, first.id, item.id, BEN)
    roots.change(library, first.id, BEN, category="alerting")
    mine = replace(base, roots=(first, replace(second, category="limits")))
    post_mortems.replace(library, mine, ANN, base=base)
    now = again(library, base)
    assert [root.category for root in now.roots] == ["alerting", "limits"]
    assert now.actions_of(first.id) == (item,)
    post_mortems.replace(library, replace(now, root_actions=()), ANN, base=now)
    assert again(library, base).actions_of(first.id) == ()


# relations


def test_relations_stand_since_and_end(library: Library, clock: Clock) -> None:
    first, second = stored(library), stored(library, document("Second"))
    ids = (first.post_mortem.id, RelationKind.REPEAT_OF, second.post_mortem.id)
    clock.forward(hours=1)
    relations.relate(library, *ids, ANN, note="The same queue")
    relations.relate(library, *ids, ANN)
    relations.relate(library, ids[0], RelationKind.RELATED, ids[2], ANN)
    repeat, related = again(library, first).relations
    assert (repeat.ref, repeat.title, repeat.note) == (second.ref, "Second", "The same queue")
    assert (repeat.since, related.kind) == (clock.now, RelationKind.RELATED)
    relations.unrelate(library, *ids, ANN)
    assert again(library, first).relations == (related,)
    assert again(library, second).relations == ()
    with pytest.raises(InvalidInputError, match="itself"):
        relations.relate(library, ids[0], RelationKind.RELATED, ids[0], ANN)
    for pair in ((ids[0], new_id()), (new_id(), ids[0])):
        with pytest.raises(NotFoundError):
            relations.relate(library, pair[0], RelationKind.RELATED, pair[1], ANN)


def test_the_same_root_is_one_root_of_the_library(library: Library, clock: Clock) -> None:
    first = stored(library, document("First", leaf("No alert", "n")))
    second = stored(library, document("Second", leaf("Nobody saw it", "m")))
    ids = (second.post_mortem.id, RelationKind.SAME_ROOT, first.post_mortem.id)
    clock.forward(hours=1)
    relations.relate(library, *ids, ANN)
    now = again(library, second)
    assert root_title(now) == "No alert"
    assert queries.reached_by(library, first.roots[0].id) == 2
    assert [(k.since, k.until) for k in now.leaf_roots] == [
        (NOON, NOON + HOUR),
        (NOON + HOUR, None),
    ]
    relations.relate(library, *ids, ANN)
    assert again(library, second) == now, "it stands already"
    clock.forward(hours=1)
    relations.unrelate(library, *ids, ANN)
    assert root_title(again(library, second)) == "Nobody saw it"
    assert queries.reached_by(library, first.roots[0].id) == 1
    relations.relate(library, *ids, ANN)
    post_mortems.delete(library, [second.post_mortem.id], ANN)
    assert queries.reached_by(library, first.roots[0].id) == 1


def test_which_of_several_roots_is_the_same_is_not_guessed(library: Library) -> None:
    two = stored(library, document("Two", leaf("No alert", "n"), leaf("No limit", "l")))
    one = stored(library, document("One", leaf("Nobody saw it", "m")))
    none = stored(library, document("None", WhyNode(new_id(), "Why?", "So")))
    for known, other in ((two, one), (one, two), (none, one), (one, none)):
        ids = known.post_mortem.id, other.post_mortem.id
        relations.relate(library, ids[0], RelationKind.SAME_ROOT, ids[1], ANN)
        now = again(library, known)
        assert now.leaf_roots == known.leaf_roots
        relations.unrelate(library, ids[0], RelationKind.SAME_ROOT, ids[1], ANN)
        assert replace(again(library, known), version=now.version) == replace(now, relations=())


def test_unlinking_leaves_a_root_that_was_chosen_otherwise(library: Library) -> None:
    """It never had another, so there is none to go back to."""
    first = stored(library, document("First", leaf("No alert", "n")))
    second = document("Second", leaf("Nobody saw it", "m"))
    shared = LeafRoot("m", first.roots[0].id, NOON)
    second = stored(library, replace(second, roots=first.roots, leaf_roots=(shared,)))
    ids = (second.post_mortem.id, RelationKind.SAME_ROOT, first.post_mortem.id)
    relations.relate(library, *ids, ANN)
    relations.unrelate(library, *ids, ANN)
    assert again(library, second).leaf_roots == (shared,)


def test_each_kind_of_relation_is_joined_by_itself(library: Library) -> None:
    first, second = stored(library), stored(library, document("Second"))
    for kind in RelationKind:
        relations.relate(library, first.post_mortem.id, kind, second.post_mortem.id, ANN)
    base = again(library, first)
    repeat, same, related = base.relations
    relations.unrelate(library, first.post_mortem.id, repeat.kind, repeat.id, BEN)
    mine = replace(base, relations=(repeat, replace(same, note="Mine"), related))
    post_mortems.replace(library, mine, ANN, base=base)
    assert {(r.kind, r.note) for r in again(library, first).relations} == {
        (RelationKind.SAME_ROOT, "Mine"),
        (RelationKind.RELATED, ""),
    }


# attachments


def test_a_file_is_kept_once_by_its_content(library: Library) -> None:
    first = attachments.keep(library, "../../graph.png", b"pixels")
    second = attachments.keep(library, "other.png", b"pixels")
    assert (first.name, first.size, first.media_type) == ("graph.png", 6, "image/png")
    assert first.sha256 == hashlib.sha256(b"pixels").hexdigest() == second.sha256
    assert attachments.path_of(library, first.sha256).read_bytes() == b"pixels"
    files = [path for path in library.attachments.rglob("*") if path.is_file()]
    assert len(files) == 1


def test_attachments_come_and_go_with_their_document(library: Library) -> None:
    files = tuple(attachments.keep(library, name, name.encode()) for name in ("b.txt", "a.txt"))
    known = stored(library, replace(document(), attachments=files))
    assert known.attachments == files
    renamed = (replace(files[0], name="c.txt"), files[1])
    post_mortems.replace(library, replace(known, attachments=renamed), ANN)
    assert again(library, known).attachments == renamed
    post_mortems.replace(library, replace(again(library, known), attachments=files[1:]), ANN)
    assert again(library, known).attachments == files[1:]
    post_mortems.replace(library, replace(again(library, known), attachments=files), ANN)
    assert set(again(library, known).attachments) == set(files)


def test_the_same_record_at_two_post_mortems_is_two(library: Library) -> None:
    file = attachments.keep(library, "a.txt", b"a")
    first = stored(library, replace(document(), attachments=(file,)))
    second = stored(library, replace(document("Copy"), attachments=(file,)))
    assert first.attachments == (file,)
    assert [a.sha256 for a in second.attachments] == [file.sha256]


def test_a_file_that_is_too_large_is_refused(library: Library) -> None:
    with pytest.raises(InvalidInputError, match="larger than 25 MB"):
        attachments.keep(library, "core.bin", b"0" * (attachments.SIZE_LIMIT + 1))


def test_a_folder_that_cannot_be_written_is_a_plain_error(library: Library) -> None:
    library.attachments.rmdir()
    library.attachments.write_text("in the way")
    with pytest.raises(LibraryError, match=r"a.txt cannot be attached"):
        attachments.keep(library, "a.txt", b"a")


@pytest.mark.parametrize("digest", ["", "../../../etc/passwd", "A" * 64, "0" * 63, "0" * 65])
def test_only_a_digest_becomes_a_path(digest: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Attachment("a", "a.txt", digest)


def test_a_relation_whose_note_is_typed_stays_one(library: Library) -> None:
    one, other = stored(library), stored(library)
    relations.relate(library, one.post_mortem.id, RelationKind.RELATED, other.post_mortem.id, ANN)
    before = again(library, one)
    noted = replace(before, relations=(replace(before.relations[0], note="Same service"),))

    post_mortems.replace(library, noted, ANN)

    found = again(library, one)
    assert [relation.note for relation in found.relations] == ["Same service"]
    assert found.relations[0].since == before.relations[0].since
