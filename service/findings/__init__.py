"""Chart to case sheet: one family of findings a folder."""
