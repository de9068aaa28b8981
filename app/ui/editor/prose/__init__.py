"""The field for Markdown that every section uses where prose is expected."""
