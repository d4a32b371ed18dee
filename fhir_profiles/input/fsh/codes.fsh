// Written by fhir_profiles/build from the records of rules/. Do not edit.

CodeSystem: CauseCodes
Id: causes
Title: "Causes, red flags and warnings"
Description: "Causes, red flags and warnings: one code for each record of the rule set."
* ^caseSensitive = true
* insert Stamp
* ^property.code = #kind
* ^property.description = "The kind of the record"
* ^property.type = #string
* #adjacent-segment "Adjacent segment disease"
* #adjacent-segment ^property.code = #kind
* #adjacent-segment ^property.valueString = "cause"
* #arachnoiditis "Adhesive arachnoiditis"
* #arachnoiditis ^property.code = #kind
* #arachnoiditis ^property.valueString = "cause"
* #axial-spa "Axial spondyloarthritis"
* #axial-spa ^property.code = #kind
* #axial-spa ^property.valueString = "cause"
* #cage-subsidence-migration "Cage subsidence or migration"
* #cage-subsidence-migration ^property.code = #kind
* #cage-subsidence-migration ^property.valueString = "cause"
* #crps "Complex regional pain syndrome"
* #crps ^property.code = #kind
* #crps ^property.valueString = "cause"
* #deep-wound-infection "Operation-site infection"
* #deep-wound-infection ^property.code = #kind
* #deep-wound-infection ^property.valueString = "cause"
* #diabetic-polyneuropathy "Diabetic or other polyneuropathy"
* #diabetic-polyneuropathy ^property.code = #kind
* #diabetic-polyneuropathy ^property.valueString = "cause"
* #discogenic-pain "Disc pain after discectomy"
* #discogenic-pain ^property.code = #kind
* #discogenic-pain ^property.valueString = "cause"
* #dural-csf-leak "CSF leak or pseudomeningocele"
* #dural-csf-leak ^property.code = #kind
* #dural-csf-leak ^property.valueString = "cause"
* #endplate-extrusion "Cartilage endplate extrusion"
* #endplate-extrusion ^property.code = #kind
* #endplate-extrusion ^property.valueString = "note"
* #epidural-fibrosis "Epidural scar"
* #epidural-fibrosis ^property.code = #kind
* #epidural-fibrosis ^property.valueString = "cause"
* #exam-hematoma "Severe or rising pain in the first two weeks"
* #exam-hematoma ^property.code = #kind
* #exam-hematoma ^property.valueString = "bedside warning"
* #exam-infection "Infection to be looked for"
* #exam-infection ^property.code = #kind
* #exam-infection ^property.valueString = "bedside warning"
* #exam-retention "Isolated retention in the first days"
* #exam-retention ^property.code = #kind
* #exam-retention ^property.valueString = "bedside warning"
* #exam-verify "A sign whose age is unclear"
* #exam-verify ^property.code = #kind
* #exam-verify ^property.valueString = "bedside warning"
* #expected-postop-pain "Pain of the first weeks, as expected"
* #expected-postop-pain ^property.code = #kind
* #expected-postop-pain ^property.valueString = "negative"
* #facet-pain "Facet joint pain"
* #facet-pain ^property.code = #kind
* #facet-pain ^property.valueString = "cause"
* #flatback-sagittal-imbalance "Flatback, sagittal imbalance"
* #flatback-sagittal-imbalance ^property.code = #kind
* #flatback-sagittal-imbalance ^property.valueString = "cause"
* #foraminal-stenosis-progressive "Progressive foraminal stenosis"
* #foraminal-stenosis-progressive ^property.code = #kind
* #foraminal-stenosis-progressive ^property.valueString = "cause"
* #fusion-maturing "Fusion not yet due"
* #fusion-maturing ^property.code = #kind
* #fusion-maturing ^property.valueString = "negative"
* #hardware-breakage "Broken spinal implant"
* #hardware-breakage ^property.code = #kind
* #hardware-breakage ^property.valueString = "cause"
* #hip-oa "Hip osteoarthritis"
* #hip-oa ^property.code = #kind
* #hip-oa ^property.valueString = "cause"
* #iatrogenic-pars-facet-fracture "Fracture of pars or facet beside the decompression"
* #iatrogenic-pars-facet-fracture ^property.code = #kind
* #iatrogenic-pars-facet-fracture ^property.valueString = "cause"
* #imaging-exhausted "Current imaging is negative"
* #imaging-exhausted ^property.code = #kind
* #imaging-exhausted ^property.valueString = "modifier"
* #implant-malposition "Misplaced screw or cage touching a root"
* #implant-malposition ^property.code = #kind
* #implant-malposition ^property.valueString = "cause"
* #late-implant-infection "Low-grade implant infection"
* #late-implant-infection ^property.code = #kind
* #late-implant-infection ^property.valueString = "cause"
* #minor-patient "Patient under 18 years"
* #minor-patient ^property.code = #kind
* #minor-patient ^property.valueString = "negative"
* #misdiagnosis "Pain generator other than the operated lesion"
* #misdiagnosis ^property.code = #kind
* #misdiagnosis ^property.valueString = "cause"
* #nerve-root-injury "Nerve root injury"
* #nerve-root-injury ^property.code = #kind
* #nerve-root-injury ^property.valueString = "cause"
* #neuropathic-psps2 "Neuropathic pain, persistent spinal pain syndrome type 2"
* #neuropathic-psps2 ^property.code = #kind
* #neuropathic-psps2 ^property.valueString = "cause"
* #new-level-herniation "Disc herniation at another level"
* #new-level-herniation ^property.code = #kind
* #new-level-herniation ^property.valueString = "cause"
* #operation-by-statement "Operation known by statement only"
* #operation-by-statement ^property.code = #kind
* #operation-by-statement ^property.valueString = "modifier"
* #orientation "Pain after spine surgery"
* #orientation ^property.code = #kind
* #orientation ^property.valueString = "orientation"
* #peroneal-or-other-entrapment "Peroneal or other peripheral nerve entrapment"
* #peroneal-or-other-entrapment ^property.code = #kind
* #peroneal-or-other-entrapment ^property.valueString = "cause"
* #piriformis-deep-gluteal "Piriformis or deep gluteal syndrome"
* #piriformis-deep-gluteal ^property.code = #kind
* #piriformis-deep-gluteal ^property.valueString = "cause"
* #post-laminectomy-kyphosis "Kyphosis after laminectomy"
* #post-laminectomy-kyphosis ^property.code = #kind
* #post-laminectomy-kyphosis ^property.valueString = "cause"
* #postop-instability "Segmental instability after decompression"
* #postop-instability ^property.code = #kind
* #postop-instability ^property.valueString = "cause"
* #pseudarthrosis "Non-union of the fusion"
* #pseudarthrosis ^property.code = #kind
* #pseudarthrosis ^property.valueString = "cause"
* #psychosocial-amplifier "Psychosocial and opioid modifiers"
* #psychosocial-amplifier ^property.code = #kind
* #psychosocial-amplifier ^property.valueString = "modifier"
* #recurrent-herniation "Recurrent disc herniation at the operated level"
* #recurrent-herniation ^property.code = #kind
* #recurrent-herniation ^property.valueString = "cause"
* #residual-foraminal-stenosis "Untreated lateral or foraminal stenosis"
* #residual-foraminal-stenosis ^property.code = #kind
* #residual-foraminal-stenosis ^property.valueString = "cause"
* #restenosis "Recurrent central stenosis"
* #restenosis ^property.code = #kind
* #restenosis ^property.valueString = "cause"
* #retained-fragment "Residual disc fragment"
* #retained-fragment ^property.code = #kind
* #retained-fragment ^property.valueString = "cause"
* #rf-abscess "Spinal epidural abscess"
* #rf-abscess ^property.code = #kind
* #rf-abscess ^property.valueString = "red flag"
* #rf-cauda-equina "Signs of cauda equina compression"
* #rf-cauda-equina ^property.code = #kind
* #rf-cauda-equina ^property.valueString = "red flag"
* #rf-cord "Signs of the spinal cord"
* #rf-cord ^property.code = #kind
* #rf-cord ^property.valueString = "red flag"
* #rf-deficit "New leg motor or reflex deficit"
* #rf-deficit ^property.code = #kind
* #rf-deficit ^property.valueString = "red flag"
* #rf-discitis "Postoperative discitis"
* #rf-discitis ^property.code = #kind
* #rf-discitis ^property.valueString = "red flag"
* #rf-dural-csf-leak "CSF running out of the wound"
* #rf-dural-csf-leak ^property.code = #kind
* #rf-dural-csf-leak ^property.valueString = "red flag"
* #rf-dvt "Deep vein thrombosis"
* #rf-dvt ^property.code = #kind
* #rf-dvt ^property.valueString = "red flag"
* #rf-fracture "Vertebral or sacral fracture"
* #rf-fracture ^property.code = #kind
* #rf-fracture ^property.valueString = "red flag"
* #rf-hematoma "Postoperative epidural haematoma"
* #rf-hematoma ^property.code = #kind
* #rf-hematoma ^property.valueString = "red flag"
* #rf-implant-malposition "Implant on a nerve with a new deficit"
* #rf-implant-malposition ^property.code = #kind
* #rf-implant-malposition ^property.valueString = "red flag"
* #rf-implant-sepsis "Sepsis with a spinal implant"
* #rf-implant-sepsis ^property.code = #kind
* #rf-implant-sepsis ^property.valueString = "red flag"
* #rf-malignancy "Malignancy in the spine"
* #rf-malignancy ^property.code = #kind
* #rf-malignancy ^property.valueString = "red flag"
* #rf-meningitis "Meningitis after spinal surgery"
* #rf-meningitis ^property.code = #kind
* #rf-meningitis ^property.valueString = "red flag"
* #rf-pe "Pulmonary embolism"
* #rf-pe ^property.code = #kind
* #rf-pe ^property.valueString = "red flag"
* #rf-told-emergency "Note that reads like an emergency"
* #rf-told-emergency ^property.code = #kind
* #rf-told-emergency ^property.valueString = "red flag"
* #rf-vascular "Vessel injury or aortic aneurysm"
* #rf-vascular ^property.code = #kind
* #rf-vascular ^property.valueString = "red flag"
* #rf-wound-sepsis "Infected operation wound or sepsis"
* #rf-wound-sepsis ^property.code = #kind
* #rf-wound-sepsis ^property.valueString = "red flag"
* #screw-loosening "Loose pedicle screw"
* #screw-loosening ^property.code = #kind
* #screw-loosening ^property.valueString = "cause"
* #si-joint "Sacroiliac joint pain"
* #si-joint ^property.code = #kind
* #si-joint ^property.valueString = "cause"
* #slight-pain "Slight pain that stays slight"
* #slight-pain ^property.code = #kind
* #slight-pain ^property.valueString = "negative"
* #stimulator-or-pump-problem "Implanted stimulator or pump no longer helps"
* #stimulator-or-pump-problem ^property.code = #kind
* #stimulator-or-pump-problem ^property.valueString = "cause"
* #trochanteric-pain "Greater trochanteric pain"
* #trochanteric-pain ^property.code = #kind
* #trochanteric-pain ^property.valueString = "cause"
* #vascular-claudication "Vascular claudication"
* #vascular-claudication ^property.code = #kind
* #vascular-claudication ^property.valueString = "cause"
* #vertebral-sacral-fracture "Vertebral or sacral fracture beside the construct"
* #vertebral-sacral-fracture ^property.code = #kind
* #vertebral-sacral-fracture ^property.valueString = "cause"
* #watchful-recovery "Improving in the first six weeks"
* #watchful-recovery ^property.code = #kind
* #watchful-recovery ^property.valueString = "negative"
* #wrong-level "Check operated level and side"
* #wrong-level ^property.code = #kind
* #wrong-level ^property.valueString = "cause"

