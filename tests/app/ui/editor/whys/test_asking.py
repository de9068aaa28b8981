"""Evidence, stop reasons and countermeasures by keyboard."""

from PySide6.QtWidgets import QApplication

from app.ui.editor.whys.countermeasure_dialog import CountermeasureDialog
from app.ui.editor.whys.evidence_dialog import EvidenceDialog
from app.ui.editor.whys.stop_dialog import NEW, StopDialog
from app.ui.fitting import clipped, unnamed
from models.domain.incident import Event, Evidence
from models.domain.whys import StopReason
from models.editing import whys
from models.editing.parts import with_incident
from models.queries import roots
from tests.app.ui.editor.whys.conftest import Desk, add_root_found_before


def evidence_dialog(desk: Desk) -> EvidenceDialog:
    dialog = desk.page.asking.dialog
    assert isinstance(dialog, EvidenceDialog)
    return dialog


def stop_dialog(desk: Desk) -> StopDialog:
    dialog = desk.page.asking.dialog
    assert isinstance(dialog, StopDialog)
    return dialog


def action_dialog(desk: Desk) -> CountermeasureDialog:
    dialog = desk.page.asking.dialog
    assert isinstance(dialog, CountermeasureDialog)
    return dialog


# -- evidence ----------------------------------------------------------------------------------


def test_evidence_is_typed_into_the_draft(desk: Desk) -> None:
    desk.go("1.1")
    assert "no evidence" in desk.current
    desk.press("E")
    desk.type("Account audit")
    desk.press("Tab")
    desk.type("https://audit.example/7")
    assert desk.node("1.1").evidence == (
        Evidence("link", "Account audit", "https://audit.example/7"),
    )
    dialog = evidence_dialog(desk)
    assert dialog.open_button.isEnabled()
    assert clipped(dialog) + unnamed(dialog) == []
    desk.press("Esc")
    assert desk.focus() is desk.page.tree
    assert "evidence: Account audit" in desk.current
    assert desk.draft.undo_name == "Write evidence of why 1.1"


def test_each_kind_of_evidence(desk: Desk) -> None:
    event = Event("e", None, text="Pager rings")
    desk.draft.edit("x", lambda d: with_incident(d, "i", timeline=(event,)))
    desk.go("2")
    desk.press("E")
    dialog = evidence_dialog(desk)
    dialog.form.kind.click("quote")
    dialog.form.text.setFocus()
    desk.type("flip it now")
    dialog.add_another()
    dialog.form.kind.click("query")
    dialog.form.query.setFocus()
    desk.type("select 1")
    dialog.add_another()
    dialog.form.kind.click("event")
    dialog.form.event_choice.setFocus()
    desk.press("Down")
    assert desk.node("2").evidence == (
        Evidence("quote", "flip it now"),
        Evidence("query", "", "select 1"),
        Evidence("event", "", "e"),
    )
    desk.press("Esc")
    assert "Pager rings" in desk.current


def test_evidence_is_changed_and_removed(desk: Desk) -> None:
    desk.go("1")
    desk.press("E")
    dialog = evidence_dialog(desk)
    desk.press("Ctrl+A")
    desk.type("Other query")
    assert desk.node("1").evidence[0].text == "Other query"
    dialog.list.setFocus()
    desk.press("Del")
    assert desk.node("1").evidence == ()
    dialog.close()
    desk.draft.undo()
    assert desk.node("1").evidence[0].text == "Other query"


def test_an_address_among_the_words_is_where_the_link_leads(desk: Desk) -> None:
    desk.go("2")
    desk.press("E")
    desk.type("https://graphs.example/7")
    desk.press("Tab")
    assert desk.node("2").evidence == (Evidence("link", "", "https://graphs.example/7"),)
    assert evidence_dialog(desk).form.address.text() == "https://graphs.example/7"
    evidence_dialog(desk).add_another()
    desk.type("Flag log https://flags.example/3")
    desk.press("Esc")
    assert desk.node("2").evidence[1] == Evidence("link", "Flag log", "https://flags.example/3")


def test_a_link_without_an_address_is_no_evidence_yet(desk: Desk) -> None:
    desk.go("2")
    desk.press("E")
    desk.type("The graph of saves")
    assert "no address yet" in desk.current
    desk.press("Tab")
    desk.type("https://graphs.example/7")
    desk.press("Esc")
    assert "no address" not in desk.current


def test_the_keys_of_the_tree_act_again_when_the_evidence_was_closed(desk: Desk) -> None:
    desk.go("1.1")
    desk.press("E", "Esc")
    assert desk.page.isActiveWindow()
    desk.press("B")
    assert desk.page.backwards.isVisible()


def test_a_link_asks_for_its_address_and_keeps_the_one_it_has(desk: Desk) -> None:
    desk.go("2")
    desk.press("E")
    desk.type("Graph")
    caption = evidence_dialog(desk).form.target_caption
    assert caption.text() == "Its address (still missing)"
    desk.press("Tab")
    desk.type("https://graphs.example/7")
    assert caption.text() == "Its address"
    desk.press("Shift+Tab", "End")
    desk.type(" of https://other.example")
    desk.press("Esc")
    words = "Graph of https://other.example"
    assert desk.node("2").evidence == (Evidence("link", words, "https://graphs.example/7"),)


def test_only_web_addresses_are_opened(desk: Desk) -> None:
    desk.go("2")
    desk.press("E", "Tab")
    desk.type("file:///etc/passwd")
    assert not evidence_dialog(desk).open_button.isEnabled()
    desk.press("Esc")


