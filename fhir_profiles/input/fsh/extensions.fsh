Extension: SpinalLevel
Id: spinal-level
Title: "Spinal level"
Description: "The disc segment, vertebra or region that a suspected cause concerns. Only for what is written and has no bodySite in R4. In what is read the level stands in bodySite, where codes of this system are understood as well."
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
