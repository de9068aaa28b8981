"""Exports: one safe HTML page, JSON by its schema, files that never replace somebody else's."""

import hashlib
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from bs4 import BeautifulSoup
from hypothesis import given

import resources
from integrations.export.body import body_html
from integrations.export.files import (
    ExportError,
    Format,
    base_name,
    export_documents,
    json_text,
)
from integrations.export.html import to_html
from integrations.export.identity import is_export_of
from integrations.export.prose import Prose
from integrations.export.schema import json_schema
from models import sample
from models.document import Document, content, from_json
from models.domain.action import ActionItem
from models.domain.attachment import Attachment
from models.domain.incident import Event, Evidence, Incident, current_events
from models.domain.post_mortem import Lessons, PostMortem, Section, Status, StatusChange
from models.domain.whys import About, WhyNode, WhyTree, walk
from models.errors import LibraryError
from tests import SOAK
from tests.forms import from_markdown
from tests.strategies import documents, tame_text

PIXEL = b"\x89PNG\r\n\x1a\n-not-really-an-image"
FileOf = Callable[[Attachment], Path]


def _attachment(name: str, content: bytes = PIXEL, media_type: str = "image/png") -> Attachment:
    return Attachment(
        f"id of {name}", name, hashlib.sha256(content).hexdigest(), media_type, len(content)
    )


@pytest.fixture
def file_of(tmp_path: Path) -> FileOf:
    """A store of attachments that has one content."""
    store = tmp_path / "store"
    store.mkdir()
    (store / hashlib.sha256(PIXEL).hexdigest()).write_bytes(PIXEL)
    return lambda attachment: store / attachment.sha256


def _document(number: int = 14, title: str = "Saves failed") -> Document:
    return Document(
        PostMortem(f"id-{number}", title, summary="Orders were lost."), ref=f"PM-2026-{number:03}"
    )


# HTML


def test_a_quote_that_an_event_repeats_is_its_source_alone() -> None:
    at = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
    pasted = Evidence("quote", "on-call  14:02\npool is full", "on-call, Chat message")
    longer = Evidence("quote", "pool is full\nretries pile up\nshed them?", "Bridge")
    events = (
        Event("e1", at, text="pool is full", evidence=(pasted,)),
        Event("e2", at, text="The pool is full.", evidence=(pasted,)),
        Event("e3", at, text="pool is full", evidence=(longer,)),
    )
    mortem = PostMortem("p1", "Full", incidents=(Incident("i1", timeline=events),))
    rows = BeautifulSoup(body_html(Document(mortem)), "html.parser").select(".quiet")
    assert [" ".join(row.get_text().split()) for row in rows] == [
        "Evidence: on-call, Chat message",
        "Evidence: on-call, Chat message",
        "Evidence: pool is full retries pile up shed them?",
    ]


def test_a_link_that_may_not_be_followed_can_be_read() -> None:
    links = [
        Evidence("link", "Pool graph", "smb://graphs/pool"),
        Evidence("link", "smb://x", "smb://x"),
        Evidence("link", "Nothing"),
    ]
    shown = Prose((), {}).evidence(links)
    assert "Evidence: Pool graph (smb://graphs/pool); smb://x; Nothing<" in shown
    assert "<a" not in shown


def test_every_place_has_an_anchor() -> None:
    at = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
    event = Event("e1", at, text="Errors", evidence=(Evidence("link", "p99", "https://g.example"),))
    mortem = PostMortem(
        "p1",
        "Saves failed",
        summary="Orders were lost.",
        incidents=(Incident("i1", timeline=(event,)), Incident("i2", resolution="Rolled back.")),
        whys=(
            WhyTree("t1", nodes=(WhyNode("n1", "Why?", children=(WhyNode("n2", "And why?"),)),)),
            WhyTree("t2", About.DETECTION, nodes=(WhyNode("n3", "Why so late?"),)),
        ),
        lessons=Lessons(went_well="The rollback."),
        sections=(Section("s1", "Capacity", "40 %"),),
    )
    document = Document(mortem, ref="PM-2026-014", actions=(ActionItem("a1", "Limit", "A-31"),))
    soup = BeautifulSoup(body_html(document), "html.parser")
    anchors = [tag["id"] for tag in soup.find_all(id=True)]
    assert anchors == [
        *("summary", "incident-1", "timeline", "timeline-e1", "incident-2", "resolution-2"),
        *("whys", "whys-1", "whys-1.1", "whys-detection", "whys-detection:1"),
        *("went-well", "actions", "actions-A-31", "section-1"),
    ]


