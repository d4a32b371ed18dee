Alias: $sct = http://snomed.info/sct
Alias: $loinc = http://loinc.org
Alias: $dcm = http://dicom.nema.org/resources/ontology/DCM
Alias: $clinical = http://terminology.hl7.org/CodeSystem/condition-clinical
Alias: $verified = http://terminology.hl7.org/CodeSystem/condition-ver-status
Alias: $place = https://backstory.example/fhir/CodeSystem/spine-place
Alias: $apply = http://hl7.org/fhir/OperationDefinition/PlanDefinition-apply
Alias: $r4-resource = http://hl7.org/fhir/StructureDefinition/Resource

// SUSHI leaves these to the IG Publisher, which is not used here.
RuleSet: Stamp
* ^version = "0.1.0"
* ^experimental = false
* ^publisher = "Backstory"
* ^copyright = "Apache-2.0"
