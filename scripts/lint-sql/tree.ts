/** PostgreSQL's own parse tree, and the few questions that the rules ask of it. */
import { loadModule, parseSync } from 'libpg-query'
import type { SqlStatement } from '../../src/db/index.ts'

/** A node: its kind, its fields. */
export interface Tree {
  readonly [field: string]: unknown
}

/** One statement as a tree; `lineOf` turns a node's place into a line of the file. */
export interface Parsed {
  readonly kind: string
  readonly tree: Tree
  readonly lineOf: (node: Tree) => number
}

await loadModule()

/** The statement as PostgreSQL 15 reads it; throws what its parser says. */
export function parseStatement({ text, line }: SqlStatement): Parsed {
  const { stmts } = parseSync(text) as { stmts?: { stmt: Tree }[] }
  const [kind = '', tree] = Object.entries(stmts?.[0]?.stmt ?? {})[0] ?? []
  const bytes = Buffer.from(text)
  const leading = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*/.exec(text)?.[0] ?? ''
  const lineAt = (place: number): number => line + newlines(bytes.subarray(0, place).toString()) - newlines(leading)
  return { kind, tree: asTree(tree), lineOf: (node) => lineAt(Math.max(placeOf(node), Buffer.byteLength(leading))) }
}

/** The node inside a wrapper `{ SelectStmt: {…} }`, when it is of that kind. */
export function unwrap(value: unknown, kind: string): Tree | undefined {
  const inner = asTree(value)[kind]
  return inner === undefined ? undefined : asTree(inner)
}

/** Kind and fields of a wrapped node. */
export function open(value: unknown): readonly [kind: string, node: Tree] {
  const [kind = '', node] = Object.entries(asTree(value))[0] ?? []
  return [kind, asTree(node)]
}

export function asTree(value: unknown): Tree {
  return typeof value === 'object' && value !== null ? (value as Tree) : {}
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The words of a list of String nodes: a qualified name, the columns of USING. */
export function words(value: unknown): string[] {
  return list(value).map((one) => text(unwrap(one, 'String')?.['sval']))
}

/** Every node of a kind below a value, not looking into what `isClosed` says. */
export function findAll(value: unknown, kind: string, isClosed: (kind: string) => boolean = () => false): Tree[] {
  if (Array.isArray(value)) return value.flatMap((one) => findAll(one, kind, isClosed))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const here = name === kind && typeof inner === 'object' && inner !== null ? [inner as Tree] : []
    return isClosed(name) ? here : [...here, ...findAll(inner, kind, isClosed)]
  })
}

/** The conditions joined by AND at the top of an expression. */
export function conjuncts(condition: unknown): unknown[] {
  if (condition === undefined) return []
  const both = unwrap(condition, 'BoolExpr')
  return both?.['boolop'] === 'AND_EXPR' ? list(both['args']).flatMap(conjuncts) : [condition]
}

/** The two sides of `a = b`; null for anything else. */
export function equality(condition: unknown): readonly [unknown, unknown] | null {
  const expression = unwrap(condition, 'A_Expr')
  if (expression?.['kind'] !== 'AEXPR_OP' || words(expression['name']).join() !== '=') return null
  return [expression['lexpr'], expression['rexpr']]
}

function placeOf(node: Tree): number {
  const places = [node, ...Object.values(node).map(asTree)].map((one) => one['location']).filter((place): place is number => typeof place === 'number' && place >= 0)
  return places[0] ?? firstPlace(node)
}

function firstPlace(value: unknown): number {
  const found: number[] = []
  JSON.stringify(value, (name, inner: unknown) => {
    if (name === 'location' && typeof inner === 'number' && inner >= 0) found.push(inner)
    return inner
  })
  return found.length === 0 ? 0 : Math.min(...found)
}

function newlines(value: string): number {
  return value.split('\n').length - 1
}
