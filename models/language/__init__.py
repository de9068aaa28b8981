"""The language check: words that blame or stay vague, why they cost a team, and what to try."""
