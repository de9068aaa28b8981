"""What Qt draws itself, as in its own file dialog, has the theme's colours."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.preferences import Preferences, Scheme
from app.ui.theme import contrast


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_heads_of_qts_file_dialog_can_be_read(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, scheme: Scheme
) -> None:
    qapp.setStyle("Fusion")
    look = Look(qapp, Preferences(tmp_path), tmp_path / "style")
    look.set_scheme(scheme)
    dialog = QFileDialog(None, "Import files", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.resize(900, 500)
    dialog.show()
    head = next(view for view in dialog.findChildren(QHeaderView) if view.isVisible())
    image = head.grab().toImage()
    colours = Counter(
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    )
    ground = colours.most_common(1)[0][0]
    assert ground == QColor(look.theme.window).name()
    assert max(contrast(ground, colour) for colour in colours) > 4.5
    qapp.setStyleSheet("")
    look.deleteLater()
