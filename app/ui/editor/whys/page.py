"""The section of the 5 Whys: head, tree, the chain read backwards, keys."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.section import SectionPage
from app.ui.editor.whys import prompts
from app.ui.editor.whys.advised import advised
from app.ui.editor.whys.asking import Asking
from app.ui.editor.whys.backwards import BackwardsPanel
from app.ui.editor.whys.cards import PROBLEM, Advised, CardMaker, Kind
from app.ui.editor.whys.head import KeyHints, Tally, WhysHead
from app.ui.editor.whys.keys import HINTS, TreeKeys
from app.ui.editor.whys.known import Known
from app.ui.editor.whys.model import WhyTreeModel
from app.ui.editor.whys.picture import Picture
from app.ui.editor.whys.prompts import Ask
from app.ui.editor.whys.tree_view import WhyTreeView
from app.ui.editor.whys.writing import Writing
from app.ui.widgets.layouts import column, frame, holder, row
from models.document import Document, new_id
from models.domain.whys import About, StopReason, WhyTree, walk
from models.editing import stops, whys
from models.editing.advice import backwards as read_backwards
from models.editing.advice import chain_end
from models.templates import Place

_HEADING = "5 Whys"


class WhysPage(SectionPage):
    """Up to three trees, one at a time, written in place."""

    key = "whys"
    has_own_head = True

    def __init__(self, context: Context, draft: Draft) -> None:
        super().__init__(context, draft)
        self._blank = {about: WhyTree(new_id(), about) for about in About}
        self._shown_id = ""
        self._known = Known()
        self._advice: Mapping[str, Advised] = {}
        self._maker = CardMaker(context.wording)
        self._ask: Ask = "how" if context.preferences.text("whys_ask") == "how" else "why"
        self.model = WhyTreeModel(self)
        self.tree = WhyTreeView(context.look, self.model)
        self.head = self._make_head()
        self.backwards = BackwardsPanel(context.look)
        self.writing = Writing(context, draft, self.tree, self.shown_tree, self)
        self.asking = Asking(context, draft, self.writing, self._knew, self)
        self.picture = Picture(context, draft, self.shown_tree, self)
        self._slots = self._make_slots()
        self.keys = TreeKeys(self.tree, context.preferences, self._slots)
        self._lay_out()
        self._connect()

    # -- building ------------------------------------------------------------------------------

    def _make_head(self) -> WhysHead:
        templates = self.context.workspace.templates
        template = templates.get(self.draft.document.post_mortem.template)
        sections = template.sections if template else ()
        own = next((section for section in sections if section.place is Place.WHYS), None)
        heading, owner = (own.heading, own.owner) if own else (_HEADING, "")
        head = WhysHead(self.context.look, self.context.preferences, heading, owner)
        head.ask.choose(self._ask)
        return head

    def _lay_out(self) -> None:
        look = self.context.look
        self.backwards.hide()
        self._below = holder(column(self.backwards, margins=(24, 8, 24, 8)))
        self._below.hide()
        foot = frame(row((KeyHints(look, HINTS), 1), margins=(24, 0, 16, 0)), "foot")
        body = column(
            self.head,
            (holder(column((self.tree, 1), margins=(24, 4, 16, 0))), 1),
            self._below,
            foot,
            spacing=0,
        )
        self.setLayout(row((frame(body, "surface"), 1), spacing=0))
        self.setFocusProxy(self.tree)

    def _connect(self) -> None:
        self.head.asked.connect(self._asked)
        self.head.tree_chosen.connect(self.show_tree)
        self.head.evidence_button.clicked.connect(self.asking.ask_evidence)
        self.tree.current_changed.connect(self._current_changed)
        self.tree.delegate.pressed.connect(self._pressed)
        self.backwards.followed.connect(self.toggle_backwards)
        self.backwards.missing_requested.connect(self._write_missing)

    def _make_slots(self) -> dict[str, Callable[[], None]]:
        writing, asking = self.writing, self.asking
        return {
            "why_add": writing.add_below,
            "why_beside": writing.add_beside,
            "why_write": partial(writing.write, "answer"),
            "why_question": partial(writing.write, "question"),
            "why_join": writing.join,
            "why_evidence": asking.ask_evidence,
            "why_root": asking.ask_root,
            "why_action": asking.ask_action,
            "why_backwards": self.toggle_backwards,
            "why_warning": self.next_warning,
            "why_up": partial(writing.move, lambda tree, id: whys.move(tree, id, -1)),
            "why_down": partial(writing.move, lambda tree, id: whys.move(tree, id, 1)),
            "why_out": partial(writing.move, whys.outdent),
            "why_in": partial(writing.move, whys.indent),
            "why_fold": self.tree.toggle_fold,
            "why_cut": writing.cut,
            "why_copy": writing.copy,
            "why_paste": writing.paste,
            "why_remove": writing.remove,
            "why_picture": self.picture.copy,
            "why_picture_save": self.picture.save,
        }

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that the section carries out, by id."""
        return self._slots

    # -- showing -------------------------------------------------------------------------------

    def shown_tree(self) -> WhyTree:
        """The tree that is shown, as the draft holds it."""
        trees = self._trees(self.draft.document)
        return next((tree for tree in trees if tree.id == self._shown_id), trees[0])

    def _trees(self, document: Document) -> list[WhyTree]:
        """The trees by the question they answer, with an empty one where there is none."""
        stored = document.post_mortem.whys
        return [
            tree
            for about in About
            for tree in ([t for t in stored if t.about is about] or [self._blank[about]])
        ]

    def show_document(self, document: Document) -> None:
        """Show the tree as it is now, row by row."""
        trees = self._trees(document)
        shown = next((tree for tree in trees if tree.id == self._shown_id), None)
        if shown is None:
            about = next((a for a, t in self._blank.items() if t.id == self._shown_id), None)
            shown = next((t for t in trees if t.about is about), None)
            shown = shown or next((t for t in trees if t.nodes), trees[0])
        self._shown_id = shown.id
        self._advice = advised(shown, document)
        entry = self._maker.entries(document, shown, self._ask, self._known, self._advice)
        self.model.show_tree(shown.id, entry)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.find(PROBLEM))
        editor = self.tree.open_editor
        if editor is not None:
            editor.take_text(self.writing.text_of(editor.node, editor.field))
            self.tree.updateGeometries()
        self.head.show_trees(tuple((t.id, _tree_words(t, trees)) for t in trees), shown.id)
        self.head.show_tally(self._tally(document, shown))
        self._show_backwards()
        self._enable()

    def _tally(self, document: Document, tree: WhyTree) -> Tally:
        leaves = [node for _, node in walk(tree) if not node.children]
        ends = [node for node in leaves if node.stop is not None]
        fixable = [n for n in ends if n.stop is not None and n.stop.reason is StopReason.FIXABLE]
        addressed = [node for node in fixable if self.model.card(self.model.find(node.id)).actions]
        unproven = sum(bool(advice.wants_evidence) for advice in self._advice.values())
        hints = sum(advice.counted for advice in self._advice.values())
        return Tally(len(leaves), len(ends), unproven, len(fixable), len(addressed), hints)

    @Slot(str)
    def show_tree(self, tree_id: str) -> None:
        """Show another tree."""
        self.tree.close_field()
        self._shown_id = tree_id
        self.show_document(self.draft.document)

    @Slot(str)
    def _asked(self, ask: Ask) -> None:
        self._ask = ask
        self.context.preferences.set_text("whys_ask", ask)
        self.show_document(self.draft.document)

    def _knew(self, known: Known) -> None:
        if known != self._known:
            self._known = known
            self.show_document(self.draft.document)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask the library which roots others found, too."""
        super().showEvent(event)
        self.keys.fit()
        self.asking.ask_library()

    def reveal(self, anchor: str) -> None:
        """Go to a why, or to the problem of a tree; what is written in stays open."""
        place = anchor.rpartition("/")[2]
        holding = stops.tree_of(self.draft.document, place)
        trees = self._trees(self.draft.document)
        tree = holding or next((tree for tree in trees if tree.id == place), None)
        if tree is not None and tree.id != self._shown_id:
            self.show_tree(tree.id)
        key = place if holding else PROBLEM
        editor = self.tree.open_editor
        if editor is not None and (tree is None or editor.node == key):
            return
        if tree is not None:
            self.tree.close_field()
            self.tree.open_to(key)
        self.tree.setFocus()

    # -- the current row -----------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The current why, or the tree of the current problem."""
        node = self.writing.node
        return f"{self.key}/{node.id if node else self._shown_id}"

    @Slot(str)
    def _current_changed(self, key: str) -> None:
        self.moved.emit()
        self._show_backwards()
        self._enable()

    def _enable(self) -> None:
        index = self.tree.currentIndex()
        kind = self.model.card(index).kind if index.isValid() else Kind.GHOST
        self.keys.enable(kind)
        self.head.evidence_button.setEnabled(kind is Kind.WHY)

    @Slot(str, str)
    def _pressed(self, command: str, key: str) -> None:
        self.tree.open_to(key)
        self._slots[command]()

    @Slot()
    def next_warning(self) -> None:
        """Go to the next why that advice speaks of, from the top again after the last."""
        keys = [self.model.key(index) for index in self.model.every()]
        here = keys.index(self.writing.key) + 1 if self.writing.key in keys else 0
        cards = {key: self.model.card(self.model.find(key)) for key in keys}
        round_again = (*keys[here:], *keys[:here])
        warned = [key for key in round_again if cards[key].wants_evidence or cards[key].hints]
        if warned:
            self.tree.open_to(warned[0])
            self.tree.setFocus()
        else:
            self.context.messages.toast("Nothing to warn of in this tree.")

    # -- backwards -----------------------------------------------------------------------------

    @Slot()
    def toggle_backwards(self) -> None:
        """Show or hide the chain of the current why, read backwards."""
        self._below.setVisible(self._below.isHidden())
        self.backwards.setVisible(not self._below.isHidden())
        self._show_backwards()
        if self._below.isHidden():
            self.tree.setFocus()

    def go_back(self) -> bool:
        """From the chain read backwards to the tree."""
        is_open = not self._below.isHidden()
        if is_open:
            self.toggle_backwards()
        return is_open

    def _show_backwards(self) -> None:
        if not self._below.isHidden():
            tree = self.shown_tree()
            end = chain_end(tree, self.writing.node)
            self.backwards.show_chain(whys.number_of(tree, end), read_backwards(tree, end))

    @Slot()
    def _write_missing(self) -> None:
        end = chain_end(self.shown_tree(), self.writing.node)
        if end:
            self.writing.add_needed(end)


def _tree_words(tree: WhyTree, trees: list[WhyTree]) -> str:
    same = [other for other in trees if other.about is tree.about]
    which = f" {same.index(tree) + 1}" if len(same) > 1 else ""
    number = sum(1 for _ in walk(tree))
    return f"{prompts.TREES_SHORT[tree.about]}{which} ({number})"