ValueSet: Causes
Id: causes
Title: "Causes, red flags and warnings"
Description: "All codes of the code system of causes."
* insert Stamp
* include codes from system CauseCodes

CodeSystem: StepCodes
Id: steps
Title: "Next steps"
Description: "Next steps: one code for each record of the rule set."
* ^caseSensitive = true
* insert Stamp
* ^property.code = #kind
* ^property.description = "The kind of the record"
* ^property.type = #string
* #bladder-scan "Bladder scan for residual urine"
* #bladder-scan ^property.code = #kind
* #bladder-scan ^property.valueString = "test"
* #blood-cultures "Two sets of blood cultures"
* #blood-cultures ^property.code = #kind
* #blood-cultures ^property.valueString = "test"
* #bone-density "Bone density (DXA)"
* #bone-density ^property.code = #kind
* #bone-density ^property.valueString = "test"
* #coagulation-review "Clotting tests and anticoagulant review"
* #coagulation-review ^property.code = #kind
* #coagulation-review ^property.valueString = "test"
* #crps-budapest-exam "Examination by the Budapest criteria"
* #crps-budapest-exam ^property.code = #kind
* #crps-budapest-exam ^property.valueString = "examination"
* #ct-angiography "CT angiography of aorta and leg arteries"
* #ct-angiography ^property.code = #kind
* #ct-angiography ^property.valueString = "imaging"
* #ct-lumbar "CT of the lumbar spine"
* #ct-lumbar ^property.code = #kind
* #ct-lumbar ^property.valueString = "imaging"
* #ct-myelography "CT myelography of the lumbar spine"
* #ct-myelography ^property.code = #kind
* #ct-myelography ^property.valueString = "imaging"
* #deep-gluteal-exam "Examination of the deep gluteal region"
* #deep-gluteal-exam ^property.code = #kind
* #deep-gluteal-exam ^property.valueString = "examination"
* #disc-biopsy "Image-guided biopsy of disc or endplate"
* #disc-biopsy ^property.code = #kind
* #disc-biopsy ^property.valueString = "test"
* #emergency-pathway "Local emergency pathway (sepsis, embolism)"
* #emergency-pathway ^property.code = #kind
* #emergency-pathway ^property.valueString = "referral"
* #emg-ncs "EMG and nerve conduction studies"
* #emg-ncs ^property.code = #kind
* #emg-ncs ^property.valueString = "test"
* #facet-block "Medial branch block of the facet joints"
* #facet-block ^property.code = #kind
* #facet-block ^property.valueString = "block"
* #foot-pulses "Foot pulses at the bedside"
* #foot-pulses ^property.code = #kind
* #foot-pulses ^property.valueString = "examination"
* #hip-exam "Examination of the hip"
* #hip-exam ^property.code = #kind
* #hip-exam ^property.valueString = "examination"
* #hip-injection "Diagnostic hip injection"
* #hip-injection ^property.code = #kind
* #hip-injection ^property.valueString = "block"
* #labs-crp-esr "CRP and ESR"
* #labs-crp-esr ^property.code = #kind
* #labs-crp-esr ^property.valueString = "test"
* #leg-duplex "Duplex ultrasound of the leg veins"
* #leg-duplex ^property.code = #kind
* #leg-duplex ^property.valueString = "test"
* #level-and-operative-note-review "Review of level, side and operative note"
* #level-and-operative-note-review ^property.code = #kind
* #level-and-operative-note-review ^property.valueString = "record"
* #mr-device-check "MR safety check of the device"
* #mr-device-check ^property.code = #kind
* #mr-device-check ^property.valueString = "record"
* #mri-lumbar "MRI of the lumbar spine"
* #mri-lumbar ^property.code = #kind
* #mri-lumbar ^property.valueString = "imaging"
* #mri-pelvis-sciatic "MRI of the pelvis with the sciatic nerve"
* #mri-pelvis-sciatic ^property.code = #kind
* #mri-pelvis-sciatic ^property.valueString = "imaging"
* #mri-sacroiliac "MRI of the sacroiliac joints"
* #mri-sacroiliac ^property.code = #kind
* #mri-sacroiliac ^property.valueString = "imaging"
* #mri-whole-spine "MRI of the whole spine"
* #mri-whole-spine ^property.code = #kind
* #mri-whole-spine ^property.valueString = "imaging"
* #obtain-imaging-report "Obtain and read the existing study or report"
* #obtain-imaging-report ^property.code = #kind
* #obtain-imaging-report ^property.valueString = "record"
* #obtain-operative-report "Obtain the operative report"
* #obtain-operative-report ^property.code = #kind
* #obtain-operative-report ^property.valueString = "record"
* #pain-clinic "Pain clinic"
* #pain-clinic ^property.code = #kind
* #pain-clinic ^property.valueString = "referral"
* #peripheral-nerve-review "Review by neurology or peripheral nerve surgery, splint for a foot drop"
* #peripheral-nerve-review ^property.code = #kind
* #peripheral-nerve-review ^property.valueString = "referral"
* #psychological-screening "Psychological screening"
* #psychological-screening ^property.code = #kind
* #psychological-screening ^property.valueString = "referral"
* #radiofrequency-review "Review for radiofrequency of the joint's nerves"
* #radiofrequency-review ^property.code = #kind
* #radiofrequency-review ^property.valueString = "referral"
* #re-examination "Focused re-examination"
* #re-examination ^property.code = #kind
* #re-examination ^property.valueString = "examination"
* #rehabilitation "Physiotherapy and rehabilitation"
* #rehabilitation ^property.code = #kind
* #rehabilitation ^property.valueString = "care"
* #rheumatology-referral "Rheumatology"
* #rheumatology-referral ^property.code = #kind
* #rheumatology-referral ^property.valueString = "referral"
* #scs-assessment "Assessment for spinal cord stimulation"
* #scs-assessment ^property.code = #kind
* #scs-assessment ^property.valueString = "referral"
* #selective-nerve-root-block "Selective nerve root block"
* #selective-nerve-root-block ^property.code = #kind
* #selective-nerve-root-block ^property.valueString = "block"
* #si-joint-block "Sacroiliac joint block"
* #si-joint-block ^property.code = #kind
* #si-joint-block ^property.valueString = "block"
* #stimulator-check "Device interrogation with impedances and films of the leads"
* #stimulator-check ^property.code = #kind
* #stimulator-check ^property.valueString = "test"
* #surgeon-review "Review by the spine surgeon"
* #surgeon-review ^property.code = #kind
* #surgeon-review ^property.valueString = "referral"
* #tumour-blood-tests "Blood tests for a tumour of bone with count, calcium, protein electrophoresis and light chains, PSA in men"
* #tumour-blood-tests ^property.code = #kind
* #tumour-blood-tests ^property.valueString = "test"
* #vascular-assessment "Vascular assessment with ankle-brachial index"
* #vascular-assessment ^property.code = #kind
* #vascular-assessment ^property.valueString = "referral"
* #watchful-follow-up "Watchful follow-up"
* #watchful-follow-up ^property.code = #kind
* #watchful-follow-up ^property.valueString = "care"
* #xray-flexion-extension "Standing flexion and extension films"
* #xray-flexion-extension ^property.code = #kind
* #xray-flexion-extension ^property.valueString = "imaging"
* #xray-lumbar "Radiographs of the lumbar spine"
* #xray-lumbar ^property.code = #kind
* #xray-lumbar ^property.valueString = "imaging"
* #xray-pelvis-hip "Radiograph of the pelvis and hips"
* #xray-pelvis-hip ^property.code = #kind
* #xray-pelvis-hip ^property.valueString = "imaging"
* #xray-standing-full-length "Standing full-length films of the spine"
* #xray-standing-full-length ^property.code = #kind
* #xray-standing-full-length ^property.valueString = "imaging"

