"""Conclusions and the chart to what the page at /app shows: plain sentences, dates and words; no code and no id."""
