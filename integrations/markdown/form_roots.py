"""The roots that the why trees of a text in the Markdown form reach."""

import re
from collections.abc import Mapping
from datetime import datetime

from integrations.markdown.form_facts import Facts
from integrations.markdown.form_times import read_instant
from models.document import Document, new_id
from models.domain.root import Root
from models.errors import InvalidInputError


def numbered_roots(document: Document) -> dict[str, tuple[str, Root]]:
    """Id -> ("R1", root) of every root that a leaf has now, in reading order."""
    found = map(document.root_of, document.node_addresses())
    unique = {root.id: root for root in found if root is not None}
    return {root.id: (f"R{n}", root) for n, root in enumerate(unique.values(), 1)}


class Roots:
    """Roots by their names in the text ("R1") and by the places of their whys.

    Links that the front matter gives no date begin ``now``. ``known`` are roots that the text may
    name although they stand in the document that it is applied to.
    """

    def __init__(self, facts: Facts, now: datetime, known: Mapping[str, Root]) -> None:
        self._known = known
        self._now = now
        self._dates: dict[tuple[str, str], datetime] = {}
        given = facts.map("roots")
        self._given = {name: given.map(name) for name in given.names()}
        self._found: dict[str, Root] = {}
        self._places: dict[str, str] = {}

    def all(self) -> tuple[Root, ...]:
        """Every root that is reached, each once."""
        return tuple(self._found.values())

    def reached(self, written: str, line: int, place: str) -> str:
        """The id of the root "R1 title" or "title" that stands at a why."""
        match = re.fullmatch(r"(R\d+)(?: (.*))?", written, re.DOTALL)
        name, title = (match[1], match[2] or "") if match else (written, written)
        root = self._found.get(name)
        if root is None:
            root = self._found[name] = self._new(name, title)
        elif match and title and title != root.title:
            raise InvalidInputError(
                f"Line {line}: {name} has two titles, “{root.title:.60}” and “{title:.60}”",
                advice="Give both the same, or leave the name away to make it a new root.",
            )
        self._places[place] = root.id
        return root.id

    def _new(self, name: str, title: str) -> Root:
        facts = self._given.get(name)
        if facts is None:
            return Root(new_id(), title)
        root = Root(facts.text("id") or new_id(), title, facts.text("category"))
        for ends, kind in (("reached", "why"), ("addressed", "action")):
            dates = facts.map(ends)
            for end in dates.names():
                self._dates[root.id, f"{kind} {end}"] = dates.read(end, read_instant)
        facts.finish()
        return root

    def since(self, root_id: str, place: str) -> datetime:
        """Since when a why or an action is linked to a root."""
        return self._dates.get((root_id, place), self._now)

    def find(self, name: str, place: str, line: int) -> str:
        """The id of a root by its name or by the place of a why."""
        if name in self._found:
            return self._found[name].id
        if place in self._places:
            return self._places[place]
        if root := self._known.get(name) or self._known.get(place):
            return root.id
        raise InvalidInputError(
            f"Line {line}: no why has the root “{name}”",
            advice="Name a root of the why trees such as R1, or the address of a why with a root.",
        )