ValueSet: Steps
Id: steps
Title: "Next steps"
Description: "All codes of the code system of steps."
* insert Stamp
* include codes from system StepCodes

CodeSystem: FindingCodes
Id: findings
Title: "Findings that the rules read"
Description: "Findings that the rules read: one code for each record of the rule set."
* ^caseSensitive = true
* insert Stamp
* #abdominal_pain_distension "Flank or abdominal pain with distension" "Flank or abdominal pain with distension. Values: yes."
* #abi_low "Ankle-brachial index below 0.9" "Ankle-brachial index below 0.9. Values: yes, no."
* #abscess_seen "Epidural collection read as abscess" "Epidural collection read as abscess. Values: yes."
* #absent_pulses "Absent or weak pulses of the leg" "Absent or weak pulses of the leg. Values: yes."
* #adhesions_coded "Meningeal adhesions coded after the index" "Meningeal adhesions coded after the index. Values: yes."
* #adjacent_code_late "Stenosis, listhesis or herniation first coded 12 months or more after the fusion" "Stenosis, listhesis or herniation first coded 12 months or more after the fusion. Values: yes."
* #adjacent_finding "Stenosis, slip or herniation next to the fusion" "Stenosis, slip or herniation next to the fusion. Values: yes."
* #adjacent_named "A note or report since the operation names adjacent segment disease" "A note or report since the operation names adjacent segment disease. Values: yes."
* #age_years "Age" "Age. Values: a whole number of years."
* #all_imaging_negative "MRI and CT both current and negative" "MRI and CT both current and negative. Values: yes."
* #altered_consciousness "Altered consciousness now" "Altered consciousness now. Values: yes."
* #anterior_surgery "The latest session used an anterior route" "The latest session used an anterior route. Values: yes, no."
* #anticoagulant "Anticoagulant: therapeutic, or said to be prophylactic" "Anticoagulant: therapeutic, or said to be prophylactic. Values: yes, prophylactic."
* #any_deficit "A motor or reflex deficit of a leg, old or new" "A motor or reflex deficit of a leg, old or new. Values: yes."
* #aortic_aneurysm "Aortic aneurysm coded" "Aortic aneurysm coded. Values: yes."
* #arachnoiditis_coded "Arachnoiditis coded after the index" "Arachnoiditis coded after the index. Values: yes."
* #arachnoiditis_named "A note or report since the operation names arachnoiditis" "A note or report since the operation names arachnoiditis. Values: yes."
* #arachnoiditis_seen "Clumped roots or empty sac reported" "Clumped roots or empty sac reported. Values: yes."
* #arterial_named "A note or report since the operation names arterial disease of the legs" "A note or report since the operation names arterial disease of the legs. Values: yes."
* #arterial_sign "Low ankle-brachial index or absent foot pulses" "Low ankle-brachial index or absent foot pulses. Values: yes."
* #axial_spa_coded "Axial spondyloarthritis coded" "Axial spondyloarthritis coded. Values: yes."
* #bacteraemia_recent "Bacteraemia within 90 days" "Bacteraemia within 90 days. Values: yes."
* #balanced_films "Standing films balanced" "Standing films balanced. Values: yes."
* #bilateral_burning "Bilateral burning outside a dermatome" "Bilateral burning outside a dermatome. Values: yes."
* #bilateral_distal "Symmetric distal symptoms in both feet" "Symmetric distal symptoms in both feet. Values: yes."
* #bilateral_weakness_new "New weakness of both legs" "New weakness of both legs. Values: yes."
* #bone_density "Bone density within two years" "Bone density within two years. Values: none, outdated, pending, unread, read, negative."
* #both_labs_abnormal "CRP and ESR both above their limits" "CRP and ESR both above their limits. Values: yes."
* #budapest_met "Budapest criteria met" "Budapest criteria met. Values: yes."
* #burning "Burning, electric or neuropathic pain" "Burning, electric or neuropathic pain. Values: yes, no."
* #buttock_only "Pain in the buttock only" "Pain in the buttock only. Values: yes."
* #buttock_pain "Buttock pain" "Buttock pain. Values: yes, no."
* #cage_moved "Cage subsidence or migration reported" "Cage subsidence or migration reported. Values: yes."
* #calf_sign_new "Leg or calf swelling or calf pain first stated within 14 days" "Leg or calf swelling or calf pain first stated within 14 days. Values: yes."
* #cancer_active "Active cancer, myeloma or bone metastasis" "Active cancer, myeloma or bone metastasis. Values: yes."
* #cancer_history_bone "Earlier cancer of a kind that goes to bone" "Earlier cancer of a kind that goes to bone. Values: yes."
* #cauda_equina_coded "Cauda equina syndrome coded within 30 days" "Cauda equina syndrome coded within 30 days. Values: yes."
* #cauda_equina_compressed "A recent report tells of compression of the cauda equina" "A recent report tells of compression of the cauda equina. Values: yes."
* #chest_sign_new "Chest pain, dyspnoea, haemoptysis, syncope or a clot seen in the lung, first stated within 7 days" "Chest pain, dyspnoea, haemoptysis, syncope or a clot seen in the lung, first stated within 7 days. Values: yes."
* #claudication "Claudication" "Claudication. Values: yes, no."
* #clear_drainage "Clear drainage or wound bulge" "Clear drainage or wound bulge. Values: yes."
* #cold_leg "Cold or pulseless leg" "Cold or pulseless leg. Values: yes."
* #compensation "Compensation or legal dispute" "Compensation or legal dispute. Values: yes."
* #compressive_finding "Any compressive finding at the operated level after the index" "Any compressive finding at the operated level after the index. Values: yes, no."
* #contrast_allergy "Allergy to contrast media, the agent not named" "Allergy to contrast media, the agent not named. Values: yes."
* #cord_compressed "A recent report tells of compression of the spinal cord" "A recent report tells of compression of the spinal cord. Values: yes."
* #cord_signs "Signs of the spinal cord, stated within 90 days: the lesion lies above the lumbar spine" "Signs of the spinal cord, stated within 90 days: the lesion lies above the lumbar spine. Values: yes."
* #course "How the pain ran after the operation" "How the pain ran after the operation. Values: resolved, unchanged, partial, honeymoon, new pattern, early new, maybe honeymoon, unknown."
* #course_basis "Whether the course is recorded or inferred" "Whether the course is recorded or inferred. Values: recorded, inferred."
* #crack_felt "A crack was felt" "A crack was felt. Values: yes."
* #crp_abnormal "CRP above the limit for operation and day" "CRP above the limit for operation and day. Values: yes, no."
* #crp_mg_l "Latest CRP within 14 days, rounded down" "Latest CRP within 14 days, rounded down. Values: a whole number of mg/L."
* #crp_raised "Latest CRP above 10 mg/L" "Latest CRP above 10 mg/L. Values: yes, no."
* #crp_second_rise "CRP rose again after falling" "CRP rose again after falling. Values: yes."
* #crps_coded "CRPS coded" "CRPS coded. Values: yes."
* #crps_named "A note or report since the operation names CRPS" "A note or report since the operation names CRPS. Values: yes."
* #crps_signs "Allodynia, changed colour or temperature, and swelling of one foot told in one note" "Allodynia, changed colour or temperature, and swelling of one foot told in one note. Values: yes."
* #csf_leak_coded "Dural tear or CSF leak coded at or after the operation" "Dural tear or CSF leak coded at or after the operation. Values: yes."
* #csf_leak_documented "CSF leak coded after the day of the operation" "CSF leak coded after the day of the operation. Values: yes."
* #ct "Lumbar CT since the onset" "Lumbar CT since the onset. Values: none, outdated, pending, unread, read, negative."
* #ct_myelogram "CT myelography since the onset" "CT myelography since the onset. Values: none, outdated, pending, unread, read, negative."
* #current_pain "Pain stated after the index operation and not ended" "Pain stated after the index operation and not ended. Values: yes, no."
* #days_since_any "Days since the latest lumbar session of any kind, injections included" "Days since the latest lumbar session of any kind, injections included. Values: a whole number of days."
* #days_since_operated "Days since the latest lumbar session other than an injection" "Days since the latest lumbar session other than an injection. Values: a whole number of days."
* #days_since_surgery "Days since the index operation" "Days since the index operation. Values: a whole number of days."
* #decompressed_levels "Number of decompressed segments" "Number of decompressed segments. Values: a whole number of levels."
* #decompressible_lesion "Herniation or stenosis on imaging after the operation" "Herniation or stenosis on imaging after the operation. Values: yes."
* #deep_wound "Wound open down to bone, fascia or metal" "Wound open down to bone, fascia or metal. Values: yes."
* #deficit_days_ago "Days since the new leg deficit began or was first stated" "Days since the new leg deficit began or was first stated. Values: a whole number of days."
* #deficit_explained "The current MRI shows what presses on the nerve" "The current MRI shows what presses on the nerve. Values: yes."
* #deficit_new "New leg motor or reflex deficit (30 days)" "New leg motor or reflex deficit (30 days). Values: yes."
* #deficit_of_return "The new deficit came with the return of the pain of the operated side" "The new deficit came with the return of the pain of the operated side. Values: yes."
* #deficit_old "Leg deficit first stated more than 90 days ago" "Leg deficit first stated more than 90 days ago. Values: yes."
* #deficit_other_root "Deficit of a root or side other than before" "Deficit of a root or side other than before. Values: yes."
* #deficit_persisting "Leg deficit from before the operation stated again" "Leg deficit from before the operation stated again. Values: yes."
* #deficit_pictured "A report of the last days shows an implant or disc material on a nerve, and the deficit was there by then" "A report of the last days shows an implant or disc material on a nerve, and the deficit was there by then. Values: yes."
* #deficit_progressive "Deficit stated to progress" "Deficit stated to progress. Values: yes."
* #deficit_unclear "Leg deficit whose age is unclear" "Leg deficit whose age is unclear. Values: yes."
* #degenerative_scoliosis "Degenerative scoliosis" "Degenerative scoliosis. Values: yes."
* #depression_anxiety "Depression, anxiety or PTSD" "Depression, anxiety or PTSD. Values: yes."
* #device_check "Device or metal whose MR safety must be checked; conditional: by its name only" "Device or metal whose MR safety must be checked; conditional: by its name only. Values: yes, conditional."
* #device_fault_coded "Stimulator or pump complication coded" "Stimulator or pump complication coded. Values: yes."
* #device_infection_coded "Infection of a stimulator or pump coded lately" "Infection of a stimulator or pump coded lately. Values: yes."
* #device_named "A note or report since the operation names a fault of the stimulator or pump" "A note or report since the operation names a fault of the stimulator or pump. Values: yes."
* #device_off "Device off or battery at its end" "Device off or battery at its end. Values: yes."
* #device_relief_lost "Dated relief by the stimulator or pump, then lost" "Dated relief by the stimulator or pump, then lost. Values: yes."
* #diabetes "Diabetes" "Diabetes. Values: yes."
* #disc_change_operated "Modic 1 or disc change at the operated level" "Modic 1 or disc change at the operated level. Values: yes."
* #disc_named "A note or report since the operation names the disc as what hurts" "A note or report since the operation names the disc as what hurts. Values: yes."
* #distal_leg_only "Pain in the lateral leg or foot only" "Pain in the lateral leg or foot only. Values: yes."
* #doing_well "The latest word of the notes is that the patient is well, and nothing since says otherwise" "The latest word of the notes is that the patient is well, and nothing since says otherwise. Values: yes."
* #draining_sinus "Draining sinus" "Draining sinus. Values: yes."
* #dynamic_listhesis "Slip changes between flexion and extension" "Slip changes between flexion and extension. Values: yes."
* #early_leg_pain "Leg pain stated since the operation as new or unchanged" "Leg pain stated since the operation as new or unchanged. Values: yes."
* #early_mr "The MRI finding dates from the first 90 days" "The MRI finding dates from the first 90 days. Values: yes."
* #early_window_open "Within the postoperative windows, or the date is unknown" "Within the postoperative windows, or the date is unknown. Values: yes, no."
* #eased_standing "Leg pain on walking that goes by standing still, or comes sooner uphill or on a bicycle" "Leg pain on walking that goes by standing still, or comes sooner uphill or on a bicycle. Values: yes."
* #emergency_pictured "An MRI report of the last days shows a haematoma, a collection in the canal, an infection, a tumour or a compressed cauda equina; of a haematoma and a compression, no sign is newer" "An MRI report of the last days shows a haematoma, a collection in the canal, an infection, a tumour or a compressed cauda equina; of a haematoma and a compression, no sign is newer. Values: yes."
* #emergency_told "A note of the last days reads like an emergency, in words that are not known" "A note of the last days reads like an emergency, in words that are not known. Values: yes."
* #emg "EMG or nerve conduction study since the onset" "EMG or nerve conduction study since the onset. Values: none, outdated, pending, unread, read, negative."
* #emg_peroneal "EMG: peripheral entrapment" "EMG: peripheral entrapment. Values: yes."
* #emg_root "EMG: acute denervation of the operated root" "EMG: acute denervation of the operated root. Values: yes."
* #entrapment_named "A note or report since the operation names an entrapped nerve outside the spine" "A note or report since the operation names an entrapped nerve outside the spine. Values: yes."
* #epidural_hematoma_seen "Epidural haematoma reported" "Epidural haematoma reported. Values: yes."
* #esr_abnormal "ESR above the limit for operation and day" "ESR above the limit for operation and day. Values: yes, no."
* #ever_decompression "A decompression in any session" "A decompression in any session. Values: yes, no."
* #ever_discectomy "A discectomy without fusion at a segment not fused since" "A discectomy without fusion at a segment not fused since. Values: yes, no."
* #ever_fused "A lumbar fusion in any session" "A lumbar fusion in any session. Values: yes, no."
* #facet_arthrosis "Facet arthrosis or spondylosis reported; common without pain" "Facet arthrosis or spondylosis reported; common without pain. Values: yes."
* #facet_block "Facet or medial branch block since the index operation" "Facet or medial branch block since the index operation. Values: none, positive, negative, done."
* #facet_named "A note or report since the operation names the facet joints as what hurts" "A note or report since the operation names the facet joints as what hurts. Values: yes."
* #facetectomy "A facet joint was removed in part or whole" "A facet joint was removed in part or whole. Values: yes, no."
* #fall "A fall before the present pain" "A fall before the present pain. Values: yes."
* #fbss_context "Lumbar surgery and current pain" "Lumbar surgery and current pain. Values: yes, no."
* #feels_metal "The patient feels the implant" "The patient feels the implant. Values: yes."
* #fever "Fever that counts after surgery" "Fever that counts after surgery. Values: yes, no."
* #flatback_coded "Flatback coded after the index" "Flatback coded after the index. Values: yes."
* #flatback_named "A note or report since the operation names a flat back" "A note or report since the operation names a flat back. Values: yes."
* #flexion_extension "Flexion-extension films since the onset" "Flexion-extension films since the onset. Values: none, outdated, pending, unread, read, negative."
* #fluid_collection "Fluid collection reported" "Fluid collection reported. Values: yes."
* #foraminal_coded "Foraminal stenosis code first stated after the index" "Foraminal stenosis code first stated after the index. Values: yes."
* #foraminal_excluded "Imaging speaks against foraminal stenosis" "Imaging speaks against foraminal stenosis. Values: yes."
* #foraminal_grown "Foraminal or recess stenosis that grew since an earlier picture, or is called progressive" "Foraminal or recess stenosis that grew since an earlier picture, or is called progressive. Values: yes."
* #foraminal_residual_named "A note or report since the operation names foraminal stenosis that the operation left" "A note or report since the operation names foraminal stenosis that the operation left. Values: yes."
* #foraminal_stenosis_at "Foraminal or recess stenosis on imaging after the index" "Foraminal or recess stenosis on imaging after the index. Values: same level, same region, adjacent, remote, unknown level."
* #foreign_body_coded "Retained foreign body coded" "Retained foreign body coded. Values: yes."
* #forward_lean "Stooping or fatigue on standing" "Stooping or fatigue on standing. Values: yes, no."
* #fracture_pictured "CT, else MRI, shows the fracture of a vertebra or the sacrum" "CT, else MRI, shows the fracture of a vertebra or the sacrum. Values: ct, mri."
* #fracture_seen "A recent report tells of a fracture of a vertebra or the sacrum" "A recent report tells of a fracture of a vertebra or the sacrum. Values: yes."
* #fragment_named "A note or report since the operation names disc material that was left behind" "A note or report since the operation names disc material that was left behind. Values: yes."
* #fused_levels "Number of fused segments" "Number of fused segments. Values: a whole number of levels."
* #fused_to_sacrum "The fusion reaches S1" "The fusion reaches S1. Values: yes, no."
* #fusion_age_days "Days since the latest fusion" "Days since the latest fusion. Values: a whole number of days."
* #fusion_due "The fusion is at least twelve months old" "The fusion is at least twelve months old. Values: yes."
* #fusion_six_to_twelve_months "The fusion is six to twelve months old" "The fusion is six to twelve months old. Values: yes."
* #gd_allergy "Allergy to gadolinium contrast" "Allergy to gadolinium contrast. Values: yes."
* #gd_caution "Kidney function calls for a group II agent" "Kidney function calls for a group II agent. Values: yes."
* #gluteal_named "A note or report since the operation names deep gluteal or piriformis syndrome" "A note or report since the operation names deep gluteal or piriformis syndrome. Values: yes."
* #groin_pain "Groin pain" "Groin pain. Values: yes, no."
* #haemoglobin_fall "Haemoglobin fell by 20 g/L or more in 48 h, beyond day 1" "Haemoglobin fell by 20 g/L or more in 48 h, beyond day 1. Values: yes."
* #headache "Headache since the operation" "Headache since the operation. Values: yes."
* #herniation_at "Post-operative herniation on imaging, by relation to the operated level" "Post-operative herniation on imaging, by relation to the operated level. Values: same level, same region, adjacent, remote, unknown level."
* #herniation_coded "A herniation code first stated after the index operation" "A herniation code first stated after the index operation. Values: yes."
* #herniation_denied "Current MRI denies a herniation at the operated level" "Current MRI denies a herniation at the operated level. Values: yes."
* #herniation_same_side "The herniation is on the painful side" "The herniation is on the painful side. Values: yes, no."
* #hip_block "Hip injection since the index operation" "Hip injection since the index operation. Values: none, positive, negative, done."
* #hip_oa_coded "Hip osteoarthritis coded, no later replacement of that side" "Hip osteoarthritis coded, no later replacement of that side. Values: yes."
* #hip_sign "Limited internal rotation of the hip" "Limited internal rotation of the hip. Values: yes."
* #hip_xray "Radiograph of pelvis or hip since the onset" "Radiograph of pelvis or hip since the onset. Values: none, outdated, pending, unread, read, negative."
* #hla_b27 "HLA-B27" "HLA-B27. Values: yes, no."
* #hypotension "Low blood pressure within 2 days" "Low blood pressure within 2 days. Values: yes."
* #imaging_negative "A current MRI report, understood in full, that is normal or denies compression, herniation, infection, fracture and implant fault" "A current MRI report, understood in full, that is normal or denies compression, herniation, infection, fracture and implant fault. Values: yes."
* #immune_risk "Immune risk or recent source of infection" "Immune risk or recent source of infection. Values: yes."
* #implant_breach "Screw or cage in canal or foramen reported" "Screw or cage in canal or foramen reported. Values: yes."
* #implant_broken "Broken implant reported" "Broken implant reported. Values: yes."
* #implant_broken_coded "Implant breakdown coded after the index" "Implant breakdown coded after the index. Values: yes."
* #implant_contained "CT reports the screws contained" "CT reports the screws contained. Values: yes."
* #implant_fault "Any implant fault reported or coded after the index" "Any implant fault reported or coded after the index. Values: yes."
* #implant_infection_coded "Implant infection coded after the index operation" "Implant infection coded after the index operation. Values: yes."
* #implant_loose "Halo or lucency reported" "Halo or lucency reported. Values: yes."
* #implant_loose_coded "Implant displacement or other mechanical fault coded after the index" "Implant displacement or other mechanical fault coded after the index. Values: yes."
* #implant_present "Spinal implants are in place" "Spinal implants are in place. Values: yes, no."
* #improving "Pain stated or scored as falling since the operation" "Pain stated or scored as falling since the operation. Values: yes."
* #index_decompression "The index operation was a decompression without fusion" "The index operation was a decompression without fusion. Values: yes, no."
* #index_disc_replacement "The index operation was a disc replacement" "The index operation was a disc replacement. Values: yes, no."
* #index_discectomy "The index operation was a discectomy without fusion" "The index operation was a discectomy without fusion. Values: yes, no."
* #index_fusion "The index operation was a fusion" "The index operation was a fusion. Values: yes, no."
* #index_minimally_invasive "The index operation was endoscopic or minimally invasive" "The index operation was endoscopic or minimally invasive. Values: yes, no."
* #index_surgery "The latest lumbar discectomy, decompression, fusion or disc replacement" "The latest lumbar discectomy, decompression, fusion or disc replacement. Values: recorded, stated, none."
* #infection_denied "A recent MRI denies an infection of the spine" "A recent MRI denies an infection of the spine. Values: yes."
* #infection_labs "CRP or ESR above, or all within, their limits" "CRP or ESR above, or all within, their limits. Values: abnormal, normal."
* #infection_named "A note or report since the operation names an infection of the implants" "A note or report since the operation names an infection of the implants. Values: yes."
* #inflammatory_pain "Inflammatory back pain features" "Inflammatory back pain features. Values: yes, no."
* #instability_coded "Listhesis or instability code first stated after the index" "Listhesis or instability code first stated after the index. Values: yes."
* #instability_named "A note or report since the operation names instability of the operated segment" "A note or report since the operation names instability of the operated segment. Values: yes."
* #isolated_early_retention "Retention on day 0 to 2 with no other sign (no = a new sphincter sign that is not this)" "Retention on day 0 to 2 with no other sign (no = a new sphincter sign that is not this). Values: yes, no."
* #kyphosis_coded "Kyphosis coded after the index" "Kyphosis coded after the index. Values: yes."
* #kyphosis_seen "A kyphosis described after the index" "A kyphosis described after the index. Values: yes."
* #labs_days_ago "Days since the latest CRP or ESR" "Days since the latest CRP or ESR. Values: a whole number of days."
* #late_course "At least half a year after surgery, with relief before or a gradual onset" "At least half a year after surgery, with relief before or a gradual onset. Values: yes."
* #lateral_hip_pain "Lateral hip pain" "Lateral hip pain. Values: yes, no."
* #lax_sphincter "Lax anal sphincter" "Lax anal sphincter. Values: yes."
* #lead_moved "Lead position changed on films" "Lead position changed on films. Values: yes."
* #leg_duplex "Duplex of the leg veins within 14 days" "Duplex of the leg veins within 14 days. Values: none, outdated, pending, unread, read, negative."
* #leg_like "Leg pain, leg with back pain, or claudication leads" "Leg pain, leg with back pain, or claudication leads. Values: yes."
* #leg_numbness "Numbness or tingling of a leg" "Numbness or tingling of a leg. Values: yes."
* #leg_pain_cured "Leg pain dated or stated as cured by the operation" "Leg pain dated or stated as cured by the operation. Values: yes."
* #leg_thrombosis "Clot in a deep leg vein seen or confirmed, first stated within 14 days" "Clot in a deep leg vein seen or confirmed, first stated within 14 days. Values: yes."
* #level_mismatch "The level treated before and the level operated on are both named and differ" "The level treated before and the level operated on are both named and differ. Values: yes, no."
* #limb_ischaemia "A leg that is cold, or has no pulses and a new deficit" "A leg that is cold, or has no pulses and a new deficit. Values: yes."
* #listhesis_at "Spondylolisthesis after the index" "Spondylolisthesis after the index. Values: same level, same region, adjacent, remote, unknown level."
* #long_term_steroid "Systemic steroid for long" "Systemic steroid for long. Values: yes."
* #loosening_named "A note or report since the operation names loosening of screws" "A note or report since the operation names loosening of screws. Values: yes."
* #low_csf_pressure "Subdural collections, sagging brain or double vision told within 30 days" "Subdural collections, sagging brain or double vision told within 30 days. Values: yes."
* #lp_barrier "Lumbar puncture barred (infection, clotting, platelets)" "Lumbar puncture barred (infection, clotting, platelets). Values: yes."
* #lumbar_surgery "Any lumbar session on record or stated" "Any lumbar session on record or stated. Values: yes, no."
* #mechanical_pain "Pain on load, eased by rest" "Pain on load, eased by rest. Values: yes, no."
* #meningitis_coded "Meningitis coded within 14 days, after the operation" "Meningitis coded within 14 days, after the operation. Values: yes."
* #mimic_coded "A mimic's code or positive test" "A mimic's code or positive test. Values: yes."
* #minor_patient "Under 18 years" "Under 18 years. Values: yes."
* #motion_at_fusion "Motion across the fusion reported" "Motion across the fusion reported. Values: yes."
* #mr_finding_days "Days from the index operation to the MRI that shows disc material" "Days from the index operation to the MRI that shows disc material. Values: a whole number of days."
* #mri "Lumbar MRI since the onset: none, outdated, pending, without a report, reported, or reported negative" "Lumbar MRI since the onset: none, outdated, pending, without a report, reported, or reported negative. Values: none, outdated, pending, unread, read, negative."
* #mri_no "Device explicitly MR unsafe" "Device explicitly MR unsafe. Values: yes."
* #n_surgeries "Number of lumbar operations (sessions) other than minor ones" "Number of lumbar operations (sessions) other than minor ones. Values: a whole number of operations."
* #narrowing_elsewhere "Foraminal or adjacent narrowing explains the leg pain better than central stenosis" "Foraminal or adjacent narrowing explains the leg pain better than central stenosis. Values: yes."
* #neck_stiffness "Neck stiffness now" "Neck stiffness now. Values: yes."
* #nerve_tenderness "Fibular neck or cluneal tenderness" "Fibular neck or cluneal tenderness. Values: yes."
* #neurology_normal "A nerve examination within 30 days is stated to be normal" "A nerve examination within 30 days is stated to be normal. Values: yes."
* #neuropathic_drug "Gabapentinoid or duloxetine prescribed" "Gabapentinoid or duloxetine prescribed. Values: yes."
* #neuropathic_named "A note or report since the operation names neuropathic pain after spine surgery" "A note or report since the operation names neuropathic pain after spine surgery. Values: yes."
* #new_axial_pain "New pain of the back or the buttock" "New pain of the back or the buttock. Values: yes."
* #new_back_pain "New or clearly worse back pain" "New or clearly worse back pain. Values: yes, no."
* #new_bilateral_leg_pain "New radicular pain in both legs" "New radicular pain in both legs. Values: yes."
* #new_buttock_pain "New buttock pain" "New buttock pain. Values: yes."
* #new_leg_pain "New or clearly worse leg pain" "New or clearly worse leg pain. Values: yes, no."
* #new_level_named "A note or report since the operation names a herniation at another level than the one operated on" "A note or report since the operation names a herniation at another level than the one operated on. Values: yes."
* #new_listhesis "Spondylolisthesis not stated before the operation" "Spondylolisthesis not stated before the operation. Values: yes."
* #new_pain "New or clearly worse pain in the last 90 days" "New or clearly worse pain in the last 90 days. Values: yes, no."
* #new_radicular_pain "New radicular leg pain" "New radicular leg pain. Values: yes."
* #new_severe_back_pain "New or severe back pain" "New or severe back pain. Values: yes."
* #no_herniation_seen "Current MRI without a herniation" "Current MRI without a herniation. Values: yes."
* #nonunion_coded "Pseudarthrosis coded after the index and after any later revision" "Pseudarthrosis coded after the index and after any later revision. Values: yes."
* #nonunion_seen "No bridging bone or a cleft reported" "No bridging bone or a cleft reported. Values: yes."
* #nothing_compresses "A current MRI report, understood in full, denies compression and herniation" "A current MRI report, understood in full, denies compression and herniation. Values: yes."
* #numbering_uncertain "A transitional vertebra makes level numbers uncertain" "A transitional vertebra makes level numbers uncertain. Values: yes."
* #obesity "BMI 30 or more" "BMI 30 or more. Values: yes."
* #only_fused_level "Only the fused level is abnormal" "Only the fused level is abnormal. Values: yes."
* #only_remote "Herniation only remote from the operated level" "Herniation only remote from the operated level. Values: yes."
* #onset_after_fusion_days "Days from the latest fusion to the stated onset of the present pain" "Days from the latest fusion to the stated onset of the present pain. Values: a whole number of days."
* #onset_after_surgery_days "Days from the index operation to the stated onset of the present pain" "Days from the index operation to the stated onset of the present pain. Values: a whole number of days."
* #onset_before_45 "Back pain began before age 45" "Back pain began before age 45. Values: yes."
* #onset_on_lifting "Began on lifting, bending or twisting" "Began on lifting, bending or twisting. Values: yes."
* #onset_speed "How the present pain began" "How the present pain began. Values: sudden, gradual."
* #operative_note "An operative report is in the record" "An operative report is in the record. Values: yes."
* #opioid_disorder "Opioid use disorder coded" "Opioid use disorder coded. Values: yes."
* #opioid_long "Opioid for 90 days or more" "Opioid for 90 days or more. Values: yes."
* #orthostatic_headache "Headache worse upright" "Headache worse upright. Values: yes."
* #osteoporosis "Osteoporosis" "Osteoporosis. Values: yes."
* #pad_coded "Peripheral arterial disease coded" "Peripheral arterial disease coded. Values: yes."
* #pain_after_device "Pain stated again after the stimulator or pump was implanted" "Pain stated again after the stimulator or pump was implanted. Values: yes."
* #pain_clinic_done "Pain clinic contact since the index operation" "Pain clinic contact since the index operation. Values: yes."
* #pain_dominance "Which pain leads" "Which pain leads. Values: leg, back, mixed, claudication, unspecified."
* #pain_free_days "Days between dated relief and return" "Days between dated relief and return. Values: a whole number of days."
* #pain_lasting_days "Days since the onset of the present pain" "Days since the onset of the present pain. Values: a whole number of days."
* #pain_score "Latest pain score since the operation" "Latest pain score since the operation. Values: a whole number of of 10."
* #pain_side "Side of the leg pain" "Side of the leg pain. Values: left, right, bilateral."
* #pain_stated_days_ago "Days since pain was last stated" "Days since pain was last stated. Values: a whole number of days."
* #pars_fracture "Pars or facet fracture reported" "Pars or facet fracture reported. Values: yes."
* #pars_intact "CT reports pars and facets intact" "CT reports pars and facets intact. Values: yes."
* #pattern_differs "Side, leg/back type or dermatome differs from before" "Side, leg/back type or dermatome differs from before. Values: yes."
* #pelvis_mri "MRI of pelvis or sciatic nerve since the onset" "MRI of pelvis or sciatic nerve since the onset. Values: none, outdated, pending, unread, read, negative."
* #peroneal_coded "Peripheral entrapment coded" "Peripheral entrapment coded. Values: yes."
* #physiotherapy_done "Physiotherapy since the index operation" "Physiotherapy since the index operation. Values: yes."
* #piriformis_coded "Piriformis or sciatic nerve lesion coded" "Piriformis or sciatic nerve lesion coded. Values: yes."
* #polyneuropathy_coded "Diabetic polyneuropathy coded" "Diabetic polyneuropathy coded. Values: yes."
* #polyneuropathy_named "A note or report since the operation names a polyneuropathy" "A note or report since the operation names a polyneuropathy. Values: yes."
* #posterior_surgery "At least one operation by a posterior route" "At least one operation by a posterior route. Values: yes, no."
* #pregnancy "Pregnancy" "Pregnancy. Values: yes."
* #preop_not_compressive "The report before the operation showed no compression" "The report before the operation showed no compression. Values: yes."
* #preop_pain_long "Leg pain stated for more than 6 months before the operation" "Leg pain stated for more than 6 months before the operation. Values: yes."
* #preop_second_level "A second level was abnormal before the operation" "A second level was abnormal before the operation. Values: yes."
* #psps2_label "Pain lasting so long after surgery that the label PSPS type 2 applies" "Pain lasting so long after surgery that the label PSPS type 2 applies. Values: yes."
* #reads_alarm "The danger that notes and reports together read most like" "The danger that notes and reports together read most like. Values: cauda-equina, hematoma, abscess, cord, deficit, dvt, pe, meningitis, implant-sepsis, wound-sepsis, vascular, discitis, malignancy."
* #reads_harmless "Notes and reports together surely read like one cause and hardly like any other danger; warnings: that cause is a danger itself" "Notes and reports together surely read like one cause and hardly like any other danger; warnings: that cause is a danger itself. Values: yes, warnings."
* #reads_like "The cause that notes and reports together read most like, as they do in patients with it" "The cause that notes and reports together read most like, as they do in patients with it. Values: adjacent-segment, arachnoiditis, axial-spa, cage-subsidence-migration, crps, deep-wound-infection, diabetic-polyneuropathy, discogenic-pain, dural-csf-leak, epidural-fibrosis, facet-pain, flatback-sagittal-imbalance, foraminal-stenosis-progressive, hardware-breakage, hip-oa, iatrogenic-pars-facet-fracture, implant-malposition, late-implant-infection, misdiagnosis, nerve-root-injury, neuropathic-psps2, new-level-herniation, peroneal-or-other-entrapment, piriformis-deep-gluteal, post-laminectomy-kyphosis, postop-instability, pseudarthrosis, psychosocial-amplifier, recurrent-herniation, residual-foraminal-stenosis, restenosis, retained-fragment, screw-loosening, si-joint, stimulator-or-pump-problem, trochanteric-pain, vascular-claudication, vertebral-sacral-fracture, wrong-level."
* #reads_surely "They surely read like that cause" "They surely read like that cause. Values: yes."
* #reads_uneventful "Notes and reports together read like those of a patient who is well" "Notes and reports together read like those of a patient who is well. Values: yes, surely."
* #reads_urgent "Notes and reports together surely read like an emergency" "Notes and reports together surely read like an emergency. Values: yes."
* #recent_labs "CRP or ESR within 7 days" "CRP or ESR within 7 days. Values: yes, no."
* #recurrence_named "A note or report since the operation names a recurrent herniation" "A note or report since the operation names a recurrent herniation. Values: yes."
* #residual_fragment "Residual disc material reported on the operated side" "Residual disc material reported on the operated side. Values: yes."
* #residual_herniation "Disc material at the operated level on the painful side" "Disc material at the operated level on the painful side. Values: yes."
* #restenosis_named "A note or report since the operation names stenosis that came back" "A note or report since the operation names stenosis that came back. Values: yes."
* #rigors "Chills or rigors told within 7 days" "Chills or rigors told within 7 days. Values: yes."
* #rising_pain "Back, buttock or leg pain stated to be rising, or score up by 2 or more" "Back, buttock or leg pain stated to be rising, or score up by 2 or more. Values: yes."
* #root_block "Selective nerve root block since the index operation" "Selective nerve root block since the index operation. Values: none, positive, negative, done."
* #root_compression_seen "Disc, bone or implant compresses a root" "Disc, bone or implant compresses a root. Values: yes."
* #root_injury_coded "Root injury coded" "Root injury coded. Values: yes."
* #root_retraction_note "The operative note speaks of a root tear or strong retraction" "The operative note speaks of a root tear or strong retraction. Values: yes."
* #sacroiliitis "Sacroiliitis reported or coded" "Sacroiliitis reported or coded. Values: yes."
* #saddle "Saddle, perineal or genital numbness" "Saddle, perineal or genital numbness. Values: yes, no."
* #sagittal_imbalance "Imbalance on standing films" "Imbalance on standing films. Values: yes."
* #same_as_preop_elsewhere "The finding from before the operation is still there at a segment not operated on" "The finding from before the operation is still there at a segment not operated on. Values: yes."
* #same_side "Same side as the operation or the pain before it" "Same side as the operation or the pain before it. Values: yes, no."
* #scar_named "A note, or the report of a look at the scar itself, names epidural scar since the operation" "A note, or the report of a look at the scar itself, names epidural scar since the operation. Values: yes."
* #scar_on_mri "Current MRI report with scar round the root" "Current MRI report with scar round the root. Values: yes."
* #scar_only "Current MRI report with scar and no compression" "Current MRI report with scar and no compression. Values: yes."
* #scs_assessed "Stimulator already assessed or implanted" "Stimulator already assessed or implanted. Values: yes."
* #sepsis_coded "Sepsis coded within 14 days" "Sepsis coded within 14 days. Values: yes."
* #severe_pain "Pain 7/10 or more, or stated severe, within 7 days" "Pain 7/10 or more, or stated severe, within 7 days. Values: yes, no."
* #sexual_loss_new "New sexual or perineal sensory loss" "New sexual or perineal sensory loss. Values: yes."
* #si_block "Sacroiliac block since the index operation" "Sacroiliac block since the index operation. Values: none, positive, negative, done."
* #si_mri "MRI of the sacroiliac joints since the onset" "MRI of the sacroiliac joints since the onset. Values: none, outdated, pending, unread, read, negative."
* #si_pain_coded "Sacroiliac pain or sacroiliitis coded after the index" "Sacroiliac pain or sacroiliitis coded after the index. Values: yes."
* #si_region_coded "Sacrococcygeal disorder coded after the index" "Sacrococcygeal disorder coded after the index. Values: yes."
* #si_tests "Sacroiliac provocation tests" "Sacroiliac provocation tests. Values: positive, negative."
* #side_mismatch "The painful side before and the side operated on are both named and opposite" "The painful side before and the side operated on are both named and opposite. Values: yes, no."
* #site_mismatch "The level or side treated before and the one operated on differ" "The level or side treated before and the one operated on differ. Values: yes."
* #smoking "Current smoker" "Current smoker. Values: yes, no."
* #solid_fusion "Solid fusion reported" "Solid fusion reported. Values: yes."
* #sphincter_new "New retention or incontinence (30 days)" "New retention or incontinence (30 days). Values: yes."
* #sphincter_old "Bladder or bowel sign from before, or older than 90 days" "Bladder or bowel sign from before, or older than 90 days. Values: yes."
* #sphincter_unclear "Bladder or bowel sign whose age is unclear" "Bladder or bowel sign whose age is unclear. Values: yes."
* #spinal_infection_coded "Discitis or spinal infection coded or reported after the index" "Discitis or spinal infection coded or reported after the index. Values: yes."
* #spinal_infection_seen "A recent report tells of discitis or another infection of the spine" "A recent report tells of discitis or another infection of the spine. Values: yes."
* #spine_pain "Any spine pain now, wound pain included" "Any spine pain now, wound pain included. Values: yes, no."
* #stable_films "Flexion-extension films reported stable" "Flexion-extension films reported stable. Values: yes."
* #stale_entry "Only a pre-operative pain entry, never stated again" "Only a pre-operative pain entry, never stated again. Values: yes."
* #standing_films "Standing full-length films since the onset" "Standing full-length films since the onset. Values: none, outdated, pending, unread, read, negative."
* #stenosis_at "Central stenosis after the index operation" "Central stenosis after the index operation. Values: same level, same region, adjacent, remote, unknown level."
* #stenosis_coded "Lumbar stenosis code first stated 90 days or more after the index" "Lumbar stenosis code first stated 90 days or more after the index. Values: yes."
* #stenosis_denied "Current MRI denies stenosis at the operated level" "Current MRI denies stenosis at the operated level. Values: yes."
* #stimulator_present "A stimulator or pump is implanted" "A stimulator or pump is implanted. Values: yes, no."
* #surgery_seen_elsewhere "Imaging shows the traces of the operation at another segment than the one on record" "Imaging shows the traces of the operation at another segment than the one on record. Values: yes."
* #surgical_target "A current report shows (or rules out) a surgical target" "A current report shows (or rules out) a surgical target. Values: yes, no."
* #tense_wound "Tense or growing swelling at the wound" "Tense or growing swelling at the wound. Values: yes."
* #text_says_increasing "The record says the pain is increasing" "The record says the pain is increasing. Values: yes."
* #total_discectomy "The operative text says total or radical disc removal" "The operative text says total or radical disc removal. Values: yes, no."
* #trauma_recent "Trauma within 30 days" "Trauma within 30 days. Values: yes."
* #trochanteric_coded "Trochanteric pain coded or tender" "Trochanteric pain coded or tender. Values: yes."
* #trochanteric_named "A note or report since the operation names trochanteric pain syndrome" "A note or report since the operation names trochanteric pain syndrome. Values: yes."
* #tumour_seen "Tumour or metastasis in the spine reported" "Tumour or metastasis in the spine reported. Values: yes."
* #unfused_operation "A discectomy or decompression at a level not fused" "A discectomy or decompression at a level not fused. Values: yes, no."
* #unilateral_buttock_below_l5 "One-sided buttock pain below L5" "One-sided buttock pain below L5. Values: yes."
* #unlike_before "Stated to be unlike the pain before the operation" "Stated to be unlike the pain before the operation. Values: yes."
* #vascular_test "Ankle-brachial index or arterial duplex since the onset" "Ankle-brachial index or arterial duplex since the onset. Values: none, outdated, pending, unread, read, negative."
* #vertebral_fracture "Vertebral or sacral fracture reported or coded after the index; suspected where a report doubts" "Vertebral or sacral fracture reported or coded after the index; suspected where a report doubts. Values: yes, suspected."
* #weight_loss "Unexplained weight loss" "Unexplained weight loss. Values: yes."
* #whole_spine_mri "MRI of the whole spine, or of the cervical and thoracic spine, since the onset" "MRI of the whole spine, or of the cervical and thoracic spine, since the onset. Values: none, outdated, pending, unread, read, negative."
* #wide_foramina "Foramina reported wide" "Foramina reported wide. Values: yes."
* #worse "New deficit, stated worse, or score up by 2 or more" "New deficit, stated worse, or score up by 2 or more. Values: yes, no."
* #worse_extension "Worse on extension or rotation" "Worse on extension or rotation. Values: yes, no."
* #worse_flexion "Worse on bending forward" "Worse on bending forward. Values: yes, no."
* #worse_sitting "Worse sitting" "Worse sitting. Values: yes, no."
* #worse_standing "Worse standing or walking" "Worse standing or walking. Values: yes, no."
* #wound_drainage "Wound drainage or dehiscence" "Wound drainage or dehiscence. Values: yes."
* #wound_infection_coded "Operation-site infection coded after the latest session" "Operation-site infection coded after the latest session. Values: yes."
* #wrong_site_coded "A wrong-site operation is coded" "A wrong-site operation is coded. Values: yes."
* #wrong_site_named "A note or report since the operation names another level or side than the one meant as the one operated on" "A note or report since the operation names another level or side than the one meant as the one operated on. Values: yes."
* #wrong_site_stated "A note says that another level or side was operated on than was meant" "A note says that another level or side was operated on than was meant. Values: yes."
* #xray "Lumbar radiographs since the onset" "Lumbar radiographs since the onset. Values: none, outdated, pending, unread, read, negative."

