"""Figures in, a report for people out: self-contained HTML with pictures, each with its table."""
