"""Review: where the document stands, who was asked to read it, and what was remarked."""
