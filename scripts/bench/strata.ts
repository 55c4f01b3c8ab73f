/** How long the questions about time to cash take on a data folder with a published run: every stratum, every two of them, and the other reports. Villages, and units beside another stratum, are asked within the fullest province, as people do. Reads only. */
import { strata, type Stratum } from '../../src/core/index.ts'
import { openDatabase } from '../../src/db/index.ts'
import { access, banks, coverage, currentPeriod, dataQuality, publishedRun, timeToCash, timeToCashByMonth } from '../../src/reports/index.ts'

/** One question. */
export interface QuestionTime {
  readonly question: string
  readonly seconds: number
  /** Strata, rows or months in the answer. */
  readonly answers: number
}

/** Asks each question once, after a first one that warms nothing but the connection. */
export async function strataBench({ data, say }: { readonly data: string; readonly say: (message: string) => void }): Promise<QuestionTime[]> {
  const database = await openDatabase({ databaseUrl: null, dataDirectory: data, onProgress: say })
  try {
    const run = await publishedRun(database)
    const period = await currentPeriod(database)
    if (run === null || period === null) throw new Error('nothing is published in this folder')
    const times: QuestionTime[] = []
    const ask = async (question: string, answer: () => Promise<number>): Promise<void> => {
      const began = performance.now()
      const answers = await answer()
      times.push({ question, seconds: Math.round(performance.now() - began) / 1000, answers })
      say(`${question}: ${String(times.at(-1)?.seconds)} s, ${String(answers)} answers`)
    }
    const province = (await timeToCash(database, run, ['province'])).groups[0]?.values[0] ?? undefined
    const told = (by: readonly Stratum[]): Promise<void> => {
      const isInside = by.includes('village') || (by.includes('unit') && by.length === 2)
      return ask(by.length === 0 ? 'everybody' : `by ${by.join(' and ')}${isInside ? ' in a province' : ''}`, async () => (await timeToCash(database, run, by, isInside && province !== undefined ? { unit: province } : {})).groups.length)
    }
    await told([])
    for (const stratum of strata) await told([stratum])
    const pairs = strata.flatMap((first, at) => strata.slice(at + 1).map((second) => [first, second] as const))
    for (const pair of pairs) if (!isNested(pair)) await told(pair)
    await ask('months', async () => (await timeToCashByMonth(database, run)).length)
    await ask('coverage by unit', async () => (await coverage(database, run, 'unit', { benefitPeriod: period })).rows.length)
    await ask('coverage by village', async () => (await coverage(database, run, 'village', { benefitPeriod: period })).rows.length)
    await ask('data quality by unit', async () => (await dataQuality(database, run, { benefitPeriod: period })).rows.length)
    await ask('banks', async () => (await banks(database, run)).length)
    await ask('access', async () => (await access(database, run, { benefitPeriod: period })).rows.length)
    return times
  } finally {
    await database.close()
  }
}

/** A village lies in a unit and a unit in a province: these are not asked together. */
function isNested(pair: readonly Stratum[]): boolean {
  return pair.filter((stratum) => ['unit', 'province', 'village'].includes(stratum)).length > 1
}
