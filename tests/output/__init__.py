"""FHIR in and out: Bundles of every shape, operations, and answers that are valid R4."""
