/** What every set of public files answers: what was compared, and every place where ours and theirs differ. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FileFault } from '../../src/formats/index.ts'

/** One place where ours and theirs differ. */
export interface Difference {
  /** The file, from the folder of the set. */
  readonly file: string
  /** What differs: `transaction 3 purpose`, `verdict`. */
  readonly field: string
  readonly ours: string
  readonly theirs: string
}

/** What one set came to. */
export interface SetResult {
  readonly set: string
  readonly files: number
  readonly compared: number
  readonly differences: readonly Difference[]
}

/** Whether ours is right, theirs is, or a file may be read both ways; with the sentence that says why. */
export interface Explanation {
  readonly file: RegExp
  readonly field: RegExp
  /** What else has to hold of the two values; without it any two. */
  readonly holds?: (ours: string, theirs: string) => boolean
  readonly verdict: 'theirs wrong' | 'both legal'
  readonly why: string
}

/** Collects comparisons of one set. */
export class Comparison {
  readonly differences: Difference[] = []
  compared = 0
  files = 0
  private file = ''

  begin(file: string): void {
    this.file = file
    this.files += 1
  }

  /** Compares two texts; nothing, null and the empty text are the same. */
  field(field: string, ours: unknown, theirs: unknown): void {
    this.compared += 1
    const [a, b] = [textOf(ours), textOf(theirs)]
    if (a !== b) this.differences.push({ file: this.file, field, ours: a, theirs: b })
  }

  result(set: string): SetResult {
    return { set, files: this.files, compared: this.compared, differences: this.differences }
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : JSON.stringify(value)
}

/** Lines and blanks count as one blank: wrapped text is the same text. */
export function even(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : ''
}

/** All files below a folder whose name ends so, in order, as paths from it. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending)).sort().map((name) => join(name))
}

/** What a reader does with a file: `taken`, or the code of its refusal. */
export function verdictOf(read: () => void): { verdict: string; detail: string } {
  try {
    read()
    return { verdict: 'taken', detail: '' }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { verdict: error.refusal.code, detail: error.refusal.detail }
  }
}
