/** Every way to change one thing in a text of SQL: a comparison, a connective, a constant, a filter, an order, a default. */
import { sqlTokens, type SqlToken } from './sql-tokens.ts'

/** One change: the characters from `start` to `end` become `becomes`. */
export interface SqlMutant {
  /** What is done, in words: `and → or`. */
  readonly change: string
  readonly line: number
  readonly start: number
  readonly end: number
  readonly becomes: string
  /** The change with a little of what stands around it: names the mutant also after lines have moved. */
  readonly name: string
}

type Change = Omit<SqlMutant, 'line' | 'name'>

const comparisons: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>', '=': '<>', '<>': '=', '+': '-', '-': '+' }
const words: Readonly<Record<string, string>> = {
  and: 'or', or: 'and', true: 'false', false: 'true', min: 'max', max: 'min', greatest: 'least', least: 'greatest',
  bool_and: 'bool_or', bool_or: 'bool_and', intersect: 'except', except: 'intersect', first: 'last', last: 'first',
}
const clauseEnds = new Set(['group', 'order', 'limit', 'having', 'union', 'except', 'intersect', 'window', 'returning', 'on', 'where', 'loop', 'then'])

/** All mutants of a text, in the order of their places. */
export function sqlMutants(text: string): SqlMutant[] {
  const tokens = sqlTokens(text)
  const changes = [...tokens.keys()].flatMap((at) => [
    ...operatorChanges(tokens, at), ...filterChanges(tokens, at, text), ...orderChanges(tokens, at), ...defaultChanges(tokens, at, text), ...listChanges(tokens, at), ...joinChanges(tokens, at),
  ])
  return named(text, changes.sort((first, second) => first.start - second.start))
}

const replace = (token: SqlToken, becomes: string): Change => ({ change: `${token.text} → ${becomes === '' ? 'nothing' : becomes}`, start: token.start, end: token.end, becomes })
const remove = (from: SqlToken, to: SqlToken, change: string, becomes = ''): Change => ({ change, start: from.start, end: to.end, becomes })

/** The index of the bracket that closes the one at `open`. */
function closing(tokens: readonly SqlToken[], open: number): number {
  const depth = tokens[open]?.depth
  return tokens.findIndex((token, at) => at > open && token.depth === depth && (token.text === ')' || token.text === ']'))
}

/** The index of the first token after `from` that ends its clause. */
function clauseEnd(tokens: readonly SqlToken[], from: number): number {
  const depth = tokens[from]?.depth ?? 0
  let cases = 0
  const end = tokens.findIndex((token, at) => {
    if (at <= from) return false
    if (token.depth < depth) return true
    if (token.depth > depth) return false
    if (token.text === 'case') cases += 1
    if (token.text === 'end') cases -= 1
    return cases === 0 && (token.text === ';' || token.text === '$$' || (clauseEnds.has(token.text) && tokens[at - 1]?.text !== 'is'))
  })
  return end < 0 ? tokens.length : end
}

/** Comparisons, connectives, truth values, aggregates and constants. */
function operatorChanges(tokens: readonly SqlToken[], at: number): Change[] {
  const token = tokens[at] as SqlToken
  const before = tokens[at - 1]?.text ?? ''
  const after = tokens[at + 1]?.text ?? ''
  if (token.kind === 'sign') {
    const other = comparisons[token.text]
    if (other === undefined || (token.text === '=' && isAssignment(tokens, at)) || after === 'infinity') return []
    if ((token.text === '-' || token.text === '+') && (before === '(' || before === ',' || ['then', 'else', 'select', '='].includes(before))) return []
    return [replace(token, other)]
  }
  if (token.kind === 'number') return numberChanges(tokens, at)
  if (token.kind !== 'word') return []
  if (token.text === 'not' && !(before === 'is' && after === 'distinct') && !(before === 'is' && after === 'null')) return after === 'null' ? [] : [replace(token, '')]
  if (token.text === 'null' && before === 'is') return [replace(token, 'not null')]
  if (token.text === 'null' && before === 'not' && tokens[at - 2]?.text === 'is') return [remove(tokens[at - 1] as SqlToken, token, 'not null → null', 'null')]
  if (token.text === 'distinct' && tokens[at + 1]?.text === 'from') return before === 'not' ? [remove(tokens[at - 1] as SqlToken, token, 'not distinct → distinct', 'distinct')] : [replace(token, 'not distinct')]
  if (token.text === 'exists' && before !== 'not' && before !== 'if') return [replace(token, 'not exists')]
  if (token.text === 'in' && before !== 'not' && after === '(') return [replace(token, 'not in')]
  if (token.text === 'between') return [replace(token, 'not between')]
  const other = words[token.text]
  if (other === undefined || (token.text === 'and' && isOfBetween(tokens, at))) return []
  if (['min', 'max'].includes(token.text) && after !== '(') return []
  if (['first', 'last'].includes(token.text) && before !== 'nulls') return []
  return [replace(token, other)]
}

