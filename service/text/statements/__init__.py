"""Readings to statements: level and side, severity and grade, days, and what of a document stands in the end."""
