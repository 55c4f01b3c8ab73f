/** The table of contents of a run: which statement follows which. */

/** One file of sql/reconcile. */
export interface Step {
  readonly file: string
  /** Run again and again until it writes nothing: rules that take one payment per beneficiary at a time. */
  readonly isRepeated?: boolean
}

const layClaims: Step = { file: 'lay_claims', isRepeated: true }

/** From files to outcomes; then come the findings, the `telling`, the checks, and `publishing` ends the run. */
export const steps: readonly Step[] = [
  { file: '10_open_the_run' },
  { file: '20_set_terms' },
  { file: '30_screen_entitlements' },
  { file: '40_choose_subjects' },
  { file: '50_stand_lines' },
  { file: '60_merge_payments' },
  { file: '70_expect_accounts' },
  { file: '80_claim_by_id' },
  layClaims,
  { file: '82_claim_by_former_id' },
  layClaims,
  { file: '84_claim_oldest' },
  layClaims,
  { file: '86_claim_by_account' },
  layClaims,
  { file: '88_share_household', isRepeated: true },
  { file: '89_name_the_unmatched' },
  { file: '90_classify_entitlements' },
  { file: '92_place_payments' },
  { file: '95_count_and_bridge' },
]

/** What stands behind each finding. */
export const telling: readonly Step[] = [{ file: '97_tell_the_story' }, { file: '98_tell_of_payments' }]

export const publishing: Step = { file: '99_publish' }
