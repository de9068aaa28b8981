"""The query language: text in, clauses and notices out. Pure, and never raises on any text.

=====================  ==========================================================================
``checkout timeout``   documents with all the words first, then those with some
``"connection pool"``  the words next to each other, required
``-word -"a phrase"``  not in the document (also before a filter: ``-status:draft``)
``time*``              words that begin so
``redis OR kafka``     either counts as the word (also between filters and phrases)
``service:checkout``   a filter; see ``FILTERS``. The same filter twice means either value,
                       different filters must all hold; bounds (``year:>=2024``) narrow
=====================  ==========================================================================
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.analysis import MAX_WORD, QUESTION_WORDS, is_cjk, is_indexed, words

MAX_LETTERS = 512
MAX_TERMS = 32
MAX_BEGINNINGS = 4
"""How many words of a query may stand for all that begin so; each is many words to look up."""
MIN_PREFIX = 3
"""Shorter prefixes match too many words to mean anything (and took seconds)."""

FILTERS = (
    "service",
    "severity",
    "status",
    "layer",
    "trigger",
    "tag",
    "author",
    "before",
    "after",
    "year",
    "ref",
    "root",
    "has",
    "is",
    "action",
)

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
_FUZZY = re.compile(r"\w~\d*\Z")
_FILTER = re.compile(r"([A-Za-z][A-Za-z_-]*):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class WordTerm:
    """What stood between two spaces; several words if it was ``profile-api``.

    ``prefix`` is set if the last word may go on: asked for with ``*``, or ``typing``.
    """

    words: tuple[str, ...]
    prefix: bool = False
    typing: bool = False


@dataclass(frozen=True, slots=True)
class PhraseTerm:
    """Words that must stand next to each other."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilterTerm:
    """A filter as it was written: ``service`` and ``checkout``."""

    name: str
    value: str


Term = WordTerm | PhraseTerm | FilterTerm


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for; any of the alternatives will do. An excluded clause has one."""

    alternatives: tuple[Term, ...]
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood. ``common`` are the words left out because they are not indexed;
    ``mended`` says that it was cut, or a fault in it passed over. ``name`` is what is asked for
    beside filters, as it was written, if that is one piece: perhaps a ref or an address.
    """

    clauses: tuple[Clause, ...] = ()
    notices: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    mended: bool = False
    name: str = ""


def parse(text: str, *, typing: bool = False) -> Query:
    """Understands a query. ``typing`` lets the last word stand for all that begin with it."""
    return _Parser(text, typing=typing).parse()


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    quoted: bool = False
    excluded: bool = False
    last: bool = False


