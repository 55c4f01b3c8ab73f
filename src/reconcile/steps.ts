/** The table of contents of a run: which statement follows which, and what goes on at the same time. */

/** One file of sql/reconcile. */
export interface Step {
  readonly file: string
  /** Run again and again until it writes nothing: rules that take one payment per beneficiary at a time. */
  readonly isRepeated?: true
  /** Run once for each slice of the beneficiaries. */
  readonly isSliced?: true
  /** Needs nothing of the step before it, which may go on meanwhile. */
  readonly isBesidePrevious?: true
}

const layClaims: Step = { file: 'lay_claims', isRepeated: true }

/** From files to outcomes; then come the findings, the `telling`, the checks, and `publishing` ends the run. */
export const steps: readonly Step[] = [
  { file: '10_open_the_run' },
  { file: '20_set_terms' },
  { file: '25_name_payees', isBesidePrevious: true },
  { file: '27_set_rates' },
  { file: '28_list_register_units', isBesidePrevious: true },
  { file: '30_screen_entitlements', isSliced: true },
  { file: '32_find_shared_references', isBesidePrevious: true },
  { file: '34_find_shared_accounts', isBesidePrevious: true },
  { file: '36_nominate', isSliced: true, isBesidePrevious: true },
  { file: '40_choose_subjects' },
  { file: '50_stand_lines' },
  { file: '60_merge_payments', isBesidePrevious: true },
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
  { file: '95_count_and_bridge', isBesidePrevious: true },
]

/** What stands behind each finding. */
export const telling: readonly Step[] = [{ file: '97_tell_the_story' }, { file: '98_tell_of_payments', isBesidePrevious: true }]

/** The one transaction in which a run becomes the published result. */
export const publishing: Step = { file: '99_publish' }
