"""What authors do in every post-mortem, key by key: the steps that the journeys share."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from app.ui.editor.guidance.checklist import ChecklistDialog
from integrations.markdown import apply as importing
from integrations.markdown import plan as planning
from models.document import Document
from models.queries import post_mortems as queries
from models.store.library import Actor, open_library
from tests.app.ui.conftest import Bench
from tests.app.ui.editor.keyboard import Keyboard

Steps = dict[str, tuple[tuple[str, str], ...]]
"""The steps of a framework by their titles, each with its fields and what they say."""


def begin(keys: Keyboard, role: str, title: str, severity: str, services: str) -> None:
    """Ctrl+N in an empty library; the author is a role."""
    keys.press("Ctrl+N")
    keys.settle()
    keys.fill("Role", role)
    keys.press("Return")
    keys.settle()
    keys.fill("What happened, in one line", title)
    keys.choose("Template", "Blameless 5 Whys")
    keys.choose("Severity", severity)
    keys.fill("Services, separated by commas", services)
    keys.press("Return")
    keys.settle()


def hold_role(keys: Keyboard, holder: str, since: str, role: str = "") -> None:
    """Who held a role; without one, the row is for the next that nobody holds."""
    keys.push("Add role")
    if role:
        keys.choose("Role", role)
    keys.fill("Held by a team or role", holder)
    keys.fill("Since", since)


def impact_window(keys: Keyboard, start: str, end: str, affected: str) -> None:
    """From when to when users met it."""
    keys.push("Add impact window")
    keys.fill("Impact started", start)
    keys.fill("Impact stopped", end)
    keys.fill("What was affected in this window", affected)


def measure(keys: Keyboard, name: str, number: str, unit: str, source: str = "") -> None:
    """A number that says how much."""
    keys.push("Add measure")
    keys.fill("Measure", name)
    keys.fill("Number", number)
    keys.fill("Unit", unit)
    keys.fill("Where the number comes from", source)


# -- timeline and response -------------------------------------------------------------------------


def event(keys: Keyboard, at: str, kind: str, text: str) -> None:
    """Write an event down, from the list of events and back to it."""
    keys.press("N")
    keys.type(text)
    keys.press("Esc")
    keys.choose("Kind", kind)
    keys.fill("Time", at)
    keys.press("Esc")


def paste_chat(keys: Keyboard, copied: str, day: str, zone: str, kinds: Sequence[str]) -> None:
    """Ctrl+V among the events; day and zone are asked once; each row gets its kind."""
    QGuiApplication.clipboard().setText(copied)
    keys.press("Ctrl+V")
    for question, answer in (("Day", day), ("Time zone", zone)):
        keys.fill(question, answer)
        keys.press("Return")
    for number, kind in enumerate(kinds):
        keys.go_to("Events that were read")
        keys.press("Ctrl+Home", *["Down"] * number)
        keys.choose("Kind", kind)
    keys.push(f"Add {len(kinds)} events")
    keys.settle()


def record_response(
    keys: Keyboard,
    steps: Steps,
    at: str,
    by: str,
    beside: Mapping[str, Callable[[Keyboard], None]],
) -> None:
    """Walk from step to step of a framework. ``beside`` writes what a step asks for elsewhere.

    A step whose first words are why it did not apply is recorded as that.
    """
    titles = list(steps)
    for number, (title, values) in enumerate(steps.items()):
        applied = values[0][0] != "why it did not apply"
        keys.choose(f"{title}: state", "Done" if applied else "Did not apply")
        keys.fill(f"{title}: when", at)
        keys.fill(f"{title}: by", by)
        if title in beside:
            beside[title](keys)
        for field, value in values:
            keys.put(f"{title}: {field}", value)
        keys.fill(f"{title}: notes", "Done while the call went on.")
        if number + 1 < len(titles):
            following = titles[number + 1]
            keys.push(f"Next: {following[0]}: {following}")


def update(keys: Keyboard, at: str, audience: str, text: str, promised: str = "") -> None:
    """What was said while the incident lasted, in the step that asks for it."""
    keys.push("Add update")
    keys.fill("Update sent", at)
    keys.fill("Audience", audience)
    if promised:
        keys.fill("Next update promised", promised)
    keys.fill("Update in words", text)


# -- whys ------------------------------------------------------------------------------------------


def why(keys: Keyboard, key: str, answer: str) -> None:
    """A why below (Return) or beside (Shift+Return) the current one; the card is left again."""
    keys.press(key)
    keys.type(answer)
    keys.press("Return")


def prove(keys: Keyboard, kind: str, text: str, target: str) -> None:
    """Add evidence to the current why."""
    captions = {
        "Link": ("What it shows", "Its address"),
        "Quote": (
            "The words, as they were said or written",
            "Where: the role, the channel, the time",
        ),
        "Query": ("What it shows", "The query"),
    }
    keys.press("E")
    keys.settle()
    keys.go_to("Kind: Link")
    keys.press(*["Right"] * list(captions).index(kind))
    for caption, words in zip(captions[kind], (text, target), strict=True):
        keys.fill(caption, words)
    keys.push("Done")
    keys.settle()


def end_in_root(keys: Keyboard, reason: str, words: str, accepted_by: str = "") -> None:
    """Say why the current chain ends."""
    captions = {
        "Fixable by us": "What makes it ours to fix (may stay empty)",
        "Outside our control": "Why the risk is accepted",
        "Evidence exhausted": "What was looked for and is not there",
    }
    keys.press("R")
    keys.settle()
    keys.press(*["Down"] * list(captions).index(reason))
    if accepted_by:
        keys.fill("Accepted by which role", accepted_by)
    keys.fill(captions[reason], words)
    keys.push("Mark as root")
    keys.settle()


def countermeasure(keys: Keyboard, title: str) -> None:
    """The action that closes the root at the current why."""
    keys.press("C")
    keys.settle()
    keys.fill("Action", title)
    keys.press("Return")
    keys.settle()


# -- language hints --------------------------------------------------------------------------------


def put_wording_in(keys: Keyboard, *blanks: str) -> None:
    """F7 to the next hint, Enter in the dock puts its rewrite in; its blanks are filled in."""
    keys.settle()
    keys.press("F7", "Ctrl+Shift+H")
    keys.settle()
    assert keys.place == "Language hints"
    keys.press("Return")
    keys.settle()
    for number, words in enumerate(blanks):
        if number:
            keys.press("F7")
        keys.type(words)


# -- review ----------------------------------------------------------------------------------------


def asked(keys: Keyboard) -> list[str]:
    """Open the checklist of the gate ahead; what it names."""
    keys.press("Ctrl+Shift+R")
    keys.settle()
    return named()


def named() -> list[str]:
    """What the checklist that is open says is missing."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ChecklistDialog)
    model = dialog.list.choices
    return [model.entry(model.index(n, 0)).title for n in range(model.rowCount())]


