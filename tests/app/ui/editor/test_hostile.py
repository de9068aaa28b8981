"""A hostile document in the editor: nothing is fetched, run, or read from outside the library."""

import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from models.commands import post_mortems as commands
from models.document import Document
from models.domain.attachment import Attachment
from models.domain.incident import Event, Evidence
from models.domain.post_mortem import Section
from models.editing.parts import with_incident, with_text
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Bench, Open
from tests.app.ui.editor.conftest import Desk

TITLE = "Profile saves failing after a full rollout"
LONG = 10_000_000


class Watch:
    """Counts sockets, processes and files that are opened while it looks."""

    def __init__(self) -> None:
        self.active = False
        self.sockets: list[str] = []
        self.files: list[str] = []
        sys.addaudithook(self._heard)

    def _heard(self, event: str, args: tuple[object, ...]) -> None:
        if not self.active:
            return
        if event.startswith(("socket.", "subprocess.", "urllib.", "os.system", "os.exec")):
            self.sockets.append(event)
        elif event == "open" and isinstance(args[0], str | bytes):
            self.files.append(str(args[0]))


WATCH = Watch()


def hostile(document: Document, secret: Path) -> Document:
    """With everything an attacker may write."""
    names = (
        secret.as_posix(),
        secret.as_uri(),
        f"../../../../../..{secret.as_posix()}",
        quote(f"..\\..{secret}"),
        "http://192.0.2.1/pixel.png",
        "https://example.invalid/pixel.png",
        "//192.0.2.1/pixel.png",
        "qrc:/icon.png",
        "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=",
    )
    pictures = "\n\n".join(f"![a]({name})" for name in names)
    tags = "".join(f'<img src="{name}"><object data="{name}"></object>' for name in names)
    text = (
        f"{pictures}\n\n{tags}\n\n<script>steal()</script><iframe src='file:///etc/passwd'></iframe>"
        "\n\n[run](javascript:alert(1)) [read](file:///etc/passwd) <link rel=stylesheet href=//x>"
        "\n\n&lt;script&gt; &#0; &#x110000; &NotAnEntity;\n\n"
        + "> " * 400
        + "deep\n\n"
        + "[" * 2000
    )
    incident = document.post_mortem.incidents[0]
    event = Event("hostile", None, text=text, evidence=(Evidence("link", "x", "file:///etc/x"),))
    changed = with_incident(document, incident.id, timeline=(*incident.timeline, event))
    changed = with_text(
        changed,
        summary=text,
        sections=(Section("own", "<b>x</b>", text), Section("long", "Long", "x" * LONG)),
    )
    file = Attachment("f", f"../../..{secret.as_posix()}", "0" * 64, "image/png", 10)
    return replace(changed, attachments=(file,))


@pytest.mark.timeout(180)
def test_a_hostile_document_is_edited_and_previewed_safely(
    open_bench: Open, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG secret")
    bench: Bench = open_bench()
    library = bench.screens.context.workspace.library
    found = next(d for d in queries.every(library) if d.post_mortem.title == TITLE)
    commands.merge_save(library, hostile(found, secret), found, Actor())
    bench.screens.context.preferences.set_text("author_asked", "yes")
    _ = bench.screens.writing.editor  # its imports are no part of what is counted
    WATCH.sockets.clear()
    WATCH.files.clear()
    WATCH.active = True
    try:
        desk = Desk(bench, TITLE)
        bench.press("Ctrl+2", "Ctrl+Tab", "Ctrl+Tab")
        desk.page.dock.preview.draw()
        bench.settle()
        for step in desk.page.walk.steps:
            desk.page.show_section(step.key)
            bench.settle()
            bench.window.grab()
        desk.page.show_section("summary")
        desk.page.work.take_focus(anew=True)
        desk.write("Typed. ")
        stored = desk.saved()
    finally:
        WATCH.active = False
    assert stored.post_mortem.summary.startswith("Typed. ![a](")
    shown = desk.page.dock.preview.text
    assert "NotAnEntity" in shown.toPlainText()
    assert "<script" not in shown.toHtml()
    assert WATCH.sockets == []
    inside = (str(bench.folder), str(tmp_path / "state"), str(tmp_path / "cache"))
    outside = [name for name in WATCH.files if not name.startswith(inside)]
    allowed = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[4]))
    assert [name for name in outside if not name.startswith(allowed)] == []
    assert str(secret) not in WATCH.files
