// One authored patient: eight good months after a discectomy at L4-L5, then sudden leg pain.

Instance: example-patient
InstanceOf: Patient
Usage: #example
* gender = #female
* birthDate = "1971"

Instance: example-discectomy
InstanceOf: BackstoryProcedure
Usage: #example
* status = #completed
* code = $sct#3418002 "Discectomy of spine"
* code.text = "Microdiscectomy L4-L5 left"
* subject = Reference(example-patient)
* performedDateTime = "2023-03-14"
* bodySite = $place#L4-L5 "Segment L4-L5"

Instance: example-sciatica
InstanceOf: BackstoryCondition
Usage: #example
* clinicalStatus = $clinical#active
* verificationStatus = $verified#confirmed
* code = $sct#23056005 "Sciatica"
* code.text = "Sciatica left, sudden onset"
* subject = Reference(example-patient)
* onsetDateTime = "2023-11-20"
* recordedDate = "2023-11-22"

Instance: example-mri
InstanceOf: BackstoryImagingStudy
Usage: #example
* status = #available
* modality = $dcm#MR
* subject = Reference(example-patient)
* started = "2023-01-30T09:00:00Z"
* description = "MRI lumbar spine"

Instance: example-note
InstanceOf: BackstoryDocumentReference
Usage: #example
* status = #current
* type.text = "Progress note"
* subject = Reference(example-patient)
* date = "2023-02-01T10:00:00Z"
* content.attachment.contentType = #text/plain
* content.attachment.data = "VGhlIGxlZnQgbGVnIHBhaW4gY2FtZSBiYWNrIGluIEphbnVhcnkuIE5vIHdlYWtuZXNzLCBibGFkZGVyIGFuZCBib3dlbHMgYXMgYmVmb3JlLg=="

Instance: example-mri-report
InstanceOf: BackstoryDiagnosticReport
Usage: #example
* status = #final
* code = $loinc#30679-5 "MR Lumbar spine WO contrast"
* subject = Reference(example-patient)
* effectiveDateTime = "2023-01-30"
* imagingStudy = Reference(example-mri)
* conclusion = "Disc herniation L4-L5 left. No canal stenosis."

Instance: example-onset
InstanceOf: BackstoryFinding
Usage: #example
* status = #final
* code = FindingCodes#onset_speed "How the present pain began"
* subject = Reference(example-patient)
* effectiveDateTime = "2023-11-29"
* valueCodeableConcept = FindingWordCodes#sudden "sudden"

Instance: example-proposal
InstanceOf: BackstoryServiceRequest
Usage: #example
* priority = #routine
* code = $loinc#24967-2 "MR Lumbar spine WO and W contrast IV"
* code.text = "MRI of the lumbar spine"
* subject = Reference(example-patient)
* authoredOn = "2023-12-01"
* reasonCode = CauseCodes#recurrent-herniation "Recurrent disc herniation at the operated level"
* reasonReference = Reference(example-sciatica)

Instance: example-task
InstanceOf: BackstoryTask
Usage: #example
* priority = #routine
* code = StepCodes#obtain-operative-report
* code.text = "Obtain the operative report"
* description = "Tells what was done at which level."
* for = Reference(example-patient)
* authoredOn = "2023-12-01"

Instance: example-questions-task
InstanceOf: BackstoryQuestionsTask
Usage: #example
* code.text = "Complete questionnaire"
* description = "Questions about the pain after the spine operation, to be answered before the visit"
* for = Reference(example-patient)
* owner = Reference(example-patient)
* authoredOn = "2023-12-01"
* input.type.text = "Questionnaire"
* input.valueCanonical = "https://backstory.example/fhir/Questionnaire/backstory-questions"

Instance: example-known
InstanceOf: BackstoryKnownFlag
Usage: #example
* identifier.system = "https://backstory.example/fhir/content-key"
* identifier.value = "5f2b7c1e9a4d4f0ab3c6d8e7f1029384"
* status = #active
* code = OverrideReasonCodes#known "Already known and under way"
* code.text = "Known, card hidden until 2024-02-29: Recurrent disc herniation at the operated level"
* subject = Reference(example-patient)
* period.start = "2023-12-01"
* period.end = "2024-02-29"

Instance: example-issue
InstanceOf: BackstoryDetectedIssue
Usage: #example
* meta.tag = VerdictCodes#possible "possible"
* extension[level].valueCodeableConcept = $place#L4-L5 "Segment L4-L5"
* identifier.system = "https://backstory.example/fhir/rule"
* identifier.value = "recurrent-herniation|0.1.0"
* code = CauseCodes#recurrent-herniation "Recurrent disc herniation at the operated level"
* severity = #low
* patient = Reference(example-patient)
* identifiedDateTime = "2023-12-01"
* implicated[+] = Reference(example-discectomy)
* implicated[+] = Reference(example-sciatica)
* evidence.code.text = "Leg pain back after a pain-free interval"
* evidence.detail[+] = Reference(example-discectomy)
* evidence.detail[+] = Reference(example-sciatica)
* detail = "Recurrent disc herniation at the operated level: possible."

Instance: example-steps
InstanceOf: BackstoryRequestGroup
Usage: #example
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:uuid:3f0f6a3e-6f0e-4f0f-9a55-0d4a3a7f1f01"
* instantiatesUri = "https://backstory.example/fhir/PlanDefinition/backstory-fbss"
* priority = #routine
* subject = Reference(example-patient)
* authoredOn = "2023-12-01"
* action[0].title = "MRI of the lumbar spine"
* action[0].priority = #routine
* action[0].code = StepCodes#mri-lumbar "MRI of the lumbar spine"
* action[0].resource = Reference(example-proposal)
* action[1].title = "Obtain the operative report"
* action[1].priority = #routine
* action[1].code = StepCodes#obtain-operative-report
* action[1].resource = Reference(example-task)

Instance: example-answer
InstanceOf: BackstoryGuidanceResponse
Usage: #example
* requestIdentifier.system = "urn:ietf:rfc:3986"
* requestIdentifier.value = "urn:uuid:3f0f6a3e-6f0e-4f0f-9a55-0d4a3a7f1f02"
* identifier.system = "urn:ietf:rfc:3986"
* identifier.value = "urn:uuid:3f0f6a3e-6f0e-4f0f-9a55-0d4a3a7f1f03"
* moduleUri = "https://backstory.example/fhir/PlanDefinition/backstory-fbss"
* status = #success
* subject = Reference(example-patient)
* occurrenceDateTime = "2023-12-01"
* reasonCode = CauseCodes#recurrent-herniation "Recurrent disc herniation at the operated level"
* result = Reference(example-steps)
