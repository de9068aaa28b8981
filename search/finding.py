"""Finding in one text what search would find there: to mark the matches of a preview."""

import re

from search.matching import sought
from search.query import parse
from search.snippets import Highlighter


def places(text: str, query: str) -> tuple[tuple[int, int], ...]:
    """Where the words of a query stand in a text, the last one perhaps only begun; where none does,
    where the query stands as it is written.
    """
    found = Highlighter(sought(parse(query, typing=True))).marks(text)
    written = query.strip()
    if found or not written:
        return found
    matches = re.finditer(re.escape(written), text, re.IGNORECASE)
    return tuple(match.span() for match in matches)
