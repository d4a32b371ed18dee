"""Conclusions to JSON."""
