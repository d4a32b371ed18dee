"""Who calls, and what is fetched from them."""
