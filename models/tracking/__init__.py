"""What a tracker does with action items: pure rules over what was seen there."""
