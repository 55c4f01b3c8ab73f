/** How far a file is, for whoever waits: one line that is written over on a terminal, a line now and then elsewhere. */
import type { Parcel } from './parcel.ts'
import type { FileAnswer } from './send.ts'

type Progress = { readonly sent: number } | { readonly linesRead: number }

const quietMilliseconds = 10_000

/** Tells how far it is on stderr. */
export function tellProgress({ fileName, size }: Parcel): { readonly tell: (progress: Progress) => void; readonly end: () => void } {
  const isTerminal = process.stderr.isTTY
  let lastAt = performance.now()
  let last = ''
  return {
    tell: (progress) => {
      const text = 'sent' in progress ? `sent ${size === 0 ? 100 : Math.floor((progress.sent * 100) / size)} %` : `read ${progress.linesRead} lines`
      const now = performance.now()
      if (text === last || now - lastAt < (isTerminal ? 100 : quietMilliseconds)) return
      lastAt = now
      last = text
      process.stderr.write(isTerminal ? `\r${shown(fileName)}: ${text}   ` : `${shown(fileName)}: ${text}\n`)
    },
    end: () => {
      if (isTerminal && last !== '') process.stderr.write('\n')
    },
  }
}

/** A name that somebody else chose, without signs that a terminal obeys. */
export function shown(name: string): string {
  return name.replace(/\p{C}/gu, '?')
}

/** What became of a file, in one line. */
export function inWords({ status, repeat_of: repeatOf, lines, accepted, repeats, problem_count: problems, ignored, refusal, failure }: FileAnswer): string {
  if (status === 'refused') return shown(`refused whole: ${refusal?.code ?? 'unknown'}. ${refusal?.detail ?? ''}`.trim())
  if (status !== 'sealed') return `${status}${failure === null ? '' : ` (${failure})`}: the server could not read it, by its own fault; hand it in again later`
  const counts = `${lines ?? 0} lines: ${accepted ?? 0} accepted, ${repeats ?? 0} said before, ${problems ?? 0} with problems, ${ignored ?? 0} ignored`
  return repeatOf === null ? `sealed. ${counts}` : `the same bytes as ${repeatOf}, which stands. ${counts}`
}
