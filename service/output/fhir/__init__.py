"""Conclusions and rules to FHIR resources."""
