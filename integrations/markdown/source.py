"""Reading one source file: which files are documents, their bytes, text and front matter."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import yaml

from integrations.markdown.encodings import decode, is_binary

MAX_BYTES = 16 * 1024 * 1024
"""The largest file that is read. The longest post-mortems known to us have 0.2 MB."""
_MAX_FRONT_MATTER = 64 * 1024


class Format(StrEnum):
    """What kind of text a file holds."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
    JSON = "json"


_FORMATS = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".mdown": Format.MARKDOWN,
    ".mkd": Format.MARKDOWN,
    ".qmd": Format.MARKDOWN,
    ".rmd": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".json": Format.JSON,
}
_UNCLOSED = re.compile(r"---[ \t]*\n(?:[A-Za-z][\w -]{0,40}:[ \t]\S.*\n)")
_PLAIN = re.compile(
    r"^(?P<key>title|date|severity)[ \t]*[:=][ \t]*"
    r"(?P<value>[^\s\"'\[{|>&*!#:][^\n:]*|\"[^\"\n]+\"|'[^'\n]+')[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_NOT_DOCUMENTS = frozenset(
    {"license", "licence", "copying", "copyright", "notice", "authors", "makefile", "dockerfile"}
    | {"gemfile", "rakefile", "procfile", "codeowners", "owners", "vagrantfile", "jenkinsfile"}
)


class UnreadableSourceError(Exception):
    """A file that should be a document cannot be read; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as read. ``body`` has "\\n" line ends and no front matter.

    ``broken_front_matter`` is the text of a front matter that cannot be understood, else "";
    ``front_matter`` then has those of its lines that are plain. ``front_matter_text`` is the exact
    text of one that can be understood. ``is_broken`` also holds for one without an end.
    """

    path: Path
    format: Format
    body: str
    digest: str
    front_matter: Mapping[str, object] = field(default_factory=dict)
    front_matter_text: str = ""
    broken_front_matter: str = ""
    notices: tuple[str, ...] = ()
    is_broken: bool = False


PLACE = "path:"
"""How the identity of a file begins that is known by its path alone."""


def identity_of(source: Source) -> str:
    """What a file is known by: the id in its front matter, else its path."""
    given = source.front_matter.get("id")
    if isinstance(given, (str, int)) and not isinstance(given, bool) and str(given).strip():
        return f"id:{str(given).strip()}"
    return place_of(source.path)


def place_of(path: Path) -> str:
    """What a file is known by that has no id."""
    name = path.resolve().as_posix().encode("utf-8", "backslashreplace").decode()
    return f"{PLACE}{name}"


def format_of(path: Path) -> Format | None:
    """What a file's name says it holds; None for what is no document.

    "page.html.md.erb" is Markdown that one more program was to read: the ``.erb`` does not count.
    """
    suffix = path.suffix.lower()
    if suffix == ".erb":
        suffix = Path(path.stem).suffix.lower()
    if not suffix or not suffix[1:].isalnum() or " " in suffix or suffix[1:].isdigit():
        return None if path.name.lower() in _NOT_DOCUMENTS else Format.MARKDOWN
    return _FORMATS.get(suffix)


def skip_reason(path: Path) -> str:
    """Why a file is no document and is left alone; "" when it is one."""
    if path.name.startswith("."):
        return "a hidden file"
    if format_of(path) is None:
        return "not a Markdown, HTML, text or JSON file"
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES)
    except OSError as error:
        raise UnreadableSourceError(_plain(error)) from error
    return "a binary file" if is_binary(data) else ""


def read_source(path: Path) -> Source:
    """Read a file. Raises ``UnreadableSourceError`` with a plain reason."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise UnreadableSourceError(
                f"too large: {size / 2**20:.0f} MB, the limit is {limit} MB"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(_plain(error)) from error
    text, notices = decode(data)
    if not text.strip():
        raise UnreadableSourceError("the file is empty")
    return source_from_text(text, path, hashlib.sha256(data).hexdigest(), notices)


def source_from_text(
    text: str, path: Path, digest: str = "", notices: tuple[str, ...] = ()
) -> Source:
    """A source from text that is at hand, for example from the clipboard or an editor."""
    kind = format_of(path) or Format.MARKDOWN
    if kind is Format.MARKDOWN and _looks_like_html(text):
        kind = Format.HTML
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if kind in (Format.HTML, Format.JSON):
        return Source(path, kind, text, digest, notices=notices)
    raw, body, values = split_front_matter(text)
    if raw and values is None:
        notices += ("The front matter cannot be understood; it is kept as text.",)
        known = _plain_lines(raw)
        return Source(path, kind, body, digest, known, "", raw, notices, is_broken=True)
    if not raw and _UNCLOSED.match(text):
        notices += ("The front matter has no closing line; it is kept as text.",)
        return Source(path, kind, body, digest, notices=notices, is_broken=True)
    return Source(path, kind, body, digest, values or {}, raw, notices=notices)


def _looks_like_html(text: str) -> bool:
    return bool(
        re.match(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html[\s>])", text, re.IGNORECASE)
    )


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which let a few bytes grow into gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed")
        return super().compose_node(parent, index)


def split_front_matter(text: str) -> tuple[str, str, dict[str, object] | None]:
    """Front matter text, body, and the values; no text when there is none, None when broken."""
    fence = text[:3]
    if fence not in ("---", "+++") or text[3:].split("\n", 1)[0].strip():
        return "", text, {}
    end = re.compile(
        r"^(?:---|\.\.\.)[ \t]*$" if fence == "---" else r"^\+\+\+[ \t]*$", re.MULTILINE
    )
    first_line = text.find("\n") + 1
    close = end.search(text, first_line) if first_line else None
    if close is None or close.start() > _MAX_FRONT_MATTER:
        return "", text, {}
    raw, body = text[first_line : close.start()], text[close.end() + 1 :]
    if not raw.strip():
        return "", body, {}
    values = _parse_yaml(raw) if fence == "---" else _parse_toml(raw)
    if values is None and not re.search(r"^\s*[\w -]+\s*[:=]", raw, re.MULTILINE):
        return "", text, {}
    return raw, body, values


def _plain_lines(raw: str) -> dict[str, object]:
    """The values of a front matter's lines that need no parser: "title: Mail late"."""
    return {match["key"]: match["value"].strip(" \t\"'") for match in _PLAIN.finditer(raw)}


def _parse_yaml(raw: str) -> dict[str, object] | None:
    try:
        values = yaml.load(raw, Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        return None
    return {str(k): v for k, v in values.items()} if isinstance(values, dict) else None


def _parse_toml(raw: str) -> dict[str, object] | None:
    try:
        return dict(tomllib.loads(raw))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _plain(error: OSError) -> str:
    """The reason of an operating-system error, without its number and path."""
    return (error.strerror or str(error)).lower()
