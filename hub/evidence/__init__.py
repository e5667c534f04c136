"""What was answered, to whom it mattered, and whether it would be answered so again."""
