"""Documents as Word files (DOCX), with real headings, lists, tables and fields."""

from integrations.export.word.document import to_docx

__all__ = ["to_docx"]
