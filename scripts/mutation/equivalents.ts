/** Mutants of SQL that change nothing anybody could see, each read and judged; whoever changes the line judges again. */

/** One of them: its file, its name as `npm run mutate-sql` prints it, and why nobody can tell it from the original. */
export interface Equivalent {
  readonly path: string
  readonly name: string
  readonly why: string
}

const nothingCame = 'the class says that nothing came: credited_amount is 0, and adding it is taking it away'

export const equivalents: readonly Equivalent[] = [
  { path: 'sql/findings/unpaid.sql', name: 't(o.person_key), o.due_amount ⟦- → +⟧ o.credited_amount, o.cur', why: nothingCame },
  { path: 'sql/findings/unpaid_no_account.sql', name: 't(o.person_key), o.due_amount ⟦- → +⟧ o.credited_amount, o.cur', why: nothingCame },
  { path: 'sql/findings/returned.sql', name: 't(o.person_key), o.due_amount ⟦- → +⟧ o.credited_amount, o.cur', why: nothingCame },
]
