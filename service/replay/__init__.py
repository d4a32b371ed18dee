"""A population's past in, what the rules would have said at each opening of a chart out: before a hospital goes live.

lines → split (by patient) → buckets → a chart → openings → rewind (as known at that instant) → the service → rows →
tables (Parquet) → figures → report. Nothing here interprets a chart; that is what the pipeline is for.
"""
