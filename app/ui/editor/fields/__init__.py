"""The controls that forms are made of: each shows a value and tells when the author changed it."""
