/**
 * Reads public files that nobody here wrote, and holds what our readers make of them against what others do.
 *
 *     npm run conformance -- DIR
 *
 * DIR has the folders csv, mt940, camt and iso20022. Three numbers come out for each: where ours is wrong, where theirs
 * is, and where both readings are legal. Every disagreement is told in one sentence; one without a sentence counts as
 * ours, and ends with 1. Without DIR it says so and ends with 2. (The linkage set is measured by `npm run bench -- febrl`.)
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { compareCamt } from './conformance/camt.ts'
import type { Difference, SetResult } from './conformance/compare.ts'
import { compareCsv } from './conformance/csv.ts'
import { explanations } from './conformance/explanations.ts'
import { compareIso20022 } from './conformance/iso20022.ts'
import { compareMt940 } from './conformance/mt940.ts'

const sets: readonly (readonly [string, (folder: string) => SetResult])[] = [['csv', compareCsv], ['mt940', compareMt940], ['camt', compareCamt], ['iso20022', compareIso20022]]

const [folder] = process.argv.slice(2)
if (folder === undefined || !existsSync(folder)) {
  process.stderr.write(folder === undefined ? 'Say where the public files are: npm run conformance -- DIR\n' : `There is no folder ${folder}; it holds public files and is no part of this repository.\n`)
  process.exit(2)
}

let oursWrong = 0
for (const [name, compare] of sets) {
  if (!existsSync(join(folder, name))) {
    process.stdout.write(`${name}: not there\n`)
    continue
  }
  oursWrong += tell(compare(join(folder, name)))
}
process.exitCode = oursWrong === 0 ? 0 : 1

/** Tells one set; how many disagreements have no explanation. */
function tell({ set, files, compared, differences }: SetResult): number {
  const groups = new Map<string, { verdict: string; places: Difference[] }>()
  const unexplained: Difference[] = []
  const counts = { 'theirs wrong': 0, 'both legal': 0 }
  for (const difference of differences) {
    const found = explanations[set]?.find(({ file, field, holds }) => file.test(difference.file) && field.test(difference.field) && (holds?.(difference.ours, difference.theirs) ?? true))
    if (found === undefined) {
      unexplained.push(difference)
      continue
    }
    counts[found.verdict] += 1
    const group = groups.get(found.why) ?? { verdict: found.verdict, places: [] }
    group.places.push(difference)
    groups.set(found.why, group)
  }
  process.stdout.write(`${set}: ${files} files, ${compared} values compared; ours wrong ${unexplained.length}, theirs wrong ${counts['theirs wrong']}, both legal ${counts['both legal']}\n`)
  for (const [why, { verdict, places }] of groups) {
    const [first] = places
    const where = [...new Set(places.map(({ file }) => file))]
    process.stdout.write(`  ${verdict}: ${why} [${where.slice(0, 3).join(', ')}${where.length > 3 ? ` and ${where.length - 3} more` : ''}: ${first?.field ?? ''}${places.length > 1 ? ` and ${places.length - 1} more` : ''}]\n`)
  }
  for (const { file, field, ours, theirs } of unexplained) process.stdout.write(`  NOT EXPLAINED: ${file}, ${field}: ours ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}\n`)
  return unexplained.length
}
