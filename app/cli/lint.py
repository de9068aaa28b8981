"""The language check on the command line: of a post-mortem, a file or standard input."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import click

from app import settings
from app.cli import output, text_input
from app.cli.session import Session, command
from integrations.markdown.form import read_form, to_markdown
from integrations.markdown.reading import read_document
from integrations.markdown.source import source_from_text
from models import vocabulary
from models.domain.action import ActionItem
from models.errors import InvalidInputError, NotFoundError
from models.language import rules
from models.language.checking import Finding, check
from models.language.documents import check_action
from models.language.rules import ACTION, Rules
from models.queries import post_mortems


@command("lint")
@click.argument("name", metavar="REF|PATH|-")
def lint(session: Session, name: str) -> None:
    """Check the language of a post-mortem, of a file or, with -, of standard input.

    Words that blame or stay vague are listed with the reason and a rewrite; its blanks, in braces,
    are for what only you know. Lines are those of the file, or of the post-mortem in Markdown. The
    check teaches and never blocks: the exit code is 0 whatever it finds.
    """
    book = rules.load(settings.config_folder())
    text, actions = _read(session, name)
    found = sorted(
        (*check(text, book), *_about_actions(text, actions, book)),
        key=lambda finding: (finding.start, finding.length),
    )
    lines = _Lines.of(text)
    data = {"findings": [lines.entry(finding) for finding in found]}
    session.answer(data, "\n".join(map(_told, data["findings"])) or "Nothing to change.")


def _read(session: Session, name: str) -> tuple[str, tuple[ActionItem, ...]]:
    """The text and its open actions. A file is taken before a ref of the same name."""
    if name == "-" or _is_file(name):
        text = text_input.read(name)
        actions = _actions_of(text, name)
    else:
        try:
            document = post_mortems.document(session.workspace.library, name)
        except NotFoundError as error:
            raise NotFoundError(
                f"There is no post-mortem and no file {name!r}.", advice=error.advice
            ) from error
        text, actions = to_markdown(document), document.actions
    return text, tuple(action for action in actions if action.is_open)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:
        return False  # no name that a file could have


def _actions_of(text: str, name: str) -> tuple[ActionItem, ...]:
    """The actions that a text lists; what is no post-mortem has none."""
    source = source_from_text(text, Path(name))
    terms = vocabulary.load(settings.config_folder())
    if "afterwhy" not in source.front_matter:
        return read_document(source, name, terms).document.actions
    try:
        return read_form(text, terms=terms).document.actions
    except InvalidInputError as error:
        output.note(f"Its actions are not checked: {error.sentence()}")
        return ()


def _about_actions(text: str, actions: Iterable[ActionItem], book: Rules) -> Iterator[Finding]:
    """What actions leave open, at the places of their titles; their wording is told as prose."""
    at = 0
    for action in actions:
        start = text.find(action.title, at)
        start = start if start >= 0 else text.find(action.title)
        if start < 0 or not action.title:
            continue  # written with marks inside: it has no place to be shown at
        at = start + len(action.title)
        for placed in check_action(action, book):
            rule = book.of(placed.finding.rule)
            if rule is not None and rule.about == (ACTION,):
                yield placed.finding.moved(start)


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the lines of a text begin."""

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> "_Lines":
        lengths = (len(line) + 1 for line in text.split("\n"))
        return cls((0, *accumulate(lengths)))

    def entry(self, finding: Finding) -> dict[str, Any]:
        """A finding as scripts read it; lines and columns count from 1."""
        line = bisect_right(self.starts, finding.start)
        return {
            "line": line,
            "column": finding.start - self.starts[line - 1] + 1,
            "length": finding.length,
            "text": finding.text,
            "rule": finding.rule,
            "why": finding.why,
            "suggestion": finding.suggestion,
        }


def _told(entry: dict[str, Any]) -> str:
    place = f"{entry['line']}:{entry['column']}"
    words = f"{' '.join(entry['text'].split())}  ({entry['rule']})" if entry["text"] else ""
    return f"{place}  {words or entry['rule']}\n  {entry['why']}\n  Try: {entry['suggestion']}"
