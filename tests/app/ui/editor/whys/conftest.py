"""The section of the 5 Whys in the window, on a document of its own, and a keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.editor.draft import Draft
from app.ui.editor.whys.page import WhysPage
from models.commands import post_mortems as commands
from models.document import Document
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
        mortem = PostMortem("pm", "Saves fail", incidents=(Incident("i"),), whys=(tree,))
        commands.add(library, Document(mortem), Actor("", "Lead"))
        self.draft = Draft(self.context, queries.by_id(library, "pm"))
        self.page = WhysPage(self.context, self.draft)
        self.draft.changed.connect(self._show)
        self.page.show_document(self.draft.document)
        bench.window.stack.addWidget(self.page)
        bench.window.stack.setCurrentWidget(self.page)
        self.page.setFocus()
        bench.settle()

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
        if QApplication.activeModalWidget() is None and not self.bench.window.isActiveWindow():
            # As a window system does when a dialog closes; the offscreen one does not.
            self.bench.window.activateWindow()
            self.bench.settle()
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def close(self) -> None:
        """Write what is not written, so that nothing goes on after the test."""
        self.draft.save()
        self.bench.settle()
        self.page.hide()
        self.bench.window.stack.removeWidget(self.page)
        self.page.deleteLater()
        self.draft.deleteLater()
        self.bench.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(open_bench: Open) -> Iterator[Desk]:
    """The section on ``TREE``, the problem being current."""
    made = Desk(open_bench(empty=True))
    yield made
    made.close()


@pytest.fixture
def blank_desk(open_bench: Open) -> Iterator[Desk]:
    """The section on a tree without a word."""
    made = Desk(open_bench(empty=True), WhyTree("tree"))
    yield made
    made.close()


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
