"""Pieces of text around what was found. Works on the stored text, not on the index."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from search.analysis import MAX_WORD, forms, is_plain, stem, words
from search.matching import Answer
from search.results import Snippet

LENGTH = 200
"""How long a snippet is, in letters, before it is rounded to whole words."""
SEARCHED = 200_000
"""How many letters of a section are looked at for a snippet: a pasted log of 10 MB took 10 s."""

_SPACE = re.compile(r"\s+")
_UNEVEN = re.compile(r"\s\s|[^\S ]")
_WORD_END = re.compile(r"\w*(?:\.\w+)*", re.ASCII)
_WORD_START = re.compile(r"(?:\w|\.(?=\w))+", re.ASCII)
_Mark = tuple[int, int, str]


class Highlighter:
    """Finds the words of one answer in texts."""

    def __init__(self, answer: Answer) -> None:
        self._stems = answer.stems
        self._prefixes = tuple(sorted(answer.prefixes))
        self._phrases = answer.phrases
        starts = {_start(s) for s in answer.stems} | answer.prefixes
        # Looking for these first spares analysing all the text of twenty hits.
        self._starts = tuple(s for s in starts if not s.startswith(tuple(starts - {s})))

    def marks(self, text: str) -> tuple[tuple[int, int], ...]:
        """Where the words stand in a text."""
        return _merged((start, end) for start, end, _ in self._marks(text))

    def snippets(self, sections: Iterable[Sequence[str]], most: int) -> tuple[Snippet, ...]:
        """The best pieces of a document, at most one from a section; its beginning if the words
        are nowhere in its text.
        """
        found: list[tuple[float, int, str, str, list[_Mark], int]] = []
        for place, (name, text) in enumerate(sections):
            marks = self._marks(text[:SEARCHED])
            if marks:
                worth, first = self._best(marks)
                found.append((-worth, place, name, text, marks, first))
        found.sort(key=lambda entry: entry[:2])
        if not found:
            texts = ((name, text) for name, text in sections if text.strip())
            return tuple(_cut(name, text, [], 0) for name, text in islice(texts, 1))
        return tuple(_cut(*entry[2:]) for entry in found[:most])

    def _marks(self, text: str) -> list[_Mark]:
        if is_plain(text):
            return self._plain_marks(text, 0)
        marks: list[_Mark] = []
        start = 0
        for line in text.splitlines(keepends=True):
            if is_plain(line):
                marks += self._plain_marks(line, start)
            else:
                for word in words(line):
                    found = self._matched(line[word.start : word.end])
                    if found:
                        marks.append((word.start + start, word.end + start, found))
            start += len(line)
        return marks

    def _plain_marks(self, text: str, offset: int) -> list[_Mark]:
        low = text.lower()
        marks: set[_Mark] = set()
        for start in self._starts:
            at = low.find(start)
            while at >= 0:
                begin, end = _word_around(low, at)
                # Inside a word only the parts of a compound count.
                if begin == at or len(forms(text[begin:end])) > 1:
                    found = self._matched(text[begin:end])
                    if found:
                        marks.add((begin + offset, end + offset, found))
                at = low.find(start, max(end, at + 1))
        return sorted(marks)

    def _matched(self, written: str) -> str:
        """By which of its forms a written word is meant; empty if it is not."""
        for word, root in forms(written):
            if root in self._stems or (self._prefixes and word.startswith(self._prefixes)):
                return word
        return ""

    def _best(self, marks: list[_Mark]) -> tuple[float, int]:
        """The worth of the best stretch and the mark it begins with: different words count most,
        words of a phrase in their order more, repetition little.
        """
        best, first = 0.0, 0
        for place, (start, _, _) in enumerate(marks):
            inside = [word for s, _, word in marks[place : place + 12] if s < start + LENGTH]
            row = [stem(word) for word in inside]
            worth = len(set(row)) + 0.1 * len(row)
            for phrase in self._phrases:
                worth += 2 * sum(pair in set(pairwise(phrase)) for pair in pairwise(row))
            if worth > best:
                best, first = worth, place
        return best, first


def _word_around(low: str, place: int) -> tuple[int, int]:
    """The word of a plain text (in lower case) that a place belongs to."""
    match = _WORD_END.match(low, place)
    end = match.end() if match else place + 1
    match = _WORD_START.match(low[max(0, place - MAX_WORD) : place][::-1])
    return place - (match.end() if match else 0), end


def _start(word: str) -> str:
    """What every word with this stem begins with: stemming may have changed its last letters."""
    if len(word) > 5:
        return word[:-2]
    return word[:-1] if len(word) > 3 or word.endswith("i") else word


def _cut(name: str, text: str, marks: list[_Mark], first: int) -> Snippet:
    start = max(0, marks[first][0] - LENGTH // 4) if marks else 0
    end = min(len(text), start + LENGTH)
    start = max(0, end - LENGTH) if start else 0
    if marks:
        end = max(end, min(marks[first][1], start + 2 * LENGTH))
    if start:
        space = _SPACE.search(text, start, marks[first][0])
        start = space.end() if space else start
    if end < len(text):
        space_at = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space_at if space_at > (marks[first][1] - 1 if marks else start) else end
    inside = _merged((s, e) for s, e, _ in marks if start <= s and e <= end)
    return _tidy(name, text, start, end, inside)


def _tidy(
    name: str, text: str, start: int, end: int, marks: tuple[tuple[int, int], ...]
) -> Snippet:
    """The piece in one line, with dots where the text goes on."""
    out = "… " if start else ""
    places: list[tuple[int, int]] = []
    at = start
    for mark_start, mark_end in marks:
        out += _flat(text, at, mark_start)
        places.append((len(out), len(out) + mark_end - mark_start))
        out += text[mark_start:mark_end]
        at = mark_end
    out += _flat(text, at, end).rstrip(" ·")
    return Snippet(name, out + (" …" if end < len(text) else ""), tuple(places))


def _flat(text: str, start: int, end: int) -> str:
    """A piece in one line; what ended without a full stop is set apart from the next paragraph."""

    def gap(match: re.Match[str]) -> str:
        before = text[start + match.start() - 1]
        return " · " if match[0].count("\n") > 1 and before not in ".!?:;," else " "

    piece = text[start:end]
    return _SPACE.sub(gap, piece) if _UNEVEN.search(piece) else piece


def _merged(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks without overlap (pairs of Chinese characters share one)."""
    merged: list[tuple[int, int]] = []
    for start, end in marks:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
