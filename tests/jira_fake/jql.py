"""The grammar of JQL: clauses joined by AND, OR, NOT and brackets, and an order."""

import re
from dataclasses import dataclass

from tests.jira_fake.refusals import RefusedError

TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<op><=|>=|!=|!~|=|<|>|~)
    |(?P<mark>[(),])
    |(?P<cf>cf\[\d+\])
    |(?P<word>[^\s"'=!<>~(),\[\]]+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """A function such as ``openSprints()``."""

    name: str


Operand = str | Call | None
"""A literal, a function, or None for EMPTY."""


@dataclass(frozen=True, slots=True)
class Clause:
    """``field operator operands``; IS and IN have become ``=``, with several operands or EMPTY."""

    field: str
    operator: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Junction:
    """``and``, ``or`` or ``not`` over its parts."""

    word: str
    parts: "tuple[Node, ...]"


Node = Clause | Junction


@dataclass(frozen=True, slots=True)
class Query:
    """What to find (None: no restriction) and how to order it: fields with True for descending."""

    where: Node | None
    order: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.lower() in words


def wrong(sentence: str) -> RefusedError:
    """What a faulty query is answered with."""
    return RefusedError(400, f"Error in the JQL Query: {sentence}")


def parse(jql: str) -> Query:
    """Reads a query.

    Raises:
        RefusedError: 400 with what is wrong in it.
    """
    return _Parser(_tokens(jql)).query()


def _tokens(jql: str) -> list[Token]:
    tokens, at = [], 0
    jql = jql.strip()
    while at < len(jql):
        match = TOKEN.match(jql, at)
        if match is None or match.lastgroup is None:
            raise wrong(f"The character '{jql[at]}' is not expected here.")
        text = match[match.lastgroup]
        if match.lastgroup == "text":
            text = re.sub(r"\\(.)", r"\1", text[1:-1])
        tokens.append(Token("word" if match.lastgroup == "cf" else match.lastgroup, text))
        at = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def query(self) -> Query:
        where = None if self._peek("order") or self._over() else self._either()
        order: list[tuple[str, bool]] = []
        if self._take_word("order"):
            self._expect_word("by")
            order.append(self._ordered())
            while self._take_mark(","):
                order.append(self._ordered())
        if not self._over():
            raise wrong(f"Expecting 'AND', 'OR' or the end but got '{self._next().text}'.")
        return Query(where, tuple(order))

    def _either(self) -> Node:
        parts = [self._both()]
        while self._take_word("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Junction("or", tuple(parts))

    def _both(self) -> Node:
        parts = [self._single()]
        while self._take_word("and"):
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Junction("and", tuple(parts))

    def _single(self) -> Node:
        if self._take_word("not"):
            return Junction("not", (self._single(),))
        if self._take_mark("("):
            inner = self._either()
            self._expect_mark(")")
            return inner
        return self._clause()

    def _clause(self) -> Node:
        name = self._next()
        if name.kind not in ("word", "text"):
            raise wrong(f"Expecting a field name but got '{name.text}'.")
        field = name.text.lower()
        if self._take_word("is"):
            negated = self._take_word("not")
            if not (self._take_word("empty") or self._take_word("null")):
                raise wrong("Expecting EMPTY or NULL after IS.")
            return self._negated(Clause(field, "=", (None,)), negated=negated)
        if self._peek("in", "not"):
            negated = self._take_word("not")
            self._expect_word("in")
            return self._negated(Clause(field, "=", self._several()), negated=negated)
        operator = self._next()
        if operator.kind != "op":
            raise wrong(f"Expecting an operator but got '{operator.text}'.")
        sign = {"!=": "=", "!~": "~"}.get(operator.text, operator.text)
        clause = Clause(field, sign, (self._operand(),))
        return self._negated(clause, negated=operator.text.startswith("!"))

    def _negated(self, clause: Clause, *, negated: bool) -> Node:
        return Junction("not", (clause,)) if negated else clause

    def _several(self) -> tuple[Operand, ...]:
        if not self._take_mark("("):
            return (self._operand(),)
        operands = [self._operand()]
        while self._take_mark(","):
            operands.append(self._operand())
        self._expect_mark(")")
        return tuple(operands)

    def _operand(self) -> Operand:
        token = self._next()
        if token.kind not in ("word", "text"):
            raise wrong(f"Expecting a value but got '{token.text}'.")
        if token.is_word("empty", "null"):
            return None
        if token.kind == "word" and self._take_mark("("):
            self._expect_mark(")")
            return Call(token.text.lower())
        return token.text

    def _ordered(self) -> tuple[str, bool]:
        field = self._next().text.lower()
        if self._take_word("desc"):
            return field, True
        self._take_word("asc")
        return field, False

    def _over(self) -> bool:
        return self._at >= len(self._tokens)

    def _peek(self, *words: str) -> bool:
        return not self._over() and self._tokens[self._at].is_word(*words)

    def _next(self) -> Token:
        if self._over():
            raise wrong("Unexpected end of the query.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _take_word(self, word: str) -> bool:
        taken = self._peek(word)
        self._at += taken
        return taken

    def _take_mark(self, mark: str) -> bool:
        taken = not self._over() and self._tokens[self._at] == Token("mark", mark)
        self._at += taken
        return taken

    def _expect_word(self, word: str) -> None:
        if not self._take_word(word):
            raise wrong(f"Expecting '{word.upper()}'.")

    def _expect_mark(self, mark: str) -> None:
        if not self._take_mark(mark):
            raise wrong(f"Expecting '{mark}'.")
