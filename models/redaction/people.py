"""Names of persons, and the ways in which a text writes them."""

import re
from collections.abc import Collection, Iterator, Mapping, Set

_CAPITALISED = re.compile(r"(?<![\w@/.-])[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*(?![\w/])")
_SURNAME = re.compile(
    r"[ \t\xa0]+(?:van |de |von |der |bin |al-)*[A-Z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)
_HANDLE = re.compile(
    r"<@[A-Z0-9]{6,}(?:\|[^>\n]{0,80})?>|(?<![\w@.`/+-])@[A-Za-z][\w.-]*[A-Za-z0-9]"
)
_NOT_HANDLES = re.compile(r"@(?:param|return|returns|override|deprecated|see|throws|here|channel)$")
_BETWEEN = "[ \\t\xa0._,*-]*"
COLLEAGUE = "a colleague"


class People:
    """Replaces persons by what they were in the incident.

    ``known`` are the names that fields hold -> what to say instead, ``given`` names in lower
    case, ``of_teams`` words that no person is called by.
    """

    def __init__(
        self, known: Mapping[str, str], given: Set[str], of_teams: Collection[str], text: str
    ) -> None:
        """``text`` is all that the document says: a word that stands there in lower case is one."""
        self._given = given
        self._of_teams = frozenset(of_teams)
        self._ordinary = set(re.findall(r"(?<![\w@.])[a-z][a-z-]{2,}(?![\w@]|\.\w)", text))
        self._labels: dict[str, str] = {}
        for name, label in known.items():
            for form in self._forms(name):
                self._labels.setdefault(form, label)
        forms = sorted(self._labels, key=len, reverse=True)
        self._known = re.compile("|".join(forms)) if forms else None

    def replaced(self, text: str) -> tuple[str, int]:
        """The text without persons, and how many places named one."""
        count = 0

        def known(match: re.Match[str]) -> str:
            nonlocal count
            count += 1
            return next(
                label for form, label in self._labels.items() if re.fullmatch(form, match[0])
            )

        def handle(match: re.Match[str]) -> str:
            nonlocal count
            if _NOT_HANDLES.match(match[0]):
                return match[0]
            count += 1
            return COLLEAGUE

        if self._known is not None:
            text = self._known.sub(known, text)
        text = _HANDLE.sub(handle, text)
        pieces, done = [], 0
        for found in _CAPITALISED.finditer(text):
            if found.start() < done or found[0].casefold() not in self._given:
                continue
            surname = _SURNAME.match(text, found.end())
            pieces += [text[done : found.start()], COLLEAGUE]
            done = surname.end() if surname else found.end()
            count += 1
        return "".join((*pieces, text[done:])), count

    def _is_person(self, words: list[str]) -> bool:
        plain = [word.casefold().strip(".,") for word in words]
        if not words or len(words) > 4 or any(word in self._of_teams for word in plain):
            return False
        if any(word in self._given for word in plain):
            return True
        return not all(self._is_ordinary(word) for word in words)

    def _is_ordinary(self, word: str) -> bool:
        return word[:1].isupper() and word.casefold() in self._ordinary

    def _forms(self, name: str) -> Iterator[str]:
        """Patterns for a name: whole, turned round, as a login, and its parts."""
        words = [word for word in re.split(r"[\s._,/]+|\s*<.*", name) if word]
        if not self._is_person(words):
            return
        quoted = [re.escape(word) for word in words]
        yield _bounded(f"(?i:{_BETWEEN.join(quoted)})")
        if len(words) < 2:
            return
        yield _bounded(f"(?i:{_BETWEEN.join(reversed(quoted))})")
        yield _bounded(f"(?i:{re.escape(words[0][0])}[._-]?{quoted[-1]})")
        for word in words:
            if len(word) > 2 and word[0].isupper() and not self._is_ordinary(word):
                yield _bounded(f"(?:{re.escape(word)}|{re.escape(word.upper())})")


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_]){pattern}(?![^\W_])"
