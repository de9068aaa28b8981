"""What the command palette offers in the editor: what can be done where the keyboard is."""

from app.ui.actions import ACTIONS
from app.ui.editor.actions.page import ActionsPage
from app.ui.editor.timeline.page import TimelinePage
from app.ui.shell.command_palette import CommandPalette
from models.domain.incident import current_events
from tests.app.ui.editor.conftest import Desk


def palette(desk: Desk) -> CommandPalette:
    """The palette, opened where the keyboard is."""
    desk.bench.press("Ctrl+Shift+P")
    return next(p for p in desk.bench.window.findChildren(CommandPalette) if p.isVisible())


def offered(desk: Desk, scope: str) -> set[str]:
    """The actions of a scope that the palette offers."""
    found = palette(desk)
    model = found.list.model()
    shown = {str(model.index(row, 0).data()) for row in range(model.rowCount())}
    found.close()
    desk.bench.settle()
    return {row.id for row in ACTIONS if row.scope == scope and row.text in shown}


def enter(desk: Desk, key: str) -> None:
    """Go to a section by its place after the first."""
    keys = [step.key for step in desk.page.walk.steps]
    desk.bench.press("Ctrl+1", *["Alt+PgDown"] * keys.index(key))


def events(desk: Desk) -> int:
    return len(current_events(desk.draft.document.post_mortem.incidents[0].timeline))


def own(scope: str) -> set[str]:
    return {row.id for row in ACTIONS if row.scope == scope}


def test_the_keys_of_a_text_are_offered_in_a_text(desk: Desk) -> None:
    enter(desk, "summary")
    desk.bench.press("Ctrl+A")
    assert offered(desk, "Writing") == own("Writing")
    found = palette(desk)
    desk.bench.type("bold")
    assert found.list.model().rowCount() == 1
    desk.bench.press("Return")
    summary = desk.draft.document.post_mortem.summary
    assert summary.startswith("**")
    assert summary.endswith("**")
    desk.page.side.stepper.setFocus()
    assert offered(desk, "Writing") == set()


def test_the_timeline_offers_its_commands(desk: Desk) -> None:
    enter(desk, "timeline")
    page = desk.page.work.forms.page
    assert isinstance(page, TimelinePage)
    before = events(desk)
    page.list.setCurrentIndex(page.model.index(0, 0))
    assert offered(desk, "Timeline") == own("Timeline")
    assert offered(desk, "Actions") == set()
    palette(desk)
    desk.bench.type("remove event")
    desk.bench.press("Return")
    assert events(desk) == before - 1


def test_the_actions_offer_their_commands(desk: Desk) -> None:
    enter(desk, "actions")
    page = desk.page.work.forms.page
    assert isinstance(page, ActionsPage)
    before = len(desk.draft.document.actions)
    assert offered(desk, "Actions") == own("Actions")
    palette(desk)
    desk.bench.type("add action")
    desk.bench.press("Return")
    assert len(desk.draft.document.actions) == before + 1
    assert desk.bench.focus() is page.form.title


def test_letters_that_are_switched_off_do_nothing_in_lists(desk: Desk) -> None:
    desk.bench.screens.context.preferences.single_keys = False
    for key, kind in (("timeline", TimelinePage), ("actions", ActionsPage)):
        enter(desk, key)
        page = desk.page.work.forms.page
        assert isinstance(page, kind)
        page.list.setFocus()
        before = desk.draft.document
        desk.bench.press("N", "K", "S")
        assert desk.draft.document is before
    desk.bench.screens.context.preferences.single_keys = True
    desk.bench.press("N")
    assert desk.draft.document is not before
