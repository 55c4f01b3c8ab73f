/**
 * FEBRL dataset 4 (5,000 originals, 5,000 duplicates, 25,000,000 possible pairs) with the product's scorer, and weights and
 * threshold fixed on dataset 1 (500 pairs) before. The record's number is the truth and is used for nothing else.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOneEditAway } from '../../src/core/index.ts'
import { pointsByFrequency, pointsOfShare, scorePair, type Comparisons, type Judgement } from '../../src/linkage/index.ts'
import { febrlWeights, type FebrlWeights } from './febrl-weights.ts'

const columns = ['given_name', 'surname', 'street_number', 'address_1', 'address_2', 'suburb', 'postcode', 'state', 'date_of_birth', 'soc_sec_id'] as const
type Column = (typeof columns)[number]
type FebrlRecord = Readonly<Record<Column, string>> & { readonly name: string; readonly truth: string; readonly isFirst: boolean }

/** What a table of scores counts. */
export interface FebrlResult {
  readonly pairs_possible: number
  readonly candidates: number
  readonly links_among_candidates: number
  readonly true_positives: number
  readonly false_positives: number
  readonly false_negatives: number
  readonly precision: string
  readonly recall: string
  readonly seconds: number
}

/** Learns on dataset 1 when asked to; else scores dataset 1 and then dataset 4 with the frozen weights. */
export function febrl(folder: string, isLearning: boolean): Record<string, unknown> {
  const first = read(join(folder, 'dataset1.csv'), true)
  if (isLearning) return learn(first)
  const second = [...read(join(folder, 'dataset4a.csv'), true), ...read(join(folder, 'dataset4b.csv'), false)]
  return { threshold: febrlWeights.threshold, dataset_1: judge(first, false, febrlWeights), dataset_4: judge(second, true, febrlWeights) }
}

function read(path: string, isFirst: boolean): FebrlRecord[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n')
  const names = header.split(',').map((name) => name.trim())
  return lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.trim())
    if (cells.length !== names.length) throw new Error(`${path}: ${line}`)
    const record = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])) as unknown as FebrlRecord & { readonly rec_id: string }
    return { ...record, name: record.rec_id, truth: record.rec_id.split('-')[1] ?? '', isFirst }
  })
}

// A union of equalities; a key with an empty part is none.
const blockingKeys: readonly ((record: FebrlRecord, isMirrored: boolean) => readonly string[])[] = [
  (record) => [record.given_name, record.surname],
  (record, isMirrored) => (isMirrored ? [record.surname, record.given_name] : [record.given_name, record.surname]),
  (record) => [record.date_of_birth],
  (record) => [record.soc_sec_id],
  (record) => [record.state, record.address_1],
  (record) => [record.street_number, record.address_1],
  (record) => [record.postcode],
]

function* candidates(records: readonly FebrlRecord[], isAcross: boolean): Generator<readonly [FebrlRecord, FebrlRecord]> {
  const seen = new Set<number>()
  for (const keyOf of blockingKeys) {
    const blocks = new Map<string, number[]>()
    for (const [index, record] of records.entries()) {
      const parts = keyOf(record, false)
      if (!parts.includes('')) blocks.set(parts.join('|'), [...(blocks.get(parts.join('|')) ?? []), index])
    }
    for (const [index, record] of records.entries()) {
      for (const other of blocks.get(keyOf(record, true).join('|')) ?? []) {
        const [low, high] = index < other ? [index, other] : [other, index]
        const pair = low * records.length + high
        const [a, b] = [records[low], records[high]]
        if (low === high || seen.has(pair) || a === undefined || b === undefined || (isAcross && a.isFirst === b.isFirst)) continue
        seen.add(pair)
        yield [a, b]
      }
    }
  }
}

/** How far two values of a field agree; pairs of fields that get swapped are looked at together. */
function levelOf(column: Column, a: FebrlRecord, b: FebrlRecord): string {
  const [mine, theirs] = [a[column], b[column]]
  if (mine !== '' && mine === theirs) return 'same'
  const partner = swappedWith[column]
  if (partner !== undefined && ((mine !== '' && mine === b[partner]) || (theirs !== '' && theirs === a[partner]))) return 'swapped'
  if (mine === '' || theirs === '') return 'missing'
  if (isOneEditAway(mine, theirs)) return 'near'
  return likeness(mine, theirs) ? 'alike' : 'different'
}

const swappedWith: Partial<Record<Column, Column>> = { given_name: 'surname', surname: 'given_name', address_1: 'address_2', address_2: 'address_1' }

/** At most a third of the letters must be edited, two at least being allowed in what has six. */
function likeness(a: string, b: string): boolean {
  const most = Math.floor(Math.max(a.length, b.length) / 3)
  return Math.abs(a.length - b.length) <= most && distance(a, b) <= most
}

function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const plain = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next.push(isSwap ? Math.min(plain, (before[j - 2] ?? 0) + 1) : plain)
    }
    before = row
    row = next
  }
  return row[b.length] ?? 0
}

