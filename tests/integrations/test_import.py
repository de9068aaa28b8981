"""Planning and carrying out an import, on real files and a real library."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from integrations.export.files import Format, export_documents
from integrations.markdown.apply import Outcome, apply
from integrations.markdown.form import to_markdown
from integrations.markdown.plan import Plan, Verdict, plan
from models import vocabulary
from models.commands import actions, attachments, post_mortems
from models.document import Document, same_content, to_json
from models.domain.action import ActionItem, ActionState
from models.domain.attachment import Attachment
from models.domain.post_mortem import PostMortem
from models.domain.root import LeafRoot, Root, RootAction
from models.domain.whys import Stop, StopReason, WhyNode, WhyTree
from models.errors import LibraryError
from models.queries import post_mortems as queries
from models.store.library import Actor, Library, open_library

TERMS = vocabulary.load()
THEN = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
ACTOR = Actor("somebody", "engineer")
FIRST = "# Pool empty\n\n## Summary\n\nOn 2024-05-03 it fell.\n\n## Action items\n\n- Add a limit\n"
SECOND = "# Disk full\n\n## Summary\n\nOn 2023-02-01 it filled.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path / "library")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "documents"
    (place / "old").mkdir(parents=True)
    (place / "pool.md").write_text(FIRST)
    (place / "old" / "disk.md").write_text(SECOND)
    return place


def planned(library: Library, *paths: Path) -> Plan:
    return plan(library, paths, TERMS)


def imported(library: Library, *paths: Path, update: bool = False) -> Outcome:
    return apply(library, planned(library, *paths), ACTOR, TERMS, update=update)


def verdicts(the_plan: Plan) -> dict[str, Verdict]:
    return {entry.path.name: entry.verdict for entry in the_plan.entries}


def test_a_folder_comes_in_once(library: Library, folder: Path) -> None:
    first = imported(library, folder)
    assert [(done.ref, done.title) for done in first.imported] == [
        ("PM-2024-001", "Pool empty"),
        ("PM-2023-001", "Disk full"),
    ]
    again = imported(library, folder)
    assert (len(again.imported), len(again.duplicates)) == (0, 2)
    assert len(queries.ids(library)) == 2


def test_a_plan_writes_nothing(library: Library, folder: Path) -> None:
    assert set(verdicts(planned(library, folder)).values()) == {Verdict.NEW}
    assert queries.ids(library) == ()


def test_a_copy_elsewhere_is_a_duplicate(library: Library, folder: Path, tmp_path: Path) -> None:
    imported(library, folder)
    (tmp_path / "copy.md").write_text(FIRST)
    (entry,) = planned(library, tmp_path / "copy.md").entries
    assert (entry.verdict, entry.ref) == (Verdict.DUPLICATE, "PM-2024-001")


def test_a_file_named_twice_is_read_once(library: Library, folder: Path) -> None:
    outcome = imported(library, folder, folder / "pool.md")
    assert len(outcome.imported) == 2


def test_a_changed_file_updates_what_was_not_edited_here(library: Library, folder: Path) -> None:
    imported(library, folder)
    before = queries.document(library, "PM-2024-001")
    (folder / "pool.md").write_text(FIRST.replace("it fell", "it fell down"))
    assert verdicts(planned(library, folder))["pool.md"] is Verdict.CHANGED
    (done,) = imported(library, folder).updated
    after = queries.document(library, "PM-2024-001")
    assert done.ref == "PM-2024-001"
    assert "it fell down" in after.post_mortem.summary
    assert [a.id for a in after.actions] == [a.id for a in before.actions]
    assert not imported(library, folder).updated


def test_a_file_and_a_post_mortem_that_both_changed_are_a_conflict(
    library: Library, folder: Path
) -> None:
    imported(library, folder)
    here = queries.document(library, "PM-2024-001")
    edited = replace(here.post_mortem, contributing_factors="Added here.")
    post_mortems.save(library, edited, here.version, ACTOR)
    (folder / "pool.md").write_text(FIRST.replace("it fell", "it fell down"))
    outcome = imported(library, folder)
    assert [done.ref for done in outcome.conflicts] == ["PM-2024-001"]
    assert queries.document(library, "PM-2024-001").post_mortem == edited
    outcome = imported(library, folder, update=True)
    assert [done.ref for done in outcome.updated] == ["PM-2024-001"]
    after = queries.document(library, "PM-2024-001").post_mortem
    assert "fell down" in after.summary
    assert after.contributing_factors == "Added here."


def test_an_update_keeps_what_happened_to_an_action(library: Library, folder: Path) -> None:
    imported(library, folder)
    (action,) = queries.document(library, "PM-2024-001").actions
    actions.set_fields(library, action.id, {"state": "done", "owner": "a role"}, ACTOR)
    (folder / "pool.md").write_text(FIRST + "- Add an alert\n")
    imported(library, folder, update=True)
    limit, alert = queries.document(library, "PM-2024-001").actions
    assert (limit.id, limit.state, limit.owner) == (action.id, ActionState.DONE, "a role")
    assert alert.title == "Add an alert"


def test_front_matter_ids_follow_a_file_that_moves(library: Library, folder: Path) -> None:
    (folder / "pool.md").write_text("---\nid: inc-7\n---\n" + FIRST)
    imported(library, folder)
    (folder / "pool.md").rename(folder / "old" / "renamed.md")
    (folder / "old" / "renamed.md").write_text("---\nid: inc-7\n---\n" + FIRST + "\nMore.\n")
    assert verdicts(planned(library, folder))["renamed.md"] is Verdict.CHANGED
    assert queries.document(library, "inc-7").ref == "PM-2024-001"


def test_another_file_with_a_known_id_never_updates_by_itself(
    library: Library, folder: Path
) -> None:
    first, second = folder / "pool.md", folder / "old" / "disk.md"
    first.write_text("---\nid: inc-7\n---\n" + FIRST)
    second.write_text("---\nid: inc-7\n---\n" + SECOND)
    imported(library, first)
    (done,) = imported(library, second).conflicts
    assert (done.ref, str(first) in done.reason) == ("PM-2024-001", True)
    first.unlink()
    (done,) = imported(library, second).conflicts
    assert "“Pool empty” was imported with the same id" in done.reason
    assert queries.document(library, "inc-7").post_mortem.title == "Pool empty"
    assert len(imported(library, second, update=True).updated) == 1
    assert len(imported(library, second).duplicates) == 1
    second.write_text(second.read_text() + "\nMore.\n")
    assert verdicts(planned(library, second)) == {"disk.md": Verdict.CHANGED}


def test_a_moved_file_is_a_duplicate(library: Library, folder: Path) -> None:
    (folder / "pool.md").write_text("---\nid: inc-7\n---\n" + FIRST)
    imported(library, folder / "pool.md")
    (folder / "pool.md").rename(folder / "old" / "renamed.md")
    assert verdicts(planned(library, folder / "old" / "renamed.md")) == {
        "renamed.md": Verdict.DUPLICATE
    }


def test_of_two_files_with_one_id_the_second_is_a_conflict(library: Library, folder: Path) -> None:
    shared = folder / "old" / "disk.md"
    shared.write_text("---\nid: inc-7\n---\n" + SECOND)
    imported(library, folder)
    late = folder / "another.md"
    late.write_text("---\nid: inc-7\n---\n# Another\n\nText.\n")
    for update in (False, True, False):
        again = apply(library, planned(library, folder), ACTOR, TERMS, update=update)
        assert [(done.path.name, done.reason) for done in again.conflicts] == [
            (
                "another.md",
                "it has the same id as disk.md; give one of them another id",
            )
        ]
        assert (again.imported, again.updated, again.failed) == ((), (), ())
    assert queries.document(library, "inc-7").post_mortem.title == "Disk full"


def test_new_files_with_one_id_are_a_conflict_each_time(library: Library, folder: Path) -> None:
    for path, text in ((folder / "pool.md", FIRST), (folder / "old" / "disk.md", SECOND)):
        path.write_text("---\nid: index\n---\n" + text)
    first = imported(library, folder)
    again = imported(library, folder)
    assert (len(first.imported), len(first.conflicts)) == (1, 1)
    assert (len(again.duplicates), len(again.conflicts), again.imported) == (1, 1, ())


@pytest.mark.parametrize(
    ("front", "notice"),
    [
        ("---\ntitle: Mail late\nbad: [1, 2\n---\n", "cannot be understood"),
        ("---\ntitle: Mail late\n", "no closing line"),
    ],
)
def test_broken_front_matter_is_told(
    library: Library, tmp_path: Path, front: str, notice: str
) -> None:
    file = tmp_path / "mail.md"
    file.write_text(front + "\n## Summary\n\nLate.\n")
    done = imported(library, file).imported[0]
    assert done.in_part
    assert notice in done.notices[0]
    assert "Mail late" in to_markdown(queries.document(library, done.ref))


def test_plain_lines_of_broken_front_matter_count(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: Mail late\nseverity: SEV2\nbad: [1, 2\n---\n\nLate.\n")
    document = queries.document(library, imported(library, file).imported[0].ref)
    assert document.post_mortem.title == "Mail late"
    assert document.post_mortem.incidents[0].severity == "SEV2"


def test_what_is_in_the_trash_does_not_come_back(library: Library, folder: Path) -> None:
    imported(library, folder)
    post_mortems.delete(library, queries.ids(library), ACTOR)
    outcome = imported(library, folder)
    assert {done.reason for done in outcome.duplicates} == {"it is in the trash"}


def test_everything_else_is_listed_with_its_reason(library: Library, folder: Path) -> None:
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "data.json").write_text("{}")
    (folder / ".git").mkdir()
    (folder / "binary.md").write_bytes(bytes(range(256)) * 10)
    (folder / "empty.md").write_text("")
    with (folder / "huge.md").open("wb") as file:
        file.write(b"# T\n" * 5000)
        file.truncate(50 * 2**20)
    outcome = imported(library, folder, folder / "absent.md")
    assert {done.path.name: done.reason for done in outcome.skipped} == {
        "photo.png": "not a Markdown, HTML, text or JSON file",
        "data.json": "JSON, but not of a post-mortem",
        ".git": "a hidden folder",
        "binary.md": "a binary file",
    }
    assert {done.path.name: done.reason for done in outcome.failed} == {
        "empty.md": "the file is empty",
        "huge.md": "too large: 50 MB, the limit is 16 MB",
        "absent.md": "there is no such file",
    }
    assert len(outcome.imported) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_named_and_the_rest_goes_on(
    library: Library, folder: Path
) -> None:
    (folder / "old").chmod(0)
    try:
        outcome = imported(library, folder)
    finally:
        (folder / "old").chmod(0o755)
    assert [done.reason for done in outcome.failed] == ["permission denied"]
    assert len(outcome.imported) == 1


def test_links_out_of_the_folder_are_not_followed(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("# Secret")
    (folder / "leak.md").symlink_to(tmp_path / "secret.md")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    outcome = imported(library, folder)
    assert [done.reason for done in outcome.skipped] == ["a link that leads out of the folder"]
    assert len(outcome.imported) == 2


def test_files_of_a_document_come_along_but_only_from_its_folder(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "images").mkdir()
    (folder / "images" / "a.png").write_bytes(b"picture")
    text = (
        "# T\n\n![a](images/a.png) ![b](/images/a.png) ![c](../secret.png) ![d](/etc/passwd)"
        " [other](old/disk.md) ![gone](images/gone.png) ![web](https://x.example/a.png)\n"
    )
    (folder / "pictures.md").write_text(text)
    (done,) = imported(library, folder / "pictures.md").imported
    assert " ".join(done.notices) == (
        "Pictures left out: “../secret.png” (it lies outside the imported folder), “/etc/passwd” "
        "(its path is absolute), “images/gone.png” (there is no such file), "
        "“https://x.example/a.png” (it lies on the web)."
    )
    imported(library, folder)
    document = next(d for d in queries.every(library) if d.post_mortem.title == "T")
    (kept,) = document.attachments
    assert (kept.name, kept.size) == ("a.png", len(b"picture"))
    assert attachments.path_of(library, kept.sha256).read_bytes() == b"picture"


def test_a_link_to_a_file_outside_is_not_followed(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    (folder / "chart.png").symlink_to(tmp_path / "secret.png")
    (folder / "old" / "disk.md").write_text("# T\n\n![up](../chart.png) ![far](../../x.png)\n")
    notices = [notice for entry in planned(library, folder).entries for notice in entry.notices]
    assert "; ".join(notices) == (
        "Pictures left out: “../chart.png” (it lies outside the imported folder), "
        "“../../x.png” (it lies outside the imported folder)."
    )
    imported(library, folder)
    assert not any(document.attachments for document in queries.every(library))


def test_a_stop_comes_between_two_documents(library: Library, folder: Path) -> None:
    the_plan = planned(library, folder)
    seen: list[str] = []
    outcome = apply(
        library,
        the_plan,
        ACTOR,
        TERMS,
        progress=lambda done, total, path: seen.append(f"{done}/{total}"),
        stopped=lambda: len(seen) >= 1,
    )
    assert outcome.stopped
    assert len(outcome.imported) == 1
    assert seen == ["0/2"]
    assert len(imported(library, folder).imported) == 1


def test_a_plan_can_be_stopped(library: Library, folder: Path) -> None:
    stopped = plan(library, [folder], TERMS, stopped=lambda: True)
    assert (stopped.stopped, stopped.entries) == (True, ())


def test_exports_come_back_equal(library: Library, folder: Path, tmp_path: Path) -> None:
    imported(library, folder)
    exported = tmp_path / "exported"
    exported.mkdir()
    documents = list(queries.every(library))
    for document in documents:
        (exported / f"{document.ref}.md").write_text(to_markdown(document))
    (exported / "a.json").write_text(json.dumps(to_json(documents[0])))
    assert len(imported(library, exported).duplicates) == 3
    other = open_library(tmp_path / "other")
    outcome = imported(other, exported)
    assert sorted(done.ref for done in outcome.imported) == ["PM-2023-001", "PM-2024-001"]
    for document in documents:
        assert same_content(queries.document(other, document.ref), document)


def exported_as(library: Library, folder: Path, *forms: Format) -> list[Path]:
    """Exports of everything in a library."""

    def content(file: Attachment) -> Path:
        return attachments.path_of(library, file.sha256)

    documents = list(queries.every(library))
    return [p for form in forms for p in export_documents(documents, form, folder, content).files]


def test_an_own_html_export_is_no_second_copy(library: Library, tmp_path: Path) -> None:
    (tmp_path / "pool.md").write_text(FIRST)
    imported(library, tmp_path / "pool.md")
    (page,) = exported_as(library, tmp_path / "out", Format.HTML)
    (entry,) = planned(library, page).entries
    assert (entry.verdict, entry.ref) == (Verdict.DUPLICATE, "PM-2024-001")
    assert "made for reading" in entry.reason
    post_mortems.delete(library, queries.ids(library), ACTOR)
    (entry,) = planned(library, page).entries
    assert (entry.verdict, entry.reason) == (Verdict.DUPLICATE, "it is in the trash")


def test_all_exports_of_one_post_mortem_come_in_as_one(library: Library, tmp_path: Path) -> None:
    (tmp_path / "pool.md").write_text(FIRST)
    imported(library, tmp_path / "pool.md")
    (document,) = queries.every(library)
    out = tmp_path / "out"
    exported_as(library, out, Format.HTML, Format.JSON, Format.MARKDOWN)
    other = open_library(tmp_path / "other")
    outcome = imported(other, out)
    assert [done.path.suffix for done in outcome.imported] == [".json"]
    assert [done.path.suffix for done in outcome.duplicates] == [".html", ".md"]
    assert same_content(queries.document(other, document.ref), document)


def test_a_page_alone_is_read_and_known_again(library: Library, tmp_path: Path) -> None:
    (tmp_path / "pool.md").write_text(FIRST)
    imported(library, tmp_path / "pool.md")
    (page, text) = exported_as(library, tmp_path / "out", Format.HTML, Format.MARKDOWN)
    other = open_library(tmp_path / "other")
    assert len(imported(other, page).imported) == 1
    assert queries.ids(other) == queries.ids(library)
    assert len(imported(other, page).duplicates) == 1
    assert [done.ref for done in imported(other, text).conflicts] == ["PM-2024-001"]
    assert len(imported(other, text, update=True).updated) == 1


def test_an_action_of_two_post_mortems_is_one_in_another_library(
    library: Library, tmp_path: Path
) -> None:
    first, second = shared_action(library)
    exported = tmp_path / "exported"
    exported.mkdir()
    for document in (first, second):
        (exported / f"{document.ref}.md").write_text(to_markdown(document))
    other = open_library(tmp_path / "other")
    imported(other, exported)
    copies = [queries.document(other, document.ref) for document in (first, second)]
    assert [copy.actions for copy in copies] == [first.actions, second.actions]
    assert copies[0].actions == copies[1].actions
    assert [link.since for link in copies[0].leaf_roots] == [THEN]
    assert [link.since for link in copies[0].root_actions] == [THEN]


def shared_action(library: Library) -> list[Document]:
    """Two post-mortems that one action closes."""
    action = ActionItem("a1", "Limit the retries", "A-01")
    leaf = WhyNode("n1", "Why?", "No limit.", stop=Stop(StopReason.FIXABLE))
    first = PostMortem("p1", "Pool empty", whys=(WhyTree("t1", nodes=(leaf,)),))
    linked = Document(
        first,
        actions=(action,),
        roots=(Root("r1", "No limit"),),
        leaf_roots=(LeafRoot("n1", "r1", THEN),),
        root_actions=(RootAction("r1", "a1", THEN),),
    )
    post_mortems.add(library, linked, ACTOR)
    second = PostMortem("p2", "Pool empty again")
    post_mortems.add(library, Document(second, actions=(action,)), ACTOR, source="import")
    return [queries.by_id(library, name) for name in ("p1", "p2")]


def test_an_export_brings_its_attachments_into_another_library(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    (folder / "images").mkdir()
    (folder / "images" / "a.png").write_bytes(b"picture")
    (folder / "pictures.md").write_text("# T\n\n![a](images/a.png)\n")
    document = queries.document(library, imported(library, folder / "pictures.md").imported[0].ref)
    out = tmp_path / "out"
    export_documents(
        [document], Format.MARKDOWN, out, lambda file: attachments.path_of(library, file.sha256)
    )
    other = open_library(tmp_path / "other")
    copy = queries.document(other, imported(other, out).imported[0].ref)
    (kept,) = copy.attachments
    assert attachments.path_of(other, kept.sha256).read_bytes() == b"picture"
    assert same_content(copy, document)


def test_a_damaged_export_is_refused_with_its_line(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "damaged.md"
    path.write_text("---\nafterwhy: 1\nstatus: Sleeping\n---\n\n# T\n")
    (done,) = imported(library, path).failed
    assert "Line" in done.reason


def test_a_library_that_cannot_be_written_stops_the_import(library: Library, folder: Path) -> None:
    the_plan = planned(library, folder)
    library.writable = False
    with pytest.raises(LibraryError):
        apply(library, the_plan, ACTOR, TERMS)


def test_a_taken_ref_gets_the_next_free_one(library: Library, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").write_text(f"# Outage {number} of 2024-05-03\n\nText {number}.")
    outcome = imported(library, *(tmp_path / f"{n}.md" for n in range(3)))
    assert [done.ref for done in outcome.imported] == ["PM-2024-001", "PM-2024-002", "PM-2024-003"]
