"""Values that a vocabulary advises on, as people type them."""

from app.cli import output
from models.vocabulary import Vocabulary


def one_line(text: str) -> str:
    """What stands on one line wherever it is shown: a title, a name, a tag."""
    return " ".join(text.split())


def advised(vocabulary: Vocabulary, text: str, name: str) -> str:
    """The id of the term that ``text`` means. What no term means is kept, and a note names those
    there are: vocabularies advise, but a typo should not pass unseen.
    """
    if text.strip() and vocabulary.find(text) is None:
        known = ", ".join(term.id for term in vocabulary.terms)
        output.note(f"No {name} is called {text.strip()!r}; it is kept. Known are: {known}.")
    return vocabulary.canonical(text)
