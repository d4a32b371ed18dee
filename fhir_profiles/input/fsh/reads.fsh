// What the service reads. Nothing is made mandatory that R4 leaves optional: a chart entry without an element is still
// read. Must-support marks exactly the elements that change what the rules conclude.

Profile: BackstoryProcedure
Parent: Procedure
Id: backstory-procedure
Title: "Procedure, as Backstory reads it"
Description: "Operations on the spine, injections and blocks, and therapy. Must-support: the service reads the element and its rules use it. Only a completed procedure counts. Based on R4 core; a US Core Procedure fits as it is."
* insert Stamp
* status MS
* code MS
* code ^short = "SNOMED CT, ICD-10-PCS or a code of the site map; text is read as well"
* performed[x] MS
* performed[x] ^short = "Date and period are read, also a year or a month alone; the end of a period is the day of operation"
* encounter MS
* encounter ^short = "Procedures of one encounter are one operation"
* bodySite MS
* bodySite ^short = "Segment, vertebrae or region, and side"
* subject MS
* reasonReference MS
* outcome MS
* complication MS
* report MS
* report ^short = "Tells that the result of a block is known"
* note MS

Profile: BackstoryCondition
Parent: Condition
Id: backstory-condition
Title: "Condition, as Backstory reads it"
Description: "Symptoms, diagnoses before and after the operation, comorbidity, and earlier surgery known by statement. Must-support: the service reads the element and its rules use it. A refuted or entered-in-error condition never counts. Based on R4 core; the US Core Condition profiles fit as they are."
* insert Stamp
* clinicalStatus MS
* verificationStatus MS
* severity MS
* code MS
* code ^short = "SNOMED CT, ICD-10-CM, ICD-10 or a code of the site map; text is read as well"
* bodySite MS
* bodySite ^short = "Segment, vertebrae or region, and side"
* subject MS
* encounter MS
* onset[x] MS
* onset[x] ^short = "dateTime and Period place the start of the pain; a year or a month alone stays an interval"
* abatement[x] MS
* abatement[x] ^short = "Tells a pain-free interval"
* recordedDate MS
* recordedDate ^short = "Stands in, marked as approximate, when there is no onset"
* note MS

Profile: BackstoryImagingStudy
Parent: ImagingStudy
Id: backstory-imaging-study
Title: "ImagingStudy, as Backstory reads it"
Description: "Which study of which region was done when, so that it is not suggested again. Must-support: the service reads the element and its rules use it. US Core has no ImagingStudy profile."
* insert Stamp
* status MS
* modality MS
* subject MS
* encounter MS
* started MS
* started ^short = "Decides whether the study is later than the operation and than the new pain"
* basedOn MS
* procedureCode MS
* description MS
* note MS
* series MS
* series.modality MS
* series.bodySite MS
* series.description MS

Profile: BackstoryDiagnosticReport
Parent: DiagnosticReport
Id: backstory-diagnostic-report
Title: "DiagnosticReport, as Backstory reads it"
Description: "Imaging, laboratory, electrodiagnostic and operation reports: coded conclusions, and the report text with negation and uncertainty. Must-support: the service reads the element and its rules use it. The US Core DiagnosticReport profiles fit as they are."
* insert Stamp
* basedOn MS
* status MS
* status ^short = "registered, partial and preliminary reports count as pending"
* category MS
* code MS
* subject MS
* encounter MS
* effective[x] MS
* issued MS
* result MS
* imagingStudy MS
* imagingStudy ^short = "Ties the words of the report to the study and its modality"
* conclusion MS
* conclusionCode MS
* presentedForm MS
* presentedForm.contentType MS
* presentedForm.contentType ^short = "Plain text, HTML, XHTML, RTF, C-CDA and the text layer of PDF are read"
* presentedForm.data MS
* presentedForm.url MS
* presentedForm.url ^short = "Fetched as Binary from the FHIR server of the call when there is no data"

Profile: BackstoryDocumentReference
Parent: DocumentReference
Id: backstory-document-reference
Title: "DocumentReference, as Backstory reads it"
Description: "Clinic notes, letters, operation reports and whatever else a chart holds as documents: their words, newest first. Must-support: the service reads the element and its rules use it. The US Core DocumentReference profile fits as it is."
* insert Stamp
* status MS
* status ^short = "Only current documents count"
* type MS
* type ^short = "Tells an operation report and an imaging report from a note; text is read as well"
* subject MS
* date MS
* date ^short = "The day of what the document says, unless it says another one"
* description MS
* content MS
* content.attachment MS
* content.attachment.contentType MS
* content.attachment.contentType ^short = "Plain text, HTML, XHTML, RTF, C-CDA and the text layer of PDF are read"
* content.attachment.data MS
* content.attachment.url MS
* content.attachment.url ^short = "Fetched as Binary from the FHIR server of the call when there is no data"
* context MS
* context.encounter MS
* context.period MS

Profile: BackstoryFinding
Parent: Observation
Id: backstory-finding
Title: "Observation, as an answer to a finding"
Description: "One finding of the rule set, answered by somebody who asked or examined the patient; what a DataRequirement for an Observation asks for. Other Observations (laboratory values, vital signs, scores) are read by their own LOINC or SNOMED CT codes and need no profile. Must-support: the service reads the element and its rules use it."
* insert Stamp
* status MS
* code MS
* code from AnswerableFindings (required)
* code ^short = "The finding. A finding outside the value set is worked out from the chart and is not taken as an answer"
* subject MS
* effective[x] MS
* effective[x] ^short = "Tells new from old: without a date an answer cannot count as new"
* issued MS
* issued ^short = "Stands in when there is no effective date"
* value[x] 1..1 MS
* value[x] only CodeableConcept or boolean or string
* valueCodeableConcept from FindingWords (required)
* value[x] ^short = "A word of the finding; true and false are yes and no; a string must be the word itself"
* bodySite MS
* bodySite ^short = "Side and level of a pain"
