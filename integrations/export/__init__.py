"""HTML, JSON and Markdown files out."""
