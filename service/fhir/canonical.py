"""Under which address our own FHIR resources and code systems are published."""

CANONICAL = "https://backstory.example/fhir"
