"""The language check of a post-mortem of thirty pages: the whole, what one key costs, and typing
beside its hints."""

import random
from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench import editor
from tests.bench.figures import Figures, summed_up, timed_ms

_LETTERS = 90_000
_ROUNDS = 12
_KEYS = 60
_SECTIONS = 12
_HONEST = (
    "The **consumer** of queue {n} fell behind, because `batch_size` was one in region {n}. ",
    "At 14:{n:02} the first customers wrote that {n} orders were missing; see [run](r/{n}). ",
    "The alert on the lag had a threshold of {n} messages, which had been right a year before. ",
    "Host {n} answered within 40 ms, while the pool of the read replica held {n} connections. ",
)
_BLAME = (
    "The release team should have tested account {n}. ",
    "Somebody forgot to renew certificate {n}, which was careless. ",
)


def measure(folder: Path) -> Figures:
    """Checks, then checks again after each key; then types into the editor with the hints open."""
    from models.document import Document
    from models.domain.post_mortem import PostMortem, Section
    from models.language import rules
    from models.language.documents import checking
    from models.language.remembering import Checker

    book = rules.load()
    pages = thirty_pages()
    size = len(pages) // _SECTIONS
    parts = [pages[start : start + size] for start in range(0, len(pages), size)]
    sections = tuple(Section(f"s{n}", f"Part {n}", part) for n, part in enumerate(parts[1:]))
    whole = Document(PostMortem("p", "Thirty pages", summary=parts[0], sections=sections))
    _through(checking(whole, Checker(book)))  # patterns are compiled when first needed
    first = [timed_ms(lambda: _through(checking(whole, Checker(book)))) for _ in range(_ROUNDS)]
    checker = Checker(book)
    found = _through(checking(whole, checker))
    keys, document = [], whole
    for number in range(_KEYS):
        middle = len(document.post_mortem.summary) // 2
        text = document.post_mortem.summary
        text = f"{text[:middle]}{'the queue'[number % 9]}{text[middle:]}"
        document = replace(document, post_mortem=replace(document.post_mortem, summary=text))
        keys.append(timed_ms(partial(_through, checking(document, checker))))
    return {
        "letters": len(pages),
        "hints": len(found),
        "whole_ms": summed_up(first),
        "after_a_key_ms": summed_up(keys),
        "typing_beside_hints": editor.measure(folder, tabs=(editor.LANGUAGE,), text=pages),
    }


def thirty_pages() -> str:
    """Paragraphs of which no two are alike, one in eight with something to say about it."""
    chosen, letters, number = random.Random(30), 0, 0  # noqa: S311
    paragraphs: list[str] = []
    while letters < _LETTERS:
        lines = [chosen.choice(_HONEST) for _ in range(4)]
        if len(paragraphs) % 8 == 0:
            lines.append(chosen.choice(_BLAME))
        number += 1
        paragraph = (
            "".join(line.format(n=number % 60) for line in lines) + f"This is note {number}."
        )
        paragraphs.append(paragraph)
        letters += len(paragraph) + 2
    return "\n\n".join(paragraphs)


def _through(steps: Generator[None, None, Any]) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value
