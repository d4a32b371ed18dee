"""The demo: the real service, real HTTP, invented patients."""
