/** The page of the trail in English. */
import type { Words } from './vi.ts'

export const trail: Words['trail'] = {
  title: 'Trail', lead: 'Who did what, when and why. Nobody can change or remove any of it unnoticed.',
  link: 'See the trail',
  filter: 'Narrow the trail down', from: 'From', to: 'To', who: 'Who did it', kind: 'What', unit: 'Code of the unit they work for', about: 'About a case, file or list', aboutHint: 'For example: file 12', all: 'Everything', apply: 'Show', reset: 'Show everything',
  empty: 'Nothing of this kind was done.', list: 'What was done, the newest first', system: 'The system', unknown: 'Somebody unknown', onlyThis: 'Only what this person did', entry: (number) => `Number ${number}`, because: (reason) => `Why: ${reason}`, older: 'Older', newest: 'Newest', pages: 'Pages of the trail',
  about_: { case: 'case', file: (id) => `file ${id}`, run: (id) => `run ${id}`, key: (id) => `key ${id}`, queue: 'the list of what needs work', files: 'the list of files', trail: 'the trail', administration: 'the list of accounts' },
  exported: (count, format) => `${count} rows, ${format}`, exportedWhole: 'whole numbers', events: (count) => `${count} changes`, asOf: (day) => `up to the end of ${day}`,
  chainTitle: 'Is the trail whole',
  chain: (entries) => `The trail has ${entries} entries in one chain: changing or removing one breaks the chain from there on.`,
  signed: (moment, number) => `Last signed: ${moment}, up to entry ${number}.`, unsigned: 'Not signed yet. The system signs it every night.',
  check: 'Check the last day', checkHint: 'To check all of it: tantay verify audit',
  whole: (from, to) => `Whole from entry ${from} to entry ${to}.`, nothingNew: 'Nothing has happened since it was last signed.',
  broken: 'The trail is not whole', brokenNext: 'Write down the number below, leave the server running, and tell the inspectors at once.', brokenAt: (number) => `The first place: entry ${number}`,
  faults: {
    content_changed: 'An entry was changed.', entry_missing: 'An entry was removed.', entry_not_chained: 'An entry was put there past the chain.', chain_broken: 'Entries changed places.', person_taken_away: 'Somebody’s name was taken out, and nothing says so.',
    history_rebuilt: 'The chain was made anew from somewhere in the past.', cut_at_tail: 'The end of the trail was cut off, or an old copy was put back.', head_missing: 'A signature is missing.', head_differs: 'What was signed was changed.', signature_wrong: 'A signature does not hold.',
    row_changed: 'A row was changed after it was written.', row_missing: 'A row was deleted.', row_without_entry: 'There is a row that nobody is known to have written.',
  },
}
