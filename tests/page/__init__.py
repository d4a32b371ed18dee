"""The page at /app in a real browser: the distribution's Chromium, one for all tests of this folder."""
