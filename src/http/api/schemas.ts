/** The things of the API, as they are answered and as the document describes them. */
import { z } from '@hono/zod-openapi'
import { bankKinds, placeOf, problemSentence, refusalSentence, type FileRefusal, type PlacedPart } from '../../core/index.ts'
import type { FileProblem } from '../../reports/index.ts'
import type { UploadRow } from '../../uploads/index.ts'
import { problemErrorSchema, type ProblemError } from './problem.ts'

/** A moment. */
export const instant = (description: string, example = '2026-10-05T02:15:30.125Z') => z.iso.datetime({ offset: false }).openapi({ description, example })

/** States of a file, as its sender sees them. */
export const fileStates = ['received', 'processing', 'sealed', 'refused', 'failed', 'void'] as const

const exampleId = '6b1f0c8e-6f0e-4f0e-9a55-0d6f6a2d9c11'

/** A file that was handed in. */
export const fileSchema = z
  .object({
    file_id: z.uuid().openapi({ description: 'Random; nobody can guess another’s.', example: exampleId }),
    file_name: z.string().openapi({ description: 'As its sender called it.', example: 'rut-tien-2026-10-05.csv' }),
    kind: z.enum([...bankKinds, 'unknown']).nullable().openapi({ description: 'What it holds; unknown: nothing that a bank hands in; null: not read yet, and not declared.' }),
    status: z.enum(fileStates).openapi({ description: 'received: on disk, and never lost; processing: being read; sealed: its lines count; refused: none of its lines counts, see refusal; failed: could not be read by our own fault, see failure; void: withdrawn after it was sealed, its lines count no longer.' }),
    sha256: z.string().regex(/^[0-9a-f]{64}$/).openapi({ description: 'Of the bytes as they came.', example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
    size_bytes: z.int().openapi({ example: 148_231 }),
    repeat_of: z.uuid().nullable().openapi({ description: 'Your earlier file with the same bytes; this one changes nothing. Null: these bytes are new.', example: null }),
    received_at: instant('When its last byte was on disk; UTC.'),
    finished_at: instant('When it was sealed, refused or given up; UTC. Null: not yet.').nullable(),
    progress: z.object({ bytes_total: z.int(), bytes_read: z.int(), lines_read: z.int() }).openapi({ description: 'How far it is being read.', example: { bytes_total: 148_231, bytes_read: 148_231, lines_read: 2011 } }),
    lines: z.int().nullable().openapi({ description: 'Records but the header; lines = accepted + repeats + problem_count + ignored. Null: not read yet, or refused before.', example: 2011 }),
    accepted: z.int().nullable().openapi({ example: 1998 }),
    repeats: z.int().nullable().openapi({ description: 'Lines that an earlier file had said already; they change nothing.', example: 0 }),
    problem_count: z.int().nullable().openapi({ description: 'Lines that could not be taken; see problems.', example: 12 }),
    ignored: z.int().nullable().openapi({ description: 'Titles, totals, empty lines.', example: 1 }),
    control: z.object({ declared_count: z.int().nullable(), declared_sum: z.string().nullable(), is_sum_checked: z.boolean().nullable() }).openapi({ description: 'What you declared; a file that does not come to it is refused. is_sum_checked false: an amount could not be read, so the sum was left unchecked.', example: { declared_count: 2010, declared_sum: '1085400000', is_sum_checked: true } }),
    refusal: z.object({ code: z.string(), detail: z.string(), errors: z.array(problemErrorSchema) }).nullable().openapi({ description: 'Why the whole file was refused; null unless it was.' }),
    failure: z.string().nullable().openapi({ description: 'Null unless failed.' }),
    links: z.object({ self: z.string(), problems: z.string(), report: z.string() }).openapi({ example: { self: `/api/v1/files/${exampleId}`, problems: `/api/v1/files/${exampleId}/problems`, report: `/api/v1/files/${exampleId}/report` } }),
  })
  .openapi('File')
export type FileAnswer = z.infer<typeof fileSchema>

/** One value that could not be taken. */
export const rowProblemSchema = problemErrorSchema
  .extend({
    sheet: z.string().nullable().openapi({ description: 'Of a workbook with several sheets; null elsewhere.', example: null }),
    raw: z.string().nullable().openapi({ description: 'What stands there.', example: '970415' }),
    suggestion: z.string().nullable().openapi({ description: 'What was probably meant, for a person to decide; never applied.', example: null }),
  })
  .openapi('RowProblem')
export type RowProblemAnswer = z.infer<typeof rowProblemSchema>

/** A page of a list. */
export const pageOf = <T extends z.ZodType>(entry: T, name: string) => z.object({ data: z.array(entry), next_cursor: z.string().nullable().openapi({ description: 'Where the next page begins; null: this is the last.', example: null }) }).openapi(name)

const digits = (text: string | null): number | null => (text === null ? null : Number.parseInt(text, 10))

/** A file as it is answered. */
export function fileAnswer(row: UploadRow): FileAnswer {
  const self = `/api/v1/files/${row.upload_id}`
  const isRead = row.status === 'sealed' || row.status === 'void'
  const count = (text: string | null): number | null => (isRead ? digits(text) : null)
  return {
    file_id: row.upload_id,
    file_name: row.file_name,
    kind: kindOf(row.kind ?? row.declared_kind),
    status: row.status as FileAnswer['status'],
    sha256: row.sha256,
    size_bytes: digits(row.size_bytes) ?? 0,
    repeat_of: row.repeat_of,
    received_at: row.received_at,
    finished_at: row.finished_at,
    progress: { bytes_total: digits(row.size_bytes) ?? 0, bytes_read: digits(row.bytes_read) ?? 0, lines_read: isRead ? (digits(row.line_count) ?? 0) : (digits(row.lines_read) ?? 0) },
    lines: count(row.line_count), accepted: count(row.accepted_count), repeats: count(row.repeat_count), problem_count: count(row.problem_count), ignored: count(row.ignored_count),
    control: { declared_count: digits(row.declared_count), declared_sum: row.declared_sum, is_sum_checked: row.is_control_sum_checked },
    refusal: row.refusal === null ? null : refusalAnswer(row.refusal),
    failure: row.failure_code,
    links: { self, problems: `${self}/problems`, report: `${self}/report` },
  }
}

/** What is none of a bank's kinds was refused, whatever else it is. */
function kindOf(kind: string | null): FileAnswer['kind'] {
  return kind === null ? null : (bankKinds.find((one) => one === kind) ?? 'unknown')
}

function refusalAnswer({ code, line, column, raw }: FileRefusal): NonNullable<FileAnswer['refusal']> {
  const detail = refusalSentence(code, 'en') ?? code
  const place = line === null && column === null ? [] : [{ pointer: pointerOf(line, column), code, detail: raw === null ? detail : `${detail} (${raw.slice(0, 200)})`, row: line, column }]
  return { code, detail, errors: place }
}

/** A problem of a file as it is answered. */
export function rowProblemAnswer({ line, column, code, raw, suggestion }: FileProblem, parts: readonly PlacedPart[] | null): RowProblemAnswer {
  const { part, number } = placeOf(parts, Number.parseInt(line, 10))
  const detail = problemSentence(code, 'en') ?? code
  return { pointer: pointerOf(Number.parseInt(line, 10), column), code, detail, row: number, column, sheet: part, raw, suggestion }
}

function pointerOf(line: number | null, column: string | null): ProblemError['pointer'] {
  return `/rows${line === null ? '' : `/${line}`}${column === null ? '' : `/${column}`}`
}
