"""Markdown and HTML in, Markdown out."""
