"""Qt item models over the frozen dataclasses of the queries."""
