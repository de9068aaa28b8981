"""Details: the title, what happened to which services and when, and who took part."""
