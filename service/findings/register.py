"""The register: which concepts each family of findings reads, and which findings it writes.

A clinician sees here where a word of rules/vocabulary.toml comes from; tests hold it against the code and that file,
both ways. The families stand in the order in which the case sheet asks them.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Family(Struct, frozen=True):
    """One family of findings, by the name of its package.

    ``kind`` is what vocabulary.toml calls its findings; "" for one that writes none. ``reads`` are concepts, ``asks``
    findings of the families before it, ``writes`` its own findings.
    """

    kind: str = ""
    reads: frozenset[str] = frozenset()
    asks: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FAMILIES: Mapping[str, Family] = {
    # What the chart makes of concepts for all families: operations, studies, measured values, drugs.
    "chart": Family(
        reads=_words("""
            discectomy decompression fusion disc-replacement revision-operation instrumentation interspinous-spacer
            anterior-approach hardware-removal hardware-revision washout dural-repair spinal-injection
            nerve-root-block facet-block si-joint-block hip-injection discography myelogram stimulator-implant
            pump-implant vertebral-augmentation adhesiolysis emg-ncs-study total-discectomy facetectomy pain-score
            body-temperature blood-pressure crp esr haemoglobin egfr ankle-brachial-index imaging-mr-lumbar
            imaging-mr-whole-spine imaging-mr-sacroiliac imaging-mr-pelvis imaging-ct-lumbar imaging-ct-myelography
            imaging-xr-lumbar imaging-xr-flexion-extension imaging-xr-standing-spine imaging-xr-pelvis-hip
            imaging-bone-density imaging-leg-duplex imaging-other-spine balanced-films dynamic-listhesis
            sagittal-imbalance stable-films
        """),
    ),
    "surgery": Family(
        kind="surgery",
        reads=_words("""
            fusion instrumentation interspinous-spacer endoscopic-technique anterior-approach hardware-removal
            stimulator-implant pump-implant si-fusion cervical-thoracic-procedure total-discectomy facetectomy
            postlaminectomy-syndrome history-of-spine-surgery arthrodesis-status leg-pain back-and-leg-pain
            implant-infection disc-herniation residual-fragment stenosis foraminal-stenosis nonunion implant-broken
            implant-loose implant-displaced implant-other-fault listhesis dynamic-listhesis instability kyphosis
            compression transitional-vertebra postsurgical-change wrong-site-code wrong-site-stated root-retraction-note
            stimulator-present discography myelogram solid-fusion
        """),
        writes=_words("""
            lumbar_surgery index_surgery index_discectomy index_decompression index_fusion index_disc_replacement
            index_minimally_invasive ever_discectomy ever_decompression ever_fused unfused_operation posterior_surgery
            anterior_surgery total_discectomy facetectomy fused_to_sacrum fused_levels decompressed_levels n_surgeries
            days_since_surgery days_since_any days_since_operated fusion_age_days level_mismatch side_mismatch
            numbering_uncertain wrong_site_coded wrong_site_stated early_window_open implant_present
            stimulator_present root_retraction_note
        """),
    ),
    "pain": Family(
        kind="pain",
        reads=_words("""
            spinal-injection nerve-root-block facet-block si-joint-block physiotherapy pain-clinic-contact
            postlaminectomy-syndrome back-pain leg-pain back-and-leg-pain claudication chronic-pain buttock-pain
            groin-pain lateral-hip-pain hip-pain burning-pain nondermatomal-burning pain-score no-pain pain-relief
            no-relief partial-relief pain-worse pain-returned sudden-onset gradual-onset lifting worse-standing
            worse-extension worse-sitting worse-flexion mechanical-pain inflammatory-pain forward-lean crack-felt
            eased-standing feels-metal since-waking doing-well
            orthostatic-headache headache symmetric-symptoms distal-leg-only pain-unlike-before
            bilateral-leg-pain device-relief device-relief-lost device-off si-joint-pain block-positive opioid
            gabapentinoid crps budapest-positive
        """),
        asks=frozenset({"deficit_new"}),  # once the nerves are read: a new deficit is worse, whatever the pain does
        writes=_words("""
            current_pain fbss_context stale_entry pain_stated_days_ago pain_dominance pain_side buttock_pain
            buttock_only unilateral_buttock_below_l5 groin_pain lateral_hip_pain distal_leg_only bilateral_distal
            new_pain new_back_pain new_leg_pain new_buttock_pain spine_pain early_leg_pain severe_pain rising_pain
            worse improving course course_basis pain_free_days onset_after_surgery_days onset_after_fusion_days
            onset_speed onset_on_lifting same_side pattern_differs unlike_before leg_pain_cured claudication
            worse_standing worse_extension worse_sitting worse_flexion mechanical_pain burning bilateral_burning
            inflammatory_pain onset_before_45 forward_lean crack_felt feels_metal orthostatic_headache headache
            eased_standing
            new_bilateral_leg_pain new_radicular_pain new_severe_back_pain pain_lasting_days pain_score
            device_relief_lost pain_after_device device_off preop_pain_long doing_well
        """),
    ),
    "neuro": Family(
        kind="neuro",
        reads=_words("""
            bilateral-leg-pain foot-drop leg-weakness bilateral-leg-weakness reflex-loss sensory-loss saddle-numbness
            lax-sphincter sexual-loss urinary-retention urinary-incontinence urge-incontinence bowel-incontinence
            cauda-equina-code normal-neurology progressive-deficit muscle-grade cord-sign emg-root-denervation
            crps budapest-positive diabetic-polyneuropathy arachnoiditis-finding arachnoiditis-code
        """),
        asks=frozenset({"severe_pain", "new_bilateral_leg_pain"}),
        writes=_words("""
            deficit_new deficit_old deficit_unclear deficit_persisting deficit_progressive deficit_other_root
            bilateral_weakness_new sphincter_new sphincter_old sphincter_unclear isolated_early_retention saddle
            lax_sphincter sexual_loss_new cauda_equina_coded neurology_normal leg_numbness deficit_days_ago cord_signs
        """),
    ),
    "infection": Family(
        kind="labs",
        reads=_words("""
            pain-worse fever body-temperature chills wound-drainage clear-drainage draining-sinus wound-infection
            implant-infection sepsis bacteraemia meningitis neck-stiffness altered-consciousness csf-leak dural-tear
            hypotension blood-pressure abdominal-pain abdominal-distension cold-leg aortic-aneurysm leg-swelling
            chest-pain dyspnoea haemoptysis syncope crp esr haemoglobin blood-culture leg-thrombosis pulmonary-embolism
            tense-swelling deep-wound low-csf-pressure emergency-told
        """),
        writes=_words("""
            fever crp_abnormal esr_abnormal infection_labs both_labs_abnormal crp_mg_l crp_raised crp_second_rise
            labs_days_ago recent_labs bacteraemia_recent sepsis_coded wound_drainage clear_drainage draining_sinus
            wound_infection_coded implant_infection_coded csf_leak_coded meningitis_coded neck_stiffness
            altered_consciousness hypotension haemoglobin_fall abdominal_pain_distension cold_leg aortic_aneurysm
            calf_sign_new chest_sign_new text_says_increasing csf_leak_documented leg_thrombosis tense_wound deep_wound
            rigors low_csf_pressure emergency_told
        """),
    ),
    "imaging": Family(
        kind="imaging",
        reads=_words("""
            no-pain nerve-tenderness foot-drop leg-weakness bilateral-leg-weakness reflex-loss
            hardware-revision nerve-root-block facet-block si-joint-block hip-injection implant-infection
            spinal-infection spinal-tumour epidural-abscess epidural-collection epidural-hematoma csf-leak
            disc-herniation residual-fragment disc-degeneration modic-change annular-defect stenosis
            foraminal-stenosis wide-foramen epidural-scar arachnoiditis-finding meningeal-adhesions nonunion
            solid-fusion motion-at-fusion implant-broken implant-loose implant-displaced implant-other-fault
            implant-breach implant-contained cage-moved listhesis dynamic-listhesis instability stable-films
            pars-facet-fracture pars-intact vertebral-fracture sacral-fracture kyphosis flatback sagittal-imbalance
            balanced-films facet-arthrosis no-compression normal-study compression lead-moved sacroiliitis
            emg-root-denervation emg-peroneal emg-normal nerve-root-injury-code device-complication device-infection
            retained-foreign-body piriformis hip-oa block-positive block-negative arachnoiditis-code postsurgical-change
            decompression cauda-equina-code saddle-numbness lax-sphincter urinary-retention urinary-incontinence
            bowel-incontinence sexual-loss
        """),
        asks=frozenset({"new_pain", "deficit_new", "deficit_days_ago", "deficit_progressive", "implant_present"}),
        writes=_words("""
            mri ct xray flexion_extension standing_films whole_spine_mri si_mri pelvis_mri hip_xray ct_myelogram
            bone_density emg leg_duplex vascular_test root_block si_block facet_block hip_block all_imaging_negative
            imaging_negative herniation_at herniation_same_side herniation_coded residual_fragment mr_finding_days
            early_mr stenosis_at stenosis_coded foraminal_stenosis_at foraminal_grown foraminal_coded wide_foramina
            compressive_finding surgical_target stenosis_denied infection_denied surgery_seen_elsewhere
            kyphosis_seen nothing_compresses cauda_equina_compressed cord_compressed fracture_seen fracture_pictured
            spinal_infection_seen
            deficit_pictured emergency_pictured
            herniation_denied only_remote only_fused_level same_as_preop_elsewhere
            preop_not_compressive preop_second_level scar_on_mri scar_only disc_change_operated facet_arthrosis
            adjacent_code_late listhesis_at new_listhesis dynamic_listhesis instability_coded stable_films
            pars_fracture pars_intact vertebral_fracture nonunion_seen nonunion_coded solid_fusion motion_at_fusion
            implant_fault implant_broken implant_broken_coded implant_loose implant_loose_coded implant_breach
            implant_contained cage_moved sagittal_imbalance balanced_films kyphosis_coded flatback_coded
            arachnoiditis_seen arachnoiditis_coded adhesions_coded abscess_seen fluid_collection tumour_seen
            epidural_hematoma_seen spinal_infection_coded sacroiliitis emg_root emg_peroneal root_injury_coded
            lead_moved device_infection_coded device_fault_coded foreign_body_coded operative_note
        """),
    ),
    "background": Family(
        kind="patient",
        reads=_words("""
            spinal-injection nerve-root-block facet-block discography myelogram lumbar-puncture stimulator-implant
            hip-arthroplasty physiotherapy pain-clinic-contact fall-or-trauma weight-loss platelets inr egfr hla-b27
            ankle-brachial-index bmi sacroiliitis piriformis hip-oa hip-sign axial-spa si-joint-pain
            sacrococcygeal-disorder si-tests-positive si-tests-negative peroneal-entrapment nerve-tenderness
            peripheral-arterial-disease absent-pulses diabetic-polyneuropathy trochanteric-pain crps budapest-positive
            diabetes smoking obesity osteoporosis degenerative-scoliosis immune-suppression cancer-active
            cancer-history-bone skin-cancer ckd-severe contrast-allergy gadolinium-allergy pregnancy mr-conditional
            mr-conditional-name anticoagulant-prophylactic
            mr-unsafe mr-check-device stimulator-present anticoagulant opioid opioid-disorder gabapentinoid steroid
            immunosuppressant depression-anxiety compensation cold-leg leg-swelling burning-pain leg-pain
            adjacent-segment-disease facet-pain disc-pain epidural-scar deep-gluteal-syndrome trochanteric-syndrome
            vascular-diagnosis herniation-elsewhere herniation-again foraminal-residual stenosis-again
            neuropathic-after-surgery device-fault segment-unstable screw-out residual-fragment wrong-site-stated
            flatback arachnoiditis-finding arachnoiditis-code implant-infection block-negative block-positive
            si-joint-block
        """),
        asks=_words("""
            stimulator_present fever infection_labs crp_second_rise bacteraemia_recent sepsis_coded wound_drainage
            draining_sinus wound_infection_coded implant_infection_coded abscess_seen fluid_collection
            spinal_infection_coded
        """),
        writes=_words("""
            adjacent_named facet_named disc_named scar_named gluteal_named trochanteric_named entrapment_named
            arterial_named new_level_named recurrence_named fragment_named foraminal_residual_named restenosis_named
            neuropathic_named device_named instability_named wrong_site_named loosening_named crps_named
            flatback_named arachnoiditis_named infection_named polyneuropathy_named
            mimic_coded piriformis_coded hip_oa_coded hip_sign axial_spa_coded hla_b27 si_pain_coded si_region_coded
            si_tests peroneal_coded nerve_tenderness pad_coded abi_low absent_pulses polyneuropathy_coded
            trochanteric_coded crps_coded crps_signs budapest_met age_years minor_patient diabetes smoking obesity
            osteoporosis
            degenerative_scoliosis long_term_steroid immune_risk cancer_active cancer_history_bone weight_loss
            trauma_recent fall device_check mri_no lp_barrier anticoagulant gd_caution gd_allergy contrast_allergy
            pregnancy depression_anxiety opioid_long opioid_disorder compensation neuropathic_drug physiotherapy_done
            pain_clinic_done scs_assessed reads_like reads_alarm
            reads_urgent reads_surely reads_uneventful reads_harmless
        """),
    ),
    # The lines at the head of a card.
    "summary": Family(
        reads=_words("""
            discectomy decompression fusion no-pain pain-relief pain-returned egfr mr-conditional
        """),
        asks=_words("""
            n_surgeries implant_present stimulator_present fbss_context course course_basis immune_risk device_check
            mri_no anticoagulant gd_caution gd_allergy pregnancy
        """),
    ),
}
