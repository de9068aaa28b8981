"""The sync of action items with Jira: exactly one ticket each, and what Jira says of it."""