def pass_gate(keys: Keyboard, action: str) -> None:
    """Go through the gate ahead, at which nothing is missing."""
    assert asked(keys) == []
    keys.push(action)
    keys.settle()


def ask_reviewer(keys: Keyboard, role: str) -> None:
    """Another row for who reads it."""
    keys.push("Add review")
    keys.choose("Reviewer", role)


# -- out and in again ------------------------------------------------------------------------------


def export(keys: Keyboard, folder: Path, last: str, *turns: str) -> None:
    """Ctrl+E; from the form that was used last to another; a folder."""
    keys.press("Ctrl+E")
    keys.settle()
    keys.go_to(f"Form: {last}")
    keys.press(*turns)
    keys.fill("Folder", str(folder))
    keys.push("Export")
    keys.settle()


def export_review_copy(keys: Keyboard, folder: Path) -> Path:
    """Ctrl+E, for review, as text to be commented in."""
    keys.press("Ctrl+E")
    keys.settle()
    keys.go_to("For: Colleagues")
    keys.press("Right", "Right")
    keys.go_to("Form of the copy: HTML")
    keys.press("Right")
    keys.fill("Folder", str(folder))
    keys.push("Export")
    keys.settle()
    (copy,) = folder.glob("*-review.md")
    return copy


def write_into(copy: Path, role: str, remarks: dict[str, str]) -> None:
    """What a colleague does to a review copy in a text editor: the role, and words below places."""
    lines = copy.read_text("utf-8").split("\n")
    lines[lines.index("Your role:")] += f" {role}"
    for place, words in remarks.items():
        slot = re.compile(rf"<!-- comment .* on {re.escape(place)} -->")
        (begin,) = (n for n, line in enumerate(lines) if slot.fullmatch(line))
        lines.insert(begin + 1, words)
    copy.write_text("\n".join(lines), "utf-8")


def read_comments(keys: Keyboard, copy: Path) -> None:
    """Find the command that reads review copies; in the file dialog, type the path of one."""

    timer = QTimer()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog) and dialog.isAncestorOf(keys.focus):
            timer.stop()
            keys.fill("File name:", str(copy))
            keys.press("Return")
            dialog.close()  # it runs until it is answered: where it was not, nothing is read

    timer.timeout.connect(answer)
    timer.start()
    keys.command("Read review comments")


def written(bench: Bench) -> Document:
    """The one post-mortem of the library."""
    (document,) = queries.every(bench.screens.context.workspace.library)
    return document


def brought_in(bench: Bench, exported: Path, folder: Path) -> Document:
    """What a fresh library holds after importing a folder."""
    terms = bench.screens.context.workspace.vocabularies
    library = open_library(folder)
    plan = planning.plan(library, [exported], terms)
    (done,) = importing.apply(library, plan, Actor(), terms).imported
    assert not done.in_part
    return queries.document(library, done.ref)
