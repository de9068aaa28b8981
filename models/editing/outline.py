"""Branches of whys as indented plain text, and whys from indented text of any kind.

What this writes:

    - Why did the saves fail?
      → The pool was empty.
        It stayed so for an hour.
      Evidence (link): Pool graph
      Where: https://graphs.example/pool
      - AND: Why was it empty?
        → A client kept its connections.
        Stop (fixable by us): No limit on a client
        Accepted by: Platform lead

What this reads besides: tabs, other bullets, numbers ("2.1"), lines that are only indented, "Q1:"
and "A1:", "Why 2:", arrows from one answer to the next, "Why ...? Because ..." in one line, and
answers that go on in the next line. "Q:" and "A:" stand before a text that would not be read as
one, and a backslash before a line of it that looks like one of these marks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.document import new_id
from models.domain.incident import Evidence
from models.domain.whys import Stop, StopReason, WhyNode
from models.editing.branches import Nodes, settled, tidied
from models.editing.whys import DEEPEST

_STEP = "  "
_TAB = 4

_BULLET = re.compile(r"[-*+•◦▪‣·–—](?:\s+|$)")
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})+[.)]?|\d{1,3}[.)])(?:\s+|$)")
_ARROW = re.compile(r"(?:→|⇒|↳|->|=>)\s*")
_AND = re.compile(r"AND:\s*")
_QUESTION = re.compile(r"(?:Q|Question|Why)\s?#?(?P<number>\d{0,2}):\s*", re.IGNORECASE)
_ANSWER = re.compile(r"(?:A|Answer|Because)\s?#?\d{0,2}:\s*", re.IGNORECASE)
_EVIDENCE = re.compile(r"Evidence \((?P<kind>[^()]*)\):\s?")
_WHERE = re.compile(r"Where:\s?")
_STOP = re.compile(rf"Stop \((?P<reason>{'|'.join(StopReason)})\):\s?")
_ACCEPTED = re.compile(r"Accepted by:\s?")
_MARKS = (_BULLET, _NUMBER, _ARROW, _AND, _QUESTION, _ANSWER, _EVIDENCE, _WHERE, _STOP, _ACCEPTED)
_POINTED = re.compile(r"(?P<question>[^?]*\?)\s*(?:→|⇒|->|=>)\s*(?P<answer>\S.*)")
_ASKED = re.compile(r"(?P<question>[^?]*\bwhy\b[^?]*\?)\s+(?P<answer>\S.*)", re.IGNORECASE)


def as_text(branches: Iterable[WhyNode]) -> str:
    """Branches as indented text; "" for none."""
    lines: list[str] = []
    pending = [(node, 0) for node in branches][::-1]
    while pending:
        node, depth = pending.pop()
        lines += [(_STEP * depth + line).rstrip() for line in _lines_of(node)]
        pending.extend((child, depth + 1) for child in reversed(node.children))
    return "".join(f"{line}\n" for line in lines)


def _lines_of(node: WhyNode) -> list[str]:
    lines: list[str] = []
    for mark, text in _said(node):
        first, *more = text.strip().split("\n")
        lines += [mark + first, *(_STEP + _plain(line) for line in more)]
    head = "- AND: " if node.joined else "- "
    return [head + lines[0], *(_STEP + line for line in lines[1:])]


def _said(node: WhyNode) -> Iterable[tuple[str, str]]:
    """The fields of a why: the mark before each, and its text."""
    question, answer = node.question.strip(), node.answer.strip()
    first = (question or answer).partition("\n")[0].rstrip()
    is_plain = not _AND.match(first) and _head(first) == ((first, "") if question else ("", first))
    if question:
        yield ("" if is_plain and first == question else "Q: "), question
        if answer:
            yield "→ ", answer
    else:
        yield ("" if is_plain else "A: "), answer
    for evidence in node.evidence:
        yield f"Evidence ({evidence.kind}): ", evidence.text
        if evidence.target.strip():
            yield "Where: ", evidence.target
    if node.stop is not None:
        yield f"Stop ({node.stop.reason}): ", node.stop.text
        if node.stop.accepted_by.strip():
            yield "Accepted by: ", node.stop.accepted_by


def from_text(text: str) -> Nodes:
    """The whys that a text holds, with fresh ids; () where it holds no words.

    A line without a bullet or number is a why where it stands below such a line; below a bullet or
    number it goes on with its words.
    """
    reader = _Reader()
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        reader.read(line)
    return reader.nodes()


def _is_marked(line: str) -> bool:
    return any(mark.match(line.strip()) for mark in _MARKS)


def _plain(line: str) -> str:
    """A line of a text, that no reader takes for a mark."""
    return f"\\{line}" if _is_marked(line.lstrip("\\")) else line


def _unmarked(line: str) -> str:
    return line[1:] if line.startswith("\\") and _is_marked(line.lstrip("\\")) else line


def _head(line: str) -> tuple[str, str]:
    """The question and the answer that the first line of a why holds."""
    labelled = _QUESTION.match(line)
    if labelled:
        return line[labelled.end() :], ""
    labelled = _ANSWER.match(line) or _ARROW.match(line)
    if labelled:
        return "", line[labelled.end() :]
    for pattern in (_POINTED, _ASKED):
        both = pattern.fullmatch(line)
        if both and not line.endswith("?"):
            return both["question"], both["answer"]
    return (line, "") if line.endswith("?") else ("", line)


@dataclass
class _Item:
    """A why while it is read. Each text is a list of its lines; None is one that is not there."""

    indent: int
    in_list: bool
    number: str = ""
    is_joined: bool = False
    question: list[str] | None = None
    answer: list[str] | None = None
    evidence: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    stop: tuple[str, list[str], list[str]] | None = None
    children: list["_Item"] = field(default_factory=list)

    def node(self, below: Nodes) -> WhyNode:
        """The why, with those below it."""
        evidence = (Evidence(kind, _text(said), _text(to)) for kind, said, to in self.evidence)
        stop = None
        if self.stop is not None:
            reason, said, by = self.stop
            stop = Stop(StopReason(reason), _text(said), _text(by))
        question, answer = _text(self.question), _text(self.answer)
        return WhyNode(
            new_id(), question, answer, tuple(evidence), self.is_joined, stop, children=below
        )


def _text(lines: list[str] | None) -> str:
    return "\n".join(lines or ()).strip()


class _Reader:
    """Reads line by line. ``_path`` leads from the top to the why that was read last, and
    ``_open`` is the text that a line without a mark goes on with; None begins the answer.
    """

    def __init__(self) -> None:
        self._top: list[_Item] = []
        self._path: list[_Item] = []
        self._open: list[str] | None = None
        self._open_indent = 0
        self._blanks = 0

    def read(self, line: str) -> None:
        """Takes in the next line."""
        bare = line.strip()
        if not bare:
            self._blanks += 1
            return
        indent = _indent(line)
        start = _BULLET.match(bare) or _NUMBER.match(bare)
        if start:
            number = start.groupdict().get("number") or ""
            self._begin(indent, bare[start.end() :], number.rstrip(".)"), in_list=True)
        elif not (self._path and self._is_field(indent, bare)):
            asked = _QUESTION.match(bare)
            if not asked and self._path and self._is_more(indent):
                self._go_on(line)
            else:
                in_list = bool(asked and self._path and self._path[-1].in_list)
                self._begin(indent, bare, "", in_list=in_list)
        self._blanks = 0

    def _is_more(self, indent: int) -> bool:
        """Whether a line without a mark goes on with the why above it rather than being one."""
        if not self._path[-1].in_list:
            return indent > self._open_indent >= 0
        return not any(not above.in_list and above.indent >= indent for above in self._path)

    def nodes(self) -> Nodes:
        """What was read."""
        order: list[tuple[_Item, list[WhyNode], list[WhyNode]]] = []
        top: list[WhyNode] = []
        pending = [(item, top) for item in reversed(self._top)]
        while pending:
            item, home = pending.pop()
            below: list[WhyNode] = []
            order.append((item, home, below))
            pending.extend((child, below) for child in reversed(item.children))
        for item, home, below in reversed(order):
            home.append(item.node(tuple(reversed(below))))
        return settled(tidied(reversed(top)))

    def _begin(self, indent: int, rest: str, number: str, *, in_list: bool) -> None:
        joined = _AND.match(rest)
        rest = rest[joined.end() :] if joined else rest
        asked = _QUESTION.match(rest)
        number = number or (asked["number"] if asked else "")
        question, answer = _head(rest)
        item = _Item(indent, in_list, number, bool(joined), [question] if question else None)
        item.answer = [answer] if answer else None
        home = self._home(item)
        (home.children if home else self._top).append(item)
        self._path.append(item)
        self._open = item.answer or (item.question if asked else None)
        # Outside of a list only what follows a mark goes on in the next lines.
        self._open_indent = -1

    def _home(self, item: _Item) -> _Item | None:
        """What a why stands below: "2.1" below "2", a second question below the first, else what
        is less indented."""
        above, _, last = item.number.rpartition(".")
        before = str(int(last) - 1) if last.isdigit() and not above and item.question else None
        for depth, known in enumerate(self._path):
            is_chain = before == known.number and known.question and known.indent == item.indent
            if (above and known.number == above) or (before and is_chain):
                del self._path[depth + 1 :]
                break
        else:
            while self._path and self._path[-1].indent >= item.indent:
                self._path.pop()
        del self._path[DEEPEST - 1 :]
        return self._path[-1] if self._path else None

    def _is_field(self, indent: int, bare: str) -> bool:
        """Takes in a line that says more about the why that was read last."""
        item = self._path[-1]
        for mark in (_EVIDENCE, _WHERE, _STOP, _ACCEPTED, _ARROW, _ANSWER):
            found = mark.match(bare)
            if found and (said := self._field(item, mark, found)) is not None:
                said.append(bare[found.end() :])
                self._open, self._open_indent = said, indent
                return True
        if _ARROW.match(bare):
            self._begin(item.indent + 1, bare, "", in_list=item.in_list)
            return True
        return False

    def _field(self, item: _Item, mark: re.Pattern[str], found: re.Match[str]) -> list[str] | None:
        """The text that a mark begins; None where it has no place."""
        said: list[str] = []
        if mark is _EVIDENCE:
            item.evidence.append((found["kind"], said, []))
        elif mark is _WHERE:
            return item.evidence[-1][2] if item.evidence and not item.evidence[-1][2] else None
        elif mark is _STOP:
            if item.stop is not None:
                return None
            item.stop = (found["reason"], said, [])
        elif mark is _ACCEPTED:
            return item.stop[2] if item.stop and not item.stop[2] else None
        elif item.question is None or item.answer is not None:
            return None
        else:
            item.answer = said
        return said

    def _go_on(self, line: str) -> None:
        item = self._path[-1]
        own = " " * (item.indent + 2 * len(_STEP))
        more = _unmarked(line.removeprefix(own) if line.startswith(own) else line.strip())
        if self._open is None:
            item.answer = self._open = []
        elif self._blanks:
            self._open += [""] * self._blanks
        self._open.append(more.rstrip())


def _indent(line: str) -> int:
    """The columns before the first word; a tab is four."""
    space = line[: len(line) - len(line.lstrip())]
    return sum(_TAB if character == "\t" else 1 for character in space)
