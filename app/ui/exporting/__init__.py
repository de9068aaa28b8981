"""Exporting to Markdown, HTML or JSON."""
