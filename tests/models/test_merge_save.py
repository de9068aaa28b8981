"""Saving what was made from an older version: joined with what others stored, never refused."""

from dataclasses import replace

from models.commands import post_mortems as commands
from models.document import Document
from models.domain.post_mortem import Status
from models.domain.root import Root
from models.queries import post_mortems as queries
from models.store.library import Library
from tests.models.examples import ANN, BEN, Clock, action, again, document, leaf, retitled, stored
from tests.models.examples import with_actions as adding


def with_summary(known: Document, text: str) -> Document:
    return replace(known, post_mortem=replace(known.post_mortem, summary=text))


def test_two_authors_write_at_different_places(library: Library) -> None:
    base = stored(library, adding(document("Queue", leaf("No limit", "n")), action(id="x")))
    commands.merge_save(library, retitled(base, "Queue stalled"), base, ANN)
    mine = with_summary(
        replace(base, actions=(replace(base.actions[0], owner="Database team"),)), "Mine."
    )
    merged = commands.merge_save(library, mine, base, BEN)
    assert merged.conflicts == ()
    assert merged.document == again(library, base)
    assert (merged.document.post_mortem.title, merged.document.post_mortem.summary) == (
        "Queue stalled",
        "Mine.",
    )
    assert merged.document.actions[0].owner == "Database team"
    assert merged.saved.version == merged.document.version == 3
    assert merged.document.root_of("n") is not None


def test_what_both_wrote_is_stored_with_theirs_in_a_comment(library: Library, clock: Clock) -> None:
    base = stored(library)
    commands.merge_save(library, with_summary(base, "Theirs."), base, ANN)
    at = clock.forward(minutes=1)
    clock.forward(milliseconds=250)  # which nobody wants to read
    merged = commands.merge_save(library, with_summary(base, "Mine."), base, BEN)
    (conflict,) = merged.conflicts
    assert (conflict.place, conflict.mine, conflict.theirs) == ("summary", "Mine.", "Theirs.")
    now = again(library, base).post_mortem
    assert now.summary == "Mine."
    (comment,) = now.comments
    assert (comment.anchor, comment.at, comment.resolved) == ("summary", at, False)
    assert "Theirs." in comment.text
    assert [r.kind for r in queries.history(library, now.id)] == ["saved", "saved", "created"]


def test_a_status_that_others_set_stays_with_its_history(library: Library) -> None:
    base = stored(library)
    commands.set_status(library, base.post_mortem.id, Status.IN_REVIEW, ANN)
    merged = commands.merge_save(library, with_summary(base, "Mine."), base, BEN)
    now = merged.document.post_mortem
    assert (now.status, now.status_history[-1].status) == (Status.IN_REVIEW, Status.IN_REVIEW)


def test_nothing_new_makes_no_version(library: Library) -> None:
    base = stored(library)
    merged = commands.merge_save(library, base, base, ANN)
    assert (merged.saved.version, merged.document) == (1, base)
    commands.merge_save(library, with_summary(base, "Theirs."), base, ANN)
    assert commands.merge_save(library, base, base, BEN).document.version == 2


def test_autosaves_of_one_author_make_one_revision(library: Library) -> None:
    now = base = stored(library)
    for text in ("M", "Mi", "Mine."):
        now = commands.merge_save(
            library, with_summary(now, text), now, ANN, coalesce=True
        ).document
    kinds = [r.kind for r in queries.history(library, base.post_mortem.id)]
    assert kinds == ["autosave", "created"]


def test_a_root_that_others_renamed_keeps_its_name(library: Library) -> None:
    base = stored(library, document("Queue", leaf("No limit", "n")))
    root = base.root_of("n")
    assert root is not None
    theirs = replace(base, roots=(Root(root.id, "No limit per client"),))
    commands.merge_save(library, theirs, base, ANN)
    merged = commands.merge_save(library, with_summary(base, "Mine."), base, BEN)
    assert merged.document.root_of("n") == Root(root.id, "No limit per client")
