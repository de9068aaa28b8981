"""Doors to other formats and systems."""
