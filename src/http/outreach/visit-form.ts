/** What was typed into the form for one visit: read, checked by the rules of its kind, and written as the row that is stored. */
import { kindNamed, parseDay, type Kind } from '../../core/index.ts'
import { checkRow } from '../../ingest/index.ts'
import type { Words } from '../text/index.ts'
import type { VisitResult } from '../../reports/index.ts'

/** The fields as they were typed. */
export interface VisitAnswers {
  readonly day: string
  readonly month: string
  readonly year: string
  readonly result: string
  readonly evidence: string
  readonly note: string
  readonly team: string
}

/** A field that has to be corrected: the control it belongs to and what to do. */
export interface VisitFault {
  readonly field: 'day' | 'result' | 'evidence' | 'note' | 'team'
  readonly error: keyof Words['outreach']['form']['errors']
}

export const visitResults: readonly VisitResult[] = ['opened', 'absent', 'refused', 'exempt', 'moved', 'died']

const kind = kindNamed('outreach_result') as Kind

/** The kind of file that a visit becomes. */
export const visitKind = kind

/** An empty form, for a visit of today. */
export function emptyAnswers(today: string): VisitAnswers {
  return { day: today.slice(8, 10).replace(/^0/, ''), month: today.slice(5, 7).replace(/^0/, ''), year: today.slice(0, 4), result: '', evidence: '', note: '', team: '' }
}

/** The answers in the body of a request; whatever is no text is empty. */
export function readAnswers(body: Readonly<Record<string, unknown>>): VisitAnswers {
  const text = (name: keyof VisitAnswers): string => {
    const value = body[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  return { day: text('day'), month: text('month'), year: text('year'), result: text('result'), evidence: text('evidence'), note: text('note'), team: text('team') }
}

/** The day of the visit, `YYYY-MM-DD`; null when what is typed is none. */
export function dayOf({ day, month, year }: VisitAnswers): string | null {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return null
  return parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
}

/** The row of the visit, as a file would say it. */
export function rowOf(beneficiaryId: string, answers: VisitAnswers): Record<string, string> {
  const { result, evidence, note, team } = answers
  return { beneficiary_id: beneficiaryId, visited_date: dayOf(answers) ?? '', result, evidence_reference: evidence, note, team }
}

const fieldOf = { visited_date: 'day', result: 'result', evidence_reference: 'evidence', note: 'note', team: 'team' } as const

/** What has to be corrected before it can be stored, in the order of the form; nothing when all is well. */
export function faultsOf(beneficiaryId: string, answers: VisitAnswers, today: string): VisitFault[] {
  const faults = checkRow(kind, rowOf(beneficiaryId, answers)).map(({ column, code }): VisitFault => {
    const field = Object.hasOwn(fieldOf, column) ? fieldOf[column as keyof typeof fieldOf] : 'result'
    if (code === 'value_too_long') return { field, error: 'too_long' }
    if (code === 'text_invalid') return { field, error: 'text_invalid' }
    return { field, error: column === 'visited_date' || column === 'evidence_reference' ? column : 'result' }
  })
  const day = dayOf(answers)
  return day !== null && day > today ? [{ field: 'day', error: 'visited_future' }, ...faults] : faults
}
