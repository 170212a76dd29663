"""Access: how far every cell is from the mission, by which way, and where it is cut off."""
