Instance: evaluate-fbss
InstanceOf: OperationDefinition
Usage: #definition
* url = "https://backstory.example/fhir/OperationDefinition/evaluate-fbss"
* version = "0.1.0"
* name = "EvaluateFbss"
* title = "Evaluate pain after lumbar spine surgery"
* status = #draft
* kind = #operation
* experimental = false
* publisher = "Backstory"
* description = "Reads the chart of one patient and answers with suspected causes, red flags and proposed next steps, each with its evidence. Nothing is stored. The Bundle may be of any type and may be posted alone as the body; a transaction or batch is read, not executed."
* code = #evaluate-fbss
* affectsState = false
* system = true
* type = false
* instance = false
* parameter[+].name = #chart
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The chart: Patient, Procedure, Condition, ImagingStudy, DiagnosticReport, DocumentReference, Composition, Observation, medication, Device, AllergyIntolerance, ServiceRequest, Encounter and QuestionnaireResponse are read."
* parameter[=].type = #Bundle
* parameter[+].name = #asOf
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Day of evaluation; today when absent. Later entries are left out."
* parameter[=].type = #date
* parameter[+].name = #patient
* parameter[=].use = #in
* parameter[=].min = 0
* parameter[=].max = "1"
* parameter[=].documentation = "Which patient, when the Bundle holds several; without it several patients are refused."
* parameter[=].type = #id
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "A collection: GuidanceResponse, RequestGroup, ServiceRequests, DetectedIssues, OperationOutcome for what was skipped, Provenance."
* parameter[=].type = #Bundle

Instance: apply-fbss
InstanceOf: OperationDefinition
Usage: #definition
* url = "https://backstory.example/fhir/OperationDefinition/apply-fbss"
* version = "0.1.0"
* name = "ApplyFbss"
* title = "Apply the rule set to one patient"
* status = #draft
* kind = #operation
* experimental = false
* publisher = "Backstory"
* description = "PlanDefinition/$apply for the rule set of this service. As in R4 the plan is applied to a subject; as in the Clinical Practice Guidelines guide the chart is sent along in data, and the answer is a Bundle. Nothing is stored."
* code = #apply
* base = $apply
* affectsState = false
* resource = #PlanDefinition
* system = false
* type = false
* instance = true
* parameter[+].name = #subject
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The patient, as Patient/id."
* parameter[=].type = #string
* parameter[=].searchType = #reference
* parameter[+].name = #data
* parameter[=].use = #in
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The chart of the patient."
* parameter[=].type = #Bundle
* parameter[+].name = #return
* parameter[=].use = #out
* parameter[=].min = 1
* parameter[=].max = "1"
* parameter[=].documentation = "The same collection as $evaluate-fbss returns."
* parameter[=].type = #Bundle
