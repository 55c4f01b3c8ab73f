/** What the pages about questions to banks, their answers and a bank's score-card say in English. */
import type { QuestionsWords } from './vi-questions.ts'

export const questions: QuestionsWords = {
  answerCodes: {
    account_open: 'The account is open', account_closed: 'The account is closed', account_blocked: 'The account is blocked', account_dormant: 'The account is dormant or not activated', holder_confirmed: 'The holder is right', holder_differs: 'The holder is somebody else',
    credited: 'Credited', not_credited: 'Not credited', will_be_credited: 'Will be credited', returned: 'The money was sent back', other: 'Another answer',
  },
  about: {
    account: 'Account', state: 'State as reported', payment: 'Payment', reference: 'Reference', amount: 'Amount', instructed: 'Instructed on', credited: 'Credited on', returned: 'Sent back on', reason: 'Reason code', lines: 'Lines of the bank’s own files', line: (file, line) => `File ${file}, line ${line}`, lineGone: 'This line can no longer be read.',
  },
  desk: {
    title: 'Ask the bank', ask: (bank) => `Ask ${bank}`, sees: 'The bank will see the question and the lines below, with the whole account number, and nothing else. Do not write about the scheme, the person’s circumstances or other months.', question: 'Question', questionHint: 'A ready sentence; you can change it.', due: 'Answer wanted by the end of', dueHint: 'For example 27/11/2026. Usually 3 working days.', send: 'Send the question',
    asked: (name, bank, moment) => `${name} asked ${bank}, ${moment}`, answered: (name, bank, moment) => `${name} (${bank}) answered, ${moment}`, waiting: (day) => `An answer is due by the end of ${day}.`, late: (day) => `The answer has been overdue since ${day}.`, sent: 'The question was sent to the bank.',
    queue: 'The bank’s answer', queues: { asked: 'Waiting for the bank to answer', answered: 'The bank has answered' }, hasAnswered: 'The bank has answered', isAsked: 'Waiting for the bank', today: (count) => `Banks have answered in ${count} cases. Read the answers and go on.`,
    errors: { question_missing: 'Write the question.', question_too_long: 'Shorten the question to 2,000 characters.', due_date_wrong: 'Choose a day after today, within 60 days.', due_date_unreadable: 'Write the day as 27/11/2026.' },
  },
  bank: {
    title: 'Questions to the bank', lead: (open, overdue) => `${open} questions wait for an answer, ${overdue} of them past their day.`, leadOpen: (open) => `${open} questions wait for an answer.`, leadNone: 'No question is waiting.', why: 'Officers ask about money that has not reached people. Your answer goes straight into their case.',
    filter: 'Show', states: { open: 'Waiting', answered: 'Answered', all: 'All' }, empty: 'There is no question here.', emptyOpen: 'A new question will appear here.', number: 'No.', asked: 'Asked', due: 'Answer due', question: 'Question', answer: 'Answer', overdue: 'Overdue', pages: 'Pages of the list', next: 'Next page', first: 'Back to the beginning', list: 'List of questions',
    one: (asked) => `Question of ${asked}`, back: 'Back to the questions', what: 'What is asked', aboutTitle: 'About which money', answerTitle: 'Answer', code: 'What you found', words: 'In your own words', wordsHint: 'One or two sentences, so that the officer knows what to do next. Optional, unless you choose “Another answer”.', check: 'Check before sending', checkTitle: 'Send this answer?', checkSentence: 'Once sent it cannot be changed. The officer can ask again.', send: 'Send the answer', change: 'Change',
    sent: 'The answer was sent. The officer sees it in the case at once.', answeredBy: (name, moment) => `${name} answered, ${moment}`, noWords: 'Nothing was added.', alreadyTitle: 'This question has been answered', already: 'Below is the answer that was sent first. What you have just written was not sent.',
    errors: { title: 'Not sent yet', code_missing: 'Choose what you found.', answer_missing: 'Write the answer.', answer_too_long: 'Shorten it to 2,000 characters.' }, export: { sentence: 'The newest question first.', account: 'Account', reference: 'Reference', amount: 'Amount', currency: 'Currency', credited: 'Credited on', code: 'Kind', answeredAt: 'Answered at', answeredBy: 'Answered by', words: 'In their own words' },
  },
  score: {
    title: 'How the bank is doing', asOf: (day) => `As of the end of ${day}`, noRun: 'There is no reconciliation yet, so nothing can be measured.', noPayments: 'The bank has no payment in this result.',
    lead: (own, others) => `Credited on the day of the instruction or the next: ${own} of the payments; all other banks together: ${others}.`, leadAlone: (own) => `Credited on the day of the instruction or the next: ${own} of the payments.`, leadNothing: 'There is no payment yet whose time could be measured.',
    explain: 'Beside your own figures stand those of all other banks together. No bank sees another bank’s own figures.', fewOthers: 'There are fewer than three other banks, so nothing is compared: one could guess who they are.', hidden: 'not enough to compare', nothing: 'none yet',
    pictureTitle: 'Beside the other banks', pictureSentence: 'Each row is a share; the bar is yours, the upright line is that of all other banks together.', measure: 'Measure', own: 'Your bank', others: 'All other banks together', counts: (part, whole) => `${part} of ${whole}`,
    names: { reports_in_time: 'Reports in time', prompt: 'Credited on the day of the instruction or the next', rejected: 'Rejected', returned: 'Sent back', withdrawn: 'Withdrawn within 7 days of the credit', answered_in_time: 'Questions answered in time' },
    times: { credit_median: 'Half of the payments are credited within', credit_p90: 'Nine of ten are credited within', withdrawal_median: 'Half of the people withdraw within', lag: 'Withdrawal reports are behind the day of the result by' }, timesTitle: 'Times', tableTitle: 'Shares', days: (count) => `${count} days`, sameDay: 'the same day', notReached: 'not half of them yet',
    reasonsTitle: 'Why payments are rejected or sent back', reasonsNone: 'No payment was rejected or sent back.', reason: 'Reason', noReason: 'No reason given', payments: 'Payments', shareOfAll: 'Of all payments given', questionsLink: 'See the questions',
  },
}
