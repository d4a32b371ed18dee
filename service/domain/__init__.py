"""Frozen nouns, partial dates and the spine; imports nothing of the service."""
