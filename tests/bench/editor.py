"""From a key to the painted letter in the whole editor, beside a bare field in the same process.

A post-mortem of thirty pages, written at an author's speed with pauses, while saving, the preview
and similar failures do their work.
"""

import os
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from tests.bench.corpus import documents
from tests.bench.figures import Figures
from tests.bench.key_presses import key_ms, text, typed

_KEYS = 600
_LETTERS = "the queue grew while nobody saw it, and "
_PACE_S = 0.06
_PAUSE_S = 1.2
_OTHERS = 200
_SECTIONS = 12


def measure(folder: Path) -> Figures:
    """Types into the editor and into a bare field in turn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("CONFIG", "CACHE", "STATE"):
        os.environ[f"AFTERWHY_{name}"] = str(folder / name.lower())
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    from app import bootstrap
    from app.ui.application import Desktop, create_application

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else create_application(["bench"])
    id = _fill(folder / "library")
    desktop = Desktop(app, lambda: bootstrap.open_workspace(folder / "library"))
    desktop.window.show()
    desktop.window.resize(1440, 900)

    def run(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            app.processEvents()
            time.sleep(0.001)

    while desktop.screens is None:
        run(0.05)
    screens = desktop.screens
    run(0.5)
    desktop.runner.drain(120)
    screens.context.preferences.set_text("author_asked", "yes")
    screens.writing.edit(id)
    run(1.0)
    page = screens.writing.editor
    page.dock.tabs.choose(1)
    page.go(1)
    run(2.0)
    field = app.focusWidget()
    assert isinstance(field, QPlainTextEdit)
    bare = QPlainTextEdit()
    bare.setPlainText(field.toPlainText())
    bare.resize(field.size())
    bare.show()
    for one in (field, bare):
        cursor = one.textCursor()
        cursor.setPosition(len(one.toPlainText()) // 2)
        one.setTextCursor(cursor)
    run(1.0)
    ours, others = [], []
    for number, letter in enumerate(islice(cycle(_LETTERS), _KEYS)):
        ours.append(key_ms(field, letter, app.processEvents))
        run(_PACE_S)
        others.append(key_ms(bare, letter, app.processEvents))
        if number % 60 == 59:
            page.dock.tabs.choose(number // 60 % 2)
            field.setFocus()
            run(_PAUSE_S)
    bare.close()
    desktop.window.close()
    app.processEvents()
    return typed(ours, others) | {"letters": len(text()), "post_mortems": _OTHERS + 1}


def _fill(folder: Path) -> str:
    """A library with a post-mortem of thirty pages; its id."""
    from models.commands import post_mortems as commands
    from models.domain.post_mortem import Section, Status
    from models.store.library import Actor, open_library

    library = open_library(folder)
    first, *rest = documents(_OTHERS + 1)
    whole = text()
    size = len(whole) // (_SECTIONS + 1)
    parts = [whole[start : start + size] for start in range(0, len(whole), size)]
    sections = tuple(Section(f"s{n}", f"Part {n}", part) for n, part in enumerate(parts[1:]))
    mortem = replace(
        first.post_mortem,
        summary=parts[0],
        sections=sections,
        historical=False,
        status=Status.DRAFT,
    )
    for document in (replace(first, post_mortem=mortem), *rest):
        commands.add(library, document, Actor())
    library.close()
    return mortem.id
