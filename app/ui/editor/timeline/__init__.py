"""Timeline: what was seen, decided, done and said, in the order of time."""
