"""Rows of a list: what the view is told when they are shown anew."""

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from app.ui.item_models.rows import RowModel

BEFORE = ("a1", "b1", "c1")


@pytest.mark.parametrize(
    ("rows", "moved", "drawn_anew"),
    [
        (("a1", "b1", "c1"), False, []),
        (("a1", "b2", "c2"), False, [1, 2]),
        (("b1", "a1", "c1"), True, []),
        (("a1", "b1"), True, []),
        ((), True, []),
    ],
)
def test_rows_that_stay_are_drawn_anew_where_they_changed(
    qtbot: QtBot, rows: tuple[str, ...], moved: bool, drawn_anew: list[int]
) -> None:
    model = RowModel[str]()
    model.show_rows(BEFORE)
    changed: list[int] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(True))
    assert model.show_rows(iter(rows), key=lambda row: row[0]) is moved
    assert (changed, bool(resets)) == (drawn_anew, moved)
    assert [model.entry(model.index(n, 0)) for n in range(model.rowCount())] == list(rows)


def test_without_a_key_every_row_is_new(qtbot: QtBot) -> None:
    model = RowModel[str]()
    model.show_rows(BEFORE)
    with qtbot.waitSignal(model.modelReset, timeout=1000):
        assert model.show_rows(BEFORE)


def test_a_row_is_found_or_invalid(qtbot: QtBot) -> None:
    model = RowModel[str]()
    model.show_rows(BEFORE)
    assert model.at(model.find(lambda row: row.startswith("b"))) == "b1"
    assert not model.find(lambda row: row == "d").isValid()
    assert model.at(QModelIndex()) is None
