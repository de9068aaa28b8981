"""Storing post-mortems: refs, versions, revisions, dated facts and the trash."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from models.commands import labels, post_mortems, samples
from models.commands.labels import BulkEdit
from models.commands.post_mortems import Origin
from models.document import Document, new_id, same_content
from models.domain.action import ActionState
from models.domain.histories import severity_at, status_at
from models.domain.incident import Incident
from models.domain.post_mortem import PostMortem, Status
from models.errors import InvalidInputError, NotFoundError, StaleWriteError
from models.queries import actions as action_queries
from models.queries import post_mortems as queries
from models.queries.catalogue import catalogue
from models.store.library import Library, open_library
from tests.models.examples import (
    ANN,
    BEN,
    NOON,
    Clock,
    action,
    again,
    document,
    fresh_library,
    incident,
    leaf,
    retitled,
    stored,
    with_actions,
)
from tests.strategies import documents

HOUR = timedelta(hours=1)


# refs


def test_refs_count_within_the_year_of_the_incident(library: Library) -> None:
    years = (2026, 2026, 2024, None, 2024)
    refs = [stored(library, document(year=year)).ref for year in years]
    assert refs == ["PM-2026-001", "PM-2026-002", "PM-2024-001", "PM-2026-003", "PM-2024-002"]


@pytest.mark.parametrize(
    ("wanted", "year", "given"),
    [
        ("PM-2026-014", 2026, "PM-2026-014"),
        ("pm-2026-14", 2026, "PM-2026-014"),
        ("PM-2025-014", 2026, "PM-2025-014"),
        ("PM-2026-1000", 2026, "PM-2026-1000"),
        ("PM-2026-001", 2026, "PM-2026-002"),
        ("PM-2026-001", 2023, "PM-2023-001"),
        ("PM-2026-001", None, "PM-2026-002"),
        ("PM-2026-999999999", 2026, "PM-2026-002"),
        ("INC-7", 2026, "PM-2026-002"),
        ("", 1, "PM-0001-001"),
    ],
)
def test_a_wanted_ref_is_given_where_it_is_free(
    library: Library, wanted: str, year: int | None, given: str
) -> None:
    assert stored(library).ref == "PM-2026-001"
    assert stored(library, document(year=year, ref=wanted)).ref == given


def test_a_ref_of_the_trash_is_not_given_again(library: Library) -> None:
    post_mortems.delete(library, [stored(library).post_mortem.id], ANN)
    assert stored(library).ref == "PM-2026-002"


def test_names_find_their_post_mortem(library: Library) -> None:
    made = document()
    mortem = replace(made.post_mortem, aliases=("INC-7", "https://wiki.example/Outage"))
    known = stored(library, replace(made, post_mortem=mortem))
    for name in ("PM-2026-001", " pm-2026-1 ", mortem.id, "inc-7", "HTTPS://wiki.example/outage"):
        assert queries.resolve(library, name) == mortem.id
    other = document("Other")
    stored(library, replace(other, post_mortem=replace(other.post_mortem, aliases=("INC-7",))))
    with pytest.raises(NotFoundError, match="several post-mortems: PM-2026-001, PM-2026-002"):
        queries.resolve(library, "INC-7")
    for name in ("PM-2026-009", "", "nothing"):
        with pytest.raises(NotFoundError):
            queries.resolve(library, name)
    post_mortems.delete(library, [mortem.id], ANN)
    assert queries.resolve(library, known.ref, deleted=True) == mortem.id
    with pytest.raises(NotFoundError):
        queries.resolve(library, known.ref)


def test_an_alias_that_is_anothers_ref_does_not_hide_it(library: Library) -> None:
    first = stored(library)
    other = document("Other")
    stored(library, replace(other, post_mortem=replace(other.post_mortem, aliases=(first.ref,))))
    assert queries.resolve(library, first.ref) == first.post_mortem.id


def test_what_is_here_already_is_not_added_again(library: Library) -> None:
    known = stored(library)
    with pytest.raises(InvalidInputError, match="in this library already, as PM-2026-001"):
        post_mortems.add(library, known, ANN)
    post_mortems.delete(library, [known.post_mortem.id], ANN)
    with pytest.raises(InvalidInputError, match="in the trash already"):
        post_mortems.add(library, known, ANN)


# round trips


@given(documents())
def test_a_stored_document_says_what_it_said(made: Document) -> None:
    with fresh_library() as library:
        saved = post_mortems.add(library, made, ANN, source="import")
        found = queries.by_id(library, saved.id)
        assert same_content(replace(found, ref=made.ref), _rooted(made, found))
        assert queries.by_id(library, post_mortems.replace(library, found, BEN).id) == found


@given(documents(), documents())
def test_a_replaced_document_says_what_it_says_now(first: Document, second: Document) -> None:
    mortem = replace(
        second.post_mortem,
        id=first.post_mortem.id,
        status=first.post_mortem.status,
        status_history=first.post_mortem.status_history,
    )
    wanted = replace(second, post_mortem=mortem, version=1)
    with fresh_library() as library:
        post_mortems.add(library, first, ANN, source="import")
        post_mortems.replace(library, wanted, BEN, source="import")
        found = queries.by_id(library, mortem.id)
    incidents = tuple(
        replace(i, severity_history=j.severity_history, state_history=j.state_history)
        for i, j in zip(mortem.incidents, found.post_mortem.incidents, strict=True)
    )
    wanted = replace(wanted, post_mortem=replace(mortem, incidents=incidents))
    assert same_content(replace(found, ref=wanted.ref), _rooted(wanted, found))


def _rooted(document: Document, found: Document) -> Document:
    """With the roots that storing made for leaves that had none."""
    return replace(document, roots=found.roots, leaf_roots=found.leaf_roots)


# versions and revisions


def test_a_stale_write_is_refused_and_both_versions_are_kept(library: Library) -> None:
    known = stored(library)
    post_mortems.save(library, retitled(known, "Ann's").post_mortem, 1, ANN)
    with pytest.raises(StaleWriteError, match="changed since it was read"):
        post_mortems.save(library, retitled(known, "Ben's").post_mortem, 1, BEN)
    assert again(library, known).post_mortem.title == "Ann's"
    history = queries.history(library, known.post_mortem.id)
    assert [(r.kind, r.actor) for r in history] == [
        ("conflict", "Ben (reviewer)"),
        ("saved", "Ann (author)"),
        ("created", "Ann (author)"),
    ]
    kept = queries.revision(library, known.post_mortem.id, history[0].number)
    assert kept.post_mortem.title == "Ben's"
    post_mortems.restore(library, known.post_mortem.id, history[0].number, BEN)
    assert again(library, known).post_mortem.title == "Ben's"


def test_saving_what_is_there_changes_nothing(library: Library) -> None:
    known = stored(library)
    assert post_mortems.save(library, known.post_mortem, 1, BEN).version == 1
    assert len(queries.history(library, known.post_mortem.id)) == 1


def _autosave(library: Library, known: Document, title: str, actor: object = ANN) -> None:
    now = again(library, known)
    mortem = retitled(now, title).post_mortem
    post_mortems.save(library, mortem, now.version, actor, coalesce=True)  # type: ignore[arg-type]


def test_autosaves_of_two_minutes_make_one_revision(library: Library, clock: Clock) -> None:
    known = stored(library)
    for title in ("one", "two", "three"):
        _autosave(library, known, title)
        clock.forward(seconds=36)
    history = queries.history(library, known.post_mortem.id)
    assert [(r.number, r.version, r.kind) for r in history] == [
        (2, 4, "autosave"),
        (1, 1, "created"),
    ]
    assert queries.revision(library, known.post_mortem.id, 2).post_mortem.title == "three"
    assert history[0].at == clock() - timedelta(seconds=36)  # the last write, not the first
    clock.forward(seconds=12)
    _autosave(library, known, "later")
    clock.forward(seconds=36)
    _autosave(library, known, "later still")
    later, joined, _ = queries.history(library, known.post_mortem.id)
    assert (later.at, joined.at) == (clock(), clock() - timedelta(seconds=84))
    assert queries.revision(library, known.post_mortem.id, 2).post_mortem.title == "three"


def test_a_new_status_or_template_is_a_revision_of_its_own(library: Library) -> None:
    base = stored(library)
    for fields in ({"summary": "one"}, {"template": "lightweight"}, {"summary": "two"}):
        known = queries.by_id(library, base.post_mortem.id)
        mortem = replace(known.post_mortem, **fields)  # type: ignore[arg-type]
        wanted = replace(known, post_mortem=mortem)
        post_mortems.merge_save(library, wanted, known, ANN, coalesce=True)
    kinds = [revision.kind for revision in queries.history(library, base.post_mortem.id)]
    assert kinds == ["autosave", "saved", "autosave", "created"]


def test_autosaves_never_swallow_what_somebody_saved(library: Library) -> None:
    known = stored(library)
    _autosave(library, known, "one")
    _autosave(library, known, "Ben's", BEN)
    _autosave(library, known, "two")
    post_mortems.restore(library, known.post_mortem.id, 1, ANN)
    _autosave(library, known, "three")
    numbers = {r.number: r.kind for r in queries.history(library, known.post_mortem.id)}
    assert list(numbers.values()) == [
        "autosave",
        "restored",
        "autosave",
        "autosave",
        "autosave",
        "created",
    ]
    kept = [queries.revision(library, known.post_mortem.id, n) for n in numbers]
    titles = [revision.post_mortem.title for revision in kept]
    assert titles == ["three", "Queue stalled", "two", "Ben's", "one", "Queue stalled"]


def test_restoring_keeps_the_status_and_the_dated_histories(library: Library, clock: Clock) -> None:
    known = stored(library)
    clock.forward(hours=1)
    changed = replace(
        known.post_mortem,
        status=Status.CLOSED,
        summary="Longer",
        incidents=(replace(known.post_mortem.incidents[0], severity="SEV1"),),
    )
    post_mortems.save(library, changed, 1, ANN)
    clock.forward(hours=1)
    post_mortems.restore(library, known.post_mortem.id, 1, ANN)
    now = again(library, known).post_mortem
    assert (now.summary, now.status, now.incidents[0].severity) == ("", Status.CLOSED, "SEV2")
    assert [c.severity for c in now.incidents[0].severity_history] == ["SEV2", "SEV1", "SEV2"]
    assert [c.status for c in now.status_history] == [Status.DRAFT, Status.CLOSED]
    with pytest.raises(NotFoundError, match="has no revision 99"):
        post_mortems.restore(library, known.post_mortem.id, 99, ANN)


# dated facts


def test_status_and_severity_can_be_asked_as_of_a_time(library: Library, clock: Clock) -> None:
    known = stored(library)
    clock.forward(hours=1)
    mortem = known.post_mortem
    cleared = replace(mortem.incidents[0], severity="")
    mortem = replace(mortem, status=Status.IN_REVIEW, incidents=(cleared,))
    post_mortems.save(library, mortem, 1, ANN)
    now = again(library, known).post_mortem
    assert status_at(now, NOON) is Status.DRAFT
    assert status_at(now, NOON + HOUR) is Status.IN_REVIEW
    assert severity_at(now.incidents[0], NOON) == "SEV2"
    assert severity_at(now.incidents[0], NOON + HOUR) == ""


def test_a_first_severity_holds_from_the_incidents_beginning(library: Library) -> None:
    known = stored(library).post_mortem.incidents[0]
    assert severity_at(known, datetime(2026, 3, 4, 6, tzinfo=UTC)) == "SEV2"


def test_what_was_imported_keeps_what_it_was(library: Library, clock: Clock) -> None:
    made = document()
    mortem = replace(made.post_mortem, status=Status.CLOSED, historical=True)
    post_mortems.add(library, replace(made, post_mortem=mortem), ANN, source="import")
    assert again(library, made).post_mortem == mortem
    clock.forward(days=1)
    post_mortems.set_status(library, mortem.id, Status.DRAFT, BEN)
    labels.edit(library, [mortem.id], BulkEdit(severity="SEV1"), BEN)
    now = again(library, made).post_mortem
    assert status_at(now, NOON) is Status.CLOSED
    assert severity_at(now.incidents[0], NOON) == "SEV2"
    assert severity_at(now.incidents[0], clock.now) == "SEV1"


def test_histories_only_grow(library: Library) -> None:
    known = stored(library)
    post_mortems.set_status(library, known.post_mortem.id, Status.IN_REVIEW, ANN)
    bare = replace(
        known.post_mortem,
        status=Status.IN_REVIEW,
        status_history=(),
        incidents=(replace(known.post_mortem.incidents[0], severity_history=()),),
    )
    post_mortems.save(library, bare, 2, BEN)
    now = again(library, known).post_mortem
    assert [c.status for c in now.status_history] == [Status.DRAFT, Status.IN_REVIEW]
    assert [c.severity for c in now.incidents[0].severity_history] == ["SEV2"]


def test_passing_over_a_gate_records_the_reason(library: Library) -> None:
    known = stored(library)
    saved = post_mortems.set_status(
        library, known.post_mortem.id, Status.CLOSED, BEN, reason="The vendor closed down"
    )
    assert saved.version == 2
    change = again(library, known).post_mortem.status_history[-1]
    assert (change.status, change.by) == (Status.CLOSED, "Ben (reviewer)")
    assert change.reason == "The vendor closed down"
    assert post_mortems.set_status(library, saved.id, Status.CLOSED, BEN).version == 2


# trash and samples


def test_trash_and_back(library: Library, clock: Clock) -> None:
    known = stored(library, with_actions(document(), action()))
    post_mortems.delete(library, [known.post_mortem.id], ANN)
    clock.forward(hours=1)
    post_mortems.delete(library, [known.post_mortem.id], ANN)
    assert [t.ref for t in queries.trash(library)] == [known.ref]
    assert queries.trash(library)[0].deleted_at == NOON
    assert (catalogue(library), queries.ids(library), action_queries.every(library)) == ((), (), ())
    post_mortems.undelete(library, [known.post_mortem.id], ANN)
    assert queries.trash(library) == ()
    assert again(library, known) == known
    assert len(action_queries.every(library)) == 1
    with pytest.raises(NotFoundError):
        post_mortems.delete(library, [known.post_mortem.id, "nothing"], ANN)
    assert queries.trash(library) == ()


def test_samples_come_go_and_come_back(library: Library) -> None:
    own = stored(library)
    made = [
        document("Sample 1"),
        with_actions(document("Sample 2"), action(state=ActionState.READY)),
    ]
    shown: list[int] = []
    assert len(samples.add(library, made, shown.append)) == 2
    assert shown == [1, 2]
    assert samples.add(library, made) == ()
    assert samples.remove(library, ANN) == 2
    assert queries.ids(library) == (own.post_mortem.id,)
    assert samples.add(library, made) == ()
    assert len(queries.ids(library)) == 3
    assert set(queries.with_origin(library, "sample")) == {d.post_mortem.id for d in made}


# many at once


def test_a_bulk_edit_is_done_and_undone(library: Library, clock: Clock) -> None:
    first, second = stored(library), stored(library)
    ids = [first.post_mortem.id, second.post_mortem.id]
    change = BulkEdit("SEV1", Status.CLOSED, ("mail",), ("slow", "slow"), ())
    before = labels.edit(library, [*ids, ids[0]], change, ANN)
    assert [entry.post_mortem for entry in before] == [first.post_mortem, second.post_mortem]
    row = catalogue(library)[0]
    assert (row.severity, row.status, row.services) == ("SEV1", Status.CLOSED, ("mail",))
    assert row.tags == ("slow",)
    post_mortems.save(library, retitled(again(library, second), "Mine").post_mortem, 2, BEN)
    clock.forward(hours=1)
    assert labels.undo(library, before, ANN) == 1
    now = again(library, first).post_mortem
    assert (now.status, now.tags) == (Status.DRAFT, ())
    assert now.incidents[0].services == ("checkout",)
    assert status_at(now, NOON) is Status.CLOSED
    assert again(library, second).post_mortem.title == "Mine"


def test_a_bulk_edit_is_done_for_all_or_none(library: Library) -> None:
    known = stored(library)
    with pytest.raises(NotFoundError):
        labels.edit(library, [known.post_mortem.id, "nothing"], BulkEdit(severity="SEV1"), ANN)
    assert again(library, known) == known


def test_editing_tags_makes_no_incident(library: Library) -> None:
    known = stored(library, Document(PostMortem(new_id(), "No incident yet")))
    labels.edit(library, [known.post_mortem.id], BulkEdit(add_tags=("a",)), ANN)
    assert again(library, known).post_mortem.incidents == ()
    assert labels.edit(library, [known.post_mortem.id], BulkEdit(add_tags=("a",)), ANN) == ()
    labels.edit(library, [known.post_mortem.id], BulkEdit(severity="SEV3"), ANN)
    assert [i.severity for i in again(library, known).post_mortem.incidents] == ["SEV3"]


def test_renaming_merges_and_can_be_undone(library: Library) -> None:
    made = document()
    mortem = replace(
        made.post_mortem,
        incidents=(Incident(new_id(), services=("api", "checkout", "API")), incident()),
    )
    known = stored(library, replace(made, post_mortem=mortem))
    before = labels.rename(library, "service", "api", " checkout ", ANN)
    now = again(library, known).post_mortem
    assert [i.services for i in now.incidents] == [("checkout", "API"), ("checkout",)]
    assert labels.undo(library, before, ANN) == 1
    assert again(library, known).post_mortem.incidents[0].services == ("api", "checkout", "API")
    assert labels.rename(library, "tag", "none", "other", ANN) == ()
    for kind, name in (("service", " "), ("owner", "x")):
        with pytest.raises(InvalidInputError):
            labels.rename(library, kind, "api", name, ANN)


# sources


def test_an_imported_file_is_known_and_edits_here_are_seen(library: Library) -> None:
    made = with_actions(document("Imported", leaf("No alert")), action())
    origin = Origin("notes/outage.md", "digest 1")
    assert queries.imported(library, origin.identity) is None
    saved = post_mortems.add(library, made, ANN, source="import", origin=origin)

    def edited() -> bool:
        known = queries.imported(library, origin.identity)
        assert known is not None
        return known.edited

    assert not edited()
    post_mortems.delete(library, [saved.id], ANN)
    post_mortems.undelete(library, [saved.id], ANN)
    stored(library, document("Another"))
    assert not edited()
    newer = retitled(again(library, made), "Imported again")
    again_read = Origin(origin.identity, "digest 2")
    base = again(library, made)
    post_mortems.merge_save(library, newer, base, ANN, source="import", origin=again_read)
    found = queries.imported(library, origin.identity)
    assert found is not None
    assert (found.digest, found.edited, found.deleted) == ("digest 2", False, False)
    post_mortems.save(library, retitled(newer, "Mine").post_mortem, 2, BEN)
    assert edited()


def test_two_handles_see_each_others_writes(library: Library, tmp_path: Path) -> None:
    other = open_library(tmp_path / "library")
    known = stored(library)
    assert queries.by_id(other, known.post_mortem.id) == known
    post_mortems.save(other, retitled(known, "Theirs").post_mortem, 1, BEN)
    assert again(library, known).post_mortem.title == "Theirs"
    assert other.id == library.id
    other.close()
