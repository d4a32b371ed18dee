"""A running service seen from outside: logs, metrics, traces; never patient data in any of them."""
