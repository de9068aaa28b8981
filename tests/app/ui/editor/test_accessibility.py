"""What a screen reader meets in every section: names, roles, the order of Tab."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

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
from tests.app.ui.editor.reading_aloud import below, silent_buttons, stops, unnamed, walked

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
    for key in [model.entry(model.index(place, 0)).step.key for place in range(model.rowCount())]:
        desk.page.show_section(key)
        desk.page.work.take_focus(anew=True)
        desk.bench.app.processEvents()
        yield key.partition(":")[0]


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
    assert {key: found for key in sections(desk) if (found := unnamed(desk.page))} == {}


def test_tab_reaches_every_control_once_in_reading_order(desk: Desk) -> None:
    for key in sections(desk):
        expected = stops(desk.bench.window)
        seen = walked(desk.bench.window, Qt.Key.Key_Tab)
        assert {one.accessibleName() for one in expected - set(seen)} == set(), key
        assert jumps(desk, seen) == [], key
        back = walked(desk.bench.window, Qt.Key.Key_Backtab)
        assert back == [seen[0], *reversed(seen[1:])], key


def test_buttons_without_words_have_a_name_and_a_tooltip(desk: Desk) -> None:
    assert {key: found for key in sections(desk) if (found := silent_buttons(desk.page))} == {}


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
    assert lists == {"timeline": 5, "whys": 3, "actions": 4, "attachments": 1}
