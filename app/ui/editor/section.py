"""What every section of the editor has in common."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.context import Context
from app.ui.editor.draft import Draft
from app.ui.editor.prose.edit import ProseEdit
from models.document import Document


class SectionPage(QWidget):
    """One section of a post-mortem as a form.

    A section never keeps words of its own: what is typed goes to the draft at once, and what the
    draft holds is shown. ``key`` is the section's place as templates name it.
    """

    key = ""

    def __init__(self, context: Context, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.draft = draft

    def show_document(self, document: Document) -> None:
        """Show what the draft holds; a widget whose value is the same is left alone.

        Called after every change, one's own included, so the cursor must stay where it is.
        """
        raise NotImplementedError

    def prose(
        self,
        name: str,
        change: Callable[[Document, str], Document],
        *,
        placeholder: str = "",
        lines: int = 3,
    ) -> ProseEdit:
        """A Markdown field whose every keystroke ``change`` puts into the draft."""
        field = ProseEdit(self.context.look, name, placeholder=placeholder, lines=lines)
        place = f"{self.key}/{name}"

        def typed(text: str) -> None:
            self.draft.edit(f"Edit {name}", lambda d: change(d, text), place=place, typing=True)

        field.edited.connect(typed)
        return field

    def reveal(self, anchor: str) -> None:
        """Bring a field, node or event into view and give it the keyboard."""
        self.setFocus()
