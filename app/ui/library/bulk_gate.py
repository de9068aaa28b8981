"""A status for several post-mortems: the gate on the way names what each of them lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.gating import Lacking, lacking
from app.ui.context import Context
from models.domain.post_mortem import Status
from models.guidance import gates

Reasons = Mapping[str, str]


@dataclass(frozen=True)
class BulkGate:
    """Asks in a ``window``; ``jump`` leads to a post-mortem, by id, to close what it lacks."""

    context: Context
    window: QWidget
    jump: Callable[[str], None]

    def ask(self, ids: Sequence[str], wanted: Status, go_on: Callable[[Reasons], None]) -> None:
        """Go on with the reason of each that lacks something; at once where none does."""

        def found(lacks: Lacking) -> None:
            if lacks:
                self._show(wanted, lacks, go_on)
            else:
                go_on({})

        self.context.read(lambda workspace: lacking(workspace, ids, wanted), found)

    def _show(self, wanted: Status, lacks: Lacking, go_on: Callable[[Reasons], None]) -> None:
        from app.ui.editor.guidance.checklist import ChecklistDialog

        gate = gates.gate_to(wanted)
        if gate is None:
            raise ValueError(f"nothing is missing on the way back to {wanted}")
        text = self.context.workspace.guide.gates[gate]
        rows = [(gap, document.ref) for document, gaps in lacks for gap in gaps]
        owners = {id(gap): document.post_mortem.id for document, gaps in lacks for gap in gaps}

        def agree(reason: str) -> None:
            go_on({d.post_mortem.id: gates.kept_reason(reason, gaps) for d, gaps in lacks})

        dialog = ChecklistDialog(self.context.look, self.window, text, rows)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.jumped.connect(lambda gap: self.jump(owners[id(gap)]))
        dialog.agreed.connect(agree)
        dialog.open()
