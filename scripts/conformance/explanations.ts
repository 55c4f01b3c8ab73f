/** Every known disagreement with the public files, and why: keyed by file and field, so that a new one is noticed. */
import type { Explanation } from './compare.ts'

const fragment = 'the file is a fragment of a statement, which theirs reads for its fields; ours reads the same fields, and takes no statement that lacks its number, account or balances'
const doesNotAddUp = 'the file was made anonymous or shortened and does not add up any more: opening balance and entries do not come to the closing balance, which theirs does not check'

const mt940: readonly Explanation[] = [
  { file: /^betterplace\/sepa_/, field: /customer_reference$/, holds: (_, theirs) => theirs === '' || theirs.startsWith('KREF+ '), verdict: 'both legal', why: 'theirs replaces the reference of :61: by the KREF of :86:, or by nothing where :86: has none; ours keeps what :61: says' },
  { file: /^betterplace\/sepa_/, field: /end_to_end_reference$/, holds: (ours, theirs) => theirs.startsWith(`${ours}MTLG:`), verdict: 'theirs wrong', why: 'theirs runs the reference together with the message (MTLG) of the next sub-field; a sub-field that is not full has ended' },
  { file: /^betterplace\/sepa_mt9401/, field: /^transaction (6|19) amount$/, verdict: 'theirs wrong', why: 'RC is the reversal of a credit, so money leaves the account; theirs adds it, and then the statement does not come to its own closing balance' },
  { file: /sepa_mt9401|gv_codes|_details/, field: /purpose$/, holds: (ours, theirs) => ours.includes(theirs), verdict: 'both legal', why: 'ours takes the purpose with its continuation in ?60 to ?63 and with what stands before the first keyword; theirs keeps these apart' },
  { file: /february_30|transaction_details_wrapped/, field: /^transaction 1 date$/, verdict: 'both legal', why: 'there is no 30 February: theirs guesses the 29th, ours has no day and shows the digits' },
  { file: /amount_formats/, field: /^final_opening_balance$/, verdict: 'both legal', why: 'the fragment has six opening balances in a row: theirs keeps the last, ours the first and says that it stands twice' },
  { file: /sepa_snippet_broken/, field: /^account_identification$/, verdict: 'theirs wrong', why: 'the second :25: of the broken file holds the text of an entry, and theirs takes it for the account' },
  { file: /jejik\/ing/, field: /^transaction 7 transaction_details$/, verdict: 'theirs wrong', why: 'the :86: after the closing balance belongs to the statement; theirs adds it, and the end of the message, to the last entry' },
  { file: /raphaelm/, field: /closing_balance$/, verdict: 'theirs wrong', why: 'the balance lacks its currency; theirs takes the first three digits of the amount for it and reads 0.00' },
  { file: /raphaelm/, field: /non_swift$/, verdict: 'theirs wrong', why: 'the :NS: at the head of a statement belongs to it; theirs gives it to the last entry of the statement before' },
  { file: /long_statement_number/, field: /number$/, verdict: 'both legal', why: 'a statement number has at most five digits; theirs cuts ten into two fives, ours keeps them as written' },
  { file: /amount_formats|currency_in_25|empty_86|empty_line|missing_crlf_at_end|^cmxl\/|gv_codes/, field: /^verdict$/, verdict: 'both legal', why: fragment },
  { file: /sepa_snippet\.|jejik\/(abnamro|ing|rabobank)\.|malformed_details|overly_long_details/, field: /^verdict$/, verdict: 'theirs wrong', why: doesNotAddUp },
  { file: /sepa_snippet_broken|raphaelm/, field: /^verdict$/, verdict: 'theirs wrong', why: 'a field of the statement cannot be read (two accounts, a balance without currency), so ours refuses the file; theirs goes on with what it guessed' },
  { file: /invalid_statement|long_statement_number/, field: /^verdict$/, verdict: 'both legal', why: 'there is no entry in the file: theirs answers an empty list, ours says that nothing is in it' },
]

const camt: readonly Explanation[] = [
  { file: /^camt053\.v2\.five\.decimals/, field: /^verdict$/, verdict: 'theirs wrong', why: 'its balances differ by 8.90 and its entry is of 8.85; theirs does not add up' },
  { file: /^camt053\.(v2\.minimal|v2\.with-party-ids|v4)/, field: /^verdict$/, verdict: 'theirs wrong', why: 'one statement opens in EUR and closes in SEK, which no account does; theirs does not check balances' },
  { file: /^camt053\.v3/, field: /^verdict$/, verdict: 'theirs wrong', why: 'the entry is of 8.85 and its transaction of 105.75 in the same currency, without charges between them; theirs does not compare them' },
  { file: /^camt054\.v4/, field: /^verdict$/, verdict: 'theirs wrong', why: 'the batch states two transactions and holds three; theirs does not count them' },
]

const iso20022: readonly Explanation[] = [
  { file: /pain_002_batch_rejected|pain_002_v3_group_accepted/, field: /^verdict$/, verdict: 'both legal', why: 'the report speaks of a whole message and names no payment, so there is nothing that ours could take; it says what the report says' },
  { file: /pain_002_debit_accepted/, field: /^verdict$/, verdict: 'both legal', why: 'the report answers a pain.008, which collects money; ours takes reports on payments only' },
  { file: /sepa_pain_001_v3_multiple_pmtinf/, field: /^verdict$/, verdict: 'theirs wrong', why: 'the sample states 1 transaction of 10.00 and holds 2 of 10.00' },
  { file: /camt_053_uk/, field: /^verdict$/, verdict: 'theirs wrong', why: 'the sample was edited: an entry of 100.00 holds transactions of 262.55, and the balances do not come out either' },
]

export const explanations: Readonly<Record<string, readonly Explanation[]>> = { csv: [], mt940, camt, iso20022 }
