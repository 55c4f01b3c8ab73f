/** The trail as a list to take away. */
import type { ListFile } from '../exports/list.ts'
import { wordFor } from '../text/index.ts'
import type { TrailRow } from '../../trail/index.ts'
import type { View } from '../view.ts'

/** The columns; nothing in them names a beneficiary. */
export function trailList(rows: readonly TrailRow[], view: View): ListFile<TrailRow> {
  const { exports } = view.words.many
  const { trail } = exports
  return {
    name: 'trail', title: trail.title, sentence: trail.sentence, subject: 'trail', rows,
    columns: [
      { title: trail.number, of: (row) => row.entry_id }, { title: trail.at, of: (row) => ({ moment: row.happened_at }) }, { title: trail.who, of: (row) => row.display_name },
      { title: trail.what, of: (row) => wordFor(exports.kinds, row.kind) }, { title: trail.subject, of: (row) => row.subject_name ?? row.subject }, { title: trail.reason, of: (row) => row.reason },
      { title: trail.details, of: (row) => (row.details === null ? null : Object.entries(row.details).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join('; ')) },
    ],
  }
}
