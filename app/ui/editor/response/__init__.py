"""Response: how the incident was handled, step by step, and what was said to whom."""
