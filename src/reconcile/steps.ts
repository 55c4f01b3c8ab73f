/** The table of contents of a run: which statement follows which, and what goes on at the same time. */

/** One file of sql/reconcile. */
export interface Step {
  readonly file: string
  /** Run again and again until it writes nothing: rules that take one payment per beneficiary at a time. */
  readonly isRepeated?: true
  /** Run once for each slice: of beneficiaries, as large files are stored; by a remainder where rows are in no such order, in as many slices as keep their hashes in memory, or in one for each lane. */
  readonly slices?: 'of beneficiaries' | 'by hash' | 'one a lane'
  /** Needs nothing of the step before it, which may go on meanwhile. */
  readonly isBesidePrevious?: true
}

const layClaims: Step = { file: 'lay_claims', isRepeated: true }

/** Half of the clocks is published; a full run empties the other and fills it. */
export const emptying: Readonly<Record<0 | 1, readonly Step[]>> = { 0: [{ file: '11_empty_even_clock' }], 1: [{ file: '11_empty_odd_clock' }] }

/** What every run begins with. */
export const opening: readonly Step[] = [{ file: '10_open_the_run' }, { file: '20_set_terms' }]

/** An increment finds whom something changed for, and everybody bound up with them. */
export const touching: readonly Step[] = [{ file: '21_find_touched' }, { file: '21_find_touched_pairs' }, { file: '22_close_touched', isRepeated: true }]

/** The proof of a night takes a thirtieth of the units instead. */
export const touchingPart: readonly Step[] = [{ file: '17_touch_part' }, { file: '22_close_touched', isRepeated: true }]

/** Copies the rows of the touched beside the fact tables, under the same names. */
export const gathering: readonly Step[] = [{ file: '23_gather_people' }, { file: '24_gather_payments', isBesidePrevious: true }]

/** What an increment is about to replace. */
export const gatheringClocks: readonly Step[] = [{ file: '24_gather_clocks' }]

/** Counts those plainly in order. */
const counting: Step = { file: '45_count_clean' }

/** An increment works out what the touched were counted as before, from the files and the day of then. */
export const lookingBack: readonly Step[] = [{ file: '18_look_back' }, { file: '25_name_payees' }, { file: '30_screen_entitlements', slices: 'of beneficiaries' }, counting]

/** Tells those plainly in order, who are counted, from the subjects. */
export const looking: readonly Step[] = [
  { file: '19_look_at_now' },
  { file: '25_name_payees' },
  { file: '27_set_places', isBesidePrevious: true },
  { file: '27_set_rates', isBesidePrevious: true },
  { file: '27_set_starts', isBesidePrevious: true },
  { file: '28_list_known', isBesidePrevious: true },
  { file: '28_list_register_units', isBesidePrevious: true },
  { file: '29_find_accounts_of_nobody', isBesidePrevious: true },
  { file: '29_find_shared_accounts', slices: 'by hash', isBesidePrevious: true },
  { file: '29_find_shared_references', slices: 'by hash', isBesidePrevious: true },
  { file: '29_nominate_duplicates', slices: 'by hash', isBesidePrevious: true },
  { file: '29_nominate_waiting', isBesidePrevious: true },
  { file: '30_screen_entitlements', slices: 'of beneficiaries' },
  { file: '36_nominate', slices: 'of beneficiaries', isBesidePrevious: true },
  { file: '40_choose_subjects' },
  { file: '41_find_holders', slices: 'one a lane' },
  { file: '43_add_holders' },
  // while all rows that a run looks at are still in sight
  counting,
  { file: '46_time_the_clean', slices: 'by hash', isBesidePrevious: true },
  { file: '47_tally_lines', isBesidePrevious: true },
  { file: '48_tally_payments', isBesidePrevious: true },
]

/** A full run has looked at everybody and goes on with the rows of the subjects. */
export const narrowing: readonly Step[] = [{ file: '42_touch_subjects' }]

/** From the subjects' rows to outcomes; then come the findings, the `telling`, the checks, and `publishing` ends the run. */
export const working: readonly Step[] = [
  { file: '50_stand_lines' },
  { file: '60_merge_payments', isBesidePrevious: true },
  { file: '70_know_people', isBesidePrevious: true },
  { file: '72_know_accounts', slices: 'one a lane' },
  { file: '74_expect_accounts', slices: 'one a lane' },
  { file: '80_claim_by_id', slices: 'one a lane' },
  layClaims,
  { file: '82_claim_by_former_id' },
  layClaims,
  { file: '84_claim_oldest' },
  layClaims,
  { file: '86_claim_by_account' },
  layClaims,
  { file: '88_share_household', isRepeated: true },
  { file: '89_name_the_unmatched' },
  { file: '90_classify_entitlements', slices: 'one a lane' },
  { file: '92_place_payments' },
  { file: '94_time_the_subjects', isBesidePrevious: true },
  { file: '95_count_access' },
  { file: '95_count_and_bridge', isBesidePrevious: true },
  { file: '95_count_clock_cells', isBesidePrevious: true },
  { file: '95_count_clock_units', isBesidePrevious: true },
  { file: '96_set_wakes', isBesidePrevious: true },
]

/** A full run has written all clocks anew. */
export const weighing: readonly Step[] = [{ file: '95_weigh_clocks' }]

/** What stands behind each finding. */
export const telling: readonly Step[] = [
  { file: '97_leave_history' },
  { file: '97_ready_matches', slices: 'one a lane' },
  { file: '97_tell_the_story', slices: 'one a lane', isBesidePrevious: true },
  { file: '98_tell_of_payments', isBesidePrevious: true },
  { file: '98_unite_findings', slices: 'one a lane' },
]

/** The one transaction in which a run becomes the published result. */
export const publishing: readonly Step[] = [{ file: '99_publish' }, { file: '99_publish_counts' }]
