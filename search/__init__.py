"""Full-text search and similar failures: a projection of the store that can be rebuilt."""
