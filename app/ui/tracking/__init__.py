"""The Actions screen: what was promised, where it stands, and what is sent to Jira."""
