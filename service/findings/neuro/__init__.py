"""Signs of nerves: deficits, strength, and how old each is."""