@given(documents())
def test_a_page_is_self_contained_and_inert(document: Document) -> None:
    soup = BeautifulSoup(to_html(document), "html.parser")
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    assert "default-src 'none'" in str(policy["content"])
    for tag in soup.find_all(True):
        assert tag.name not in {"script", "link", "iframe", "object", "embed", "form", "base"}
        assert not [name for name in tag.attrs if name.startswith("on") or name == "srcset"]
        assert str(tag.get("src", "data:image/")).startswith("data:image/")
    style = soup.find("style")
    assert style is not None
    assert "url(" not in style.get_text()
    assert "@import" not in style.get_text()


@given(documents(tame_text))
def test_no_word_is_missing_from_the_page(document: Document) -> None:
    mortem = document.post_mortem
    nodes = [node for tree in mortem.whys for _, node in walk(tree)]
    texts = [
        *(mortem.title, mortem.summary, mortem.contributing_factors, *mortem.authors),
        *(mortem.lessons.went_well, mortem.lessons.went_wrong, mortem.lessons.lucky),
        *(part for section in mortem.sections for part in (section.heading, section.markdown)),
        *(part for node in nodes for part in (node.question, node.answer)),
        *(part for action in document.actions for part in (action.title, action.text)),
        *(event.text for i in mortem.incidents for event in current_events(i.timeline)),
        *(comment.text for comment in mortem.comments),
    ]
    shown = BeautifulSoup(to_html(document), "html.parser").get_text(" ")
    assert set(re.findall(r"\w+", " ".join(texts))) <= set(re.findall(r"\w+", shown))


def test_images_are_inside_the_page(file_of: FileOf) -> None:
    mortem = replace(_document().post_mortem, summary="![p99](dash.png) [log](dash.png)")
    document = replace(_document(), post_mortem=mortem, attachments=(_attachment("dash.png"),))
    assert '<img src="data:image/png;base64,iVBORw0K' in to_html(document, file_of)
    without = BeautifulSoup(to_html(document), "html.parser")
    image = without.find("img")
    assert image is not None
    assert "src" not in image.attrs
    assert without.find("a", href="#attachments") is not None


def test_an_svg_is_not_shown_as_an_image(file_of: FileOf) -> None:
    mortem = replace(_document().post_mortem, summary="![x](x.svg)")
    drawing = _attachment("x.svg", media_type="image/svg+xml")
    page = to_html(replace(_document(), post_mortem=mortem, attachments=(drawing,)), file_of)
    assert "svg+xml" not in page


def test_an_image_that_is_gone_is_named(tmp_path: Path) -> None:
    document = replace(_document(), attachments=(_attachment("dash.png"),))
    with pytest.raises(LibraryError, match=r"The attachment dash\.png cannot be read"):
        to_html(document, lambda _: tmp_path / "gone")


# JSON


def test_the_committed_schema_is_that_of_the_types() -> None:
    committed = json.loads(resources.read_text("schema", "post-mortem.schema.json"))
    assert committed == json_schema(), (
        "Run: python -m integrations.export.schema > resources/schema/post-mortem.schema.json"
    )


@given(documents())
def test_exports_follow_the_schema(document: Document) -> None:
    text = json_text(document)
    assert from_json(json.loads(text)) == document
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(text))


def test_the_schema_lets_ids_be_left_out_and_refuses_strangers() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    data = {"title": "Saves failed", "incidents": [{"timeline": [{"at": None}]}]}
    validator.validate(data)
    assert from_json(data).post_mortem.title == "Saves failed"
    assert not validator.is_valid({"title": "x", "colour": "blue"})
    assert not validator.is_valid({"title": "x", "incidents": [{"state": "over"}]})
    assert not validator.is_valid({})


# Files


@pytest.mark.parametrize("form", list(Format))
def test_the_sample_library_comes_back(form: Format, tmp_path: Path, file_of: FileOf) -> None:
    on_paper = form in (Format.PDF, Format.DOCX)
    samples = sample.documents()[:: 3 if on_paper and not SOAK else 1]
    exported = export_documents(samples, form, tmp_path / "out", file_of)
    assert len(set(exported.files)) == len(samples)
    for file, document in zip(exported.files, samples, strict=True):
        if on_paper:
            assert is_export_of(document, file)
            continue
        text = file.read_text("utf-8")
        if form is Format.MARKDOWN:
            assert content(from_markdown(text)) == content(document)
            assert from_markdown(text, document) == document
        elif form is Format.JSON:
            assert from_json(json.loads(text)) == document
        else:
            assert document.post_mortem.id in text


def test_progress_and_stopping(tmp_path: Path, file_of: FileOf) -> None:
    done: list[int] = []
    exported = export_documents(
        [_document(n) for n in range(5)],
        Format.JSON,
        tmp_path,
        file_of,
        progress=done.append,
        cancelled=lambda: len(done) == 3,
    )
    assert exported.cancelled
    assert (len(exported.files), done) == (3, [1, 2, 3])


