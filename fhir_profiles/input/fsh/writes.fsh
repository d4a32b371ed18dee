// What the service writes: proposals and detected issues, never a diagnosis and never an order that is already active.

Profile: BackstoryServiceRequest
Parent: ServiceRequest
Id: backstory-service-request
Title: "ServiceRequest, as Backstory proposes it"
Description: "One next diagnostic or care step, for a clinician to review and sign: always a draft proposal, with the suspected cause as its reason. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* status = #draft
* intent = #proposal
* priority 1..1 MS
* priority from ProposalPriorities (required)
* code 1..1 MS
* code.text 1..1 MS
* code.text ^short = "The step in words"
* subject 1..1 MS
* subject only Reference(Patient)
* encounter MS
* authoredOn MS
* reasonCode 1..* MS
* reasonCode ^short = "A standard code, and in words what is suspected"
* reasonReference MS
* reasonReference ^short = "Conditions of the chart that the suspicion rests on"
* note MS
* note ^short = "Cautions: device, kidney, anticoagulation, pregnancy"

ValueSet: ProposalPriorities
Id: proposal-priorities
Title: "Priorities of a proposed step"
Description: "Emergency, urgent and routine steps."
* insert Stamp
* http://hl7.org/fhir/request-priority#stat
* http://hl7.org/fhir/request-priority#urgent
* http://hl7.org/fhir/request-priority#routine

Profile: BackstoryTask
Parent: Task
Id: backstory-task
Title: "Task, as Backstory proposes it"
Description: "A next step that is no coded order, such as an examination at the bedside or a report to obtain: always a draft proposal. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* status = #draft
* intent = #proposal
* priority 1..1 MS
* priority from ProposalPriorities (required)
* code 1..1 MS
* code from Steps (required)
* code.text 1..1 MS
* description MS
* for MS
* for only Reference(Patient)
* encounter MS
* authoredOn MS
* reasonCode MS
* reasonCode from Causes (required)
* note MS

Profile: BackstoryQuestionsTask
Parent: Task
Id: backstory-questions-task
Title: "Task, that asks the patient"
Description: "What a clinician stores by accepting 'Send the patient the questions': the patient is asked to fill in the published Questionnaire before the visit. A draft: the clinician sends it. The EHR's portal shows the Questionnaire with its texts on whom to call, and returns a QuestionnaireResponse with coded answers, which the service reads. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* status = #draft
* intent = #proposal
* code 1..1 MS
* code.text 1..1 MS
* description 1..1 MS
* for 1..1 MS
* for only Reference(Patient)
* owner 1..1 MS
* owner only Reference(Patient)
* encounter MS
* authoredOn 1..1 MS
* input 1..1 MS
* input.type.text = "Questionnaire"
* input.value[x] only canonical
* input.valueCanonical = "https://backstory.example/fhir/Questionnaire/backstory-questions"

Profile: BackstoryDetectedIssue
Parent: DetectedIssue
Id: backstory-detected-issue
Title: "DetectedIssue, as Backstory writes it"
Description: "A suspected cause, red flag, bedside warning or notice with the chart entries that speak for it. Always preliminary: the service suggests, it does not diagnose, hence no Condition. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* meta.tag MS
* meta.tag ^short = "The verdict, from the code system of verdicts"
* extension contains SpinalLevel named level 0..* MS
* extension[level] ^short = "The operated segments, when the summary of the conclusion names them"
* identifier 1..* MS
* identifier ^short = "Rule and rule set version that concluded this"
* status = #preliminary
* code 1..1 MS
* code from Causes (required)
* severity 1..1 MS
* severity ^short = "As the card is marked: critical is high, warning is moderate, info is low"
* patient MS
* patient ^short = "Absent only when the input names no patient"
* patient only Reference(Patient)
* identified[x] 1..1 MS
* author MS
* implicated MS
* implicated ^short = "The chart entries that the conclusion rests on"
* evidence MS
* evidence.code MS
* evidence.code ^short = "One reason, in words, with its sources"
* evidence.detail MS
* evidence.detail ^short = "The chart entries of this reason"
* detail 1..1 MS

Profile: BackstoryGuidanceResponse
Parent: GuidanceResponse
Id: backstory-guidance-response
Title: "GuidanceResponse, as Backstory writes it"
Description: "The head of an answer: success, or data-required with what would tell the causes apart. As the R4 core profile cdshooksguidanceresponse it carries a request identifier, an identifier and the module as uri; not the endpoint extension which that profile asks for, because R4 allows the extension on PlanDefinition only. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* requestIdentifier 1..1 MS
* identifier 1..* MS
* module[x] only uri
* moduleUri MS
* status MS
* status from AnswerStatuses (required)
* subject MS
* subject ^short = "Absent only when the input names no patient"
* subject only Reference(Patient)
* encounter MS
* occurrenceDateTime 1..1 MS
* performer MS
* reasonCode MS
* reasonCode from Causes (required)
* note MS
* note ^short = "The questions whose answers would tell the causes apart"
* evaluationMessage MS
* evaluationMessage ^short = "What was not used, and why"
* result MS
* result ^short = "The next steps, when there are any"
* result only Reference(RequestGroup)
* dataRequirement MS
* dataRequirement ^short = "The unknown findings that would move the ranking. An Observation names the profile of an answer, or the value set of what is measured; another type names where the finding is read, by the chart's own codes"

ValueSet: AnswerStatuses
Id: answer-statuses
Title: "Statuses of an answer"
Description: "success; or data-required when more of the chart would change the answer."
* insert Stamp
* http://hl7.org/fhir/guidance-response-status#success
* http://hl7.org/fhir/guidance-response-status#data-required

Profile: BackstoryRequestGroup
Parent: http://hl7.org/fhir/StructureDefinition/cdshooksrequestgroup
Id: backstory-request-group
Title: "RequestGroup, as Backstory writes it"
Description: "The proposed next steps of one answer, most pressing first. Keeps the R4 core profile of CDS Hooks request groups. Must-support: the service writes the element whenever it knows it."
* insert Stamp
* status = #draft
* intent = #proposal
* priority 1..1 MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* authoredOn MS
* author MS
* reasonCode MS
* reasonCode from Causes (required)
* action 1..* MS
* action.title 1..1 MS
* action.description MS
* action.priority 1..1 MS
* action.code MS
* action.code from Steps (required)
* action.resource 1..1 MS
* action.resource only Reference(ServiceRequest or Task)

Profile: BackstoryKnownFlag
Parent: Flag
Id: backstory-known-flag
Title: "Flag, that keeps a known card quiet"
Description: "What a clinician stores by accepting 'Known: hide for 90 days': the content key of one card and the days for which it holds. The card stays away while the flag is active and its evidence is the same; an emergency is shown all the same. Must-support: the service writes and reads the element."
* insert Stamp
* identifier 1..* MS
* identifier ^short = "The content key of the card, in the system https://backstory.example/fhir/content-key"
* status MS
* code 1..1 MS
* code from OverrideReasons (required)
* code.text 1..1 MS
* subject MS
* subject only Reference(Patient)
* period 1..1 MS
* period.start 1..1 MS
* period.end 1..1 MS
* period.end ^short = "At most 90 days after the start"
* encounter MS
