"""The words of a language: which are right, and what somebody may have meant."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from importlib import resources as packages

import spellchecker

import resources

_SLICE = 65_536
_ENDINGS = re.compile(r"'(?:s|d|ll|re|ve)$")
_BRITISH = (
    (re.compile(r"our"), "or"),
    (re.compile(r"ys(e|ed|es|ing|er|ers)$"), r"yz\1"),
    (re.compile(r"is(e|ed|es|ing|er|ers|ation|ations|able)$"), r"iz\1"),
    (re.compile(r"([lr])l(ed|ing|er|ers)$"), r"\1\2"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"ae"), "e"),
)
"""The word lists spell English as in America; these forms of elsewhere are right as well."""
_COMPOUNDS = {"de": ("", "s", "es", "n", "en"), "nl": ("", "s", "en", "e")}
"""What joins the parts of a compound, in languages that write compounds as one word."""
_ELISIONS = {"fr", "it"}
_SHORTEST_PART = 4


class Dictionary:
    """One language. Reading it takes about half a second; using it is thread-safe."""

    def __init__(self, language: str, check: Callable[[], None] = lambda: None) -> None:
        """Read the words; ``check`` is called now and then and may raise to stop it."""
        self.language = language
        self._counts = dict.fromkeys(_trade(), 0)
        for part in _slices(language):
            check()
            self._counts.update(part)
        self._letters = "".join({letter for word in self._counts for letter in word})

    def knows(self, word: str) -> bool:
        """Whether a word is right, however it is capitalised."""
        word = _plain(word)
        return self._listed(word) or self._compound(word)

    def suggestions(self, word: str, limit: int = 5) -> list[str]:
        """What may have been meant, likeliest first, capitalised as the word is."""
        plain = _plain(word)
        near = sorted(_near(plain, self._letters) & self._counts.keys(), key=self._rank)
        found = near[:limit] or self._alike(plain, limit)
        if word[:1].isupper():
            return [one[:1].upper() + one[1:] for one in found]
        return found

    def _rank(self, word: str) -> tuple[int, str]:
        return -self._counts[word], word

    def _alike(self, word: str, limit: int) -> list[str]:
        size = len(word)
        same = [one for one in self._counts if one[:1] == word[:1] and abs(len(one) - size) <= 2]
        return get_close_matches(word, same, limit, 0.75)

    def _listed(self, word: str) -> bool:
        if word in self._counts or _ENDINGS.sub("", word) in self._counts:
            return True
        if self.language == "en":
            return any(p.sub(form, word, count=1) in self._counts for p, form in _BRITISH)
        if self.language in _ELISIONS:
            return word.rpartition("'")[2] in self._counts
        return False

    def _compound(self, word: str) -> bool:
        for joint in _COMPOUNDS.get(self.language, ()):
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART - len(joint) + 1):
                if (
                    word.startswith(joint, cut)
                    and word[:cut] in self._counts
                    and word[cut + len(joint) :] in self._counts
                ):
                    return True
        return False


def _plain(word: str) -> str:
    return word.replace("\u2019", "'").lower()


def _slices(language: str) -> Iterator[dict[str, int]]:
    """The word list of pyspellchecker: how often each word was seen, one word a line.

    Read in slices, since parsing all of it at once would hold up every other thread for up to
    0.6 s.
    """
    file = packages.files(spellchecker).joinpath("resources", f"{language}.json.gz")
    text = gzip.decompress(file.read_bytes()).decode("utf-8").strip().strip("{}")
    start = 0
    while start < len(text):
        end = text.find("\n", start + _SLICE)
        end = len(text) if end < 0 else end
        yield json.loads("{" + text[start:end].strip().rstrip(",") + "}")
        start = end


def _trade() -> list[str]:
    """Words of our trade that no general list has."""
    return resources.path("spelling", "trade.txt").read_text(encoding="utf-8").split()


def _near(word: str, letters: str) -> set[str]:
    """Everything one slip of the fingers away."""
    splits = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in splits if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    near |= {head + letter + tail for head, tail in splits for letter in letters}
    return near
