"""Names of persons, and the ways in which a text writes them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from models.redaction.lone_names import (
    full_names,
    is_cjk,
    lone,
    lone_cjk,
    opens_sentence,
    plain,
)
from models.redaction.quotes import bare_name

_HANDLE = re.compile(
    r"<@[A-Z0-9]{6,}(?:\|[^>\n]{0,80})?>|(?<![\w@.`/+-])@[A-Za-z][\w.-]*[A-Za-z0-9]"
)
_PERSONAL = re.compile(
    r"(?i)mailto:|tel:|sip:"
    r"|https?://[^/\s]+/(?:.*/)?(?:@|~|(?:in|u|users?|people|person|profiles?|team|members?)/)"
    r"[^/\s]+/?$"
    r"|https?://(?:www\.)?(?:github|gitlab|twitter|x|bitbucket|codeberg)\.(?:com|org)/[\w.-]+/?$"
)
"""Where a link leads to a person: their address, or their page."""
_NOT_HANDLES = re.compile(r"@(?:param|return|returns|override|deprecated|see|throws|here|channel)$")
_SPEAKER = re.compile(
    r"(?P<when>\s*(?:\[[\d:., /-]{4,25}(?: ?[AaPp]\.?[Mm]\.?)?\]\s*)?)(?P<marks>[*_]{0,3})"
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){1,3}(?: \([^()\n]{1,30}\))?)"
    r"(?=[*_]{0,3}:(?:\s|[*_]|$))"
)
"""Who speaks at the start of a line of a chat: "Name Name:", perhaps with a time before it."""
_BETWEEN = "[ \\t\xa0._,*-]*"
COLLEAGUE = "a colleague"
_MOST_WORDS = 6
"""Of a name of a person; what is longer is a description."""


def standing(text: str, start: int, words: str) -> str:
    """Words that take the place at ``start`` of a text: capitalised where they open a sentence."""
    return words[:1].upper() + words[1:] if opens_sentence(text, start) else words


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
        for first, last in sorted(set(full_names(text, given, self._ordinary))):
            for form in self._said_together(first, last):
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
            label = self._label(match[0].removeprefix("@")) or COLLEAGUE
            return standing(match.string, match.start(), label)

        text = _HANDLE.sub(handle, text)
        if self._known is not None:
            text = self._known.sub(known, text)
        text, lone_names = _without(text, lone(text, self._given, self._ordinary))
        text, cjk_names = _without(text, lone_cjk(text))
        return text, count + lone_names + cjk_names

    def linked(self, words: str, target: str) -> str:
        """Who is meant where words lead to an address or the page of a person; "" for no one."""
        if not _PERSONAL.match(target):
            return ""
        pieces = {plain(word) for word in re.findall(r"[^\W\d_]+", words)}
        if not pieces or not self._of_teams.isdisjoint((*pieces, *map(plain, words.split()))):
            return ""
        address = plain(re.sub(r"(?i)^mailto:|@[\w.-]+$|[?#].*|/+$", "", target).split("/")[-1])
        named = pieces & self._given or pieces & set(re.findall(r"[^\W\d_]+", address))
        written = any(w[0].isupper() and not self._is_ordinary(w) for w in words.split())
        within = any(len(piece) > 2 and piece in address for piece in pieces)
        return self._label(words) or (COLLEAGUE if named or written or within else "")

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
        if len(words) < 2 and is_cjk(words[0]):
            yield from _unspaced(words[0])
            return
        if len(words) < 2:
            as_written = sure and self._is_ordinary(words[0])
            yield _part(words[0]) if as_written else _bounded(f"(?i:{quoted[0]})")
            return
        yield _bounded(f"(?i:{_BETWEEN.join(quoted)})")
        yield _bounded(f"(?i:{_BETWEEN.join(reversed(quoted))})")
        yield _bounded(f"(?i:{re.escape(words[0][0])}[._-]?{quoted[-1]})")
        named = any(word.casefold() in self._given for word in words)
        for word in words:
            if is_cjk(word) and len(word) > 1:
                yield from _unspaced(word)
            if len(word) < 3 or not (named or word[0].isupper()):
                continue
            for part in {word, *re.split("[-'’]", word)}:
                yield from self._part_forms(part, sure=sure)

    def _part_forms(self, word: str, *, sure: bool) -> Iterator[str]:
        """A given or a family name that stands alone."""
        if len(word) < 3 or word.casefold() in self._of_teams:
            return
        if word.casefold() not in self._words:
            for written in {word, plain(word)}:
                yield _bounded(f"(?i:{re.escape(written)})")
        elif sure or not self._is_ordinary(word):
            yield _part(word)

    def _said_together(self, first: str, last: str) -> Iterator[str]:
        """Patterns for a name that only the text itself tells; lower case is left to words."""
        if not {first.casefold(), last.casefold()}.isdisjoint(self._of_teams):
            return
        whole = [re.escape(first), re.escape(last)]
        yield _bounded(f"(?i:{_BETWEEN.join(whole)})")
        yield _bounded(f"(?i:{_BETWEEN.join(reversed(whole))})")
        yield _bounded(f"(?i:{re.escape(first[0])}[._-]?{whole[1]})")
        for word in (first, last):
            if len(word) > 2 and not self._is_ordinary(word):
                yield _part(word)


def _without(text: str, places: Iterable[tuple[int, int]]) -> tuple[str, int]:
    pieces, done, count = [], 0, 0
    for start, end in places:
        pieces += [text[done:start], standing(text, start, COLLEAGUE)]
        done = end
        count += 1
    return "".join((*pieces, text[done:])), count


def _unspaced(name: str) -> Iterator[str]:
    """A name in letters without spaces between words: whole, and its given or family name."""
    yield re.escape(name)
    if len(name) == 3:
        yield re.escape(name[1:])
    elif len(name) == 4:
        yield from (re.escape(name[:2]), re.escape(name[2:]))


def _part(word: str) -> str:
    """As a name, not as the word that it is in lower case."""
    return _bounded(f"(?:{re.escape(word.capitalize())}|{re.escape(word.upper())})")


def _bounded(pattern: str) -> str:
    return rf"(?<![^\W_]){pattern}(?![^\W_])"
