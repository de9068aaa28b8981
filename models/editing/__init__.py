"""Changes of a document as pure functions, and the history that takes them back."""
