"""The rules as pages for clinicians: checked knowledge in, HTML out; on screen record by record, on paper as a pack."""
