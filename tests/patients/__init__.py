"""Invented patients: one folder each, with the chart and what a surgeon expects the service to say."""
