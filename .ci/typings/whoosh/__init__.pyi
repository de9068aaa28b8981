"""The part of Whoosh that Afterwhy uses; its own types cover only half of it."""

__version__: tuple[int, ...]
