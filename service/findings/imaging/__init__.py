"""Studies and tests: which were done, and what their reports say."""