ValueSet: Findings
Id: findings
Title: "Findings that the rules read"
Description: "All codes of the code system of findings."
* insert Stamp
* include codes from system FindingCodes

CodeSystem: FindingWordCodes
Id: finding-words
Title: "Words that answer a finding"
Description: "Words that answer a finding: one code for each record of the rule set."
* ^caseSensitive = true
* insert Stamp
* #back "back"
* #bilateral "bilateral"
* #claudication "claudication"
* #gradual "gradual"
* #honeymoon "honeymoon"
* #left "left"
* #leg "leg"
* #mixed "mixed"
* #negative "negative"
* #no "no"
* #partial "partial"
* #positive "positive"
* #right "right"
* #sudden "sudden"
* #unchanged "unchanged"
* #yes "yes"

ValueSet: FindingWords
Id: finding-words
Title: "Words that answer a finding"
Description: "All codes of the code system of finding-words."
* insert Stamp
* include codes from system FindingWordCodes

ValueSet: AnswerableFindings
Id: answerable-findings
Title: "Findings that an Observation may answer"
Description: "Seen at the bedside or known by the patient; all other findings are worked out from the chart."
* insert Stamp
* FindingCodes#abdominal_pain_distension
* FindingCodes#absent_pulses
* FindingCodes#altered_consciousness
* FindingCodes#bilateral_burning
* FindingCodes#bilateral_distal
* FindingCodes#bilateral_weakness_new
* FindingCodes#budapest_met
* FindingCodes#burning
* FindingCodes#buttock_only
* FindingCodes#buttock_pain
* FindingCodes#calf_sign_new
* FindingCodes#chest_sign_new
* FindingCodes#claudication
* FindingCodes#clear_drainage
* FindingCodes#cold_leg
* FindingCodes#compensation
* FindingCodes#course
* FindingCodes#crack_felt
* FindingCodes#deficit_new
* FindingCodes#deficit_progressive
* FindingCodes#device_off
* FindingCodes#device_relief_lost
* FindingCodes#distal_leg_only
* FindingCodes#draining_sinus
* FindingCodes#eased_standing
* FindingCodes#fall
* FindingCodes#feels_metal
* FindingCodes#fever
* FindingCodes#forward_lean
* FindingCodes#groin_pain
* FindingCodes#headache
* FindingCodes#hip_sign
* FindingCodes#hypotension
* FindingCodes#inflammatory_pain
* FindingCodes#lateral_hip_pain
* FindingCodes#lax_sphincter
* FindingCodes#leg_numbness
* FindingCodes#leg_pain_cured
* FindingCodes#mechanical_pain
* FindingCodes#neck_stiffness
* FindingCodes#nerve_tenderness
* FindingCodes#onset_on_lifting
* FindingCodes#onset_speed
* FindingCodes#orthostatic_headache
* FindingCodes#pain_dominance
* FindingCodes#pain_side
* FindingCodes#rising_pain
* FindingCodes#saddle
* FindingCodes#sexual_loss_new
* FindingCodes#si_tests
* FindingCodes#smoking
* FindingCodes#sphincter_new
* FindingCodes#text_says_increasing
* FindingCodes#trauma_recent
* FindingCodes#unilateral_buttock_below_l5
* FindingCodes#unlike_before
* FindingCodes#weight_loss
* FindingCodes#worse_extension
* FindingCodes#worse_flexion
* FindingCodes#worse_sitting
* FindingCodes#worse_standing
* FindingCodes#wound_drainage
