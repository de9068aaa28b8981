"""Did you mean: better spellings for words that no document has.

Stems make useless suggestions, so this works on the list of unstemmed words.
"""

import re
import string
from collections.abc import Iterable, Iterator
from itertools import islice

from search.analysis import is_indexed, stem, words
from search.query import PhraseTerm, Query, WordTerm
from search.snapshot import Snapshot

_LETTERS = string.ascii_lowercase + string.digits
_CORRECTABLE = re.compile(r"[a-z]{4,24}")
_QUOTE = re.compile('["“”„«»]')
MAX_NEIGHBOURS = 5_000
MAX_COMPARED = 200
"""How many words with the same beginning are looked at, and compared letter by letter, the most
used first, when two letters are wrong.
"""
MAX_CORRECTED = 3
"""How many unknown words of a query are looked up."""


def suggest(text: str, query: Query, snapshot: Snapshot) -> str | None:
    """The query with its unknown words replaced by the nearest known ones, None if none is."""
    better: dict[str, str] = {}
    unknown = 0
    for word, open_end in _asked(query):
        if unknown == MAX_CORRECTED:
            break
        known = (_begins if open_end else _known)(word, snapshot)
        unknown += 0 if known else 1
        found = None if known else nearest(word, snapshot)
        if found:
            better[word] = found
    if not better:
        return None
    quotes = [match.start() for match in _QUOTE.finditer(text)]
    if len(quotes) % 2:  # the last one is not closed, and was left out of the query, too
        text = text[: quotes[-1]] + text[quotes[-1] + 1 :]
    parts: list[str] = []
    end = 0
    for found_word in words(text):
        if found_word.text in better:
            parts += [text[end : found_word.start], better[found_word.text]]
            end = found_word.end
    return "".join((*parts, text[end:]))


def _asked(query: Query) -> Iterator[tuple[str, bool]]:
    """The words of a query, and whether each may be the beginning of one."""
    for clause in query.clauses:
        for term in clause.alternatives:
            if not clause.excluded and isinstance(term, WordTerm | PhraseTerm):
                last = len(term.words) - 1
                for place, word in enumerate(term.words):
                    yield word, isinstance(term, WordTerm) and term.prefix and place == last


def nearest(word: str, snapshot: Snapshot) -> str | None:
    """The most frequent word one letter away, else two letters away (in longer words)."""
    if not _CORRECTABLE.fullmatch(word):
        return None
    best = _most_frequent((w for w in one_letter_away(word)), snapshot)
    if best or len(word) < 6:
        return best
    near = (w for w in snapshot.words_from(word[:2], MAX_NEIGHBOURS) if _may_be_near(w, word))
    compared = (w for w in islice(near, MAX_COMPARED) if w != word)
    return _most_frequent((w for w in compared if _distance(w, word) <= 2), snapshot)


def one_letter_away(word: str) -> set[str]:
    """Every word that one slip makes of another: a letter lost, doubled up, changed, or swapped."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    lost = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + letter + b[1:] for a, b in cuts if b for letter in _LETTERS}
    added = {a + letter + b for a, b in cuts for letter in _LETTERS}
    return (lost | swapped | changed | added) - {word}


def _may_be_near(first: str, second: str) -> bool:
    """Whether two words can be two letters apart, by a look at their lengths and letters."""
    return abs(len(first) - len(second)) <= 2 and len(set(first) ^ set(second)) <= 4


def _known(word: str, snapshot: Snapshot) -> bool:
    root = stem(word)
    return bool(snapshot.frequency("body", root) or snapshot.frequency("title", root))


def _begins(word: str, snapshot: Snapshot) -> bool:
    """Whether a word begins so, in a living document; lists of words tell of deleted ones too."""
    return any(snapshot.frequency("word", w) for w in snapshot.words_from(word, MAX_COMPARED))


def _most_frequent(candidates: Iterable[str], snapshot: Snapshot) -> str | None:
    best, most = None, 0
    for word in sorted(candidates):
        if is_indexed(word) and snapshot.is_word(word):
            count = snapshot.frequency("word", word)
            if count > most:
                best, most = word, count
    return best


def _distance(first: str, second: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to turn one word into another."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and b == first[i - 2]:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