class _Parser:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._notices: list[str] = []
        self._common: list[str] = []
        self._mended = False
        self._beginnings = 0
        self._typing = typing and text[-1:].strip() != "" and len(text) <= MAX_LETTERS
        if len(text) > MAX_LETTERS:
            self._mend(
                f"The query is too long: only its first {MAX_LETTERS} characters were searched for."
            )
            text = text[:MAX_LETTERS]
        # Half a surrogate pair, which some clipboards hold, is in no text and cannot be looked up.
        self._text = text.encode("utf-8", "replace").decode().translate(_QUOTES)

    def parse(self) -> Query:
        clauses: list[Clause] = []
        written: list[str] = []
        joined = False
        left = MAX_TERMS
        for piece in self._pieces():
            if piece.text == "OR" and not (piece.quoted or piece.excluded):
                joined = bool(clauses)
                continue
            term = self._term(piece)
            if term is None:
                continue
            if not isinstance(term, FilterTerm):
                written.append("" if piece.excluded else piece.text)
            left -= 1 if isinstance(term, FilterTerm) else len(term.words)
            if left < 0:
                self._mend(
                    f"The query is too long: only its first {MAX_TERMS} words were searched for."
                )
                break
            if joined and not piece.excluded and not clauses[-1].excluded:
                clauses[-1] = Clause((*clauses[-1].alternatives, term))
            else:
                clauses.append(Clause((term,), excluded=piece.excluded))
            joined = False
        kept = self._without_question_words(clauses)
        notices = tuple(dict.fromkeys(self._notices))
        name = written[0] if len(written) == 1 else ""
        return Query(tuple(kept), notices, tuple(self._common), self._mended, name)

    def _mend(self, notice: str) -> None:
        self._notices.append(notice)
        self._mended = True

    def _leave_out(self, unindexed: Iterable[str]) -> None:
        for word in unindexed:
            self._common.append(word)
            if len(word) > MAX_WORD:
                self._notices.append(f"Words of more than {MAX_WORD} characters are not indexed.")

    def _pieces(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        text, place = self._text, 0
        while place < len(text):
            if text[place].isspace():
                place += 1
                continue
            excluded = text[place] == "-" and text[place + 1 : place + 2].strip() != ""
            place += excluded
            if text[place] == '"':
                close = text.find('"', place + 1)
                if close >= 0:
                    pieces.append(_Piece(text[place + 1 : close], quoted=True, excluded=excluded))
                    place = close + 1
                    continue
                self._mend('A quotation mark (") is not closed; it was left out.')
                text = text[:place] + " " + text[place + 1 :]
                continue
            end = self._end_of_word(text, place)
            pieces.append(_Piece(text[place:end], excluded=excluded, last=end == len(text)))
            place = end
        return pieces

    @staticmethod
    def _end_of_word(text: str, place: int) -> int:
        end = place
        while end < len(text) and not text[end].isspace():
            if text[end] == '"':
                close = text.find('"', end + 1)
                if text[end - 1] != ":" or close < 0:
                    break
                end = close
            end += 1
        return max(end, place + 1)

    def _term(self, piece: _Piece) -> Term | None:
        if piece.quoted:
            found = tuple(w.text for w in words(piece.text) if is_indexed(w.text))
            if not found:
                self._leave_out(w.text for w in words(piece.text))
            return PhraseTerm(found) if found else None
        named = _FILTER.fullmatch(piece.text)
        if named:
            name, value = named.group(1).lower(), named.group(2).strip('"').strip()
            if name in FILTERS:
                if value:
                    return FilterTerm(name, value)
                self._notices.append(f"{name}: needs a value, such as {_EXAMPLES[name]}.")
                return None
            if value and not value.startswith((":", "/", "\\")):
                self._notices.append(f"“{name}:” is no filter; it was searched as text.")
        return self._word(piece)

    def _word(self, piece: _Piece) -> WordTerm | None:
        text = piece.text
        if "*" in text.rstrip("*"):
            self._notices.append("A * works at the end of a word only.")
        if _FUZZY.search(text):
            self._notices.append("~ means nothing here: other spellings are suggested as needed.")
        asked = text.endswith("*") and bool(text.strip("*"))
        every = [word.text for word in words(text)]
        typing = self._typing and piece.last and not piece.excluded and text[-1].isalnum()
        # One Chinese character is the beginning of the pairs that are indexed.
        lone = len(every) == 1 and len(every[0]) == 1 and is_cjk(every[0])
        prefix = bool(every) and (
            lone or ((asked or typing) and self._long_enough(every[-1], asked=asked))
        )
        if prefix and not self._may_begin():
            prefix = False
        found = [w for w in every[:-1] if is_indexed(w)]
        found += [w for w in every[-1:] if is_indexed(w) or prefix]
        if not found:
            self._leave_out(every)
            return None
        return WordTerm(tuple(found), prefix=prefix, typing=typing and not asked)

    def _may_begin(self) -> bool:
        self._beginnings += 1
        if self._beginnings <= MAX_BEGINNINGS:
            return True
        self._mend(
            f"Only {MAX_BEGINNINGS} words may end in *; the others were searched as they are."
        )
        return False

    def _long_enough(self, word: str, *, asked: bool) -> bool:
        if len(word) >= MIN_PREFIX or is_cjk(word):
            return True
        if asked:
            self._notices.append(f"“{word}*” needs at least {MIN_PREFIX} letters before the *.")
        return False

    def _without_question_words(self, clauses: list[Clause]) -> list[Clause]:
        """A question's own words (what, how, does) ask for nothing while others do."""

        def asks(clause: Clause) -> bool:
            terms = clause.alternatives
            return clause.excluded or any(
                not isinstance(t, WordTerm) or t.prefix or not set(t.words) <= QUESTION_WORDS
                for t in terms
            )

        asking = [clause for clause in clauses if asks(clause)]
        texts = [
            c for c in asking if not c.excluded and not isinstance(c.alternatives[0], FilterTerm)
        ]
        return asking if texts else clauses


_EXAMPLES = {
    "service": "service:checkout",
    "severity": "severity:SEV1",
    "status": "status:closed",
    "layer": "layer:database",
    "trigger": "trigger:rollout",
    "tag": "tag:dns",
    "author": "author:kim",
    "before": "before:2024-03-01",
    "after": "after:2024-03-01",
    "year": "year:2024 or year:>=2024",
    "ref": "ref:PM-2024-007",
    "root": "root:alerts",
    "has": "has:open-actions",
    "is": "is:draft",
    "action": "action:open",
}
