"""What a screen reader meets in every section: names, roles, the order of Tab."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QButtonGroup, QCheckBox, QWidget

from models.commands import attachments
from models.commands import post_mortems as commands
from models.document import Document, new_id
from models.domain.incident import (
    Evidence,
    ImpactWindow,
    ResponseRecord,
    RoleHolding,
    StatusUpdate,
)
from models.domain.post_mortem import Comment, Review, Section
from models.editing.parts import with_incident, with_text
from models.queries import post_mortems as queries
from models.store.library import Actor
from tests.app.ui.conftest import Open
from tests.app.ui.editor.conftest import Desk

AT = datetime(2026, 11, 12, 14, 10, tzinfo=UTC)
TITLE = "Profile saves failing after a full rollout"


def filled(document: Document) -> Document:
    """With something in every list of every section."""
    incident = document.post_mortem.incidents[0]
    first, *rest = incident.timeline
    sourced = replace(first, evidence=(Evidence("link", "Alert", "https://example.com"),))
    document = with_incident(
        document,
        incident.id,
        timeline=(sourced, *rest),
        roles=(RoleHolding("Scribe", "Support", AT), RoleHolding("Comms Lead")),
        updates=(StatusUpdate(new_id(), AT, "Status page", "We know."),),
        response=(ResponseRecord("roll-back"),),
        impact=replace(incident.impact, windows=(ImpactWindow(), ImpactWindow())),
    )
    return with_text(
        document,
        reviews=(Review(new_id(), "Reviewer", AT),),
        comments=(Comment(new_id(), "", "Which alert?", "Reviewer", AT),),
        sections=(Section(new_id(), "Vendor", "Nothing."),),
    )


@pytest.fixture
def desk(open_bench: Open) -> Desk:
    """A post-mortem with something in every section, in the editor."""
    bench = open_bench()
    library = bench.screens.context.workspace.library
    found = next(d for d in queries.every(library) if d.post_mortem.title == TITLE)
    file = attachments.keep(library, "p99.txt", b"410 ms")
    attached = replace(filled(found), attachments=(file,))
    commands.merge_save(library, attached, found, Actor("", "Lead"))
    bench.window.resize(1440, 1000)
    return Desk(bench, TITLE)


def sections(desk: Desk) -> Iterator[str]:
    """Show every section, one after the other, with the keyboard in it."""
    model = desk.page.side.stepper.steps
    for key in [model.row(model.index(place, 0)).step.key for place in range(model.rowCount())]:
        desk.page.show_section(key)
        desk.page.work.take_focus(anew=True)
        desk.bench.app.processEvents()
        yield key.partition(":")[0]


def below(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """An interface and what can be seen below it."""
    if interface.isValid() and not interface.state().invisible:
        yield interface
        for place in range(interface.childCount()):
            yield from below(interface.child(place))


def name_of(interface: QAccessibleInterface) -> str:
    """What a screen reader says; Qt names a choice by its value, so its label counts."""
    if interface.role() is not QAccessible.Role.ComboBox:
        return interface.text(QAccessible.Text.Name).strip()
    labels = interface.relations(QAccessible.RelationFlag.Label)
    return " ".join(label.text(QAccessible.Text.Name) for label, _ in labels).strip()


def stops(desk: Desk) -> set[QWidget]:
    """Every control of the window that Tab should stop at; of a choice only what is chosen."""
    choices = desk.bench.window.findChildren(QButtonGroup)
    return {
        widget
        for widget in desk.bench.window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is desk.bench.window
        and not any(widget in c.buttons() and c.checkedButton() is not widget for c in choices)
    }


def walked(desk: Desk, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard after each press of Tab, until one has it again."""
    seen: list[QWidget] = []
    while (focus := desk.bench.focus()) not in seen:
        seen.append(focus)
        QTest.keyClick(focus, key)
    assert focus is seen[0], f"Tab turns in a circle from {focus.accessibleName()}"
    return seen


def place_of(widget: QWidget) -> QRect:
    """Where a control stands on the screen."""
    return QRect(widget.mapToGlobal(QPoint()), widget.size())


def jumps(desk: Desk, seen: list[QWidget]) -> list[str]:
    """Controls of the form that come after one that stands wholly below or right of them."""
    page = desk.page.work.forms.page
    inside = [page is not None and page.isAncestorOf(one) for one in seen]
    first = next(n for n, is_in in enumerate(inside) if is_in and not inside[n - 1])
    turned = [*zip(seen, inside, strict=True)]
    form = [one for one, is_in in (*turned[first:], *turned[:first]) if is_in]
    found = []
    for one, other in pairwise(form):
        before, after = place_of(one), place_of(other)
        is_remover = isinstance(other, QAbstractButton) and not other.text()
        if after.bottom() < before.top() and not is_remover:
            found.append(f"{other.accessibleName()} stands above {one.accessibleName()}")
        elif after.right() < before.left() and after.bottom() < before.bottom() + 4:
            found.append(f"{other.accessibleName()} stands left of {one.accessibleName()}")
    return found


def test_every_control_has_a_name_and_a_role(desk: Desk) -> None:
    vague = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)
    faults = []
    for key in sections(desk):
        for one in below(QAccessible.queryAccessibleInterface(desk.page)):
            if not one.state().focusable:
                continue
            if not name_of(one) or one.role() in vague:
                said = one.text(QAccessible.Text.Name) or one.text(QAccessible.Text.Value)
                faults.append(f"{key}: {one.role().name} {said!r}")
    assert faults == []


def test_tab_reaches_every_control_once_in_reading_order(desk: Desk) -> None:
    for key in sections(desk):
        expected = stops(desk)
        seen = walked(desk, Qt.Key.Key_Tab)
        assert {one.accessibleName() for one in expected - set(seen)} == set(), key
        assert jumps(desk, seen) == [], key
        back = walked(desk, Qt.Key.Key_Backtab)
        assert back == [seen[0], *reversed(seen[1:])], key


def test_buttons_without_words_have_a_name_and_a_tooltip(desk: Desk) -> None:
    for key in sections(desk):
        silent = [
            button.objectName() or type(button).__name__
            for button in desk.page.findChildren(QAbstractButton)
            if button.isVisible() and not button.text().strip()
            if not (button.accessibleName() and (button.toolTip() or isinstance(button, QCheckBox)))
        ]
        assert silent == [], key


def test_rows_say_what_they_are(desk: Desk) -> None:
    """Lists and the tree: each row is one sentence, no two controls of one kind sound the same."""
    lists: dict[str, int] = {}
    for key in sections(desk):
        for view in desk.page.work.findChildren(QAbstractItemView):
            if not view.isVisible() or view.window() is not desk.bench.window:
                continue
            rows = [
                row
                for row in below(QAccessible.queryAccessibleInterface(view))
                if row.role() in (QAccessible.Role.ListItem, QAccessible.Role.TreeItem)
            ]
            assert all(len(row.text(QAccessible.Text.Name).split()) > 1 for row in rows), key
            lists[key] = len(rows)
        removers = [
            button.accessibleName()
            for button in desk.page.work.findChildren(QAbstractButton)
            if button.isVisible() and button.accessibleName().startswith("Remove ")
        ]
        assert len(set(removers)) == len(removers), key
    assert lists == {"timeline": 4, "whys": 3, "actions": 4, "attachments": 1}
