"""What the assistant asks to be matched: priorities, states, people."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from app.ui.context import Context
from app.ui.settings.jira.draft_words import sentence
from app.ui.settings.jira.field_rows import MARKUPS, PEOPLE, PRIORITY, STATE, TEXT
from app.ui.settings.jira.matching import MatchDialog, Pair
from integrations.jira import offers, people
from models.errors import InvalidInputError
from models.queries import actions
from models.tracking.defaults import MAPPED_STATES
from models.tracking.translating import PRIORITIES

if TYPE_CHECKING:
    from app.bootstrap import Workspace
    from app.ui.settings.jira.assistant import Assistant
    from integrations.jira.people import Match

MOST = 60
"""Owners that are looked for at once: a request each."""


class MatchingRoom(QObject):
    """Opens the dialogs and puts their answers into the assistant's draft."""

    def __init__(self, context: Context, assistant: "Assistant") -> None:
        super().__init__(assistant)
        self._context, self._assistant = context, assistant

    @Slot(str)
    def open(self, what: str) -> None:
        """Ask for what a row of the table names."""
        {
            PRIORITY: self._priorities,
            STATE: self._states,
            PEOPLE: self._read_owners,
            TEXT: self._markup,
        }[what]()

    def _priorities(self) -> None:
        assistant = self._assistant
        if assistant.draft is None or assistant.offer is None:
            return
        names = tuple((one.name, one.name) for one in assistant.offer.priorities)
        choices = (("", "left out"), *names)
        pairs = [Pair(p, choices, assistant.draft.priorities.get(p, "")) for p in PRIORITIES]
        self._ask(
            PRIORITY,
            "Priorities",
            "A ticket gets the priority that is chosen here for its action's.",
            pairs,
            lambda chosen: assistant.choose(priorities=_named(chosen)),
        )

    def _states(self) -> None:
        assistant = self._assistant
        if assistant.draft is None or assistant.offer is None:
            return
        names = tuple((one.name, one.name) for one in assistant.offer.statuses)
        choices = (("", "any of its category"), *names)
        states = assistant.draft.states
        pairs = [Pair(s.value, choices, states.get(s.value, "")) for s in MAPPED_STATES]
        self._ask(
            STATE,
            "States",
            "A ticket is moved to this status when its action gets that state, where its workflow"
            " has a step there; what is verified here is done there.",
            pairs,
            lambda chosen: assistant.choose(states=_named(chosen)),
        )

    def _markup(self) -> None:
        assistant = self._assistant
        if assistant.draft is None:
            return
        self._ask(
            TEXT,
            "Description",
            "Wiki text works everywhere; the other is for a site that does not show it well.",
            [Pair("Written as", tuple(MARKUPS.items()), assistant.draft.api)],
            lambda chosen: assistant.choose(api=chosen["Written as"]),
        )

    # -- people --------------------------------------------------------------------------------

    def _read_owners(self) -> None:
        def read(workspace: "Workspace") -> tuple[str, ...]:
            rows = actions.every(workspace.library)
            names = dict.fromkeys(r.action.owner for r in rows if r.action.is_open)
            return tuple(sorted((name for name in names if name), key=str.casefold))

        self._context.read(read, self._look)

    def _look(self, owners: tuple[str, ...]) -> None:
        assistant = self._assistant
        if assistant.draft is None:
            return
        if not owners:
            assistant.fields.trouble.say("No open action item has an owner yet.", "amber")
            return
        known = [person.owner for person in assistant.draft.people]
        fresh = [owner for owner in owners if owner not in known]
        asked = tuple([*fresh, *(owner for owner in owners if owner in known)][:MOST])
        work = assistant.asking.people(assistant.draft, assistant.token, asked)
        assistant.asking.ask("people", work, self._ask_people, assistant.refuse)

    def _ask_people(self, matches: "tuple[Match, ...]") -> None:
        assistant = self._assistant
        draft = assistant.draft
        if draft is None:
            return
        pairs = []
        for one in matches:
            found = {a.account: a.name + (f", {a.email}" if a.email else "") for a in one.found}
            known = {p.account: p.name or p.account for p in draft.people if p.owner == one.owner}
            choices = (("", "nobody: not assigned"), *(known | found).items())
            pairs.append(Pair(one.owner, choices, one.account))

        self._ask(
            PEOPLE,
            "Who the owners are",
            "Proposed by name and e-mail. Who is not there yet is looked up by the exact name when"
            " a ticket of theirs is made.",
            pairs,
            lambda chosen: assistant.choose(people=people.confirmed(draft, matches, chosen).people),
        )

    # -- values for every ticket ---------------------------------------------------------------

    @Slot(str, str)
    def give(self, id: str, words: str) -> None:
        """A value for every ticket's field; what it cannot be is told in place."""
        assistant = self._assistant
        draft, offer = assistant.draft, assistant.offer
        if draft is None or offer is None:
            return
        assistant.fields.trouble.say("")
        try:
            assistant.choose(fields=offers.with_field(draft, offer, id, words).fields)
        except InvalidInputError as error:
            assistant.fields.trouble.say(sentence(error))

    @Slot(str, str)
    def look_for_person(self, id: str, words: str) -> None:
        """Who is called so, for a field that wants somebody."""
        assistant = self._assistant
        chooser = assistant.fields.choosers.get(id)
        if assistant.draft is None or chooser is None:
            return
        asking = assistant.asking
        work = asking.accounts(assistant.draft, assistant.token, words)
        asking.ask("people", work, chooser.offer_people, assistant.refuse)

    def _ask(
        self,
        what: str,
        title: str,
        note: str,
        pairs: list[Pair],
        take: Callable[[dict[str, str]], None],
    ) -> None:
        look, window = self._context.look, self._assistant.window()
        dialog = MatchDialog(look, window, title, note, pairs)
        dialog.taken.connect(take)
        # Behind the answer, which makes the rows anew.
        dialog.finished.connect(lambda: QTimer.singleShot(0, self, partial(self._return, what)))
        dialog.open()

    def _return(self, what: str) -> None:
        """Give the keyboard back to what asked for the match."""
        button = self._assistant.fields.changers.get(what)
        if button is not None:
            button.setFocus()


def _named(chosen: dict[str, str]) -> dict[str, str]:
    return {ours: theirs for ours, theirs in chosen.items() if theirs}
