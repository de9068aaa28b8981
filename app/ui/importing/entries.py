"""The files of an import as a checkable list."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QObject,
    Qt,
    Signal,
)

from app.ui.item_models.rows import Index, RowModel
from app.ui.painting import ChipText
from app.ui.tips import tip
from app.ui.wording import count
from integrations.markdown.plan import Entry, Plan, Verdict

CHIPS: dict[Verdict, ChipText] = {
    Verdict.NEW: ChipText("New", "green", "plus"),
    Verdict.CHANGED: ChipText("Changed", "blue", "arrows-clockwise"),
    Verdict.CONFLICT: ChipText("Conflict", "amber", "git-diff"),
    Verdict.DUPLICATE: ChipText("Already here", "neutral", "checks"),
    Verdict.SKIPPED: ChipText("Skipped", "neutral", "x"),
    Verdict.FAILED: ChipText("Cannot be read", "red", "warning-circle"),
}
SURE = (Verdict.NEW, Verdict.CHANGED)
"""What is taken unless the user says otherwise."""
ORDER = (
    Verdict.CONFLICT,
    Verdict.FAILED,
    Verdict.NEW,
    Verdict.CHANGED,
    Verdict.DUPLICATE,
    Verdict.SKIPPED,
)
"""What needs a look comes first."""


def shown_path(entry: Entry) -> str:
    """The path below the folder that was chosen."""
    if entry.path.is_relative_to(entry.root) and entry.path != entry.root:
        return entry.path.relative_to(entry.root).as_posix()
    return entry.path.as_posix()


def is_choosable(entry: Entry) -> bool:
    """Whether an entry can be imported; a conflict only where it is clear what it updates."""
    return entry.verdict in SURE or entry.can_update


def remark(entry: Entry) -> str:
    """Why it has its verdict, else how much there is to tell about it."""
    return entry.reason or (count(len(entry.notices), "notice") if entry.notices else "")


class EntryModel(RowModel[Entry]):
    """Entries of a plan. New and changed ones are taken, conflicts only if one says so.

    Signals
    -------
    choice_changed():
        The user took or left an entry.
    """

    choice_changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[Entry] = []
        self._taken: set[int] = set()

    def show(self, plan: Plan) -> None:
        """Show a plan."""
        self._all = sorted(plan.entries, key=lambda entry: ORDER.index(entry.verdict))
        self._taken = {id(entry) for entry in self._all if entry.verdict in SURE}
        self.show_rows(self._all)

    def filter(self, verdicts: Iterable[Verdict]) -> None:
        """Show only entries with one of these verdicts; none means all."""
        wanted = frozenset(verdicts)
        self.show_rows(e for e in self._all if not wanted or e.verdict in wanted)

    def taken(self) -> tuple[Entry, ...]:
        """The entries to be imported."""
        return tuple(entry for entry in self._all if id(entry) in self._taken)

    def is_taken(self, index: Index) -> bool:
        """Whether the entry of a row is to be imported."""
        return id(self.entry(index)) in self._taken

    def toggle(self, index: Index) -> None:
        """Take what was left, leave what was taken."""
        entry = self.entry(index)
        if not is_choosable(entry):
            return
        self._taken ^= {id(entry)}
        self.dataChanged.emit(index, index)
        self.choice_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only what can be imported can be checked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if is_choosable(self.entry(index)):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Path, check state, and the sentence for a screen reader."""
        entry = self.entry(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_path(entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(str(entry.path), entry.title, entry.reason)
        if role == Qt.ItemDataRole.CheckStateRole and is_choosable(entry):
            return Qt.CheckState.Checked if self.is_taken(index) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (CHIPS[entry.verdict].text, entry.title, shown_path(entry), remark(entry))
            return ", ".join(part for part in parts if part)
        return None
