"""What a chart holds in words: attachments opened, documents cut into sentences, and the dates and levels they name."""
