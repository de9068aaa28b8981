"""Actions: what will be changed, which roots it addresses, who is accountable and by when."""
