"""What stands above the form while something is wrong: words not saved, words in two versions."""

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.document.two_versions import places
from app.ui.editor.conflicts import OVERWRITTEN, TWO_AUTHORS, Sides
from app.ui.editor.draft import Draft, SaveState
from app.ui.look import Look
from app.ui.widgets.messages import Banner
from models.errors import KnownError
from models.merging import Conflict


class Troubles(QObject):
    """Two banners that follow a draft.

    Signals
    -------
    compare_requested(tuple, Sides):
        The author wants to see the ``Conflict``s side by side.
    """

    compare_requested = Signal(tuple, object)

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.failure = Banner(look)
        self.conflict = Banner(look)
        self._draft: Draft | None = None
        self._conflicts: dict[tuple[str, Sides], tuple[Conflict, ...]] = {}

    def follow(self, draft: Draft) -> None:
        """Speak of this draft from now on."""
        if self._draft is not None:
            self._draft.state_changed.disconnect(self.refresh)
            self._draft.conflicted.disconnect(self._conflicted)
            self._draft.overwritten.disconnect(self._overwritten)
        self._draft = draft
        draft.state_changed.connect(self.refresh)
        draft.conflicted.connect(self._conflicted)
        draft.overwritten.connect(self._overwritten)
        self.conflict.hide()
        self._tell_conflicts()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Say whether the words are saved."""
        draft = self._draft
        if draft is None or draft.state is not SaveState.FAILED:
            self.failure.hide()
            return
        error = draft.error
        known = isinstance(error, KnownError)
        what = error.sentence() if isinstance(error, KnownError) else f"{error}."
        text = (
            f"{what} Your words stay here, and a copy is kept for the next start. "
            "It is tried again by itself."
        )
        if not self.failure.isVisible() or not known:
            self.failure.say("red", "Not saved", text, ("Retry", draft.save))

    def settled(self, sides: Sides) -> None:
        """The author has decided on every conflict between these."""
        if self._draft is not None:
            self._conflicts.pop((self._draft.id, sides), None)
        self.conflict.hide()
        self._tell_conflicts()

    @Slot(tuple)
    def _conflicted(self, conflicts: tuple[Conflict, ...]) -> None:
        self._add(conflicts, TWO_AUTHORS)

    @Slot(tuple)
    def _overwritten(self, conflicts: tuple[Conflict, ...]) -> None:
        self._add(conflicts, OVERWRITTEN)

    def _add(self, conflicts: tuple[Conflict, ...], sides: Sides) -> None:
        if self._draft is None:
            return
        key = self._draft.id, sides
        self._conflicts[key] = tuple(dict.fromkeys((*self._conflicts.get(key, ()), *conflicts)))
        self._tell_conflicts()

    def _tell_conflicts(self) -> None:
        id = self._draft.id if self._draft else ""
        sides = next((one for one in _TOLD if (id, one) in self._conflicts), None)
        if sides is None:
            return
        conflicts = self._conflicts[id, sides]
        self.conflict.say(
            "amber",
            "Somebody changed the same words",
            f"{places(conflicts)}. {_TOLD[sides]}; nothing is lost.",
            ("Compare", lambda: self.compare_requested.emit(conflicts, sides)),
            ("Keep it so", lambda: self.settled(sides)),
        )


_TOLD = {
    TWO_AUTHORS: "Yours are in the text, theirs in a comment",
    OVERWRITTEN: "Theirs are in the text, yours in a comment",
}
