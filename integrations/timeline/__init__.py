"""Timelines out of what chats, alerts, logs and tables leave behind."""
