"""What FHIR calls things: the one place that knows element names and status codes."""
