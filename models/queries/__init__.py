"""Every read: functions that return frozen dataclasses."""
