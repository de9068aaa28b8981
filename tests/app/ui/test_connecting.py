"""Settings, Jira: a project connected by keyboard at a site of either flavour."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.fitting import clipped
from app.ui.settings.jira.assistant import Assistant
from app.ui.settings.jira.matching import MatchDialog
from app.ui.settings.jira.section import JiraSettings
from app.ui.tracking.dialogs import AskDialog
from app.ui.tracking.value_chooser import SeveralDialog
from integrations.jira.remote import Draft
from integrations.jira.site import open_site
from models.commands import actions as edits
from models.queries import actions
from models.queries import tracking as queries
from models.store.library import Actor
from models.tracking.connections import Connection
from tests.app.ui.conftest import Bench
from tests.jira_fake import FakeJira, Flavour, Kind, examples, faults
from tests.jira_fake.specifications import judged

EMAIL = f"{examples.BOT}@example.com"
TEAM, AREAS, POINTS, DAY, OWNER = (f"customfield_1050{number}" for number in range(5))


class Keychain(KeyringBackend):
    """A keychain in memory."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.held[service, username]


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keychain]:
    """The system's keychain, for one test."""
    monkeypatch.delenv("AFTERWHY_JIRA_TOKEN", raising=False)
    before, made = keyring.get_keyring(), Keychain()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture(params=Flavour, ids=str)
def jira(request: pytest.FixtureRequest) -> Iterator[FakeJira]:
    """A site whose tickets need values of every kind."""
    site = examples.site(request.param)
    site.add_field(TEAM, "Team", Kind.OPTION, ["Payments", "Search"])
    site.add_field(AREAS, "Areas", Kind.OPTIONS, ["Edge", "Core", "Store"])
    site.add_field(POINTS, "Points", Kind.NUMBER)
    site.add_field(DAY, "Review day", Kind.DATE)
    site.add_field(OWNER, "Approver", Kind.USER)
    for screen in site.project("REL").screens.values():
        screen.required |= {TEAM, AREAS, POINTS, DAY, OWNER}
    with judged(site) as jira:
        yield jira


def assistant(bench: Bench) -> Assistant:
    """The section, reached as the Actions screen leads there."""
    bench.screens.connect_jira()
    bench.settle()
    return bench.screens.settings.section(JiraSettings).assistant


def stored(bench: Bench) -> tuple[Connection, ...]:
    return queries.connections(bench.screens.context.workspace.library)


def tab_to(bench: Bench, widget: QWidget) -> None:
    for _ in range(40):
        if bench.focus() is widget or widget.isAncestorOf(bench.focus()):
            return
        bench.press("Tab")
    raise AssertionError("Tab does not lead there")


def sign_in(bench: Bench, jira: FakeJira, token: str = examples.TOKEN) -> Assistant:
    """The first two steps by keyboard."""
    made = assistant(bench)
    assert bench.focus() is made.site.address
    bench.type(jira.url)
    bench.press("Return")
    if jira.site.cloud:
        bench.type(EMAIL)
        bench.press("Return")
    assert bench.focus() is made.sign_in.token
    bench.type(token)
    bench.press("Return")
    return made


def give_values(bench: Bench, made: Assistant) -> None:
    """A value of each kind."""
    tab_to(bench, made.fields.choosers[TEAM])
    bench.press("Down", "Down", "Return")  # opens the list, then the first of it
    tab_to(bench, made.fields.choosers[AREAS])
    bench.press("Return")
    dialog = bench.window.findChildren(SeveralDialog)[-1]
    for key in ("Space", "Down", "Down", "Space", "Return"):
        QTest.keySequence(dialog.list, key)
    bench.settle()
    bench.window.activateWindow()
    bench.settle()
    tab_to(bench, made.fields.choosers[POINTS])
    bench.type("two")
    tab_to(bench, made.fields.choosers[DAY])
    assert "Points is a number" in made.fields.trouble.words.text()
    bench.type("2026-12-01")
    made.fields.choosers[POINTS].setFocus()
    bench.press("Ctrl+A")
    bench.type("2.5")
    tab_to(bench, made.fields.choosers[OWNER])
    bench.type("Platform")
    bench.press("Return")
    menu = QApplication.activePopupWidget()
    assert menu is not None
    for key in ("Down", "Return"):
        QTest.keySequence(menu, key)
    bench.settle()


def test_a_project_is_connected_by_keyboard(
    bench: Bench, jira: FakeJira, keychain: Keychain, tmp_path: Path
) -> None:
    made = sign_in(bench, jira)
    assert bench.focus() is made.where.project
    assert made.where.project.currentText() == "REL  Reliability"
    assert made.where.board.currentText() == "REL board"
    titles = [line.title for line in made.result.lines]
    assert titles[:3] == ["Site answers", "Signed in", "Can create a Task in REL"]
    assert "Team needs a value" in titles
    give_values(bench, made)
    assert "Team needs a value" not in [line.title for line in made.result.lines]
    assert clipped(bench.window) == []
    tab_to(bench, made.save_button)
    assert stored(bench) == ()
    made.site.address.setFocus()
    bench.press("Ctrl+Return")

    (saved,) = stored(bench)
    place = saved.site, saved.project, saved.issue_type, saved.board
    assert place == (jira.url, "REL", "Task", 1)
    assert saved.email == (EMAIL if jira.site.cloud else "")
    assert keychain.held == {("Afterwhy", saved.account): examples.TOKEN}
    assert jira.journal.count("POST /issue") == 0
    remote = open_site(saved, examples.TOKEN, clock=lambda: jira.site.clock.now, cancelled=Event())
    remote.create(Draft("REL", "Task", "Limit retries", "", "afterwhy-1", values=saved.fields))
    remote.close()
    (ticket,) = jira.site.issues.values()
    assert [len(ticket.values[AREAS]), ticket.values[POINTS]] == [2, 2.5]
    assert (ticket.values[DAY], ticket.values[OWNER]) == ("2026-12-01", examples.COLLEAGUE)
    bench.desktop.window.close()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or examples.TOKEN.encode() not in file.read_bytes(), file


