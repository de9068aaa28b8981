"""The changes that ask first: evidence, the stop reason of a root, its countermeasure."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QDialog

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.whys.countermeasure_dialog import CountermeasureDialog
from app.ui.editor.whys.evidence_dialog import EvidenceDialog
from app.ui.editor.whys.known import Known, read
from app.ui.editor.whys.stop_dialog import StopDialog
from app.ui.editor.whys.writing import Writing
from models.domain.action import ActionItem
from models.domain.incident import Evidence
from models.domain.root import Root
from models.domain.whys import Stop, WhyNode
from models.editing import stops, whys
from models.rooting import title_of


class Asking(QObject):
    """Opens the dialogs for the current why and carries out their answers."""

    def __init__(
        self,
        context: Context,
        draft: Draft,
        writing: Writing,
        knew: Callable[[Known], None],
        parent: QObject,
    ) -> None:
        """``knew`` is told what the library knows, whenever it was asked."""
        super().__init__(parent)
        self._context, self._draft, self._writing, self._knew = context, draft, writing, knew
        self._known = Known()
        self.dialog: QDialog | None = None
        self._evidence_node = ""

    def ask_library(self, then: Callable[[Known], None] = lambda known: None) -> None:
        """Read what the library knows of roots and actions."""

        def done(known: Known) -> None:
            self._known = known
            self._knew(known)
            then(known)

        self._context.read(read, done)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def closed() -> None:
            if self.dialog is dialog:
                self.dialog = None
                self._writing.give_keyboard()

        dialog.finished.connect(closed)
        self.dialog = dialog
        dialog.open()

    def _offer(self, dialog: StopDialog | CountermeasureDialog) -> None:
        """Tell a dialog what the library knows, unless it was closed meanwhile."""

        def show(known: Known) -> None:
            if self.dialog is dialog:
                dialog.show_known(known)

        dialog.show_known(self._known)
        self.ask_library(show)

    # -- evidence ------------------------------------------------------------------------------

    def ask_evidence(self) -> None:
        """Open the evidence of the current why."""
        node = self._writing.node
        if node is None:
            return
        self._evidence_node = node.id
        title = f"Evidence for why {self._writing.number(node.id)}"
        look, document = self._context.look, self._draft.document
        dialog = EvidenceDialog(look, document, title, self._writing.window)
        dialog.edited.connect(self._evidence_edited)
        dialog.show_evidence(node.evidence)
        self._open(dialog)
        dialog.form.text.setFocus()

    @Slot(str, tuple, bool)
    def _evidence_edited(self, what: str, evidence: tuple[Evidence, ...], typing: bool) -> None:
        id = self._evidence_node
        self._writing.change(
            f"{what} of why {self._writing.number(id)}",
            lambda tree: whys.change(tree, id, evidence=evidence),
            id,
            typing=typing,
        )
        if isinstance(self.dialog, EvidenceDialog):
            self.dialog.show_evidence(evidence)

    # -- roots ---------------------------------------------------------------------------------

    def ask_root(self, then: Callable[[], None] | None = None) -> None:
        """Ask why the current chain ends; ``then`` goes on once it does."""
        node = self._writing.node
        if node is None:
            return
        number = self._writing.number(node.id)
        if node.children:
            self._context.messages.toast(
                f"Why {number} has whys below it: only the end of a chain is a root."
            )
            return
        document, window = self._draft.document, self._writing.window
        dialog = StopDialog(self._context, node, number, document=document, window=window)

        def stop(stop: Stop, root: Root | None) -> None:
            self._stop(node, number, stop, root)
            if then is not None:
                then()

        dialog.stopped.connect(stop)
        dialog.continued.connect(lambda: self._continue(node, number))
        self._open(dialog)
        self._offer(dialog)

    def _stop(self, node: WhyNode, number: str, stop: Stop, root: Root | None) -> None:
        now = self._context.workspace.library.now()
        self._draft.edit(
            f"Mark why {number} as root",
            lambda document: stops.stop_at(document, node.id, stop, now, root),
            place=f"whys/{node.id}",
        )

    def _continue(self, node: WhyNode, number: str) -> None:
        now = self._context.workspace.library.now()
        self._draft.edit(
            f"Ask further at why {number}",
            lambda document: stops.ask_further(document, node.id, now),
            place=f"whys/{node.id}",
        )

    def ask_action(self) -> None:
        """Ask what is done about the current root; a why that is none is asked about first."""
        node = self._writing.node
        if node is None:
            return
        if node.stop is None or node.children:
            self.ask_root(self.ask_action)
            return
        root = self._draft.document.root_of(node.id)
        title = root.title if root else title_of(node)
        document, window = self._draft.document, self._writing.window
        dialog = CountermeasureDialog(self._context, document, node.id, title, window)
        dialog.chosen.connect(lambda action: self._address(node, action))
        self._open(dialog)
        self._offer(dialog)

    def _address(self, node: WhyNode, action: ActionItem) -> None:
        now = self._context.workspace.library.now()
        self._draft.edit(
            f"Add an action to root {self._writing.number(node.id)}",
            lambda document: stops.address(document, node.id, action, now),
            place=f"whys/{node.id}",
        )
