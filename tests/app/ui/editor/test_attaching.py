"""Files and pictures pasted or dropped into a text."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout

from app.ui.editor.attaching import markdown_link
from app.ui.editor.draft import Draft
from app.ui.editor.prose.edit import ProseEdit
from app.ui.editor.section import SectionPage
from integrations.markdown import render
from models.commands import attachments as commands
from models.domain.attachment import Attachment
from models.queries import post_mortems as queries
from models.queries.labels import names
from tests.app.ui.conftest import Bench


class Page(SectionPage):
    """A section of one text."""

    def __init__(self, bench: Bench) -> None:
        context = bench.screens.context
        self.library = context.workspace.library
        self.messages = context.messages
        document = queries.by_id(self.library, queries.ids(self.library)[0])
        super().__init__(context, Draft(context, document))
        self.field = ProseEdit(context.look, "Summary")
        QVBoxLayout(self).addWidget(self.field)

    @property
    def files(self) -> tuple[Attachment, ...]:
        return self.draft.document.attachments


@pytest.fixture
def page(bench: Bench) -> Iterator[Page]:
    page = Page(bench)
    page.show()
    bench.settle()
    yield page
    page.draft.save()
    bench.settle()
    page.close()
    page.deleteLater()


def drop(page: Page, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.field.insertFromMimeData(data)


def png(path: Path, shade: int = 0) -> Path:
    picture(shade).save(str(path))
    return path


def picture(shade: int = 0) -> QImage:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(shade)
    return image


def test_a_dropped_picture_is_kept_and_shown_by_the_text(
    page: Page, bench: Bench, tmp_path: Path
) -> None:
    page.field.set_markdown("Before ")
    page.field.moveCursor(page.field.textCursor().MoveOperation.End)
    drop(page, png(tmp_path / "error rate (p99).png"))
    bench.settle()
    assert page.field.markdown() == ("Before ![error rate (p99).png](error%20rate%20%28p99%29.png)")
    (file,) = page.files
    stored = commands.path_of(page.library, file.sha256)
    assert stored.read_bytes() == (tmp_path / "error rate (p99).png").read_bytes()
    shown = render.block(page.field.markdown(), files={file.name: "data:image/png;base64,AA"})
    assert '<img src="data:image/png;base64,AA"' in shown


def test_the_same_content_is_kept_once_and_another_gets_a_name_of_its_own(
    page: Page, bench: Bench, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    drop(page, png(tmp_path / "a.png"))
    bench.settle()
    drop(page, tmp_path / "a.png", png(other / "a.png", shade=255))
    bench.settle()
    assert [file.name for file in page.files] == ["a.png", "a 2.png"]
    assert page.field.markdown().count("(a.png)") == 2
    assert "![a 2.png](a%202.png)" in page.field.markdown()
    folder = page.library.attachments
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2


def test_a_pasted_picture_becomes_a_file(page: Page, bench: Bench) -> None:
    data = QMimeData()
    data.setImageData(picture())
    page.field.insertFromMimeData(data)
    bench.settle()
    assert page.field.markdown() == "![picture.png](picture.png)"
    assert page.files[0].media_type == "image/png"


def test_a_text_that_is_too_long_becomes_a_file(page: Page, bench: Bench) -> None:
    data = QMimeData()
    data.setText("y" * 10_000_000)
    page.field.set_markdown("Before. After.")
    page.field.select(8, 8)
    page.field.insertFromMimeData(data)
    bench.settle()
    link = "[pasted text.txt](pasted%20text.txt)"
    assert page.field.markdown() == f"Before. \n\n{link}\n\nAfter."
    assert "attached as pasted text.txt" in bench.window.toast.accessibleName()
    assert page.files[0].size == 10_000_000


def test_a_name_that_would_lead_elsewhere_is_made_safe(
    page: Page, bench: Bench, tmp_path: Path
) -> None:
    path = tmp_path / "..\\..\\x]((javascript:y).txt"
    path.write_text("log")
    drop(page, path)
    bench.settle()
    (file,) = page.files
    assert ".." not in file.name
    assert "\\" not in file.name
    shown = render.block(page.field.markdown(), files={file.name: ""})
    assert 'href="#attachments"' in shown
    assert 'href="javascript' not in shown


def test_what_cannot_be_attached_is_told_and_the_rest_is(
    page: Page, bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "SIZE_LIMIT", 1024 * 1024)
    large = tmp_path / "core.dump"
    with large.open("wb") as file:
        os.truncate(file.fileno(), 1024 * 1024 + 1)
    folder = tmp_path / "folder"
    folder.mkdir()
    told: list[str] = []
    monkeypatch.setattr(
        page.messages,
        "error",
        lambda error: told.append(str(error)),
    )
    drop(page, large, folder, tmp_path / "gone.txt", png(tmp_path / "a.png"))
    bench.settle()
    assert told == [
        "core.dump is larger than 1 MB.",
        "folder is not a file.",
        "gone.txt is not a file.",
    ]
    assert page.field.markdown() == "![a.png](a.png)"


def test_attaching_can_be_undone(page: Page, bench: Bench, tmp_path: Path) -> None:
    drop(page, png(tmp_path / "a.png"))
    bench.settle()
    assert page.draft.undo_name == "Attach a.png"
    page.draft.undo()
    assert page.files == ()
    page.draft.redo()
    assert len(page.files) == 1


def test_the_words_of_a_section_are_judged(page: Page, bench: Bench) -> None:
    spelling = bench.screens.context.spelling
    spelling.set_language("en")
    page.field.set_markdown("recieve")
    QTest.qWait(200)
    bench.settle()
    assert page.field.spelling is spelling
    assert spelling.is_wrong("recieve")
    spelling.set_names(names(page.library))
    assert "profile-api" in names(page.library)


def test_only_pictures_are_shown_as_pictures() -> None:
    def link(name: str, media_type: str) -> str:
        return markdown_link(Attachment("1", name, "0" * 64, media_type))

    assert link("a.webp", "image/webp") == "![a.webp](a.webp)"
    assert link("a.svg", "image/svg+xml") == "[a.svg](a.svg)"
    assert link("[x].pdf", "application/pdf") == "[\\[x\\].pdf](%5Bx%5D.pdf)"
