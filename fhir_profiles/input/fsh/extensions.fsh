Extension: SpinalLevel
Id: spinal-level
Title: "Spinal level"
Description: "The disc segment, vertebra or region that a suspected cause concerns. Only for resources in which R4 has no bodySite; Procedure, Condition, ImagingStudy.series and ServiceRequest carry the level in bodySite."
Context: DetectedIssue
* insert Stamp
* value[x] only CodeableConcept
* value[x] 1..1
* value[x] from SpinePlaces (required)

ValueSet: SpinePlaces
Id: spine-places
Title: "Places on the spine"
Description: "Disc segments, vertebrae and regions that the service tells apart."
* insert Stamp
* include codes from system $place
