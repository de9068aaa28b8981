"""The rows of one why tree as a Qt model that changes row by row, never as a whole.

Expansion, selection, scroll position and the open editor belong to rows; they stay because a new
tree is compared with the old one by id, and only what differs is inserted, moved, removed or
announced as changed.
"""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
)

from app.ui.editor.whys.cards import GHOST, PROBLEM, Card, Entry, Kind, sentence
from app.ui.editor.whys.clipboard import DRAG_TYPE
from app.ui.item_models.rows import ROOT, Index

_Flag = Qt.ItemFlag
_SEEN = _Flag.ItemIsEnabled | _Flag.ItemIsSelectable | _Flag.ItemIsDropEnabled
_FLAGS = {
    Kind.PROBLEM: _SEEN | _Flag.ItemIsEditable,
    Kind.WHY: _SEEN | _Flag.ItemIsEditable | _Flag.ItemIsDragEnabled,
    Kind.GHOST: _SEEN,
}
"""Made once: a view asks for the flags of every row whenever it lays them out."""


class Row:
    """A row of the model; lives as long as its node does."""

    __slots__ = ("card", "children", "entry", "key", "parent")

    def __init__(self, key: str, card: Card | None, parent: "Row | None") -> None:
        self.key = key
        self.card = card
        self.entry: Entry | None = None
        self.parent = parent
        self.children: list[Row] = []

    @property
    def position(self) -> int:
        """Its place among its siblings."""
        return 0 if self.parent is None else self.parent.children.index(self)

    def walk(self) -> Iterator["Row"]:
        """This row and all below it."""
        pending = [self]
        while pending:
            row = pending.pop()
            yield row
            pending.extend(reversed(row.children))


