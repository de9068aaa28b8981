"""What a list cuts for want of room is whole in its tooltip and for a screen reader."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocumentFragment

from app.ui.tips import tip
from models.commands import post_mortems as commands
from models.domain.post_mortem import Status
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui import examples
from tests.app.ui.conftest import Bench

LONG = "Checkout answered with errors while the <b>rollout</b> of the basket went on " * 3
TITLE = LONG.strip()


def roles(index: QModelIndex) -> tuple[str, str]:
    """Tooltip, as it is shown, and sentence of a row."""
    shown = QTextDocumentFragment.fromHtml(str(index.data(Qt.ItemDataRole.ToolTipRole)))
    return shown.toPlainText(), str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_long_title_is_whole_where_the_list_cuts_it(bench: Bench) -> None:
    library = bench.screens.context.workspace.library
    case = (TITLE, "SEV2", "a-service-with-a-very-long-name", Status.IN_REVIEW, 11, 1)
    id = commands.add(library, examples.document(case), Actor("", "On-call lead")).id
    ref = queries.by_id(library, id).ref
    bench.desktop.look.set_percent(150)
    bench.window.resize(1240, 760)
    bench.press("F5")
    listed = bench.screens.library.list
    place = listed.rows.place(id)
    words = bench.desktop.look.metrics("question").horizontalAdvance(TITLE)
    assert words > listed.viewport().width()
    shown, spoken = roles(place)
    facts = ["a-service-with-a-very-long-name", "SEV2, In review"]
    assert shown.split("\n")[:3] == [TITLE, *facts], "what is due soon may follow"
    assert spoken.startswith(f"{ref}, {TITLE}, SEV2, In review, a-service-with-a-very-long-name")
    bench.screens.context.workspace.index.catch_up()
    bench.screens.searching.submit("basket rollout")
    bench.settle()
    found = bench.screens.search.list.hits.place(id)
    for words_of_hit in roles(found):
        assert TITLE in words_of_hit


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" ")))
def test_a_tooltip_shows_what_stands_there_and_no_html(text: str) -> None:
    shown = QTextDocumentFragment.fromHtml(tip(text, "<img src='file:///etc/hosts'>"))
    line = " ".join(text.split())
    assert shown.toPlainText() == "\n".join(
        part for part in (line, "<img src='file:///etc/hosts'>") if part
    )


def test_no_words_no_tooltip() -> None:
    assert tip("", "") == ""
