"""Tickets that are in Jira already, linked and imported in the window."""

from PySide6.QtWidgets import QLineEdit

from app.ui.tracking.page import BoardPage
from app.ui.tracking.ticketing import KeyDialog
from models.queries import post_mortems
from models.queries import tracking as queries
from tests.app.ui.conftest import Bench
from tests.app.ui.test_syncing import jira, page
from tests.jira_fake import FakeJira, issues
from tests.jira_fake import examples as sites

__all__ = ["jira", "page"]


def add_ticket(jira: FakeJira, title: str) -> None:
    fields = {"project": {"key": "REL"}, "issuetype": {"id": "10001"}, "summary": title}
    issues.create(jira.site, jira.site.users[sites.COLLEAGUE], fields)


def open_dialog(bench: Bench) -> KeyDialog:
    (shown,) = (d for d in bench.window.findChildren(KeyDialog) if d.isVisible())
    assert isinstance(bench.focus(), QLineEdit)
    return shown


def test_a_ticket_is_linked_and_another_imported_by_letter(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    add_ticket(jira, "Was there before")
    add_ticket(jira, "Rotate the certificates")
    library = bench.screens.context.workspace.library
    bench.press("L")
    bench.type("REL-99")
    bench.press("Return")
    dialog = open_dialog(bench)
    assert dialog.button.isEnabled()
    assert "not there" in dialog.words.text() or "does not exist" in dialog.words.text()
    dialog.line.clear()
    bench.type(f"{jira.url}/browse/rel-1")
    bench.press("Return")
    (ticket,) = queries.tickets(library).values()
    assert (ticket.key, ticket.status) == ("REL-1", "To Do")
    assert ticket.seen is not None, "it was read after it was linked"

    bench.window.activateWindow()
    bench.settle()
    board.list.setFocus()
    bench.press("I")
    bench.type("REL-2")
    bench.press("Return")
    assert {one.key for one in queries.tickets(library).values()} == {"REL-1", "REL-2"}
    titles = [row.action.title for row in queries.board_rows(library)]
    assert "Rotate the certificates" in titles
    assert jira.journal.count("POST /issue") == 0


def test_a_ticket_is_imported_into_what_is_being_written(
    page: tuple[Bench, BoardPage], jira: FakeJira
) -> None:
    bench, board = page
    add_ticket(jira, "Rotate the certificates")
    home = board.list.current()
    assert home is not None
    mortem = home.row.homes[0].id
    bench.screens.context.preferences.set_text("author_asked", "yes")
    bench.screens.writing.edit(mortem)
    bench.settle()
    editor = bench.screens.writing.editor
    editor.show_section("actions")
    bench.settle()
    bench.window.actions_table["action_import"].trigger()
    bench.settle()
    bench.type("REL-1")
    bench.press("Return")
    stored = post_mortems.by_id(bench.screens.context.workspace.library, mortem)
    assert [one.title for one in stored.actions][-1] == "Rotate the certificates"
    shown = editor.work.forms.page
    assert shown is not None
    assert shown.draft.document.actions == stored.actions
