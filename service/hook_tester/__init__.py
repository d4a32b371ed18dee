"""A CDS Hooks service seen from outside: an EHR that calls it, and a verdict for each requirement that can be seen."""
