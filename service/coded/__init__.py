"""Codes and answers to statements."""
