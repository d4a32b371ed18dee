"""The pain: where, since when, of what character, and how it went since the operation."""
