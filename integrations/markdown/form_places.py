"""How the Markdown form names a why, an event or an action of the same document.

``why detection:2.1``, ``event 3`` (``event 2.3`` for the second incident), ``action A-31``. A text
that only looks like such a name is put into double quotes. Whys have their number before them, and
an event that something names says how it is known; so names hold when others are put in between.
"""

import re
from collections.abc import Mapping

from models.document import Document, new_id
from models.errors import InvalidInputError

_PLACE = re.compile(r"(?:why|event|action) .*", re.DOTALL)


def event_place(incident: int, event: int) -> str:
    """The name of an event, by the numbers of its incident and of itself."""
    return f"event {event}" if incident == 1 else f"event {incident}.{event}"


def action_names(refs: list[str]) -> list[str]:
    """A name for each action: its ref where that is one, else its number in the list."""
    usual = re.compile(r"[A-Z][A-Z0-9]*-\d+")
    return [
        ref if usual.fullmatch(ref) and refs.count(ref) == 1 else f"#{n}"
        for n, ref in enumerate(refs, 1)
    ]


def places_of(document: Document) -> dict[str, str]:
    """Id -> name."""
    places = {node_id: f"why {place}" for node_id, place in document.node_addresses().items()}
    for i, incident in enumerate(document.post_mortem.incidents, 1):
        for j, event in enumerate(incident.timeline, 1):
            places[event.id] = event_place(i, j)
    names = action_names([action.ref for action in document.actions])
    for action, name in zip(document.actions, names, strict=True):
        places[action.id] = f"action {name}"
    return places


def place_text(value: str, places: dict[str, str]) -> str:
    """The name of an id, or the value itself."""
    if value in places:
        return places[value]
    return f'"{value}"' if value.startswith('"') or _PLACE.fullmatch(value) else value


class Places:
    """Ids for the places of a text that is being read, the same however often one is named.

    ``given`` are ids that the text itself gives to places, ``known`` those of places that it may
    name although they stand in the document that it is applied to.
    """

    def __init__(self, given: Mapping[str, str], known: Mapping[str, str]) -> None:
        self._ids = {**given, **known}
        self._defined = set(known)
        self._used: dict[str, int] = {}
        self._names: dict[str, list[str]] = {}

    def name(self, written: str, place: str) -> None:
        """Says that the text itself calls a place by this name."""
        self._names.setdefault(written, []).append(place)

    def place(self, written: str, line: int) -> str:
        """The place that a name stands for."""
        named = self._names.get(written, [re.sub(r"^event 1\.", "event ", written)])
        if len(named) > 1:
            raise InvalidInputError(
                f"Line {line}: there are {len(named)} places called “{written}”",
                advice="Give them different numbers.",
            )
        return named[0]

    def define(self, place: str) -> str:
        """The id of what stands at a place."""
        self._defined.add(place)
        return self._ids.setdefault(place, new_id())

    def find(self, written: str, line: int) -> str:
        """The id that a text names, or the text itself."""
        if len(written) > 1 and written.startswith('"') and written.endswith('"'):
            return written[1:-1]
        if not _PLACE.fullmatch(written):
            return written
        place = self.place(written, line)
        self._used.setdefault(place, line)
        return self._ids.setdefault(place, new_id())

    def finish(self) -> None:
        """Raise for the first name of nothing."""
        for place, line in self._used.items():
            if place not in self._defined:
                raise InvalidInputError(
                    f"Line {line}: there is no {place} in this document",
                    advice="Name another place, or put the words into double quotes.",
                )
