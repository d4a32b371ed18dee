"""The whole line over real HTTP: what an EHR sends, and what it gets back."""
