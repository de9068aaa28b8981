"""The domain and its store: what a post-mortem is, and where it is kept."""
