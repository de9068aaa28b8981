"""Names of persons, and the ways in which a text writes them."""

import re
from collections.abc import Collection, Iterator, Mapping, Set

from models.redaction.quotes import bare_name

_CAPITALISED = re.compile(r"(?<![\w@/.-])[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w/])")
_SURNAME = re.compile(
    r"[ \t\xa0]+(?:van |de |von |der |bin |al-)*[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
_HANDLE = re.compile(
    r"<@[A-Z0-9]{6,}(?:\|[^>\n]{0,80})?>|(?<![\w@.`/+-])@[A-Za-z][\w.-]*[A-Za-z0-9]"
)
_NOT_HANDLES = re.compile(r"@(?:param|return|returns|override|deprecated|see|throws|here|channel)$")
_SPEAKER = re.compile(
    r"(?P<when>\s*(?:\[[\d:., /-]{4,25}(?: ?[AaPp]\.?[Mm]\.?)?\]\s*)?)(?P<marks>[*_]{0,3})"
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}(?: \([^()\n]{1,30}\))?)"
    r"(?=[*_]{0,3}:(?:\s|[*_]|$))"
)
"""Who speaks at the start of a line of a chat: "Name Name:", perhaps with a time before it."""
_OPENING = re.compile(
    r"(?:\A|\n[ \t]*\n|[.!?…][\"'”’)*_]*\s+|(?:\A|\n)[ \t]*(?:[-*+>]|#{1,6}|\d+[.)])[ \t]+)"
    r"[ \t\"'“‘(\[*_]*\Z"
)
_LOOK_BACK = 40
"""Letters before a word that tell whether a sentence starts with it."""
_BETWEEN = "[ \\t\xa0._,*-]*"
COLLEAGUE = "a colleague"
_MOST_WORDS = 6
"""Of a name of a person; what is longer is a description."""


def standing(text: str, start: int, words: str) -> str:
    """Words that take the place at ``start`` of a text: capitalised where they open a sentence."""
    before = text[max(0, start - _LOOK_BACK) : start]
    if start > _LOOK_BACK:
        before = f"_{before}"
    return words[:1].upper() + words[1:] if _OPENING.search(before) else words


class People:
    """Replaces persons by what they were in the incident.

    ``known`` are the names that fields hold -> what to say instead, ``given`` names in lower
    case, ``of_teams`` words that no person is called by, ``words`` those that some are called by,
    ``authors`` who is known to have said something: their names go even where they are words.
    """

    def __init__(
        self,
        known: Mapping[str, str],
        text: str,
        *,
        given: Set[str],
        of_teams: Collection[str],
        words: Collection[str],
        authors: Collection[str] = (),
    ) -> None:
        """``text`` is all that the document says: what stands there in lower case may be a word."""
        self._given = given
        self._of_teams = frozenset(of_teams)
        self._words = frozenset(words)
        self._ordinary = set(re.findall(r"(?<![\w@.])[a-z][a-z-]{2,}(?![\w@]|\.\w)", text))
        self._labels: dict[str, str] = {}
        for name, label in known.items():
            for form in self._forms(name):
                self._labels.setdefault(form, label)
        for name in sorted(authors):
            for form in self._forms(name, sure=True):
                self._labels.setdefault(form, COLLEAGUE)
        forms = sorted(self._labels, key=len, reverse=True)
        self._known = re.compile("|".join(forms)) if forms else None

    def replaced(self, text: str) -> tuple[str, int]:
        """The text without persons, and how many places named one."""
        count = 0

        def known(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return standing(match.string, match.start(), self._label(match[0]))

        def handle(match: re.Match[str]) -> str:
            nonlocal count
            if _NOT_HANDLES.match(match[0]):
                return match[0]
            count += 1
            return standing(match.string, match.start(), COLLEAGUE)

        if self._known is not None:
            text = self._known.sub(known, text)
        text = _HANDLE.sub(handle, text)
        pieces, done = [], 0
        for found in _CAPITALISED.finditer(text):
            if found.start() < done or found[0].casefold() not in self._given:
                continue
            surname = _SURNAME.match(text, found.end())
            instead = standing(text, found.start(), COLLEAGUE)
            pieces += [text[done : found.start()], instead]
            done = surname.end() if surname else found.end()
            count += 1
        return "".join((*pieces, text[done:])), count

    def without_speaker(self, text: str) -> tuple[str, int]:
        """The text of an event without who spoke, where it starts like a line of a chat."""
        found = _SPEAKER.match(text)
        if found is None:
            return text, 0
        name = bare_name(found["name"])
        if self._label(name) or not self._is_person(name.split()):
            return text, 0  # a name that is known is replaced by what it was
        start = found.start("name")
        return text[:start] + standing(text, start, COLLEAGUE) + text[found.end() :], 1

    def _label(self, name: str) -> str:
        """What is said instead of a name that is known; "" for any other."""
        forms = self._labels.items()
        return next((label for form, label in forms if re.fullmatch(form, name)), "")

    def _is_person(self, words: list[str], *, sure: bool = False) -> bool:
        plain = [word.casefold().strip(".,") for word in words]
        if not words or len(words) > _MOST_WORDS:
            return False
        if len(words) == 1 and len(words[0]) < 3 and words[0].isascii():
            return False  # "I", "me", "DB": as a name it would take words out of every text
        named = any(word in self._given for word in plain)
        if any(word in self._of_teams for word in plain):
            return sure and named
        if sure or named or not all(self._is_ordinary(word) for word in words):
            return True
        # "Night Watch" is a team where the text has both words; a name may stand in lower case.
        return len(words) > 1 and self._words.isdisjoint(plain)

    def _is_ordinary(self, word: str) -> bool:
        return word[:1].isupper() and word.casefold() in self._ordinary

    def _forms(self, name: str, *, sure: bool = False) -> Iterator[str]:
        """Patterns for a name: whole, turned round, as a login, and its parts."""
        words = [word for word in re.split(r"[\s._,/]+|\s*<.*", bare_name(name)) if word]
        if not self._is_person(words, sure=sure):
            return
        quoted = [re.escape(word) for word in words]
        if len(words) < 2:
            as_written = sure and self._is_ordinary(words[0])
            yield _part(words[0]) if as_written else _bounded(f"(?i:{quoted[0]})")
            return
        yield _bounded(f"(?i:{_BETWEEN.join(quoted)})")
        yield _bounded(f"(?i:{_BETWEEN.join(reversed(quoted))})")
        yield _bounded(f"(?i:{re.escape(words[0][0])}[._-]?{quoted[-1]})")
        named = any(word.casefold() in self._given for word in words)
        for word in words:
            if len(word) < 3 or not (named or word[0].isupper()):
                continue
            if word.casefold() not in self._words:
                yield _bounded(f"(?i:{re.escape(word)})")
            elif sure or not self._is_ordinary(word):
                yield _part(word)


def _part(word: str) -> str:
    """As a name, not as the word that it is in lower case."""
    return _bounded(f"(?:{re.escape(word.capitalize())}|{re.escape(word.upper())})")


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_]){pattern}(?![^\W_])"
