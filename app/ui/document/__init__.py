"""Reading one post-mortem: text, measures, similar failures, history."""