def test_what_is_wrong_is_told_in_place_and_cancel_leaves_all_as_it_was(
    bench: Bench, jira: FakeJira, keychain: Keychain
) -> None:
    made = assistant(bench)
    made.site.address.setText("http://jira.example.com")
    made.site.button.click()
    bench.settle()
    assert "not encrypted" in made.site.trouble.words.text()
    assert made.site.cleartext.isVisible()
    made.site.address.clear()
    bench.window.resize(1240, 760)
    bench.desktop.look.set_percent(150)
    sign_in(bench, jira, "stale")
    trouble = made.sign_in.trouble
    assert "does not accept the token" in trouble.words.text()
    assert trouble.visibleRegion().boundingRect() == trouble.rect(), "it is scrolled to"
    assert made.result.lines[-1].title == "Not signed in"
    made.cancel_button.click()
    bench.settle()
    assert (made.site.address.text(), made.token, made.result.lines) == ("", "", ())
    assert (stored(bench), keychain.held) == ((), {})


def test_a_test_is_stopped_at_once(bench: Bench, keychain: Keychain) -> None:
    with judged(examples.site(Flavour.CLOUD)) as jira:
        jira.faults.plan("GET /myself", faults.slow(20))
        made = assistant(bench)
        made.site.address.setText(jira.url)
        made.site.button.click()
        bench.settle()
        made.sign_in.email.setText(EMAIL)
        made.sign_in.email.textEdited.emit(EMAIL)
        made.sign_in.token.setText(examples.TOKEN)
        made.look_around()
        assert made.result.button.text().strip() == "Stop"
        made.result.button.click()
        assert made.result.button.text().strip() == "Test"
        bench.settle()
        assert made.offer is None
    assert (stored(bench), keychain.held) == ((), {})


def test_a_connection_is_changed_paused_and_ended(bench: Bench, keychain: Keychain) -> None:
    with judged(examples.site(Flavour.CLOUD)) as jira:
        library = bench.screens.context.workspace.library
        row = next(row for row in actions.every(library) if row.action.is_open)
        edits.set_fields(library, row.action.ref, {"owner": "Platform owner"}, Actor())
        made = sign_in(bench, jira)
        made.save_button.click()
        bench.settle()
        section = bench.screens.settings.section(JiraSettings)
        (known,) = stored(bench)
        section.overview.buttons["pause", known.id].click()
        bench.settle()
        assert stored(bench)[0].paused

        section.overview.buttons["edit", known.id].click()
        bench.settle()
        assert made.offer is not None, "the kept token signs in by itself"
        assert made.token == ""
        made.site.button.click()
        assert not made.save_button.isEnabled(), "the address may be another one now"
        made.site.button.click()
        bench.settle()
        assert made.save_button.isEnabled()
        made.fields.changers["priorities"].click()
        bench.settle()
        dialog = bench.window.findChildren(MatchDialog)[-1]
        dialog.fields["P0"].show_key("High")
        bench.press("Return")
        bench.window.activateWindow()
        bench.settle()
        assert bench.focus() is made.fields.changers["priorities"]
        made.fields.changers["people"].click()
        bench.settle()
        dialog = bench.window.findChildren(MatchDialog)[-1]
        assert dialog.fields["Platform owner"].key == jira.site.users[examples.COLLEAGUE].account_id
        bench.press("Return")
        bench.window.activateWindow()
        bench.settle()
        made.where.routes_button.click()
        bench.type("payments, search")
        made.save_button.click()
        bench.settle()
        (changed,) = stored(bench)
        assert (changed.id, changed.priorities["P0"]) == (known.id, "High")
        assert changed.teams == ("payments", "search")
        assert [person.owner for person in changed.people] == ["Platform owner"]

        section.overview.buttons["disconnect", known.id].click()
        bench.settle()
        bench.window.findChildren(AskDialog)[-1].yes.click()
        bench.settle()
        assert (stored(bench), keychain.held) == ((), {})
        assert made.isVisible()


def test_without_a_keychain_it_says_so_and_the_token_lasts_until_the_end(
    bench: Bench, keychain: Keychain
) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    with judged(examples.site(Flavour.DATA_CENTER)) as jira:
        made = assistant(bench)
        made.site.address.setText(jira.url)
        made.site.button.click()
        bench.settle()
        assert made.sign_in.chip.accessibleName() == "No keychain here: asked each time"
        made.sign_in.token.setText(examples.TOKEN)
        made.look_around()
        bench.settle()
        made.where.board.chosen.emit("")
        bench.settle()
        assert made.where.board.currentText() == "No board"
        assert "no board is chosen" in [line.text for line in made.result.lines]
        made.save_button.click()
        bench.settle()
        (known,) = stored(bench)
        assert (known.board, known.kanban) == (None, True)
        assert bench.screens.context.workspace.tokens == {known.account: examples.TOKEN}
        assert "asked for at the next start" in bench.window.toast.accessibleName()
        section = bench.screens.settings.section(JiraSettings)
        section.overview.buttons["edit", known.id].click()
        bench.settle()
        assert made.offer is not None, "it signs in with the token of this session"
