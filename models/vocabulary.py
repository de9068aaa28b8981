"""The field's own terms as data: severities, triggers, layers and the rest.

Vocabularies advise: they give values a name, a meaning, aliases and an icon, and let an import
recognise "Sev-1". A value that no vocabulary knows is still valid in a document.
"""

import dataclasses
from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models import data_files
from models.data_files import DataFile


@dataclass(frozen=True, slots=True)
class Term:
    """One value. ``id`` is what documents hold, ``name`` what people read.

    ``icon`` is a Phosphor name, ``tone`` one of the theme's state colours. ``due_days`` (from an
    action's becoming ready), ``review_days`` (from an incident's end) and ``update_minutes`` (from
    one status update to the next) are the severities', ``unit`` is the measures'.
    """

    id: str
    name: str
    description: str = ""
    aliases: tuple[str, ...] = ()
    icon: str = ""
    tone: str = ""
    unit: str = ""
    due_days: int | None = None
    review_days: int | None = None
    update_minutes: int | None = None


def _key(text: str) -> str:
    """Letters and digits alone, in lower case: "Sev-1", "SEV 1" and "sev1" are one."""
    return "".join(c for c in text.casefold() if c.isalnum())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms in their own order, found by id, name or alias."""

    name: str
    terms: tuple[Term, ...]
    _by_key: dict[str, Term] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        keys = {_key(alias): term for term in self.terms for alias in term.aliases}
        keys |= {_key(term.name): term for term in self.terms}
        keys |= {_key(term.id): term for term in self.terms}
        object.__setattr__(self, "_by_key", keys)

    def find(self, text: str) -> Term | None:
        """The term that ``text`` means, whatever its case and punctuation; None if unknown."""
        return self._by_key.get(_key(text))

    def canonical(self, text: str) -> str:
        """The id of the term that ``text`` means, else the text itself without outer spaces."""
        term = self.find(text)
        return text.strip() if term is None else term.id


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Every vocabulary; the file of each is its name with hyphens ("event-kinds.toml")."""

    severities: Vocabulary
    statuses: Vocabulary
    action_states: Vocabulary
    action_types: Vocabulary
    priorities: Vocabulary
    categories: Vocabulary
    triggers: Vocabulary
    layers: Vocabulary
    detections: Vocabulary
    event_kinds: Vocabulary
    measures: Vocabulary
    roles: Vocabulary


NAMES = tuple(f.name for f in dataclasses.fields(Vocabularies))


def load(team_folder: Path | None = None) -> Vocabularies:
    """The product's vocabularies, extended by the files in ``team_folder``/vocabulary.

    A team's term with a known id changes the fields it gives and adds its aliases; any other is
    added at the end. An alias that a team claims leaves the term that had it.
    Raises ``InvalidInputError`` naming the file and the line of a fault.
    """
    team = {file.path.stem: file for file in data_files.of_team(team_folder, "vocabulary")}
    own = {file.path.stem: file for file in data_files.built_in("vocabulary")}
    for stem, file in team.items():
        if stem not in own:
            known = ", ".join(sorted(own))
            raise file.fault("", f"there is no vocabulary {stem!r}; known are: {known}")
    return Vocabularies(
        **{name: _vocabulary(name, own[_stem(name)], team.get(_stem(name))) for name in NAMES}
    )


def _stem(name: str) -> str:
    return name.replace("_", "-")


def _vocabulary(name: str, own: DataFile, team: DataFile | None) -> Vocabulary:
    terms = {term.id: term for _, term in _terms(own, {})}
    if team is not None:
        for place, term in _terms(team, terms):
            if own.data.get("fixed") and term.id not in terms:
                known = ", ".join(terms)
                raise team.fault(place, f"{term.id!r} cannot be added; there are: {known}")
            claimed = {_key(alias) for alias in (term.name, *term.aliases)}
            terms = {i: _without(other, claimed) for i, other in terms.items()} | {term.id: term}
    return Vocabulary(name, tuple(terms.values()))


def _without(term: Term, claimed: Set[str]) -> Term:
    left = tuple(alias for alias in term.aliases if _key(alias) not in claimed)
    return dataclasses.replace(term, aliases=left)


def _terms(file: DataFile, known: dict[str, Term]) -> list[tuple[str, Term]]:
    """The terms of a file with their places, each over the known one of the same id."""
    if unknown := sorted(set(file.data) - {"terms", "fixed"}):
        raise file.fault(unknown[0], "this field is not known; a list of [[terms]] is expected")
    entries = file.data.get("terms")
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise file.fault("terms", "a list of [[terms]] is expected")
    result: list[tuple[str, Term]] = []
    claims: dict[str, int] = {}
    for i, entry in enumerate(entries):
        place = f"terms[{i}]"
        term = _over(known.get(str(entry.get("id"))), entry, file, place)
        for word in (term.id, term.name, *entry.get("aliases", ())):
            if not _key(word):
                raise file.fault(place, f"{word!r} has no letter or digit to be found by")
            if claims.setdefault(_key(word), i) != i:
                raise file.fault(place, f"{word!r} stands for another term of this file already")
        result.append((place, term))
    return result


def _over(known: Term | None, entry: dict[str, Any], file: DataFile, place: str) -> Term:
    """The term of an entry; what it leaves out, and the aliases, come from the known one."""
    if known is None:
        return file.decode(Term, entry, place)
    given = file.decode(Term, {"name": known.name} | entry, place)
    fresh = tuple(a for a in given.aliases if a not in known.aliases)
    changes = {name: getattr(given, name) for name in entry}
    return dataclasses.replace(known, **(changes | {"aliases": known.aliases + fresh}))
