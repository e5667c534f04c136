"""What a check costs, as ratios of two sides that take turns in one run."""
