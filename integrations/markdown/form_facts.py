"""The front matter of the Markdown form: plain YAML.

Values are read as texts whatever YAML makes of them (``no``, ``1:30``, ``2026-03-03``), and every
one knows its line. What is written means the same to any other reader of YAML.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import yaml

from models.errors import InvalidInputError

T = TypeVar("T")
Value = str | int | date | Sequence["Value"] | Mapping[str, "Value"]

_FENCE = re.compile(r"---[ \t]*$")
_PLAIN = re.compile(r"[^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufff9-\uffff\ud800-\udfff]*")


class _Dumper(yaml.SafeDumper):
    """Lists of texts on one line, and maps of texts inside lists."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # YAML folds line breaks and drops some characters outside double quotes.
    style = None if _PLAIN.fullmatch(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _represent_list(dumper: yaml.SafeDumper, items: Sequence[Value]) -> yaml.SequenceNode:
    node = dumper.represent_sequence("tag:yaml.org,2002:seq", items)
    node.flow_style = all(isinstance(item, yaml.ScalarNode) for item in node.value)
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            item.flow_style = all(isinstance(value, yaml.ScalarNode) for _, value in item.value)
    return node


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(tuple, _represent_list)
_Dumper.add_representer(list, _represent_list)


class _Loader(yaml.BaseLoader):
    """Refuses aliases: a few of them can stand for more than memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 2 if event.start_mark else 1
            raise InvalidInputError(
                f"Line {line}: *name stands for another value", advice="Write the value itself."
            )
        return super().compose_node(parent, index)


def facts_text(facts: Mapping[str, Value]) -> str:
    """The front matter with its fences."""
    body = yaml.dump(
        facts,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=10**9,
        default_flow_style=False,
    )
    return f"---\n{body}---\n"


def split_facts(text: str) -> tuple[str, str, int] | None:
    """Front matter without fences, what follows it, and how many lines came before that."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        return None
    for index, row in enumerate(lines[1:], 1):
        if _FENCE.match(row):
            return "\n".join(lines[1:index]), "\n".join(lines[index + 1 :]), index + 1
    return None


_ELSEWHERE = {
    "title": "The title is the line “# …” below the front matter.",
    "summary": "The summary is the text below “## Summary”.",
}
"""Where the text says what is often looked for in the front matter."""


def read_facts(yaml_text: str) -> "Facts":
    """The front matter; ``InvalidInputError`` names the line of a fault."""
    try:
        node = yaml.compose(yaml_text, Loader=_Loader)
        return Facts(node, "The front matter")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise InvalidInputError(
            f"Line {line}: the front matter is not YAML: {error.problem}",
            advice="Put texts with : # or quotes in them into double quotes.",
        ) from error
    except yaml.YAMLError as error:
        raise InvalidInputError(f"The front matter is not YAML: {error}") from error
    except RecursionError as error:
        raise InvalidInputError("The front matter is nested too deeply") from error


class Facts:
    """A map of the front matter, whose values are asked for one by one.

    ``finish`` refuses what nobody asked for, so that a mistyped name is never lost.
    """

    def __init__(self, node: yaml.Node | None, what: str) -> None:
        self._what = what
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: list[str] = []
        self.line = _line(node) if node else 1
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.MappingNode):
            raise _fault(node, f"{what} must hold “name: value” lines")
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _fault(key, "a name must be a text")
            if key.value in self._nodes:
                raise _fault(key, f"“{key.value}” is given twice")
            self._nodes[key.value] = value
            self._lines[key.value] = _line(key)

    def _node(self, name: str) -> yaml.Node | None:
        self._asked.append(name)
        return self._nodes.get(name)

    def has(self, name: str) -> bool:
        """Whether a value is given."""
        return name in self._nodes

    def names(self) -> list[str]:
        """The names that are given."""
        return list(self._nodes)

    def text(self, name: str, default: str = "") -> str:
        """A text."""
        node = self._node(name)
        return default if node is None else _text(node, name)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        node = self._node(name)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (node.value,)
        return tuple(_text(item, name) for item in _items(node, name))

    def map(self, name: str) -> "Facts":
        """A map below a name, empty where none is given."""
        return Facts(self._node(name), f"“{name}”")

    def maps(self, name: str) -> list["Facts"]:
        """A list of maps."""
        node = self._node(name)
        return [] if node is None else [Facts(item, f"“{name}”") for item in _items(node, name)]

    def read(self, name: str, reader: Callable[[str], T], *default: T) -> T:
        """A value in a form of its own; without a default it must be there."""
        node = self._node(name)
        if node is None and default:
            return default[0]
        if node is None:
            raise InvalidInputError(f"Line {self.line}: “{name}” is missing in {self._what}")
        try:
            return reader(_text(node, name))
        except InvalidInputError as error:
            raise InvalidInputError(
                f"Line {_line(node)}: {name}: {error}", advice=error.advice
            ) from error

    def finish(self) -> None:
        """Raise for the first name that means nothing here."""
        for name, line in self._lines.items():
            if name not in self._asked:
                known = f"Known names are: {', '.join(dict.fromkeys(self._asked))}."
                where = f"{_ELSEWHERE[name]} " if name in _ELSEWHERE else ""
                raise InvalidInputError(
                    f"Line {line}: {self._what} has no “{name}”", advice=f"{where}{known}"
                )


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2


def _fault(node: yaml.Node, what: str) -> InvalidInputError:
    return InvalidInputError(f"Line {_line(node)}: {what}")


def _text(node: yaml.Node, name: str) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _fault(node, f"“{name}” must be one text")
    return str(node.value)


def _items(node: yaml.Node, name: str) -> list[yaml.Node]:
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise _fault(node, f"“{name}” must be a list")
    return list(node.value)
