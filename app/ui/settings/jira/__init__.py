"""Settings, Jira: connecting projects and changing how they are connected."""