@pytest.mark.parametrize("form", list(Format))
def test_an_older_export_is_replaced_and_others_are_not(
    form: Format, tmp_path: Path, file_of: FileOf
) -> None:
    document = _document()
    (first,) = export_documents([document], form, tmp_path, file_of).files
    (again,) = export_documents([document], form, tmp_path, file_of).files
    stranger = replace(document, post_mortem=replace(document.post_mortem, id="id-other"))
    (other,) = export_documents([stranger], form, tmp_path, file_of).files
    assert again == first
    assert other.name == f"PM-2026-014-saves-failed-2.{form}"
    assert not list(tmp_path.glob(".afterwhy-*"))


def test_one_document_can_go_to_one_file(tmp_path: Path, file_of: FileOf) -> None:
    target = tmp_path / "new" / "report.html"
    assert export_documents([_document()], Format.HTML, target, file_of).files == (target,)
    target.write_text("mine", "utf-8")
    with pytest.raises(ExportError, match="is not an export of PM-2026-014"):
        export_documents([_document()], Format.HTML, target, file_of)
    assert target.read_text("utf-8") == "mine"


def test_attachments_lie_beside_the_markdown(tmp_path: Path, file_of: FileOf) -> None:
    names = ("dash.png", "../../dash.png", "a:b.png")
    document = replace(_document(), attachments=tuple(map(_attachment, names)))
    (file,) = export_documents([document], Format.MARKDOWN, tmp_path / "out", file_of).files
    assert file == tmp_path / "out" / "PM-2026-014-saves-failed" / "PM-2026-014-saves-failed.md"
    beside = sorted(path.name for path in file.parent.iterdir() if path != file)
    assert beside == ["a_b.png", "dash-2.png", "dash.png"]
    assert (file.parent / "dash.png").read_bytes() == PIXEL


def test_attachments_lie_where_the_text_links_them(tmp_path: Path, file_of: FileOf) -> None:
    text = "![a](attachments/7/dash.png) [b](old/dash.png) ![c](../dash.png) ![d](/x/log%201.png)"
    names = ("dash.png", "old-dash.png", "log 1.png")
    document = _document()
    document = replace(
        document,
        post_mortem=replace(document.post_mortem, summary=text),
        attachments=tuple(map(_attachment, names)),
    )
    (file,) = export_documents([document], Format.MARKDOWN, tmp_path / "out", file_of).files
    beside = [path for path in file.parent.rglob("*") if path.is_file() and path != file]
    assert sorted(path.relative_to(file.parent).as_posix() for path in beside) == [
        "attachments/7/dash.png",
        "log 1.png",
        "old/dash.png",
    ]
    assert text in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("ref", "title", "name"),
    [
        ("PM-2026-014", "Größe: Saves / failed!", "PM-2026-014-groe-saves-failed"),
        ("PM-1", "接続", "PM-1"),
        ("", "", "post-mortem"),
        ("", "con", "post-mortem-con"),
        ("../x", "../../etc", "x-etc"),
        ("PM-1", "a" * 300, "PM-1-" + "a" * 75),
    ],
)
def test_file_names_are_safe_everywhere(ref: str, title: str, name: str) -> None:
    assert base_name(replace(_document(title=title), ref=ref)) == name


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, file_of: FileOf) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(ExportError) as caught:
        export_documents([_document()], Format.JSON, tmp_path / "taken" / "out", file_of)
    assert "PM-2026-014 cannot be exported" in str(caught.value)
    assert caught.value.kept == "Nothing was written."


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_no_half_file(
    tmp_path: Path, file_of: FileOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        with Path("/dev/full").open("wb", buffering=0) as disk:
            disk.write(b"x")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match="No space left"):
        export_documents([_document()], Format.JSON, tmp_path / "out", file_of)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_page_says_where_somebody_went_on_with_a_reason() -> None:
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    history = (
        StatusChange(Status.DRAFT, at),
        StatusChange(Status.IN_REVIEW, at, "Lead", "The meeting is <today>. Still open: No onset."),
    )
    mortem = replace(_document().post_mortem, status_history=history)
    page = BeautifulSoup(body_html(replace(_document(), post_mortem=mortem)), "html.parser")
    (entry,) = page.select("#reasons + ul > li")
    assert " ".join(entry.get_text(" ").split()) == (
        "In review Lead, 20 November 2026, 09:00 UTC The meeting is <today>. Still open: No onset."
    )
    quiet = replace(mortem, status_history=history[:1])
    assert "Went on" not in body_html(replace(_document(), post_mortem=quiet))
