/**
 * Our `.sql` files: psql variables become bound parameters, statements become a list.
 *
 * The same file runs unchanged in psql (`psql -v as_of=2026-03-31 -f step.sql`). Here `:'as_of'::date` is bound as `$1`,
 * never pasted, so nothing a user writes can become SQL.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One statement, ready for the extended protocol: `text` holds `$1…$n`, and `parameters[n − 1]` names the variable. */
export interface SqlStatement {
  readonly text: string
  readonly parameters: readonly string[]
  /** The line of the file on which the statement begins, for error messages. */
  readonly line: number
}

/** A file as statements in order, and the variables that it asks for. */
export interface SqlFile {
  readonly name: string
  readonly statements: readonly SqlStatement[]
  readonly variables: ReadonlySet<string>
}

/** What a variable may be bound to: text as PostgreSQL reads it, or SQL null. */
export type SqlValue = string | number | boolean | null | readonly (string | number)[]

/** Reads and parses a file; throws with file and line when it holds what cannot be run faithfully. */
export function loadSqlFile(location: string | URL): SqlFile {
  const path = typeof location === 'string' ? location : fileURLToPath(location)
  return parseSql(readFileSync(path, 'utf8'), path.split('/').slice(-2).join('/'))
}

/**
 * The values of a statement's parameters, in order.
 *
 * @throws Error for a variable that has no value: a missing value is a bug here, never null
 */
export function bindParameters(file: SqlFile, statement: SqlStatement, values: Readonly<Record<string, SqlValue>>): SqlValue[] {
  return statement.parameters.map((name) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${file.name}:${statement.line}: the variable ${name} has no value`)
    return value
  })
}

/** Throws when a value is given that no statement of the file asks for: a misspelt name would otherwise pass unseen. */
export function refuseUnused(file: SqlFile, values: Readonly<Record<string, SqlValue>>): void {
  const unused = Object.keys(values).filter((name) => !file.variables.has(name))
  if (unused.length > 0) throw new Error(`${file.name}: no statement uses ${unused.join(', ')}`)
}

/** Parses the text of a `.sql` file; `name` is for messages. */
export function parseSql(source: string, name: string): SqlFile {
  const statements: SqlStatement[] = []
  const variables = new Set<string>()
  let current = begin()
  for (const token of tokens(source, name)) {
    if (token.kind === 'end') {
      finish()
      current = begin()
    } else if (token.kind === 'variable') {
      variables.add(token.name)
      current.text += `$${parameterNumber(current, token)}${token.cast}`
      current.line ??= token.line
    } else {
      current.text += token.text
      if (token.kind === 'code' && token.text.trim() !== '') current.line ??= token.line
    }
  }
  finish()
  return { name, statements, variables }

  function finish(): void {
    if (current.line === undefined) return
    statements.push({ text: current.text.trim(), parameters: current.numbered.map(({ name }) => name), line: current.line })
  }
}

interface Draft {
  text: string
  line: number | undefined
  readonly numbered: { readonly name: string; readonly cast: string }[]
}

type Token =
  | { readonly kind: 'code' | 'comment'; readonly text: string; readonly line: number }
  | { readonly kind: 'variable'; readonly name: string; readonly cast: string; readonly line: number }
  | { readonly kind: 'end' }

function begin(): Draft {
  return { text: '', line: undefined, numbered: [] }
}

/**
 * A variable gets one parameter per type that it is cast to: PostgreSQL settles a parameter's type at its first use,
 * while in psql each use is a literal of its own.
 */
function parameterNumber(draft: Draft, { name, cast }: { name: string; cast: string }): number {
  const known = draft.numbered.findIndex((parameter) => parameter.name === name && parameter.cast === cast)
  return known >= 0 ? known + 1 : draft.numbered.push({ name, cast })
}

// In this order: what hides a semicolon or a colon comes before what would find it.
const patterns = {
  comment: /--[^\n]*/y,
  escapeString: /[eE]'(?:[^'\\]|''|\\[^])*'/y,
  string: /'(?:[^']|'')*'/y,
  identifier: /"(?:[^"]|"")*"/y,
  dollar: /\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
  cast: /::/y,
  variable: /:'([A-Za-z_]\w*)'(\s*::\s*[A-Za-z_][\w.]*(?:\[\])*)?/y,
  word: /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y,
} as const

function* tokens(source: string, name: string): Generator<Token> {
  let index = 0
  let line = 1
  let lastWord = ''
  const take = (text: string, kind: 'code' | 'comment' = 'code'): Token => {
    const token = { kind, text, line }
    index += text.length
    line += text.split('\n').length - 1
    return token
  }
  const at = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = index
    return pattern.exec(source)
  }
  while (index < source.length) {
    const rest = source[index] ?? ''
    const two = source.slice(index, index + 2)
    let match: RegExpExecArray | null
    if ((match = at(patterns.comment))) yield take(match[0], 'comment')
    else if (two === '/*') yield take(blockComment(source, index, `${name}:${line}`), 'comment')
    else if ((match = at(patterns.escapeString) ?? at(patterns.string) ?? at(patterns.identifier))) yield take(match[0])
    else if (rest === "'" || rest === '"') throw new Error(`${name}:${line}: a quote is never closed`)
    else if ((match = at(patterns.dollar))) {
      const end = source.indexOf(match[0], index + match[0].length)
      if (end < 0) throw new Error(`${name}:${line}: ${match[0]} is never closed`)
      yield take(source.slice(index, end + match[0].length))
    } else if ((match = at(patterns.cast))) yield take(match[0])
    else if ((match = at(patterns.variable))) {
      const token = { kind: 'variable', name: match[1] ?? '', cast: (match[2] ?? '').replace(/\s/g, ''), line } as const
      take(match[0])
      yield token
    } else if (two === ':"') throw new Error(`${name}:${line}: identifiers are never filled in from variables`)
    else if ((match = at(patterns.word))) {
      if (lastWord === 'begin' && match[0].toLowerCase() === 'atomic') throw new Error(`${name}:${line}: write the body of a function between $$ and $$`)
      lastWord = match[0].toLowerCase()
      yield take(match[0])
    } else if (rest === '\\') throw new Error(`${name}:${line}: psql's backslash commands do not run here`)
    else if (rest === '$' && /\d/.test(two[1] ?? '')) throw new Error(`${name}:${line}: write :'name' instead of ${two}`)
    else if (rest === ';') {
      index += 1
      yield { kind: 'end' }
    } else yield take(rest)
  }
}

/** Block comments nest in PostgreSQL. */
function blockComment(source: string, start: number, place: string): string {
  let depth = 0
  for (let index = start; index < source.length; index += 1) {
    const two = source.slice(index, index + 2)
    if (two === '/*') depth += 1
    else if (two === '*/') depth -= 1
    else continue
    index += 1
    if (depth === 0) return source.slice(start, index + 1)
  }
  throw new Error(`${place}: a comment is never closed`)
}
