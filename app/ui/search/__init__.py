"""Search results: snippets, facets, did-you-mean, syntax."""
