"""Tests, in folders that mirror the rooms they test."""

import os

SOAK = os.environ.get("AFTERWHY_SOAK") == "1"
"""Whether ``make soak`` asks for the long counts. Tests that repeat themselves (kills, fuzzed
input) carry ``@pytest.mark.soak`` and choose their count by this."""
