"""What stands above the form while something is wrong: words not saved, words in two versions."""

from PySide6.QtCore import QObject, Signal, Slot

from app.ui.document.two_versions import places
from app.ui.editor.draft import Draft, SaveState
from app.ui.look import Look
from app.ui.widgets.messages import Banner
from models.errors import KnownError
from models.merging import Conflict


class Troubles(QObject):
    """Two banners that follow a draft.

    Signals
    -------
    compare_requested(tuple):
        The author wants to see the ``Conflict``s side by side.
    """

    compare_requested = Signal(tuple)

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self.failure = Banner(look)
        self.conflict = Banner(look)
        self._draft: Draft | None = None
        self._conflicts: dict[str, tuple[Conflict, ...]] = {}

    def follow(self, draft: Draft) -> None:
        """Speak of this draft from now on."""
        if self._draft is not None:
            self._draft.state_changed.disconnect(self.refresh)
            self._draft.conflicted.disconnect(self._conflicted)
        self._draft = draft
        draft.state_changed.connect(self.refresh)
        draft.conflicted.connect(self._conflicted)
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

    def settled(self) -> None:
        """The author has decided on every conflict."""
        if self._draft is not None:
            self._conflicts.pop(self._draft.id, None)
        self.conflict.hide()

    @Slot(tuple)
    def _conflicted(self, conflicts: tuple[Conflict, ...]) -> None:
        if self._draft is None:
            return
        known = self._conflicts.get(self._draft.id, ())
        new = tuple(conflict for conflict in conflicts if conflict not in known)
        self._conflicts[self._draft.id] = (*known, *new)
        self._tell_conflicts()

    def _tell_conflicts(self) -> None:
        conflicts = self._conflicts.get(self._draft.id, ()) if self._draft else ()
        if not conflicts:
            return
        self.conflict.say(
            "amber",
            "Somebody changed the same words",
            f"{places(conflicts)}. Yours are in the text, theirs in a comment; nothing is lost.",
            ("Compare", lambda: self.compare_requested.emit(conflicts)),
            ("Keep it so", self.settled),
        )