/** One more and one less; places in `group by 1, 2` are no amounts. */
function numberChanges(tokens: readonly SqlToken[], at: number): Change[] {
  const token = tokens[at] as SqlToken
  if (token.text.includes('.') || isInList(tokens, at, ['group', 'order'])) return []
  const value = BigInt(token.text)
  return [replace(token, (value + 1n).toString()), ...(value === 0n ? [] : [replace(token, (value - 1n).toString())])]
}

/** True inside `group by …` or `order by …` on the same level, where the item is nothing but this token. */
function isInList(tokens: readonly SqlToken[], at: number, heads: readonly string[]): boolean {
  const isAlone = (next: string): boolean => [',', ')', ';', 'having', 'order', 'limit', 'on', ''].includes(next)
  if (!isAlone(tokens[at + 1]?.text ?? '')) return false
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back] as SqlToken
    if (token.depth < (tokens[at] as SqlToken).depth) return false
    if (token.text === 'by' && heads.includes(tokens[back - 1]?.text ?? '')) return true
    if (token.depth === (tokens[at] as SqlToken).depth && token.text !== ',' && token.kind !== 'number') return false
  }
  return false
}

/** `set a = 1` and plpgsql's own assignments compare nothing. */
function isAssignment(tokens: readonly SqlToken[], at: number): boolean {
  const depth = tokens[at]?.depth
  if (tokens[at - 1]?.text === ':') return true
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back] as SqlToken
    if (token.depth !== depth) {
      if (token.depth < (depth ?? 0)) return false
      continue
    }
    if (token.text === 'set') return true
    if (['where', 'on', 'when', 'select', 'from', 'having', ';', 'and', 'or', 'case'].includes(token.text)) return false
  }
  return false
}

function isOfBetween(tokens: readonly SqlToken[], at: number): boolean {
  const depth = tokens[at]?.depth
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back] as SqlToken
    if (token.depth < (depth ?? 0)) return false
    if (token.depth > (depth ?? 0)) continue
    if (token.text === 'between') return true
    if (['and', 'or', 'where', 'on', 'when', 'then', 'select', 'case', ';', ','].includes(token.text)) return false
  }
  return false
}

/** Filters, conditions of groups and branches of cases, each left out. */
function filterChanges(tokens: readonly SqlToken[], at: number, text: string): Change[] {
  const token = tokens[at] as SqlToken
  const next = tokens[at + 1]
  if (token.text === 'filter' && next?.text === '(') return [remove(token, tokens[closing(tokens, at + 1)] as SqlToken, 'filter left out')]
  if (token.text === 'where' && tokens[at - 2]?.text !== 'filter' && next !== undefined) {
    const last = tokens[clauseEnd(tokens, at) - 1] as SqlToken
    return last.start <= token.start || text.slice(next.start, last.end) === 'true' ? [] : [remove(next, last, 'where left out', 'true')]
  }
  if (token.text === 'having') return [remove(token, tokens[clauseEnd(tokens, at) - 1] as SqlToken, 'having left out')]
  if (token.text === 'when' && isSearched(tokens, at)) {
    const then = tokens.findIndex((one, index) => index > at && one.text === 'then' && one.depth === token.depth)
    const nested = tokens.slice(at + 1, then).some((one) => one.text === 'case' && one.depth === token.depth)
    return nested || next === undefined ? [] : [remove(next, tokens[then - 1] as SqlToken, 'branch left out', 'false')]
  }
  return []
}

function isSearched(tokens: readonly SqlToken[], at: number): boolean {
  let ends = 0
  for (let back = at - 1; back >= 0; back -= 1) {
    const token = tokens[back] as SqlToken
    if (token.depth !== tokens[at]?.depth) continue
    if (token.text === 'end') ends += 1
    if (token.text === 'case') {
      if (ends === 0) return tokens[back + 1]?.text === 'when'
      ends -= 1
    }
  }
  return false
}

/** Each item of an `order by`, the other way round. */
function orderChanges(tokens: readonly SqlToken[], at: number): Change[] {
  const by = tokens[at] as SqlToken
  if (by.text !== 'by' || tokens[at - 1]?.text !== 'order') return []
  const changes: Change[] = []
  let last = at
  for (let index = at + 1; index <= tokens.length; index += 1) {
    const token = tokens[index]
    const isEnd = token === undefined || token.depth < by.depth || (token.depth === by.depth && (clauseEnds.has(token.text) || [';', 'rows', 'range', '$$'].includes(token.text)))
    if (!isEnd && !(token.depth === by.depth && token.text === ',')) { last = index; continue }
    changes.push(...turned(tokens, last))
    if (isEnd) break
    last = index
  }
  return changes
}

