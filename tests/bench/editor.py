"""From a key to the painted letter in the whole editor, beside a bare field in the same process.

A post-mortem of thirty pages, written at an author's speed with pauses, while saving, the preview
and similar failures do their work.
"""

from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from tests.bench import key_presses
from tests.bench.corpus import documents
from tests.bench.desk import Desk
from tests.bench.figures import Figures
from tests.bench.key_presses import key_ms, typed

_KEYS = 600
_LETTERS = "the queue grew while nobody saw it, and "
_PACE_S = 0.06
_PAUSE_S = 1.2
_OTHERS = 200
_SECTIONS = 12
LANGUAGE = 1
"""The tab of the language hints."""


def measure(folder: Path, *, tabs: tuple[int, ...] = (0, LANGUAGE, 2), text: str = "") -> Figures:
    """Types into the editor and into a bare field in turn, with these tabs of the dock open.

    ``text`` is what the post-mortem says, by default the thirty pages of ``key_presses``.
    """
    text = text or key_presses.text()
    from PySide6.QtWidgets import QPlainTextEdit

    desk = Desk(folder, _fill(folder / "library", text))
    app, page, run = desk.app, desk.page, desk.run
    page.dock.tabs.choose(tabs[0])
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
            page.dock.tabs.choose(tabs[number // 60 % len(tabs)])
            field.setFocus()
            run(_PAUSE_S)
    bare.close()
    desk.close()
    return typed(ours, others) | {"letters": len(text), "post_mortems": _OTHERS + 1}


def _fill(folder: Path, whole: str) -> str:
    """A library with a post-mortem of thirty pages; its id."""
    from models.commands import post_mortems as commands
    from models.domain.post_mortem import Section, Status
    from models.store.library import Actor, open_library

    library = open_library(folder)
    first, *rest = documents(_OTHERS + 1)
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
