"""The operations: which one counts, what it was, what was taken out again."""