/** `a desc nulls last` → `a nulls last`; `a` → `a desc`; `last` is the item's last token. */
function turned(tokens: readonly SqlToken[], last: number): Change[] {
  let end = last
  if (tokens[end - 1]?.text === 'nulls') end -= 2
  const token = tokens[end] as SqlToken
  if (token.text === 'desc') return [replace(token, 'asc')]
  return [{ change: 'order turned', start: token.end, end: token.end, becomes: ' desc' }]
}

/** Defaults: coalesce and nullif keep their first argument alone; a case loses its else. */
function defaultChanges(tokens: readonly SqlToken[], at: number, text: string): Change[] {
  const token = tokens[at] as SqlToken
  if ((token.text === 'coalesce' || token.text === 'nullif') && tokens[at + 1]?.text === '(') {
    const end = closing(tokens, at + 1)
    const comma = tokens.findIndex((one, index) => index > at + 1 && one.text === ',' && one.depth === token.depth + 1)
    const [open, until, close] = [tokens[at + 1] as SqlToken, tokens[comma] as SqlToken, tokens[end] as SqlToken]
    return [{ change: `${token.text} left out`, start: token.start, end: close.end, becomes: text.slice(open.start, until.start) + ')' }]
  }
  if (token.text === 'else') {
    let cases = 0
    const end = tokens.findIndex((one, index) => {
      if (index <= at || one.depth !== token.depth) return false
      if (one.text === 'case') cases += 1
      if (one.text === 'end' && cases === 0) return true
      if (one.text === 'end') cases -= 1
      return false
    })
    const last = tokens[end - 1]
    return last === undefined || text.slice(token.end, last.end).trim() === 'null' ? [] : [remove(token, last, 'else left out')]
  }
  return []
}

/** One thing left out of `in (…)`, `partition by …`, `using (…)` and `distinct`. */
function listChanges(tokens: readonly SqlToken[], at: number): Change[] {
  const token = tokens[at] as SqlToken
  if (token.text === 'distinct' && !['from', 'on'].includes(tokens[at + 1]?.text ?? '')) return tokens[at - 1]?.text === 'is' || tokens[at - 1]?.text === 'not' ? [] : [replace(token, '')]
  if (token.text === 'on' && tokens[at - 1]?.text === 'distinct') return []
  let from = -1
  if (token.text === 'in' && tokens[at + 1]?.text === '(' && tokens[at + 2]?.text !== 'select') from = at + 2
  if (token.text === 'using' && tokens[at + 1]?.text === '(') from = at + 2
  if (token.text === 'by' && tokens[at - 1]?.text === 'partition') from = at + 1
  if (from < 0) return []
  const depth = tokens[from]?.depth ?? 0
  const end = tokens.findIndex((one, index) => index >= from && (one.depth < depth || (one.depth === depth && ['order', 'rows', 'range'].includes(one.text))))
  const items: [number, number][] = []
  let start = from
  for (let index = from; index <= end; index += 1) {
    if (index < end && !(tokens[index]?.text === ',' && tokens[index]?.depth === depth)) continue
    items.push([start, index - 1])
    start = index + 1
  }
  if (items.length < 2) return []
  return items.map(([first, last], place) => {
    const [begin, finish] = place === 0 ? [tokens[first], tokens[last + 1]] : [tokens[first - 1], tokens[last]]
    return remove(begin as SqlToken, finish as SqlToken, `one left out of ${token.text === 'by' ? 'partition by' : token.text}`)
  })
}

/** Outer joins become inner ones, and `union all` forgets its all. */
function joinChanges(tokens: readonly SqlToken[], at: number): Change[] {
  const token = tokens[at] as SqlToken
  const next = tokens[at + 1]
  if (['left', 'full'].includes(token.text) && next?.text === 'join') return [replace(token, '')]
  if (token.text === 'union') return next?.text === 'all' ? [remove(token, next, 'union all → union', 'union')] : [replace(token, 'union all')]
  return []
}

/** The same change twice in the same surroundings is told apart by a number. */
function named(text: string, changes: readonly Change[]): SqlMutant[] {
  const seen = new Map<string, number>()
  return changes.map((change) => {
    const [before, after] = [text.slice(Math.max(0, change.start - 30), change.start), text.slice(change.end, change.end + 25)]
    const original = text.slice(change.start, change.end)
    const shown = `${squeezed(before)}⟦${squeezed(original)} → ${squeezed(change.becomes)}⟧${squeezed(after)}`
    const times = (seen.get(shown) ?? 0) + 1
    seen.set(shown, times)
    return { ...change, line: text.slice(0, change.start).split('\n').length, name: times === 1 ? shown : `${shown} #${times}` }
  })
}

const squeezed = (piece: string): string => piece.replace(/\s+/g, ' ')
