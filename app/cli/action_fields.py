"""The fields of an action item as people type them, turned into the codec's values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.cli import terms
from models import codec
from models.domain.action import ActionItem, ActionState, Verification
from models.errors import InvalidInputError
from models.store.library import Actor
from models.vocabulary import Vocabularies

NAMES = ("title", "owner", "team", "accepted_by")
PLAIN = (*NAMES, "text", "done_when", "reason", "superseded_by")
KNOWN = ("state", "priority", "due", "type", "evidence", "verified_by", *PLAIN, "sprint")


@dataclass(frozen=True, slots=True)
class Values:
    """Reads typed fields; ``now`` and ``actor`` date and sign a verification."""

    vocabularies: Vocabularies
    now: datetime
    actor: Actor

    def read(self, item: ActionItem, given: Mapping[str, str]) -> dict[str, object]:
        """The codec's values of what was given for ``item``.

        Raises ``InvalidInputError`` for what cannot be understood, and for a state that needs
        something which is neither given nor there.
        """
        fields: dict[str, object] = {}
        for name, text in given.items():
            fields |= self._field(item, name.strip().casefold(), text.strip())
        if "evidence" in given or "verified_by" in given:
            fields["verification"] = self._verification(item, given)
        if not str(fields.get("title", item.title)).strip():
            raise _refused("An action item needs a title.")
        if "state" in fields:
            _require(item, fields)
        return fields

    def _field(self, item: ActionItem, name: str, text: str) -> dict[str, object]:
        readers: dict[str, Callable[[str], object]] = {
            "state": self._state,
            "priority": lambda t: terms.advised(self.vocabularies.priorities, t, name),
            "type": lambda t: terms.advised(self.vocabularies.action_types, t, name),
            "due": _date,
        }
        if name in ("evidence", "verified_by"):
            return {}
        if name in readers:
            return {name: readers[name](text)}
        if name == "superseded_by":
            if text == item.id:
                raise _refused("An action item cannot supersede itself.")
            return {name: text or None}
        if name in NAMES:
            return {name: terms.one_line(text)}
        if name in PLAIN:
            return {name: text}
        raise _refused(f"An action item has no field {name!r}.", f"There are: {', '.join(KNOWN)}.")

    def _state(self, text: str) -> str:
        states = self.vocabularies.action_states
        term = states.find(text)
        if term is None:
            names = ", ".join(t.id for t in states.terms)
            raise _refused(f"There is no action state {text!r}.", f"There are: {names}.")
        return ActionState(term.id).value

    def _verification(self, item: ActionItem, given: Mapping[str, str]) -> object:
        before = item.verification
        evidence = given.get("evidence", before.evidence if before else "").strip()
        if not evidence:
            return None
        role = given.get("verified_by", before.role if before else self.actor.role).strip()
        return codec.encode(Verification(evidence, role, self.now))


def _date(text: str) -> str | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _refused(f"{text!r} is not a date.", "Write it as 2026-11-30.") from error


def _require(item: ActionItem, fields: Mapping[str, object]) -> None:
    """Checks that a state comes with what it says."""
    state = fields["state"]
    name = item.ref or "A-31"
    set_it = f"afterwhy action set {name}"
    if state == ActionState.VERIFIED and not fields.get("verification", item.verification):
        advice = f'{set_it} state=verified evidence="what shows that it works" verified_by=role'
        raise _refused("Verified needs the evidence that it works.", f"For example: {advice}")
    if state == ActionState.WONT_DO and not fields.get("reason", item.reason):
        advice = f'{set_it} state="won\'t do" reason="why" accepted_by=role'
        raise _refused("Won't do needs a reason.", f"For example: {advice}")
    if state == ActionState.SUPERSEDED and not fields.get("superseded_by", item.superseded_by):
        advice = f"{set_it} state=superseded superseded_by=A-32"
        raise _refused("Superseded needs the action that takes its place.", advice)


def _refused(what: str, advice: str = "") -> InvalidInputError:
    return InvalidInputError(what, kept="Nothing was changed.", advice=advice)
