"""Conclusions to CDS Hooks cards."""
