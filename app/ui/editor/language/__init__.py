"""The language check while one writes: underlines, the dock's tab, the hint at the cursor."""
