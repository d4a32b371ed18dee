"""Draft orders to advice and its cards."""
