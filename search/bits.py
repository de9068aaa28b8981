"""Sets of documents as whole numbers: bit n stands for document n.

Python combines and counts such numbers at the speed of C, without another dependency: an
intersection of 50,000 documents takes about a microsecond.
"""

from collections.abc import Iterable, Iterator
from itertools import compress

_ZERO_ONE = bytes(1 if byte == ord("1") else 0 for byte in range(256))


def from_documents(documents: Iterable[int], size: int) -> int:
    """The set of these documents, each below ``size``."""
    digits = bytearray(b"0") * (size or 1)
    for document in documents:
        digits[document] = 49  # "1"
    digits.reverse()
    return int(digits, 2)


def to_documents(bits: int) -> Iterator[int]:
    """The documents of a set, in rising order."""
    digits = flags(bits)
    return compress(range(len(digits)), digits)


def flags(bits: int) -> bytes:
    """One byte for each document up to the last of the set: 1 if it belongs, else 0."""
    return bin(bits)[:1:-1].encode().translate(_ZERO_ONE)


def everything(size: int) -> int:
    """The set of the first ``size`` documents."""
    return (1 << size) - 1
