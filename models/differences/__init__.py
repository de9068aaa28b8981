"""What is different between two states of a post-mortem, for people to read.

``differences`` compares documents, ``word_changes`` the texts of one change.
"""

from models.differences.changes import SECTION_NAMES, SECTIONS, Change, Kind, Place
from models.differences.documents import differences
from models.differences.prose import Mark, Span, condensed, word_changes

__all__ = [
    "SECTIONS",
    "SECTION_NAMES",
    "Change",
    "Kind",
    "Mark",
    "Place",
    "Span",
    "condensed",
    "differences",
    "word_changes",
]
