"""Checking the same texts again and again, as somebody writes them."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from models.language import prose
from models.language.checking import Finding, check_block
from models.language.prose import Block
from models.language.rules import ACTION, PROSE, Rules

_MANY = 20_000
"""Pieces that are remembered, some ten times what the longest post-mortem has."""

_NOTHING: Mapping[str, str] = {}


class Checker:
    """The rules, and what they found in each piece of prose: what is met again is not read anew.

    A key in a text of thirty pages thus costs the reading of one paragraph.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.texts: dict[Hashable, tuple[str, str, list[Any]]] = {}
        """What a whole document said last at each place, its time, and what was found there."""
        self._known: dict[tuple[str, str, str], tuple[Finding, ...]] = {}

    def pieces(
        self, text: str, *, kind: str = PROSE, known: Mapping[str, str] = _NOTHING
    ) -> Iterator[tuple[Finding, ...]]:
        """The findings of a text as ``checking.check`` gives them, piece by piece."""
        time = known.get("time", "")
        for block in (Block(0, text),) if kind == ACTION else prose.blocks(text):
            key = kind, time, block.text
            found = self._known.get(key)
            if found is None:
                found = check_block(Block(0, block.text), self.rules, kind=kind, known=known)
                if len(self._known) >= _MANY:
                    self._known.clear()
                self._known[key] = found
            yield tuple(finding.moved(block.start) for finding in found) if found else ()
