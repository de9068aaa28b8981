"""Settings: library, author, appearance, services and tags, search index, keys."""
