"""The 5 Whys: up to three trees of cards, from a problem to the roots that can be changed."""
