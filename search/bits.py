"""Sets of documents, in two forms: a whole number (bit n stands for document n) and arrays.

Python combines and counts whole numbers at the speed of C and of any size; numpy turns them into
document numbers and back. A set of 50,000 documents costs some microseconds in each.
"""

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Documents = NDArray[np.uint32]
    Flags = NDArray[np.bool_]


def from_documents(documents: "ArrayLike", size: int) -> int:
    """The set of these documents, each below ``size``."""
    flags = np.zeros(size, np.bool_)
    flags[np.asarray(documents, np.uint32)] = True
    return from_flags(flags)


def from_flags(flags: "Flags") -> int:
    """The set of the documents that have a flag."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def to_documents(bits: int) -> "Documents":
    """The documents of a set, in rising order."""
    return np.flatnonzero(flags(bits, bits.bit_length())).astype(np.uint32)


def flags(bits: int, size: int) -> "Flags":
    """Whether each of the first ``size`` documents belongs to a set that has no others."""
    packed = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=size, bitorder="little").view(np.bool_)


def everything(size: int) -> int:
    """The set of the first ``size`` documents."""
    return (1 << size) - 1
