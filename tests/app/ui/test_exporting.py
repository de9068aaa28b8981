"""The export dialog: for whom, which form, which sections; review copies out and in again."""

import re
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.exporting.dialog import COPY, OUTSIDE, WHOLE, ExportDialog
from app.ui.exporting.returning import read_comments
from app.ui.fitting import clipped
from models.queries import post_mortems as queries
from models.redaction.documents import HEADING
from tests.app.ui.conftest import Bench


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def opened(bench: Bench, folder: Path) -> ExportDialog:
    bench.screens.exchange.export([bench.screens.library.list.current_id()])
    bench.settle()
    dialog = bench.window.findChildren(ExportDialog)[-1]
    dialog.folder.setText(str(folder))
    return dialog


def written(bench: Bench, dialog: ExportDialog, folder: Path) -> Path:
    dialog.carry_out()
    bench.settle()
    (file,) = folder.iterdir()
    return file


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_file_for_paper(bench: Bench, out: Path, form: str, begins: bytes) -> None:
    dialog = opened(bench, out)
    dialog.forms.click(form)
    file = written(bench, dialog, out)
    assert file.read_bytes().startswith(begins)
    if form == "docx":
        assert zipfile.ZipFile(file).testzip() is None


@pytest.mark.parametrize("name", ["For: Colleagues", "Form: Markdown", "Folder"])
def test_enter_exports_from_a_choice_or_a_field(bench: Bench, out: Path, name: str) -> None:
    dialog = opened(bench, out)
    field = next(w for w in dialog.findChildren(QWidget) if w.accessibleName() == name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    bench.settle()
    assert len(list(out.iterdir())) == 1


def test_for_people_outside_with_chosen_sections(bench: Bench, out: Path) -> None:
    dialog = opened(bench, out)
    dialog.whom.click(OUTSIDE)
    dialog.forms.click("html")
    assert dialog.hosts.isVisible()
    assert not dialog.sections.boxes["review"].isEnabled()
    for key, box in dialog.sections.boxes.items():
        if box.isChecked() and key != "summary":
            box.click()
    file = written(bench, dialog, out)
    page = file.read_text("utf-8")
    assert file.name.endswith("-external.html")
    assert HEADING in page
    assert set(re.findall(r'<h2 id="([^"]+)"', page)) <= {"summary", "section-1"}


def test_nothing_chosen_is_nothing_to_export(bench: Bench, out: Path) -> None:
    dialog = opened(bench, out)
    for box in dialog.sections.boxes.values():
        box.click()
    assert not dialog.export_button.isEnabled()
    dialog.sections.boxes["summary"].click()
    assert dialog.export_button.isEnabled()
    dialog.reject()


def focused(dialog: ExportDialog) -> QWidget:
    widget = dialog.focusWidget()
    assert widget is not None
    return widget


def test_by_keyboard_from_form_to_file(bench: Bench, out: Path) -> None:
    bench.press("Ctrl+E")
    dialog = bench.window.findChildren(ExportDialog)[-1]
    dialog.folder.setText(str(out))
    dialog.forms.choose("md")
    dialog.whom.setFocus()
    seen = []
    for _ in range(30):
        QTest.keyClick(focused(dialog), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
        if dialog.focusWidget() is dialog.export_button:
            break
    assert dialog.sections.boxes["whys"] in seen
    assert dialog.folder in seen
    QTest.keyClick(dialog.export_button, Qt.Key.Key_Return)
    bench.settle()
    assert [file.suffix for file in out.iterdir()] == [".md"]


def test_nothing_is_clipped_in_a_small_window_with_large_text(bench: Bench, out: Path) -> None:
    bench.window.resize(1240, 760)
    for percent in (100, 150):
        bench.screens.context.look.set_percent(percent)
        dialog = opened(bench, out)
        for whom in (WHOLE, OUTSIDE, COPY):
            dialog.whom.click(whom)
            bench.settle()
            assert clipped(dialog) == []
            assert dialog.height() <= bench.window.height()
        dialog.reject()
        bench.settle()


def test_no_choice_moves_the_rows_below_it(bench: Bench, out: Path) -> None:
    dialog = opened(bench, out)
    parts = (dialog.sections, dialog.folder, dialog.export_button)
    origin = QPoint()
    places = []
    for whom in (WHOLE, OUTSIDE, COPY, WHOLE):
        dialog.whom.click(whom)
        for form in ("pdf", "md") if whom != COPY else ():
            dialog.forms.click(form)
            bench.settle()
            places.append([part.mapTo(dialog, origin).y() for part in parts])
        bench.settle()
        places.append([part.mapTo(dialog, origin).y() for part in parts])
    assert all(place == places[0] for place in places)


def test_a_review_copy_goes_out_and_its_comments_come_in(
    bench: Bench, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(bench, out)
    dialog.whom.click(COPY)
    dialog.copy_forms.click("md")
    assert not dialog.sections.isVisible()
    file = written(bench, dialog, out)
    copy = file.read_text("utf-8")
    begin = re.search(r"<!-- comment \S+ section= anchor= on The whole document -->", copy)
    assert begin is not None
    file.write_text(f"{copy[: begin.end()]}\nWell told.\n{copy[begin.end() :]}", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    for _ in range(2):
        bench.screens.act("import_comments")
        bench.settle()
    store = bench.screens.context.workspace.library
    document = queries.by_id(store, bench.screens.library.list.current_id())
    assert [comment.text for comment in document.post_mortem.comments][-1:] == ["Well told."]
    assert sum(c.text == "Well told." for c in document.post_mortem.comments) == 1


def test_what_is_no_review_copy_is_said(bench: Bench, out: Path) -> None:
    (out / "text.md").write_text("# A text", "utf-8")
    read_comments(bench.screens.context, [out / "text.md"])
    bench.settle()
    assert bench.window.banner.isVisible()


def test_a_post_mortem_is_copied_as_rich_text(bench: Bench) -> None:
    bench.press("Ctrl+Alt+C")
    data = QGuiApplication.clipboard().mimeData()
    assert "<table style=" in data.html()
    assert "<h2>" in data.html()
    assert data.text().startswith("# PM-")