# -- roots -------------------------------------------------------------------------------------


def test_a_root_is_fixable_by_us(desk: Desk) -> None:
    desk.go("2")
    desk.press("R")
    dialog = stop_dialog(desk)
    assert clipped(dialog) + unnamed(dialog) == []
    desk.press("Tab")
    desk.type("The flag service is ours")
    desk.press("Tab", "Return")
    stop = desk.node("2").stop
    assert stop is not None
    assert (stop.reason, stop.text) == (StopReason.FIXABLE, "The flag service is ours")
    root = desk.draft.document.root_of("2")
    assert root is not None
    assert root.title == "The flag went to 100% in one step."
    assert "root, fixable by us" in desk.current
    assert "no action addresses it yet" in desk.current


def test_a_key_marks_the_root_from_the_words_in_which_enter_begins_a_line(desk: Desk) -> None:
    desk.go("2")
    desk.press("R")
    dialog = stop_dialog(desk)
    assert dialog.mark_button.toolTip() == "Mark as root (Ctrl+Return)"
    desk.press("Tab")
    desk.type("The flag service is ours")
    desk.press("Ctrl+Return")
    stop = desk.node("2").stop
    assert stop is not None
    assert stop.text == "The flag service is ours"


def test_a_root_outside_our_control_is_accepted_by_a_role(desk: Desk) -> None:
    desk.go("2")
    desk.press("R", "Down", "Tab")
    desk.type("Head of Platform")
    desk.press("Tab")
    desk.type("The provider says so")
    desk.press("Tab", "Return")
    stop = desk.node("2").stop
    assert stop is not None
    assert (stop.reason, stop.accepted_by) == (StopReason.OUTSIDE, "Head of Platform")
    desk.press("R")
    stop_dialog(desk).continued.emit()
    assert desk.node("2").stop is None
    assert desk.draft.document.root_of("2") is None


def test_a_root_found_before_is_linked(own_desk: Desk) -> None:
    desk = own_desk
    add_root_found_before(desk)
    desk.go("1.2")
    desk.press("R", "Tab", "Tab")
    desk.type("launch")
    offered = str(stop_dialog(desk).pick.list.currentIndex().data())
    assert offered.startswith("The launch checklist asks for no fallback, Found in PM-")
    assert "A-01 ready" in offered
    desk.press("Return")
    root = desk.draft.document.root_of("1.2")
    assert root is not None
    assert root.title == "The launch checklist asks for no fallback"
    assert "Also in PM-" in desk.current
    assert "action A-01, Ask for a fallback at launch, Ready" in desk.current
    desk.draft.save()
    desk.bench.settle()
    assert desk.draft.document.root_of("1.2") == root
    assert desk.draft.error is None


def test_a_root_that_is_called_the_same_is_offered_first(own_desk: Desk) -> None:
    desk = own_desk
    add_root_found_before(desk)
    desk.page.writing.change(
        "x",
        lambda tree: whys.change(tree, "2", answer="the launch checklist asks for no fallback."),
        "2",
    )
    desk.go("2")
    desk.press("R", "Tab", "Tab", "Return")
    root = desk.draft.document.root_of("2")
    assert root is not None
    assert root.title == "The launch checklist asks for no fallback"
    assert [known.id for known in desk.draft.document.roots] == [root.id]


def test_a_root_that_undo_left_with_nobody_is_not_offered(own_desk: Desk) -> None:
    desk = own_desk
    desk.go("2")
    desk.press("R", "Tab", "Tab", "Return")
    desk.draft.save()
    desk.bench.settle()
    desk.draft.undo()
    desk.press("R")
    model = stop_dialog(desk).pick.list.choices
    assert [model.entry(model.index(row, 0)).key for row in range(model.rowCount())] == [NEW]
    desk.press("Esc")
    desk.draft.save()
    desk.bench.settle()
    assert roots.every(desk.context.workspace.library) == ()


def test_only_the_end_of_a_chain_is_a_root(desk: Desk) -> None:
    desk.go("1")
    desk.press("R")
    assert desk.page.asking.dialog is None
    assert desk.node("1").stop is None


# -- countermeasures ---------------------------------------------------------------------------


def test_a_new_action_for_a_root(own_desk: Desk) -> None:
    desk = own_desk
    desk.go("2")
    desk.press("C")
    assert QApplication.activeModalWidget() is stop_dialog(desk)
    desk.press("Tab", "Tab", "Return")
    assert clipped(action_dialog(desk)) + unnamed(action_dialog(desk)) == []
    desk.type("Widen flags in steps")
    desk.press("Return")
    document = desk.draft.document
    root = document.root_of("2")
    assert root is not None
    assert [action.title for action in document.actions_of(root.id)] == ["Widen flags in steps"]
    desk.draft.save()
    desk.bench.settle()
    assert "action A-01, Widen flags in steps, Proposed" in desk.current


def test_an_existing_action_becomes_the_countermeasure(own_desk: Desk) -> None:
    desk = own_desk
    add_root_found_before(desk)
    desk.go("2")
    desk.press("C", "Tab", "Tab", "Return")
    desk.type("fallback")
    desk.press("Down", "Return")
    document = desk.draft.document
    root = document.root_of("2")
    assert root is not None
    assert [action.id for action in document.actions_of(root.id)] == ["a"]
    desk.draft.save()
    desk.bench.settle()
    assert desk.draft.document.actions_of(root.id)[0].ref == "A-01"
