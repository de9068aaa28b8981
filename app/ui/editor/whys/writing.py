"""Every change of the tree that needs no question: each one is a named edit of the draft."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.undoing import offer_undo
from app.ui.editor.whys import clipboard
from app.ui.editor.whys.cards import GHOST, PROBLEM
from app.ui.editor.whys.field_editor import FieldEditor
from app.ui.editor.whys.pieces import Field
from app.ui.editor.whys.tree_view import WhyTreeView
from app.ui.wording import count
from models.document import Document, new_id
from models.domain.whys import WhyNode, WhyTree
from models.editing import branches as branching
from models.editing import stops, whys
from models.editing.parts import with_text

Change = Callable[[WhyTree], WhyTree]


class Writing(QObject):
    """Carries out what keys, menus and drags ask of the current row."""

    def __init__(
        self,
        context: Context,
        draft: Draft,
        view: WhyTreeView,
        tree: Callable[[], WhyTree],
        parent: QObject,
    ) -> None:
        """``tree`` gives the tree that is shown, as the draft holds it."""
        super().__init__(parent)
        self._context, self._draft, self._view, self._tree = context, draft, view, tree
        self._fresh = ""
        self._lost: tuple[WhyNode, ...] = ()
        view.typed.connect(self._type)
        view.write_requested.connect(self.write_in)
        view.dropped.connect(self._drop)
        view.delegate.written.connect(self._written)
        view.delegate.ended.connect(self._ended)

    # -- what is current -----------------------------------------------------------------------

    @property
    def key(self) -> str:
        """The key of the current row."""
        return self._view.why_model.key(self._view.currentIndex())

    @property
    def node(self) -> WhyNode | None:
        """The current why."""
        return whys.find(self._tree(), self.key)

    @property
    def window(self) -> QWidget:
        """What dialogs stand above."""
        return self._view.window()

    @Slot()
    def give_keyboard(self) -> None:
        """The tree goes on; not every window system gives a window the keyboard back."""
        self.window.activateWindow()
        self._view.setFocus()

    def number(self, node_id: str) -> str:
        """How a why is called."""
        return whys.number_of(self._tree(), node_id)

    def _target(self) -> str | None:
        """The why that something is put below; None for the problem."""
        key = self.key.removeprefix(GHOST)
        return None if key in ("", PROBLEM) else key

    def change(self, name: str, change: Change, key: str, *, typing: bool = False) -> bool:
        """Change the tree by a named edit; whether anything changed."""
        tree = self._tree()

        def edit(document: Document) -> Document:
            present = next((t for t in document.post_mortem.whys if t.id == tree.id), tree)
            changed = change(present)
            if changed is present:
                return document
            return with_text(document, whys=whys.with_tree(document.post_mortem.whys, changed))

        before = self._draft.document
        place = f"whys/{tree.id if key == PROBLEM else key}"
        self._draft.edit(name, edit, place=place, typing=typing)
        if not typing:
            self._tell_lost(name, tree)
        return self._draft.document is not before

    def _tell_lost(self, name: str, before: WhyTree) -> None:
        """Say which whys are roots no more, and offer to take that edit back."""
        lost = stops.roots_lost(before, self._tree())
        if not lost:
            return
        numbers = " and ".join(whys.number_of(before, node.id) for node in lost)
        words = f"Why {numbers} is no root any more: a chain goes on below it."

        def take_back() -> None:
            self._view.close_field()
            while self._draft.undo_name and stops.roots_lost(before, self._tree()):
                undone = self._draft.undo_name
                self._draft.undo()
                if undone == name:
                    break
            self.give_keyboard()

        self._context.messages.toast(words, take_back)

    # -- adding --------------------------------------------------------------------------------

    def add_below(self, text: str = "") -> None:
        """Add a why below the current one and write in it."""
        target = self._target()
        self._add(lambda tree, node: whys.add_below(tree, target, node), text)

    def add_beside(self) -> None:
        """Add a why beside the current one; beside the problem is below it."""
        key = self.key
        if whys.find(self._tree(), key) is None:
            self.add_below()
        else:
            self._add(lambda tree, node: whys.add_after(tree, key, node))

    def add_needed(self, node_id: str) -> None:
        """Add a why beside another that was needed, too, and write in it."""
        self._add(
            lambda tree, node: whys.add_after(tree, node_id, replace(node, joined=True)),
        )

    def _add(self, put: Callable[[WhyTree, WhyNode], WhyTree], text: str = "") -> None:
        node, before = WhyNode(new_id(), answer=text), self._tree()
        if not self.change("Add a why", lambda tree: put(tree, node), node.id):
            self._context.messages.toast(f"A tree has at most {whys.DEEPEST} levels.")
            return
        self._fresh = node.id
        self._lost = stops.roots_lost(before, self._tree())
        self._view.write(node.id, "answer", text)

    @Slot(str)
    def _type(self, text: str) -> None:
        if self.key != PROBLEM:
            self.add_below(text)
            return
        self.write("problem")
        if self._view.open_editor is not None:
            words = self._tree().problem
            apart = " " if words and not words[-1].isspace() else ""
            self._view.open_editor.insertPlainText(apart + text)

    # -- writing -------------------------------------------------------------------------------

    def write(self, field: Field) -> None:
        """Write in the current row; a ghost becomes a why."""
        self.write_in(self.key, field)

    @Slot(str, str)
    def write_in(self, key: str, field: Field) -> None:
        """Write in a field of a row."""
        if key.startswith(GHOST):
            self._view.open_to(key)
            self.add_below()
        elif key == PROBLEM:
            self._view.write(key, "problem", self._tree().problem)
        elif key:
            self._view.write(key, field, self.text_of(key, field))

    def text_of(self, key: str, field: Field) -> str:
        """What the document holds in a field."""
        if field == "problem":
            return self._tree().problem
        node = whys.find(self._tree(), key)
        return "" if node is None else (node.question if field == "question" else node.answer)

    @Slot(str, str, str)
    def _written(self, key: str, field: Field, text: str) -> None:
        self._set_text(f"Write {self._called(key, field)}", key, field, text, typing=True)

    def _set_text(self, name: str, key: str, field: Field, text: str, *, typing: bool) -> None:
        def change(tree: WhyTree) -> WhyTree:
            if field == "problem":
                return tree if tree.problem == text else replace(tree, problem=text)
            return whys.change(tree, key, **{field: text})

        self.change(name, change, key, typing=typing)

    def _called(self, key: str, field: Field) -> str:
        if field == "problem":
            return "the problem"
        why = f"why {self.number(key)}"
        return why if field == "answer" else f"the question of {why}"

    @Slot(object, str)
    def _ended(self, editor: FieldEditor, how: str) -> None:
        key, field, before = editor.node, editor.field, editor.first_text
        self._view.close_field()
        if how == "cancel" and self.text_of(key, field) != before:
            self._set_text(f"Put back {self._called(key, field)}", key, field, before, typing=False)
        node = whys.find(self._tree(), key)
        if key == self._fresh and node is not None and _is_blank(node) and how != "other":
            above = self._view.why_model.key(self._view.why_model.find(key).parent())
            self._remove_fresh(key)
            if not self._view.open_to(GHOST + above):
                self._view.open_to(above)
        if how == "other" and field != "problem":
            self.write_in(key, "answer" if field == "question" else "question")
            return
        self._fresh = ""
        self._view.setFocus()
        if how in ("leave", "back"):
            self._view.focusNextPrevChild(how == "leave")

    def _remove_fresh(self, key: str) -> None:
        """Take out a why that got no words; the root it was begun below is one again."""

        def change(tree: WhyTree) -> WhyTree:
            tree = whys.remove(tree, key)
            for root in self._lost:
                tree = stops.root_again(tree, root)
            return tree

        self.change("Remove an empty why", change, key)
        for root in self._lost:
            self._context.messages.toast(f"Why {self.number(root.id)} is a root as before.")

    # -- joining and moving --------------------------------------------------------------------

    def join(self) -> None:
        """Join the current why with the one above it, or part them."""
        node = self.node
        if node is None:
            return
        verb = "Part" if node.joined else "Join"
        name = f"{verb} why {self.number(node.id)}"
        if not self.change(name, lambda tree: whys.toggle_joined(tree, node.id), node.id):
            self._context.messages.toast("There is no why above it that it could be joined with.")

    def move(self, how: Callable[[WhyTree, str], WhyTree]) -> None:
        """Move the current why."""
        node = self.node
        if node is not None:
            name = f"Move why {self.number(node.id)}"
            self.change(name, lambda tree: how(tree, node.id), node.id)
            self._view.open_to(node.id)

    @Slot(str, str, int)
    def _drop(self, node_id: str, above: str, place: int) -> None:
        parent = None if above == PROBLEM else above
        name = f"Move why {self.number(node_id)}"
        self.change(name, lambda tree: whys.move_to(tree, node_id, parent, place), node_id)
        self._view.open_to(node_id)

    # -- branches ------------------------------------------------------------------------------

    def remove(self, verb: str = "Remove") -> None:
        """Take the current why out with everything below it."""
        node = self.node
        if node is None:
            return
        number, below = self.number(node.id), sum(1 for _ in branching.nodes_in(node.children))
        self.change(f"{verb} why {number}", lambda tree: whys.remove(tree, node.id), node.id)
        if verb == "Remove":
            rest = f" and {count(below, 'why')} below it" if below else ""
            offer_undo(self._context.messages, self._draft, f"Why {number}{rest} removed.")

    def copy(self) -> None:
        """Put the current branch on the clipboard; from the problem, the whole tree."""
        node = self.node
        branches = (node,) if node is not None else self._tree().nodes
        if branches:
            clipboard.copy(branches)

    def cut(self) -> None:
        """Copy the current branch and take it out."""
        if self.node is not None:
            self.copy()
            self.remove("Cut")

    def paste(self) -> None:
        """Put the whys of the clipboard below the current row."""
        trees = self._draft.document.post_mortem.whys
        branches = clipboard.placed(clipboard.copied(), trees)
        if not branches:
            self._context.messages.toast("The clipboard holds no whys: lines of text, or a branch.")
            return
        target = self._target()

        def put(tree: WhyTree) -> WhyTree:
            for branch in branches:
                tree = whys.add_below(tree, target, branch)
            return tree

        number = sum(1 for _ in branching.nodes_in(branches))
        self.change(f"Paste {count(number, 'why')}", put, branches[0].id)
        self._view.open_to(branches[0].id)


def _is_blank(node: WhyNode) -> bool:
    return not (node.answer.strip() or node.question.strip() or node.evidence or node.children)
