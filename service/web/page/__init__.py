"""The page at /app: its files, who may show and call it, and the one answer that it draws."""
