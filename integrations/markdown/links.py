"""Where the links and pictures of a text point."""

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from urllib.parse import unquote, urlparse

_PLACE = r"\(\s*(?:<([^<>\n]+)>|([^)\s<>]+))"
_TAG = r"<img\b[^<>]*?\ssrc\s*=\s*(?:\"([^\"<>]+)|'([^'<>]+)|([^\s\"'<>]+))"
_DEFINED = r"^ {0,3}\[(?!\^)([^]\n]+)\]:[ \t]*(?:<([^<>\n]+)>|(\S+))"
_WEB = r"(?<![\w(])(https?://[^\s<>)\]]+)|<(https?://[^\s<>]+)>"
_FLAGS = re.IGNORECASE | re.MULTILINE
_TARGET = re.compile(rf"\]{_PLACE}|{_WEB}|{_TAG}", _FLAGS)
_IMAGE = re.compile(rf"!\[[^][\n]*\]{_PLACE}|{_TAG}", _FLAGS)
_NAMED_IMAGE = re.compile(r"!\[([^][\n]+)\](?:\[([^][\n]*)\])?(?!\()")
_DEFINITION = re.compile(_DEFINED, _FLAGS)
_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(?<!`)(`{1,3})(?!`)[^`]+?\2(?!`)",
    re.DOTALL | re.MULTILINE,
)


def link_targets(markdown: str) -> tuple[str, ...]:
    """Where the links and pictures of a text point, each once."""
    found = (next(filter(None, match.groups())) for match in _TARGET.finditer(markdown))
    targets = [target.rstrip(".,;") for target in found]
    return tuple(dict.fromkeys((*targets, *_definitions(markdown).values())))


def image_targets(markdown: str) -> tuple[str, ...]:
    """Where the pictures of a text point, each once; code shows none."""
    text = _CODE.sub("", markdown)
    targets = [next(filter(None, match.groups())) for match in _IMAGE.finditer(text)]
    names = [(m[2] or m[1]).casefold() for m in _NAMED_IMAGE.finditer(text)]
    defined = _definitions(text) if names else {}
    return tuple(dict.fromkeys((*targets, *(defined[n] for n in names if n in defined))))


def _definitions(text: str) -> dict[str, str]:
    """Name -> target of the lines that define links."""
    return {m[1].casefold(): m[2] or m[3] for m in _DEFINITION.finditer(text)}


def local_name(target: str) -> str:
    """The relative path that an image or link names, without query; "" for a URL or a place."""
    try:
        parsed = urlparse(target)
    except ValueError:
        return ""
    if parsed.scheme or parsed.netloc or not parsed.path or target.startswith("#"):
        return ""
    return str(PurePosixPath(unquote(parsed.path)))


def attachment_named(target: str, names: Collection[str]) -> str | None:
    """Which of the attachments of these names a target means.

    An imported attachment has the name of its file; the second of two with one name has that of
    its folder before it.
    """
    path = PurePosixPath(local_name(target))
    if not path.name:
        return None
    known = (str(path), f"{path.parent.name}-{path.name}", path.name)
    return next((name for name in known if name in names), None)
