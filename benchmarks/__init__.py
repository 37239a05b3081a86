"""Time and memory, as ratios of one thing to another on the same machine in the same run. Never asserted in a test."""
