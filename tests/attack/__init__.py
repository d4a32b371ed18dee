"""Attacks on a real server on loopback, each in a bounded loop: `make attack` prints what held and what did not."""
