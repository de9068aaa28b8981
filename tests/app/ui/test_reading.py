"""What a document reads like: words for facts, safe HTML, actions and keys."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PySide6.QtCore import QBuffer, QByteArray, QUrl
from PySide6.QtGui import QImage, QImageWriter, QKeySequence, QTextDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui import wording
from app.ui.actions import ACTIONS, ActionRow, ActionTable, key_parts, keyboard_page
from app.ui.document.places import anchor_of
from app.ui.document.reading import page, tiles
from app.ui.document.reading_text import ReadingText
from app.ui.item_models.facets import FacetModel
from app.ui.item_models.library_rows import Head, LibraryModel, entries
from app.ui.library.filters import Facet, FacetValue, toggled
from app.ui.search.state import SearchState
from app.ui.widgets.search_hit import around_mark, runs
from app.ui.wording import Wording
from integrations.export import wording as facts
from models import frameworks, sample, vocabulary
from models.commands import attachments
from models.document import Document
from models.domain.attachment import Attachment
from models.domain.moments import Moment, Precision, exactly
from models.domain.post_mortem import PostMortem, Section
from models.store.library import Library
from search.extract import extract
from search.results import Snippet
from tests.app.ui.conftest import Bench
from tests.app.ui.examples import CASES, document

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def words() -> Wording:
    return Wording(vocabulary.load(), frameworks.load())


@pytest.fixture
def library(bench: Bench) -> Library:
    return bench.screens.context.workspace.library


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "not known"),
        (0, "0 s"),
        (59, "59 s"),
        (59.6, "1 min"),
        (90, "1 min 30 s"),
        (599.4, "9 min 59 s"),
        (630, "10 min"),
        (47 * 60, "47 min"),
        (89 * 60, "1 h 29 min"),
        (7200, "2 h"),
        (100 * 3600, "4 d 4 h"),
    ],
)
def test_durations(seconds: float | None, said: str) -> None:
    assert facts.duration(seconds) == said


def test_inexact_durations_and_dates_are_marked() -> None:
    at = datetime(2025, 3, 2, 14, 5, tzinfo=UTC)
    assert facts.duration(600, inexact=True) == "~10 min"
    assert facts.duration(200, inexact=True) == "~3 min"
    assert wording.short_date(Moment(at, precision=Precision.MONTH), date(2026, 1, 1)) == "Mar 2025"
    assert wording.short_date(exactly(at), date(2025, 1, 1)) == "2 Mar"
    assert wording.short_date(None, date(2025, 1, 1)) == "no date"
    about = Moment(at, precision=Precision.APPROXIMATE)
    assert facts.moment_words(about) == "about 2 March 2025, 14:05 UTC"
    end = exactly(at.replace(hour=15))
    assert facts.span_words(exactly(at), end) == "2 March 2025, 14:05 to 15:05 UTC"
    assert facts.grouped("18420") == "18,420"
    assert facts.grouped("38 %") == "38 %"


def _shown(document: Document, library: Library, words: Wording) -> str:
    return page(document, library, words).html


def test_the_page_says_everything(words: Wording, library: Library) -> None:
    shown = _shown(document(CASES[0]), library, words)
    parts = (
        "Summary",
        "Timeline, in UTC",
        "14:06",
        "Why did it happen?",
        "Root, fixable by us",
        "Actions, 3 of 4 open",
        "What went well",
        "<strong>profile-api</strong>",
    )
    assert [part for part in parts if part not in shown] == []
    values = [tile.value for tile in tiles(document(CASES[0]), words)]
    assert values[:3] == ["4 min", "47 min", "1 h 29 min"]


def test_hostile_text_stays_text(words: Wording, library: Library) -> None:
    nasty = (
        "<script>alert(1)</script>\n\n![x](http://evil.example/a.png)\n\n[y](javascript:alert(1))"
    )
    mortem = PostMortem("1", "<b>title</b>", sections=(Section("2", "<i>heading</i>", nasty),))
    shown = _shown(Document(mortem), library, words)
    assert "<script" not in shown
    assert 'href="javascript' not in shown
    assert "evil.example" not in shown
    assert "&lt;i&gt;heading" in shown


def test_an_empty_document_says_so(words: Wording, library: Library) -> None:
    assert "Nothing is written yet." in _shown(Document(PostMortem("1", "")), library, words)


def _picture(width: int) -> bytes:
    image = QImage(width, 8, QImage.Format.Format_RGB32)
    image.fill(0x3344AA)
    content = QBuffer()
    content.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(content, QByteArray(b"png")).write(image)
    return bytes(content.data().data())


def _with_picture(content: bytes, library: Library, *, kept: bool = True) -> Document:
    digest = hashlib.sha256(content).hexdigest()
    if kept:
        file = attachments.path_of(library, digest)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    picture = Attachment("a", "graph.png", digest, "image/png", len(content))
    return Document(PostMortem("1", "t", summary="![p99](graph.png)"), attachments=(picture,))


def _width(browser: ReadingText, address: str) -> int:
    image = browser.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address))
    assert isinstance(image, QImage)
    return image.width()


@pytest.fixture
def browser(bench: Bench) -> ReadingText:
    return bench.screens.library.reading.text


def test_pictures_come_from_the_library_alone(
    words: Wording, library: Library, browser: ReadingText, tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(_picture(77))
    shown = page(_with_picture(_picture(33), library), library, words)
    browser.show_page(shown)
    (address,) = shown.pictures
    assert _width(browser, address) == 33
    for name in (str(tmp_path / "secret.png"), f"file://{tmp_path}/secret.png", "", "attachment:x"):
        assert _width(browser, name) == 1
    assert not browser.loadResource(1, QUrl("file:///etc/hostname"))


def test_what_is_no_picture_is_not_drawn(
    words: Wording, library: Library, browser: ReadingText
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><path/></svg>'
    for content in (drawing, b"", b"GIF89a-cut"):
        shown = page(_with_picture(content, library), library, words)
        browser.show_page(shown)
        assert [_width(browser, address) for address in shown.pictures] == [1]
    gone = page(_with_picture(_picture(21), library, kept=False), library, words)
    assert gone.pictures == {}
    assert "graph.png" in gone.html


@pytest.mark.parametrize(
    ("section", "anchor"),
    [
        ("Summary", "summary"),
        ("5 Whys, 2.1", "whys-2.1"),
        ("5 Whys, problem", "whys"),
        ("5 Whys, detection, 1", "whys-detection:1"),
        ("5 Whys, detection, problem", "whys-detection"),
        ("Timeline, 14:02", "timeline"),
        ("Actions, A-31", "actions-A-31"),
        ("Lessons, what went well", "went-well"),
        ("Capacity", "section-1"),
        ("Front matter", ""),
    ],
)
def test_sections_of_hits_are_places_of_the_page(section: str, anchor: str) -> None:
    mortem = PostMortem("1", "t", sections=(Section("2", "Capacity", "40 %"),))
    assert anchor_of(section, Document(mortem)) == anchor


def test_every_section_that_search_names_is_on_the_page(words: Wording, library: Library) -> None:
    for each in sample.documents():
        soup = BeautifulSoup(_shown(each, library, words), "html.parser")
        anchors = {tag["id"] for tag in soup.find_all(id=True)}
        named = {section.name for section in extract(each, {}).sections}
        missing = {name for name in named if anchor_of(name, each) not in anchors}
        # The title of an only incident is not shown: the document has one.
        assert missing <= {"Links", "Incident"}


def test_a_hit_opens_at_its_section(bench: Bench) -> None:
    bench.window.resize(1400, 500)
    screens = bench.screens
    screens.searching.submit("kill switch")
    bench.settle()
    hit = screens.search.list.hits.hit(screens.search.list.currentIndex())
    assert hit is not None
    screens.open(hit.id, "Actions")
    bench.settle()
    text = screens.document.reading.text
    assert text.verticalScrollBar().value() > 0
    screens.document.reading.reload()
    bench.settle()
    assert text.verticalScrollBar().value() > 0


def test_marks_and_excerpts() -> None:
    assert list(runs("a kill switch", ((2, 6),))) == [
        ("a ", False),
        ("kill", True),
        (" switch", False),
    ]
    text = "word " * 60 + "needle and more"
    start = text.index("needle")
    pieces = list(around_mark(Snippet("Summary", text, ((start, start + 6),)), 40))
    assert pieces[0] == ("…", False)
    assert ("needle", True) in pieces
    assert sum(len(piece) for piece, marked in pieces[: pieces.index(("needle", True))]) < 40


def test_search_state_as_a_query() -> None:
    state = SearchState("kill switch", toggled({}, "status", "In review", on=True))
    state = SearchState(state.text, toggled(state.selection, "year", "2026", on=True))
    state = SearchState(state.text, toggled(state.selection, "year", "2025", on=True))
    assert state.query() == 'status:"In review" year:2025 year:2026 kill switch'
    assert state.query(but="year") == 'status:"In review" kill switch'
    assert toggled(state.selection, "status", "In review", on=False).keys() == {"year"}


def test_models_keep_qts_rules(bench: Bench) -> None:
    screens = bench.screens
    screens.searching.submit("rollout")
    bench.settle()
    screens.library.delete_selected()
    bench.settle()
    for model in (
        screens.library.list.rows,
        screens.library.facets.tree.facet_model,
        screens.search.list.hits,
        screens.search.beside.similar.list.similar_model,
        screens.trash.list.trash_model,
        screens.settings.sections.section_model,
    ):
        # Failures are Qt warnings, and those fail the test.
        QAbstractItemModelTester(
            model, QAbstractItemModelTester.FailureReportingMode.Warning, bench.window
        )


def test_long_facets_fold_and_keep_what_is_chosen(qapp: object) -> None:
    values = tuple(FacetValue(f"v{n}", f"v{n}", 20 - n, n == 15) for n in range(20))
    model = FacetModel()
    model.show([Facet("service", "Service", values)])
    top = model.index(0, 0)
    assert model.rowCount(top) == 8
    assert model.find("service", "v15").isValid()
    assert model.data(model.index(7, 0, top)) == "13 more"
    model.unfold(model.index(7, 0, top))
    assert model.rowCount(model.index(0, 0)) == 20


def test_heads_stand_before_each_month(bench: Bench) -> None:
    model = bench.screens.library.list.rows
    every = [model.entry(model.index(row, 0)) for row in range(model.rowCount())]
    heads = [entry.text for entry in every if isinstance(entry, Head)]
    assert heads[:2] == ["November 2026", "October 2026"]
    assert len(heads) == len(set(heads))
    rows = [entry for entry in every if not isinstance(entry, Head)]
    by_severity = [e.text for e in entries(rows, "severity") if isinstance(e, Head)]
    assert by_severity == ["SEV1", "SEV2", "SEV3"]
    assert isinstance(model, LibraryModel)


def keys_of(rows: Iterable[ActionRow]) -> list[str]:
    keys = [QKeySequence(key).toString() for row in rows for key in row.keys]
    assert all(keys)
    return keys


def test_every_action_has_one_slot_and_no_key_twice(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    with pytest.raises(KeyError, match="quit"):
        ActionTable(window, {row.id: print for row in ACTIONS if row.id != "quit"})
    windows = keys_of(row for row in ACTIONS if not row.in_list)
    assert len(windows) == len(set(windows))
    taken = {}
    for scope in {row.scope for row in ACTIONS if row.in_list}:
        keys = keys_of(row for row in ACTIONS if row.in_list and row.scope == scope)
        assert len(keys) == len(set(keys))
        taken[scope] = set(keys) & set(windows)
    # A text's own keys go before the window's, and nothing is opened by Ctrl+Return in the editor.
    assert {scope: keys for scope, keys in taken.items() if keys} == {
        "Writing": {"Ctrl+.", "Ctrl+I"},
        "Timeline": {"Ctrl+Return"},
    }
    assert key_parts("Ctrl++") == ["Ctrl", "+"]
    assert key_parts("Ctrl+Shift+D") == ["Ctrl", "Shift", "D"]


def test_the_keyboard_page_of_the_docs_is_the_table() -> None:
    page = (ROOT / "docs" / "keyboard.md").read_text(encoding="utf-8")
    assert page == keyboard_page()
