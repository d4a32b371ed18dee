"""Recoveries without an event, and the complications that may hide in them."""
