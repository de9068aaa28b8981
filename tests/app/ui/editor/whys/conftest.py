"""The section of the 5 Whys in a window of its own, on a document of its own, and a keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.editor.draft import Draft
from app.ui.editor.whys.page import WhysPage
from app.ui.typography import load_fonts
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.action import ActionItem, ActionState
from models.domain.incident import Evidence, Incident
from models.domain.post_mortem import PostMortem
from models.domain.whys import About, Stop, StopReason, WhyNode, WhyTree, walk
from models.editing import stops
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Bench, Open

TREE = WhyTree(
    "tree",
    problem="Saves failed for 47 minutes",
    nodes=(
        WhyNode(
            "1",
            "Why did saves fail?",
            "The new path wrote an empty field.",
            (Evidence("query", "Log query", "error:SchemaViolation"),),
            children=(
                WhyNode("1.1", "Why was it empty?", "Old accounts have no preferences."),
                WhyNode("1.2", "Why did it stop the save?", "There is no fallback.", joined=True),
            ),
        ),
        WhyNode("2", "Why so many?", "The flag went to 100% in one step."),
    ),
)


class Desk:
    """The section, its draft, what the draft holds, and a keyboard."""

    def __init__(self, bench: Bench, tree: WhyTree = TREE) -> None:
        self.bench = bench
        self.context = bench.screens.context
        library = self.context.workspace.library
        id = new_id()
        mortem = PostMortem(id, "Saves fail", incidents=(Incident("i"),), whys=(tree,))
        commands.add(library, Document(mortem), Actor("", "Lead"))
        self.draft = Draft(self.context, queries.by_id(library, id))
        self.page = WhysPage(self.context, self.draft)
        self.draft.changed.connect(self._show)
        self.page.show_document(self.draft.document)
        self.page.resize(1060, 780)
        self.page.show()
        self.page.setFocus()
        self.focus()

    def _show(self) -> None:
        self.page.show_document(self.draft.document)

    @property
    def tree(self) -> WhyTree:
        """The tree that is shown."""
        return self.page.shown_tree()

    @property
    def outline(self) -> list[str]:
        """Every why as "1.1+ answer", with + where it is joined."""
        return [f"{number}{'+' * node.joined} {node.answer}" for number, node in walk(self.tree)]

    def node(self, number: str) -> WhyNode:
        return dict(walk(self.tree))[number]

    @property
    def current(self) -> str:
        """The sentence of the current row."""
        return str(self.page.tree.currentIndex().data())

    def go(self, number: str) -> None:
        """Make a why current."""
        assert self.page.tree.open_to(self.node(number).id)
        self.page.tree.setFocus()
        self.bench.settle()

    def press(self, *keys: str) -> None:
        for key in keys:
            QTest.keySequence(self.focus(), key)
            self.bench.settle()

    def type(self, text: str) -> None:
        for letter in text:  # the first one may open the field that takes the others
            QTest.keyClicks(self.focus(), letter)
        self.bench.settle()

    def focus(self) -> QWidget:
        modal = QApplication.activeModalWidget()
        window = modal or self.page
        if not window.isActiveWindow():
            # As a window system does when a dialog closes; the offscreen one does not.
            window.activateWindow()
            self.bench.settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def close(self) -> None:
        """Write what is not written, so that nothing goes on after the test."""
        self.draft.save()
        self.bench.settle()
        self.page.close()
        self.page.deleteLater()
        self.draft.deleteLater()
        self.bench.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="module")
def shared_bench(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A window for all tests of a module: opening one takes longer than most of them."""
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "CACHE", "STATE"):
            patch.setenv(f"AFTERWHY_{name}", str(folder / name.lower()))
        patch.setenv("AFTERWHY_NOW", "2026-11-20T09:00:00Z")
        qapp.setStyle("Fusion")
        load_fonts()
        bench = Bench(qapp, folder / "library")
        yield bench
        bench.close()
        qapp.setStyleSheet("")


def _at_a_desk(bench: Bench, tree: WhyTree) -> Iterator[Desk]:
    look, preferences = bench.screens.context.look, bench.screens.context.preferences
    look.set_percent(100)
    look.set_scheme("light")
    preferences.single_keys = True
    preferences.set_text("whys_ask", "why")
    bench.window.toast.hide()
    bench.window.resize(1440, 900)
    made = Desk(bench, tree)
    yield made
    made.close()


@pytest.fixture
def desk(shared_bench: Bench) -> Iterator[Desk]:
    """The section on ``TREE``, the problem being current."""
    yield from _at_a_desk(shared_bench, TREE)


@pytest.fixture
def blank_desk(shared_bench: Bench) -> Iterator[Desk]:
    """The section on a tree without a word."""
    yield from _at_a_desk(shared_bench, WhyTree("tree"))


@pytest.fixture
def own_desk(open_bench: Open) -> Iterator[Desk]:
    """The section on ``TREE`` in a library that holds nothing else."""
    yield from _at_a_desk(open_bench(empty=True), TREE)


def add_root_found_before(desk: Desk) -> None:
    """Another post-mortem that reached a root, which an action addresses."""
    library, lead = desk.context.workspace.library, Actor("", "Lead")
    stop = Stop(StopReason.FIXABLE)
    leaf = WhyNode("leaf", "", "The launch checklist asks for no fallback", stop=stop)
    tree = WhyTree("older", About.OCCURRENCE, "Photos were missing", (leaf,))
    mortem = PostMortem("before", "Photos missing", incidents=(Incident("j"),), whys=(tree,))
    action = ActionItem("a", "Ask for a fallback at launch", state=ActionState.READY)
    commands.add(library, Document(mortem, actions=(action,)), lead)
    stored = queries.by_id(library, "before")
    addressed = stops.address(stored, "leaf", stored.actions[0], library.now())
    commands.replace(library, addressed, lead)
