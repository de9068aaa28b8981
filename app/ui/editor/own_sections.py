"""Adding, naming, moving and removing custom sections, each an edit with its undo."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.ui.editor.draft import Draft
from app.ui.editor.head import SectionHead
from models.completeness import section_key
from models.document import new_id
from models.domain.post_mortem import Section
from models.editing.sections import (
    with_heading,
    with_section,
    with_section_moved,
    without_section,
)

NEW = "New section"


class OwnSections(QObject):
    """What the author does with sections of their own; the heading is typed in the head.

    Signals
    -------
    shown(str):
        A section is to be shown, by its key.
    """

    shown = Signal(str)

    def __init__(self, head: SectionHead) -> None:
        super().__init__(head)
        self._head = head
        self._draft: Draft | None = None
        self._id = ""
        head.renamed.connect(self._renamed)

    def take_draft(self, draft: Draft) -> None:
        """Change this draft from now on."""
        self._draft = draft

    def choose(self, key: str) -> None:
        """The section that is shown, by its key; "" for one that is not the author's own."""
        self._id = key.removeprefix(section_key("")) if key else ""

    def commands(self) -> dict[str, Callable[[], None]]:
        """The actions of the table that the shown section takes, removing it apart."""
        return {
            "rename_section": self.rename,
            "section_up": lambda: self.move(-1),
            "section_down": lambda: self.move(1),
        }

    def add(self) -> None:
        """Add one behind the others and ask for its heading."""
        if self._draft is None:
            return
        section = Section(new_id(), NEW)
        place = section_key(section.id)
        self._draft.edit("Add section", lambda d: with_section(d, section), place=place)
        self.shown.emit(place)
        self.rename()

    @Slot()
    def rename(self) -> None:
        """Give the heading the keyboard."""
        self._head.heading.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._head.heading.selectAll()

    def move(self, steps: int) -> None:
        """Move the shown one up (-1) or down (1)."""
        id, draft = self._id, self._draft
        if draft is not None and id:
            way = "up" if steps < 0 else "down"
            draft.edit(
                f"Move section {way}",
                lambda document: with_section_moved(document, id, steps),
                place=section_key(id),
            )

    def remove(self) -> str:
        """Remove the shown one; returns its heading."""
        id, draft = self._id, self._draft
        if draft is None or not id:
            return ""
        heading = self._head.heading.text()
        draft.edit(
            f"Remove section {heading}",
            lambda document: without_section(document, id),
            place=section_key(id),
        )
        return heading

    @Slot(str)
    def _renamed(self, heading: str) -> None:
        id, draft = self._id, self._draft
        if draft is not None and id:
            draft.edit(
                "Rename section",
                lambda document: with_heading(document, id, heading),
                place=f"{section_key(id)}/heading",
                typing=True,
            )
