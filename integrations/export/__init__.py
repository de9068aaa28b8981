"""HTML and JSON out."""
