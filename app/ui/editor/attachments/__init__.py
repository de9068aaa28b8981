"""Attachments: the files kept beside a post-mortem, stored once by their content."""
