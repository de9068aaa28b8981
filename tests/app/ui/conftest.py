"""A real window on a real library in the test's own folder."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.ui.application import Desktop
from app.ui.screens import Screens
from app.ui.shell.window import MainWindow
from app.ui.typography import load_fonts
from tests.app.ui import examples


class Bench:
    """A window, its screens, and a keyboard."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.closed = False
        self.desktop = Desktop(app, lambda: bootstrap.open_workspace(folder))
        self.window.show()
        self.window.resize(1440, 900)
        self.window.activateWindow()
        self.settle()

    @property
    def window(self) -> MainWindow:
        return self.desktop.window

    @property
    def screens(self) -> Screens:
        assert self.desktop.screens is not None
        return self.desktop.screens

    def settle(self) -> None:
        """Let everything that was begun end."""
        for _ in range(6):
            self.app.processEvents()
            assert self.desktop.runner.drain()
        self.app.processEvents()

    def press(self, *keys: str) -> None:
        """Press keys one after the other where the keyboard is, for example "Ctrl+K"."""
        for key in keys:
            QTest.keySequence(self.focus(), key)
            self.settle()

    def type(self, text: str) -> None:
        """Type letters where the keyboard is."""
        QTest.keyClicks(self.focus(), text)
        self.screens.search.flush()
        self.settle()

    def focus(self) -> QWidget:
        """What has the keyboard."""
        return QApplication.focusWidget() or self.window

    def close(self) -> None:
        """Close the window as a user does, and leave nothing behind that later tests restyle."""
        if self.closed:
            return
        self.closed = True
        self.window.close()
        self.app.processEvents()
        for thing in (self.window, self.desktop.look, self.desktop):
            thing.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


Open = Callable[..., Bench]


def _move_in(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Folders of one's own, and a day on which the examples are recent."""
    for name in ("CONFIG", "CACHE", "STATE"):
        patch.setenv(f"AFTERWHY_{name}", str(folder / name.lower()))
    patch.setenv("AFTERWHY_NOW", "2026-11-20T09:00:00Z")


def furnish(app: QApplication, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Folders of one's own, the style and the fonts of the window."""
    _move_in(folder, patch)
    app.setStyle("Fusion")
    load_fonts()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples in a library with its index; each window gets a copy of both."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        _move_in(folder, patch)
        with closing(bootstrap.open_workspace(folder / "library")) as workspace:
            examples.fill(workspace.library)
            workspace.index.catch_up()
    return folder


@pytest.fixture
def open_bench(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: Path
) -> Iterator[Open]:
    """Opens windows; the library has the examples unless ``empty``."""
    furnish(qapp, tmp_path, monkeypatch)
    benches: list[Bench] = []

    def open_(*, empty: bool = False) -> Bench:
        folder = tmp_path / "library"
        if not empty and not folder.exists():
            for part in ("library", "cache"):
                shutil.copytree(prepared / part, tmp_path / part, dirs_exist_ok=True)
        bench = Bench(qapp, folder)
        benches.append(bench)
        return bench

    yield open_
    for bench in benches:
        bench.close()
    qapp.setStyleSheet("")


@pytest.fixture
def bench(open_bench: Open) -> Bench:
    """A window on the examples."""
    return open_bench()
