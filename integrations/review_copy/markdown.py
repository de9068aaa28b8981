"""The review copy as Markdown: below every place a pair of lines that a comment is written between.

The lines carry a mark of their copy, so that nothing in a text or a comment is taken for one.
"""

import re
import secrets
from urllib.parse import quote, unquote

from integrations.export.blocks import printable
from integrations.export.wording import Words
from integrations.review_copy.places import Place, places
from integrations.review_copy.returned import Line, Returned
from models.commenting import Remark
from models.document import Document
from models.errors import InvalidInputError

_HEAD = re.compile(
    r"^[\ufeff \t>]*<!-- afterwhy review copy (\S+) (\d+) ([0-9a-f]{8,}) -->[ \t]*$", re.M
)
_ROLE = re.compile(r"^[ \t>]*Your role:[ \t]*(.*?)[ \t]*$", re.M)
_HOW = """\
Write your comments between the pairs of lines that begin with `<!--`, below the place they are
about. Several lines and paragraphs are fine. Leave those lines as they are, save the file and send
it back. What you change elsewhere is not read."""


def to_markdown_copy(document: Document, words: Words, *, mark: str = "") -> str:
    """The copy. ``mark`` is drawn anew where none is given."""
    mortem = document.post_mortem
    mark = mark or secrets.token_hex(6)
    title = " ".join(printable(mortem.title).split()) or "Untitled post-mortem"
    parts = [
        f"<!-- afterwhy review copy {quote(mortem.id, safe='')} {document.version} {mark} -->",
        f"# Review of {document.ref} {title}".replace("  ", " "),
        _HOW,
        "Your role:",
    ]
    parts += [_written(place, mark) for place in places(document, words)]
    return "\n\n".join(parts) + "\n"


def _written(place: Place, mark: str) -> str:
    heading = "" if place.inner else f"## {place.name}"
    facts = " ".join(f"{name}={quote(value, safe='')}" for name, value in (
        ("section", place.section), ("anchor", place.anchor)
    ))  # fmt: skip
    name = visible(place.name)
    slot = f"<!-- comment {mark} {facts} on {name} -->\n\n<!-- end {mark} -->"
    return "\n\n".join(
        part for part in (heading, printable(place.markdown).strip("\n"), slot) if part
    )


def visible(name: str) -> str:
    """A name as a comment of HTML can hold it, in one line."""
    return re.sub(r"-{2,}|[<>]", "-", " ".join(printable(name).split()))


def read_markdown_copy(text: str) -> Returned | None:
    """What was written into a copy; None where the text is none.

    What is damaged is told by its line; the other comments are read all the same.
    """
    head = _HEAD.search(text)
    if head is None:
        return None
    mark = head[3]
    begin = re.compile(
        rf"(?:<!-+)?[ \t]*comment {mark} section=(\S*) anchor=(\S*) on (.*?)[ \t]*-+>"
    )
    end = re.compile(rf"(?:<?!?-+)?[ \t]*end[ \t]+{mark}\b[ \t]*(?:-*>)?")
    role = _ROLE.search(text)
    reader = _Reader(role[1] if role else "")
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if found := begin.search(line):
            before, after = line[: found.start()], line[found.end() :]
            reader.goes_on(number, before)
            quoted = before if not before.strip(" \t>") else ""
            reader.begins(number, unquote(found[1]), unquote(found[2]), found[3], quoted)
            reader.goes_on(number, after)
        elif found := end.search(line):
            reader.goes_on(number, line[: found.start()])
            reader.ends(number)
            reader.goes_on(number, line[found.end() :])
        elif mark in line:
            reader.is_damaged(number, head[0], line)
        else:
            reader.goes_on(number, line)
    reader.closes()
    if not reader.slots:
        raise InvalidInputError(
            "This review copy holds no place for a comment any more.",
            kept="Nothing was read from it.",
            advice="The lines that begin with “<!-- comment” are needed; ask for a new copy.",
        )
    return Returned(
        unquote(head[1]),
        int(head[2]),
        tuple(reader.remarks),
        tuple(reader.notices),
        tuple(reader.outside),
        tuple(reader.unended),
    )


class _Reader:
    def __init__(self, role: str) -> None:
        self.remarks: list[Remark] = []
        self.notices: list[str] = []
        self.outside: list[Line] = []
        self.unended: list[Remark] = []
        self.slots = 0
        self._role = role
        self._open: tuple[int, str, str, str] | None = None
        self._lines: list[str] = []
        self._quoted = ""

    def begins(self, number: int, section: str, anchor: str, name: str, quoted: str) -> None:
        """``quoted`` is what a mail put before each line."""
        self.closes()
        self.slots += 1
        self._quoted = quoted.rstrip()
        self._open = (number, section, anchor, name)

    def ends(self, number: int) -> None:
        if self._open is None:
            self.notices.append(f"Line {number} ends a comment that has no beginning.")
        elif remark := self._remark():
            self.remarks.append(remark)
        self._open, self._lines = None, []

    def goes_on(self, number: int, line: str) -> None:
        if self._open is not None:
            self._lines.append(_unquoted(line, self._quoted))
        elif line.strip(" \t>"):
            self.outside.append(Line(number, line.strip(" \t>")))

    def is_damaged(self, number: int, head: str, line: str) -> None:
        if line.strip() != head.strip():
            self.notices.append(
                f"Line {number} was changed and cannot be read: {line.strip()[:60]}"
            )

    def closes(self) -> None:
        if self._open is not None:
            number, *_, name = self._open
            self.notices.append(
                f"The comment on {name} (line {number}) has no end line; it was read up to where "
                "the text of the copy goes on."
            )
            if remark := self._remark():
                self.unended.append(remark)
        self._open, self._lines = None, []

    def _remark(self) -> Remark | None:
        if self._open is None or not (said := "\n".join(self._lines).strip()):
            return None
        _, section, anchor, name = self._open
        return Remark(anchor, section, name, said, self._role)


def _unquoted(line: str, quoted: str) -> str:
    return line.removeprefix(quoted).removeprefix(" ") if quoted else line
