/** How a reader says that a whole file cannot be taken: thrown inside, caught once by ingest, stored as the refusal. */
import type { ControlTotals, FileRefusal, FileRefusalCode } from '../core/index.ts'

/** The file is in doubt as a whole. */
export class FileFault extends Error {
  readonly refusal: FileRefusal
  /** What the file had turned out to be by then, where its reader knows. */
  takenAs: { readonly kind: string; readonly format: string; readonly encoding: string } | null = null

  constructor(code: FileRefusalCode, detail: string, place: { line?: number | null; column?: string | null; raw?: string | null; control?: ControlTotals } = {}) {
    super(detail)
    this.name = 'FileFault'
    this.refusal = { code, line: place.line ?? null, column: place.column ?? null, raw: place.raw ?? null, detail, ...(place.control && { control: place.control }) }
  }
}
