"""One why as people write it: "Why did X? Because Y", "Q1: ...", "X because Y", a table row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from integrations.markdown.blocks import Block, plain, table_rows

_ORDINAL = (
    r"(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|root|final|initial)"
)
_LABEL = re.compile(
    rf"^[\s*_>\-]*(?P<label>(?:Q(?:uestion)?\s?#?\d*|\d{{1,2}}|{_ORDINAL}\s+why|why\s*(?:\(\d+\)|#?\s?\d+)"
    r"|level\s?\d+|(?:the\s+)?root\s+causes?))"
    r"[\s*_]*[:.)\-\u2013\u2014]+[\s*_]*(?=\S)",
    re.IGNORECASE,
)
_ONLY_LABEL = re.compile(
    rf"^[\s*_#]*(?:{_ORDINAL}\s+why|why\s*(?:\(\d+\)|#?\s?\d+)|root\s+causes?)[\s*_:.)?]*$",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^[\s*_>]*(?P<label>A(?:nswer)?\s?#?\d*|Response|Because)(?P<end>[\s*_]*[:.)][\s*_]*)(?=\S)",
    re.IGNORECASE,
)
_ARROW = re.compile(r"^[\s*_]*(?:->|=>|\u2192|\u21d2|\u2013|\u2014|--?|:|\|)[\s*_]*")
_ASKS = re.compile(
    r"^(?:so\s+|and\s+|but\s+)?(?:why|how come|how was it possible|how could|how did this become"
    r"|what caused|what made|for what reason)\b",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r"^(?P<effect>.{3,}?\S)[\s,]+because\s+(?P<cause>.+)$", re.IGNORECASE | re.DOTALL
)
_BOLD = re.compile(r"^(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1$", re.DOTALL)


@dataclass(slots=True)
class Node:
    """A why while it is read."""

    question: str
    answer: str
    children: list["Node"] = field(default_factory=list)

    def deepest(self) -> "Node":
        """The last node below the last node, and so on."""
        node = self
        while node.children:
            node = node.children[-1]
        return node

    def walk(self) -> Iterator["Node"]:
        """This node and all below it."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending.extend(node.children)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer, either of which may be "", and a label that was left out."""

    question: str
    answer: str
    label: str = ""


def is_question(text: str) -> bool:
    """Whether a text asks why, with or without a label, and has a question mark."""
    if "?" not in text:
        return False
    bare = plain(text)
    label = _LABEL.match(bare)
    return bool(_ASKS.match((bare[label.end() :] if label else bare).lstrip(" \"'\u201c>-")))


def read_entry(text: str) -> Entry | None:
    """A why from a heading, a line or an item; None when the text asks and explains nothing."""
    text = text.strip()
    if _ONLY_LABEL.match(text):
        return Entry(unmarked(text).rstrip(": "), "")
    label = _LABEL.match(text)
    body = text[label.end() :] if label else text
    for mark in ("**", "__"):
        if label and text[: label.start("label")].count(mark) % 2:
            body = body.replace(mark, "", 1)
    name = label["label"] if label else ""
    if is_question(body) or (name[:1] in "Qq" and "?" in body):
        question, answer = _at_question_mark(body)
        found = _ANSWER.match(answer)
        if found and found["label"].lower() != "because":
            name = f"{name} {found['label']}".strip()
            answer = answer[found.end() :]
        return Entry(
            unmarked(question), unmarked(answer), name if name and not name.isdigit() else ""
        )
    if name and not name.isdigit() and name[:1] not in "Qq":
        return Entry(name, unmarked(body))
    because = _BECAUSE.match(body)
    if because and "\n\n" not in body:
        return Entry(unmarked(because["effect"]), because["cause"].strip())
    return None


def is_chain(entries: list[Entry]) -> bool:
    """Whether statements with "because" lead from one to the next: each names its cause's words."""
    if len(entries) < 2 or not all(entry.question and entry.answer for entry in entries):
        return False
    pairs = pairwise(entries)
    return all(_telling(a.answer) & _telling(b.question) for a, b in pairs)


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(r"\w{4,}", text.casefold()) if word != "because"}


def _at_question_mark(text: str) -> tuple[str, str]:
    """A question, with the emphasis that closes behind its mark, and what follows."""
    mark = re.search(r"\?+[*_)\"'\u201d]*", text)
    end = mark.end() if mark else len(text)
    rest = text[end:].strip()
    arrow = _ARROW.match(rest)
    return text[:end].strip(), rest[arrow.end() :].strip() if arrow else rest