/** The product's comparisons, with FEBRL's fields. */
function comparisonsOf(records: readonly FebrlRecord[], weights: FebrlWeights): Comparisons<FebrlRecord> {
  return Object.fromEntries(columns.map((column) => {
    const rarity = pointsByFrequency(records.map((record) => record[column]).filter((value) => value !== ''), mostRarityPoints)
    const ofField = weights.fields[column] ?? {}
    const judge = (a: FebrlRecord, b: FebrlRecord): Judgement => {
      const level = levelOf(column, a, b)
      return { level, points: (ofField[level] ?? 0) + (level === 'same' ? rarity(a[column]) : 0) }
    }
    return [column, judge]
  }))
}

/** No value counts for more than one in a thousand, since a rare one may be a rare slip that both have. */
const mostRarityPoints = 100

function judge(records: readonly FebrlRecord[], isAcross: boolean, weights: FebrlWeights): FebrlResult {
  const began = performance.now()
  const comparisons = comparisonsOf(records, weights)
  let [count, linked, right, wrong] = [0, 0, 0, 0]
  for (const [a, b] of candidates(records, isAcross)) {
    const isLink = a.truth === b.truth
    const isFound = scorePair(comparisons, a, b).score >= weights.threshold
    count += 1
    if (isLink) linked += 1
    if (isFound && isLink) right += 1
    if (isFound && !isLink) wrong += 1
  }
  const links = countLinks(records)
  const firsts = records.filter((record) => record.isFirst).length
  return {
    pairs_possible: isAcross ? firsts * (records.length - firsts) : (records.length * (records.length - 1)) / 2,
    candidates: count, links_among_candidates: linked, true_positives: right, false_positives: wrong, false_negatives: links - right,
    precision: (right / (right + wrong)).toFixed(4), recall: (right / links).toFixed(4), seconds: Math.round(performance.now() - began) / 1000,
  }
}

function countLinks(records: readonly FebrlRecord[]): number {
  const times = new Map<string, number>()
  for (const { truth } of records) times.set(truth, (times.get(truth) ?? 0) + 1)
  return [...times.values()].reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}

/**
 * Weights from dataset 1: per level, tenths of a bit by which it is likelier among its true pairs than among all others;
 * for `same` only how likely it is among true pairs, the rest being the value's rarity. The threshold lies halfway between
 * the best-scoring two records of two people and the worst-scoring two of one, or, where these overlap, where errors are fewest.
 */
function learn(records: readonly FebrlRecord[]): Record<string, unknown> {
  const among: { links: Map<string, number>; others: Map<string, number> } = { links: new Map(), others: new Map() }
  const all: [FebrlRecord, FebrlRecord][] = []
  for (const [index, a] of records.entries()) for (const b of records.slice(index + 1)) all.push([a, b])
  const isLink = ([a, b]: readonly [FebrlRecord, FebrlRecord]): boolean => a.truth === b.truth
  for (const pair of all) {
    for (const column of columns) {
      const key = `${column} ${levelOf(column, ...pair)}`
      const counts = isLink(pair) ? among.links : among.others
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  const links = all.filter(isLink).length
  const others = all.length - links
  const fields = Object.fromEntries(columns.map((column) => [column, Object.fromEntries(['same', 'swapped', 'near', 'alike', 'different', 'missing'].map((level) => {
    const [seenInLinks, seenInOthers] = [among.links.get(`${column} ${level}`) ?? 0, among.others.get(`${column} ${level}`) ?? 0]
    if (level === 'missing' || seenInLinks + seenInOthers === 0) return [level, 0]
    // Half a pair more, so that what was never seen is rare and not impossible; doubled, so that it stays whole.
    const [inLinks, inOthers] = [2 * seenInLinks + 1, 2 * seenInOthers + 1]
    return [level, level === 'same' ? -pointsOfShare(inLinks, 2 * links + 1) : difference(inLinks * others, inOthers * links)]
  }))]))
  const weights = { threshold: 0, fields }
  const comparisons = comparisonsOf(records, weights)
  const scored = all.map((pair) => ({ isLink: isLink(pair), score: scorePair(comparisons, ...pair).score, names: `${pair[0].name} ${pair[1].name}` })).sort((a, b) => b.score - a.score)
  const best = scored.find((one) => !one.isLink)
  const worst = scored.findLast((one) => one.isLink)
  const threshold = best === undefined || worst === undefined ? 0 : best.score < worst.score ? Math.ceil((best.score + worst.score) / 2) : fewestErrors(scored, links)
  const around = { best_of_two_people: scored.filter((one) => !one.isLink).slice(0, 8), worst_of_one: scored.filter((one) => one.isLink).slice(-8) }
  return { threshold, fields, around, dataset_1: judge(records, false, { threshold, fields }) }
}

function difference(forLink: number, forOther: number): number {
  return forLink >= forOther ? pointsOfShare(forOther, forLink) : -pointsOfShare(forLink, forOther)
}

function fewestErrors(scored: readonly { readonly isLink: boolean; readonly score: number }[], links: number): number {
  let [right, wrong, fewest, threshold] = [0, 0, Infinity, 0]
  for (const { isLink, score } of scored) {
    if (isLink) right += 1
    else wrong += 1
    if (links - right + wrong < fewest) [fewest, threshold] = [links - right + wrong, score]
  }
  return threshold
}