class WhyTreeModel(QAbstractItemModel):
    """The problem, its whys and the ghost rows that ask the next one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._top = Row("", None, None)
        self._rows: dict[str, Row] = {}
        self._tree_id = ""

    # -- following the document ----------------------------------------------------------------

    def show_tree(self, tree_id: str, problem: Entry) -> None:
        """Show a tree; a change of the same tree becomes the smallest change of rows."""
        if tree_id != self._tree_id:
            self._replace(tree_id, problem)
            return
        wanted = {}
        pending = [problem]
        while pending:
            entry = pending.pop()
            wanted[entry.key] = entry
            pending.extend(entry.children)
        gone = [row for key, row in self._rows.items() if key not in wanted]
        self._drop([row for row in gone if self._is_gone(row, wanted)])
        changed = self._follow(problem)
        # What is gone but had rows below it that stay: those have moved out by now.
        self._drop([row for row in gone if row.key in self._rows])
        for row in changed:
            index = self._index(row)
            self.dataChanged.emit(index, index)

    def _follow(self, problem: Entry) -> list[Row]:
        """Put every row in its place and return those whose card is another; branches that are
        the very same are left out.
        """
        changed = []
        pending = [problem]
        while pending:
            entry = pending.pop()
            row = self._rows[entry.key]
            if row.entry is entry:
                continue
            self._arrange(row, entry)
            row.entry = entry
            if row.card != entry.card:
                row.card = entry.card
                changed.append(row)
            pending.extend(reversed(entry.children))
        return changed

    def _replace(self, tree_id: str, problem: Entry) -> None:
        self.beginResetModel()
        self._tree_id = tree_id
        self._rows.clear()
        self._top = Row("", None, None)
        self._top.children = [self._made(problem, self._top)]
        self.endResetModel()

    def _made(self, entry: Entry, parent: Row) -> Row:
        """A new row with those below it that are new, too; the others move there later."""
        row = Row(entry.key, entry.card, parent)
        self._rows[entry.key] = row
        row.children = [
            self._made(child, row) for child in entry.children if child.key not in self._rows
        ]
        return row

    @staticmethod
    def _is_gone(row: Row, wanted: dict[str, Entry]) -> bool:
        return all(each.key not in wanted for each in row.walk())

    def _drop(self, rows: list[Row]) -> None:
        doomed = {row.key for row in rows}
        for row in rows:
            parent = row.parent
            if parent is None or parent.key in doomed:
                continue
            at = row.position
            self.beginRemoveRows(self._index(parent), at, at)
            del parent.children[at]
            for gone in row.walk():
                self._rows.pop(gone.key, None)
            self.endRemoveRows()

    def _arrange(self, parent: Row, entry: Entry) -> None:
        """Bring the wanted rows below a parent into their places, in order."""
        places = {child.key: at for at, child in enumerate(entry.children)}
        for at, child in enumerate(entry.children):
            row = self._rows.get(child.key)
            if row is None:
                self.beginInsertRows(self._index(parent), at, at)
                parent.children.insert(at, self._made(child, parent))
                self.endInsertRows()
                continue
            present = parent.children[at] if at < len(parent.children) else None
            if present is row:
                continue
            follower = parent.children[at + 1] if at + 1 < len(parent.children) else None
            if present is not None and follower is row and present.key in places:
                # One row that went down: move it, rather than everything it passed up.
                self._move(present, parent, min(places[present.key], len(parent.children) - 1))
            else:
                self._move(row, parent, at)

    def _move(self, row: Row, parent: Row, at: int) -> None:
        """``at`` counts the parent's rows as they are when the row is out."""
        old, start = row.parent, row.position
        if old is None:
            return
        before = at + 1 if old is parent and at > start else at
        if not self.beginMoveRows(self._index(old), start, start, self._index(parent), before):
            raise RuntimeError(f"the row {row.key} cannot move there")
        del old.children[start]
        parent.children.insert(at, row)
        row.parent = parent
        self.endMoveRows()

    # -- reading -------------------------------------------------------------------------------

    def card(self, index: Index) -> Card:
        """What a row says."""
        card = self._row(index).card
        if card is None:
            raise IndexError("no row")
        return card

    def key(self, index: Index) -> str:
        """The row's key: a node's id, ``PROBLEM``, or ``GHOST`` and the key above it."""
        return self._row(index).key if index.isValid() else ""

    def find(self, key: str) -> QModelIndex:
        """The row of a key; invalid where there is none."""
        row = self._rows.get(key)
        return self._index(row) if row is not None else QModelIndex()

    def node_id(self, index: Index) -> str:
        """The node of a row, or "" where the row is the problem or a ghost."""
        key = self.key(index)
        return "" if key == PROBLEM or key.startswith(GHOST) else key

    def depth(self, index: Index) -> int:
        """How many rows stand above one; the problem is 0 deep."""
        row, depth = self._row(index).parent, -1
        while row is not None:
            row, depth = row.parent, depth + 1
        return depth

    @property
    def deepest(self) -> int:
        """The depth of the deepest row."""
        level, depth = self._top.children, 0
        while below := [child for row in level for child in row.children]:
            level, depth = below, depth + 1
        return depth

    def every(self) -> Iterator[QModelIndex]:
        """Every row, in reading order."""
        for row in self._top.walk():
            if row is not self._top:
                yield self._index(row)

    def _row(self, index: Index) -> Row:
        row: Row | None = index.internalPointer()  # None where the index is not valid
        return self._top if row is None else row

    def _index(self, row: Row) -> QModelIndex:
        return QModelIndex() if row is self._top else self.createIndex(row.position, 0, row)

    # -- Qt ------------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = ROOT) -> QModelIndex:
        """A row below a parent."""
        rows = self._row(parent).children
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        """The row above."""
        above = self._row(index).parent
        if above is None or above.parent is None:
            return QModelIndex()
        # Asked a thousand times for one removed row: nothing else is called here.
        return self.createIndex(above.parent.children.index(above), 0, above)

    def rowCount(self, parent: Index = ROOT) -> int:
        """How many rows stand below one."""
        return len(self._row(parent).children)

    def hasChildren(self, parent: Index = ROOT) -> bool:
        """Qt's own would count rows and columns, and a view asks it of every row."""
        return bool(self._row(parent).children)

    def columnCount(self, parent: Index = ROOT) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The sentence for a screen reader."""
        if index.isValid() and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return sentence(self.card(index))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Whys can be dragged; whys and the problem can be written in."""
        card = self._row(index).card
        return _Flag.ItemIsDropEnabled if card is None else _FLAGS[card.kind]

    def mimeTypes(self) -> list[str]:
        """What a drag carries."""
        return [DRAG_TYPE]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The ids of what is dragged; it moves within its own tree."""
        data = QMimeData()
        ids = "\n".join(filter(None, map(self.node_id, indexes)))
        data.setData(DRAG_TYPE, f"{self._tree_id}\n{ids}".encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """A drag moves."""
        return Qt.DropAction.MoveAction
