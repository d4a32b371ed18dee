"""Texts and patients written by people who saw neither the language data nor the rules, with the right answers."""
