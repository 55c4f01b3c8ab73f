/** What the pages of corrections say in English. */
import type { CorrectionsWords } from './vi-corrections.ts'

export const corrections: CorrectionsWords = {
  title: 'Supplementary payments and recoveries', lead: (count, amount) => `${count} payments can be made now, ${amount}.`, leadNone: 'There is nothing to pay in addition at the moment.', sentence: (day) => `As of the result of ${day}. One person makes a list, another approves it.`,
  proposedTitle: 'What can be listed now', kind: 'Kind of list', onList: 'On the list', leftOut: 'Left out', make: 'Make a list', see: 'Look', nothing: 'none', items: (count) => `${count} items`,
  kinds: { supplementary: 'Supplementary payment', recovery: 'Recovery', offset: 'Offset against later months', account_fix: 'Account fixes', carried_over: 'Lines for next month’s list' },
  means: {
    supplementary: 'Money that did not arrive and can be paid now: a usable account, no complaint, nothing on the way.', recovery: 'Paid twice, over, or to the wrong person or account: to be taken back by a decision.',
    offset: 'Money paid over, kept back month by month once the case was approved so.', account_fix: 'Accounts closed, blocked, with a wrong number or holder: what which bank has to do.', carried_over: 'What cannot be paid now, and arrears, as lines of next month’s list that name the month they come from.',
  },
  listsTitle: 'Lists', listsNone: 'There is no list yet. Make the first from the table above.', name: 'Number', place: 'Place', country: 'Whole country', month: 'Benefit period', allMonths: 'All months', amount: 'Amount', state: 'State', answered: 'Answered', older: 'Older lists', newest: 'Back to the newest', pages: 'Pages of the list',
  states: { draft: 'Waits for approval', approved: 'Approved, not sent yet', sent: 'Sent, waiting for results', settled: 'Settled', withdrawn: 'Withdrawn' },
  check: {
    title: (kind) => `Make a list: ${kind}`, back: 'Back to supplementary payments and recoveries', filter: 'Limit to', scheme: 'Scheme', allSchemes: 'All schemes', apply: 'Look again', currency: 'Currency', checkTitle: 'Check before you make it', inList: (count, amount) => `${count} items on the list, ${amount}.`, inListNone: 'Nothing would be on the list.',
    sums: (found, list, left) => `${found} findings = ${list} on the list + ${left} left out.`, target: 'Month of the list', firstMonth: 'First month that keeps something back', monthHint: 'For example 2026-12.', decision: 'Number of the decision', decisionHint: 'Needed before approval, for example 125/QD-SNV.', decisionDate: 'Date of the decision', dateHint: 'For example 27/11/2026.', submit: 'Make this list', submitSentence: 'Somebody else approves it before it can be sent.',
  },
  byCode: 'By finding', code: 'Finding', count: 'Items', whyTitle: 'Left out, and why', why: 'Reason',
  reasons: {
    deceased: 'The beneficiary died, or the bank says so', stopped: 'Stopped or suspended', on_the_way: 'On the way, or stuck at the bank', offset: 'Kept back by an offset', disputed: 'In dispute: reports contradict each other, or it is not clear whose the money is', needs_decision: 'Sent back with a code that is never paid again by itself: the case needs an approved “repaid”',
    next_list: 'Not collected: goes onto next month’s list', account_fix: 'No usable account yet', no_cash_agent: 'Cash, and nobody is named who pays it out', on_list: 'On another list already', decided_otherwise: 'The case was decided otherwise', sent_back: 'The appraisal was sent back', complaint_open: 'A complaint is open', bank_asked: 'The bank was asked',
    later_month: 'Not from before the month of the list', payable_now: 'Can be paid now', beyond_months: 'Carried over for as many months as allowed', counted_elsewhere: 'Counted by another finding about the same money', not_decided: 'The case was not approved for an offset', nothing_to_keep_back: 'No share may be kept back, or less than one dong', nothing_to_ask: 'Nothing is wrong with the account', same_account: 'This account is on the list already',
  },
  list: {
    onIt: (count, amount) => `${count} items, ${amount}`, law: (found, foundAmount, list, listAmount, left, leftAmount) => `Agrees to the dong: ${found} findings (${foundAmount}) = ${list} on the list (${listAmount}) + ${left} left out (${leftAmount}).`,
    facts: 'About this list', basis: 'Made from the result', until: (day) => `as of ${day}`, madeBy: 'Made by', approvedBy: 'Approved by', sentBy: 'Sent by', withdrawnBy: 'Withdrawn by', nobody: 'nobody yet', by: (name, moment) => `${name}, ${moment}`, decision: 'Decision', decided: (number, day) => `${number} of ${day}`, none: 'none yet', target: 'For the month', progress: 'Results', settled: (count, all, amount) => `${count} of ${all} settled, ${amount}`,
    itemsTitle: 'On the list', person: 'Beneficiary', into: 'Into', from: 'From', asked: 'To be done', itemState: 'Result', next: 'Next page', first: 'Back to the beginning', showing: (reason) => `Showing what is left out: ${reason}.`, showItems: 'Show what is on the list', cash: 'Cash', nameless: 'No name',
    files: 'Take away', csv: 'CSV', xlsx: 'Excel', order: 'Payment order pain.001', leftFile: 'What is left out (CSV)', noOrder: 'There is no account to pay from, so no pain.001 order can be written. Take in a file of payer’s accounts (payer_account).', orderLater: 'The payment order (pain.001) can be taken away once the list is sent.', notYet: 'Can be taken away once it is approved.', footer: 'Names are written as banks take them; the remittance says “TCXH” alone.',
  },
  acts: {
    title: 'What to do', approve: 'Approve this list', approveSentence: (count, amount) => `You agree to ${count} items, ${amount}. Each is checked against the newest result first.`, approved: 'Approved.', own: 'You made this list, so somebody else has to approve it.', waits: 'Waits for its maker to send it.', redraft: 'Make it anew from the newest result', redraftDone: 'Made anew.', send: 'Send it',
    sendSentence: { supplementary: 'From now on these payments count as on the way, and the bank’s results are awaited. Send the pain.001 or the workbook to the bank.', carried_over: 'The lines are taken in as a list of that month.', account_fix: 'Banks see the requests at their counter; where a case can be asked about, the question goes too.', recovery: 'Notes that the notices went out. Money that comes back is recognised in reports of returns.', offset: 'From the first month on, what is kept back is no shortfall to be paid.' },
    sent: 'Sent.', withdraw: 'Withdraw the list', withdrawSentence: 'Its items are free again for another list.', reason: 'Why', withdrawn: 'Withdrawn.',
  },
  madeDone: 'The list was made. Somebody else approves it now.',
  progress: { waiting: 'Waiting', partly: (amount, rest) => `${amount} came, ${rest} to come`, settled: (day) => `Settled ${day}`, failed: 'Refused or returned', gone: 'No longer owed' },
  fromWhom: { person: 'the beneficiary', holder: 'the account’s holder', heirs: 'heirs, bank', bank: 'the bank' },
  asks: { activate: 'Activate', unblock: 'Unblock', open_new: 'Open a new account', open_account: 'Open an account', confirm_holder: 'Confirm the holder', correct_number: 'Name the right number', renew_mandate: 'Renew the authorisation' },
  origins: { listed: 'as listed', own: 'another account of the beneficiary', payee: 'the payee’s account', proved: 'has received money' },
  onCase: { title: 'On lists of corrections', event: (name, day) => `${name}, ${day}`, payment: (reference) => `Payment ${reference}` },
  bank: { title: 'Accounts to put right', lead: (count) => `${count} of your accounts are to be put right.`, empty: 'No account is to be put right.', account: 'Account', asked: 'To be done', reason: 'Return code', since: 'Sent on', link: 'Accounts to put right', why: 'When your report of accounts shows that it is done, the line goes by itself.' },
  faults: {
    list_unknown: 'There is no such list.', not_allowed: 'You may not do this.', list_changed: 'The list was changed just now. Look again, then go on.', not_a_draft: 'The list no longer waits for approval.', not_approved: 'The list is not approved.', own_list: 'Whoever made a list may not approve it.', list_empty: 'Nothing is on the list.', decision_missing: 'Number and date of the decision are missing.', beyond_band: 'An item is above what you may approve.',
    outdated: 'Something changed since it was made: paid, complained about, or on another list. Its maker has to make it anew.', not_reconciled: 'The list does not agree with the findings and cannot be approved. Tell the administrator.', already_listed: 'An item was just approved on another list. Its maker has to make it anew.', not_withdrawable: 'This list can no longer be withdrawn.', already_out: 'The money is out. To withdraw it, void the file that was taken in first.', reason_missing: 'Give a reason.', month_wrong: 'Write a month like 2026-12.', date_wrong: 'Write a day like 27/11/2026.', no_result: 'There is no result yet.', not_taken: 'Not sent: some lines could not be taken in. Tell the administrator.',
  },
}