def unmarked(text: str) -> str:
    """A text without emphasis around all of it."""
    text = text.strip()
    bold = _BOLD.match(text)
    if bold and bold[1] not in bold[2]:
        return bold[2].strip()
    for mark in ("**", "__"):
        if text.count(mark) == 1 and (text.startswith(mark) or text.endswith(mark)):
            return text.replace(mark, "").strip()
    return text


def split_lines(text: str, named: bool) -> list[Entry] | None:
    """The whys in the lines of a paragraph; None when there are none.

    Lines that are none go on with the answer before them. In a section that announces 5 Whys
    (``named``) statements with "because" count, too.
    """
    entries: list[Entry] = []
    for line in text.split("\n"):
        answer = _ANSWER.match(line)
        if answer and answer["label"].lower() != "because":
            entries.append(Entry("", unmarked(line[answer.end() :]), answer["label"]))
            continue
        arrow = _ARROW.match(line)
        if entries and arrow and arrow[0].strip(" *_") not in ("-", ":", "|", ""):
            entries.append(Entry("", unmarked(line[arrow.end() :])))
            continue
        entry = read_entry(line)
        if entry and (is_question(line) or entry.label or _ONLY_LABEL.match(line) or named):
            entries.append(entry)
        elif entries:
            last = entries[-1]
            joined = f"{last.answer}\n{line}" if last.answer else line
            entries[-1] = Entry(last.question, joined, last.label)
        else:
            return None
    return _paired(entries) if any(e.question or e.label for e in entries) else None


def _paired(entries: list[Entry]) -> list[Entry]:
    """Questions joined with the answers that follow them."""
    paired: list[Entry] = []
    for entry in entries:
        if paired and not entry.question and not paired[-1].answer:
            last = paired[-1]
            paired[-1] = Entry(last.question, entry.answer, f"{last.label} {entry.label}".strip())
        else:
            paired.append(entry)
    return paired


def table_entries(block: Block) -> tuple[list[Node], list[str]]:
    """The chain of a table with a column of questions and one of answers, or a column per why.

    Beside it stand the titles and row numbers, which are no whys.
    """
    rows = table_rows(block)
    if len(rows) < 2:
        return [], []
    header, body = rows[0], [row for row in rows[1:] if any(cell.strip() for cell in row)]
    whys = [i for i, title in enumerate(header) if _ONLY_LABEL.match(title)]
    if whys == [0] and len(header) == 2 and all(_ONLY_LABEL.match(row[0]) for row in body):
        header, body = ("", ""), [rows[0], *body]
    elif len(whys) > 1:
        return [node for row in body if (node := _across(header, row)) is not None], []
    asked = next(
        (i for i, t in enumerate(header) if re.search(r"\bwhy|question", t, re.IGNORECASE)), None
    )
    told = next(
        (
            i
            for i, t in enumerate(header)
            if i != asked and re.search(r"answer|because|reason|cause|response", t, re.IGNORECASE)
        ),
        None,
    )
    if asked is None or told is None:
        columns = _unnamed(body)
        if columns is None:
            return [], []
        asked, told = columns
    chain: list[Node] = []
    labels = [title for title in header if title]
    for row in body:
        more = [c for i, c in enumerate(row) if i not in (asked, told) and c.strip()]
        others = [cell for cell in more if not re.fullmatch(r"\W*\d*\W*", cell)]
        labels += [cell for cell in more if cell not in others]
        answer = " \u2014 ".join([row[told], *others]).strip()
        node = Node(unmarked(row[asked]), answer)
        (chain[-1].deepest().children if chain else chain).append(node)
    return chain, labels


def _unnamed(body: list[tuple[str, ...]]) -> tuple[int, int] | None:
    """Columns by their cells: whys in the first or second, answers in the next."""
    for column in range(min(2, len(body[0]) - 1 if body else 0)):
        cells = [row[column] for row in body]
        if cells and all(is_question(cell) or _ONLY_LABEL.match(cell) for cell in cells):
            return column, column + 1
    return None


def _across(header: tuple[str, ...], row: tuple[str, ...]) -> Node | None:
    """A row with a column for each why: one chain."""
    first: Node | None = None
    last: Node | None = None
    for title, cell in zip(header, row, strict=True):
        if not cell.strip():
            continue
        node = Node(plain(title), cell)
        if last is None:
            first = node
        else:
            last.children.append(node)
        last = node
    return first
