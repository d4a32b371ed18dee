CodeSystem: OverrideReasonCodes
Id: override-reasons
Title: "Reasons for setting a card aside"
Description: "What a clinician may answer to a card, for CDS Hooks feedback."
* insert Stamp
* ^caseSensitive = true
* #already-done "Already done or ordered elsewhere"
* #not-now "Not relevant to this visit"
* #known "Already known and under way"
* #disagree "Does not fit this patient"
* #declined "Patient declined"

ValueSet: OverrideReasons
Id: override-reasons
Title: "Reasons for setting a card aside"
Description: "All override reasons."
* insert Stamp
* include codes from system OverrideReasonCodes

CodeSystem: VerdictCodes
Id: verdicts
Title: "How sure a conclusion is"
Description: "How sure a conclusion is: counted evidence, never a probability."
* insert Stamp
* ^caseSensitive = true
* #red-flag "red flag" "A red flag fired: an emergency must be ruled out"
* #bedside-warning "bedside warning" "A bedside warning fired: examine today"
* #documented "documented" "The chart names this cause by its own code, and enough speaks for it"
* #likely "likely" "At least five points, at least one of them objective"
* #possible "possible" "At least three points"
* #fits "fits" "The operation, the time and the kind of pain fit; nothing more is known"
* #notice "notice" "Something to know before looking for a cause"

ValueSet: Verdicts
Id: verdicts
Title: "How sure a conclusion is"
Description: "All verdicts."
* insert Stamp
* include codes from system VerdictCodes
