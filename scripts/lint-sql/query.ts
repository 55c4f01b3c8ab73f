/** Follows person_key through a query: which tables it joins where, and what of it Citus could not send to the workers. */
import { outputName, type Relation, type Schema } from './schema.ts'
import { asTree, conjuncts, equality, findAll, list, open, text, unwrap, words, type Tree } from './tree.ts'

/** `pulled`: a result that the coordinator fetches first and sends to every worker; joins with it may be on anything. */
type Place = 'distributed' | 'reference' | 'local' | 'pulled'

/** One thing in FROM. */
interface Item {
  readonly alias: string
  readonly place: Place
  /** Its columns that are person_key as it stands in the table. */
  readonly keys: readonly string[]
  /** All columns, where known. */
  readonly columns: readonly string[] | null
  /** A table itself, which Citus cannot fetch first. */
  readonly isTable: boolean
  readonly node: Tree
}

/** What a query gives. */
export interface Shape {
  readonly place: Place
  readonly keys: readonly string[]
  readonly columns: readonly string[] | null
}

/** One SELECT: what is in its FROM, and the SELECT around it. */
class Level {
  readonly items: Item[] = []
  private readonly around: Level | null

  constructor(around: Level | null) {
    this.around = around
  }

  /** All that is in the SELECTs around this one. */
  outer(): readonly Item[] {
    return this.around === null ? [] : [...this.around.items, ...this.around.outer()]
  }

  /** The item a column belongs to, here or further out. */
  resolve(reference: Tree): { readonly item: Item; readonly column: string; readonly isOutside: boolean } | null {
    const fields = words(reference['fields'])
    const column = fields.at(-1) ?? ''
    const qualifier = fields.length > 1 ? fields.at(-2) : undefined
    const owns = (item: Item): boolean => (qualifier === undefined ? item.keys.includes(column) || item.columns?.includes(column) === true : item.alias === qualifier)
    // Of several that have it (after USING) one with the key stands for all: they are equal.
    const candidates = this.items.filter(owns)
    const item = candidates.find(({ keys }) => keys.includes(column)) ?? candidates[0]
    if (item !== undefined) return { item, column, isOutside: false }
    const outside = this.around?.resolve(reference)
    return outside === null || outside === undefined ? null : { ...outside, isOutside: true }
  }
}

/** Something Citus would not do. */
export type Report = (rule: string, node: Tree, message: string) => void

interface Scope {
  readonly around: Level | null
  readonly named: ReadonlyMap<string, Shape>
}

/** Reads the queries of one statement; `path` is the search path that it runs under. */
export class QueryReader {
  private readonly schema: Schema
  private readonly path: readonly string[]
  private readonly report: Report
  /** Which keys are equal: item → the first of its group. */
  private readonly equals = new Map<Item, Item>()
  private readonly pinned = new Set<Item>()

  constructor(schema: Schema, path: readonly string[], report: Report) {
    this.schema = schema
    this.path = path
    this.report = report
  }

  /** The whole of a SELECT. */
  select(tree: Tree, scope: Scope = { around: null, named: new Map() }): Shape {
    const named = this.withNames(tree, scope)
    if (tree['op'] !== undefined && tree['op'] !== 'SETOP_NONE') return this.setOperation(tree, { ...scope, named })
    const level = new Level(scope.around)
    for (const item of list(tree['fromClause'])) this.from(item, level, named)
    this.equate(tree['whereClause'], level)
    this.within(tree, level, named)
    this.correlation(tree, level)
    return this.shapeOf(tree, level)
  }

  /** A subquery that looks at the row around it has to look at the same person's. */
  private correlation(tree: Tree, level: Level): void {
    const spread = level.items.filter(({ place }) => place === 'distributed')
    // Names inside deeper subqueries are theirs to resolve: the same alias may mean something else there.
    const isLookedUp = findAll(tree, 'ColumnRef', (kind) => kind === 'SubLink' || kind === 'RangeSubselect' || kind === 'withClause').some((reference) => level.resolve(reference)?.isOutside === true)
    const [blamed] = spread
    if (blamed === undefined || !isLookedUp) return
    const isSamePerson = spread.some((item) => level.outer().some((other) => other.place === 'distributed' && this.first(other) === this.first(item)))
    if (!isSamePerson) this.report('correlated-on-person-key', blamed.node, `${blamed.alias} is looked up from outside by something other than person_key of a distributed table: compare the keys too, or use in (select …)`)
  }

  /** UPDATE, DELETE, MERGE: the target is one of the joined tables. */
  change(tree: Tree, sources: unknown): void {
    const named = this.withNames(tree, { around: null, named: new Map() })
    const level = new Level(null)
    this.from({ RangeVar: tree['relation'] }, level, named)
    for (const item of list(sources)) this.from(item, level, named)
    this.equate(tree['whereClause'] ?? tree['joinCondition'], level)
    this.within(tree, level, named)
  }

  /** The CTEs in front of a statement, beside those known already. */
  withNames(tree: Tree, scope: Scope): ReadonlyMap<string, Shape> {
    const clause = asTree(tree['withClause'])
    const named = new Map(scope.named)
    for (const wrapped of list(clause['ctes'])) {
      const cte = unwrap(wrapped, 'CommonTableExpr') ?? {}
      const name = text(cte['ctename'])
      const [kind, query] = open(cte['ctequery'])
      if (clause['recursive'] === true && findAll(query, 'RangeVar').some((one) => one['relname'] === name)) {
        if (this.tablesIn(query).some(({ placement }) => placement === 'distributed')) this.report('recursive-cte', cte, `${name} goes from person to person by recursion over a distributed table: repeat a step until it writes nothing (isRepeated in steps.ts)`)
        named.set(name, { place: 'pulled', keys: [], columns: null })
        continue
      }
      const shape: Shape = kind === 'SelectStmt' ? this.select(query, { around: scope.around, named }) : { place: 'pulled', keys: [], columns: null }
      const uses = findAll({ ...tree, withClause: { ctes: list(clause['ctes']).filter((one) => one !== wrapped) } }, 'RangeVar').filter((one) => one['relname'] === name && one['schemaname'] === undefined).length
      const isFetched = cte['ctematerialized'] === 'CTEMaterializeAlways' || uses > 1
      named.set(name, isFetched && shape.place === 'distributed' ? { ...shape, place: 'pulled', keys: [] } : shape)
    }
    return named
  }

  /** Tables that a tree names, CTEs left out. */
  tablesIn(tree: unknown): Relation[] {
    const ctes = new Set(findAll(tree, 'CommonTableExpr').map((cte) => text(cte['ctename'])))
    return findAll(tree, 'RangeVar').filter((one) => one['schemaname'] !== undefined || !ctes.has(text(one['relname']))).flatMap((one) => this.schema.find(one, this.path) ?? [])
  }

  private setOperation(tree: Tree, scope: Scope): Shape {
    const [left, right] = [asTree(tree['larg']), asTree(tree['rarg'])].map((side) => this.select(side, scope)) as [Shape, Shape]
    const places = [left.place, right.place]
    if (places.every((place) => place === 'distributed') && left.keys.length > 0 && right.keys.length > 0) return left
    if (places.every((place) => place === 'reference')) return left
    return { place: places.includes('distributed') || places.includes('pulled') ? 'pulled' : 'local', keys: [], columns: left.columns }
  }

  private from(wrapped: unknown, level: Level, named: ReadonlyMap<string, Shape>): void {
    const [kind, node] = open(wrapped)
    const alias = text(asTree(node['alias'])['aliasname'])
    if (kind === 'RangeVar') this.addTable(node, alias, level, named)
    else if (kind === 'RangeTableSample') {
      this.from(node['relation'], level, named)
      if (level.items.at(-1)?.place === 'distributed') this.report('tablesample', node, 'a sample of each shard is no sample of the whole: choose by a hash of person_key')
    } else if (kind === 'RangeSubselect') {
      const shape = this.select(unwrap(node['subquery'], 'SelectStmt') ?? {}, { around: node['lateral'] === true ? level : null, named })
      const given = words(asTree(node['alias'])['colnames'])
      level.items.push({ alias, ...shape, ...(given.length === 0 ? {} : { columns: given }), isTable: false, node })
    } else if (kind === 'RangeFunction') level.items.push({ alias, place: 'reference', keys: [], columns: words(asTree(node['alias'])['colnames']), isTable: false, node })
    else if (kind === 'JoinExpr') this.join(node, level, named)
  }

  private addTable(node: Tree, alias: string, level: Level, named: ReadonlyMap<string, Shape>): void {
    const name = text(node['relname'])
    const cte = node['schemaname'] === undefined ? named.get(name) : undefined
    if (cte !== undefined) {
      level.items.push({ alias: alias || name, ...cte, isTable: false, node })
      return
    }
    const relation = this.schema.find(node, this.path)
    const place = relation?.placement ?? 'local'
    level.items.push({ alias: alias || name, place, keys: place === 'distributed' ? ['person_key'] : [], columns: relation?.columns ?? null, isTable: true, node })
  }

  private join(node: Tree, level: Level, named: ReadonlyMap<string, Shape>): void {
    this.from(node['larg'], level, named)
    const leftEnd = level.items.length
    this.from(node['rarg'], level, named)
    for (const column of words(node['usingClause'])) {
      const left = level.items.slice(0, leftEnd).filter(({ keys }) => keys.includes(column))
      const right = level.items.slice(leftEnd).filter(({ keys }) => keys.includes(column))
      for (const one of [...left.slice(1), ...right]) if (left[0] !== undefined) this.unite(left[0], one)
    }
    this.equate(node['quals'], level)
  }

  /** Takes in which keys a condition makes equal. */
  private equate(condition: unknown, level: Level): void {
    for (const one of conjuncts(condition)) {
      const sides = equality(one)
      if (sides === null) continue
      const [left, right] = sides.map((side) => unwrap(side, 'ColumnRef')).map((side) => (side === undefined ? null : level.resolve(side)))
      const [first, other] = [left, right].flatMap((side) => (side !== null && side !== undefined && side.item.keys.includes(side.column) ? [side.item] : []))
      if (first !== undefined && other !== undefined) this.unite(first, other)
      else if (first !== undefined && sides.some((side) => ['A_Const', 'ParamRef', 'TypeCast'].includes(open(side)[0]))) this.pinned.add(this.first(first))
    }
  }

  /** What the joins, the subqueries, the aggregates and the locks of one SELECT ask for. */
  private within(tree: Tree, level: Level, named: ReadonlyMap<string, Shape>): void {
    const spread = level.items.filter(({ place }) => place === 'distributed')
    const tables = spread.filter(({ isTable }) => isTable)
    const [first] = tables
    const stray = first === undefined ? undefined : tables.find((item) => this.first(item) !== this.first(first))
    if (first !== undefined && stray !== undefined) {
      this.report('join-on-person-key', stray.node, `${stray.alias} is joined with ${first.alias} on something other than person_key: join on it too, or take the few rows of one side first (with few as materialized (…))`)
    }
    for (const part of ['targetList', 'whereClause', 'havingClause', 'groupClause', 'sortClause', 'returningList', 'mergeWhenClauses'] as const) {
      for (const link of findAll(tree[part], 'SubLink', (kind) => kind === 'SubLink')) this.sublink(link, part, tree, level, named)
    }
    for (const link of findAll(tree['fromClause'], 'JoinExpr', (kind) => kind === 'RangeSubselect').flatMap(({ quals }) => findAll(quals, 'SubLink', (kind) => kind === 'SubLink'))) this.sublink(link, 'whereClause', tree, level, named)
    if (spread.length === 0) return
    this.calculations(tree, level)
    if (list(tree['lockingClause']).length > 0 && !spread.every((item) => this.pinned.has(this.first(item)))) {
      this.report('for-update', asTree(list(tree['lockingClause'])[0]), 'rows of several shards cannot be locked: name one person_key, or lock a row of a local table')
    }
  }

  private sublink(link: Tree, part: string, tree: Tree, level: Level, named: ReadonlyMap<string, Shape>): void {
    const query = unwrap(link['subselect'], 'SelectStmt') ?? {}
    const isSpread = level.items.some(({ place }) => place === 'distributed')
    const innerShape = this.select(query, { around: level, named })
    if (level.items.some(({ place, isTable }) => place === 'distributed' && isTable) && this.tablesIn(query).some(({ placement }) => placement === 'local') && this.isLookingOut(query, level)) {
      this.report('local-and-spread', link, 'a row of a distributed table cannot be looked up in a local one: use in (select …), or a CTE')
    }
    if (link['subLinkType'] === 'EXISTS_SUBLINK' && list(query['targetList']).length === 0 && innerShape.place !== 'reference' && !this.isLookingOut(query, level) && this.tablesIn(query).some(({ placement }) => placement === 'distributed')) {
      this.report('empty-select', link, 'a result that is fetched first needs a column: exists (select 1 from …)')
    }
    if (part === 'targetList' && isSpread && innerShape.place !== 'reference' && (hasAggregate(tree) || list(tree['groupClause']).length > 0)) {
      this.report('target-subquery', link, 'a subquery beside an aggregate over a distributed table is refused: count each in a CTE of its own and join the two')
    }
  }

  /** Whether a subquery names a column of what is around it. */
  private isLookingOut(query: Tree, around: Level): boolean {
    const own = new Set(findAll(query['fromClause'], 'RangeVar').map((range) => text(asTree(range['alias'])['aliasname']) || text(range['relname'])))
    return findAll(query, 'ColumnRef').some((reference) => {
      const fields = words(reference['fields'])
      return fields.length > 1 && !own.has(fields[0] ?? '') && around.resolve(reference) !== null
    })
  }

  private calculations(tree: Tree, level: Level): void {
    const isByPerson = this.isKeyAmong(list(tree['groupClause']), level, tree)
    const parts = ['targetList', 'havingClause', 'sortClause'].map((part) => tree[part])
    const closed = (kind: string): boolean => kind === 'SubLink'
    for (const call of parts.flatMap((part) => findAll(part, 'FuncCall', closed))) {
      const name = words(call['funcname']).at(-1) ?? ''
      if (call['over'] !== undefined) {
        const window = this.windowOf(asTree(call['over']), tree)
        if (!this.isKeyAmong(list(window['partitionClause']), level, tree)) this.report('window-by-person', call, `${name} over (…) without person_key in its partition fetches every row: group into a small CTE first`)
      } else if (call['agg_within_group'] === true && !isByPerson) this.report('aggregate-splits', call, `${name} needs all rows in one place: count by value in a small table and go on from there`)
      else if (call['agg_distinct'] === true && !isByPerson && !this.isKeyAmong(list(call['args']), level, tree)) this.report('aggregate-splits', call, `${name}(distinct …) over anything but person_key fetches every value: group by it in a CTE and count the rows`)
    }
    for (const group of findAll(tree['groupClause'], 'GroupingSet')) this.report('grouping-sets', group, 'is refused over shards: group plainly and add up the totals in TypeScript')
  }

  private windowOf(over: Tree, tree: Tree): Tree {
    const name = text(over['name']) || text(over['refname'])
    return name === '' ? over : (list(tree['windowClause']).map((one) => unwrap(one, 'WindowDef') ?? {}).find((one) => one['name'] === name) ?? over)
  }

  /** Whether one of the expressions is person_key as it stands in a distributed table. */
  private isKeyAmong(expressions: readonly unknown[], level: Level, tree: Tree): boolean {
    return expressions.some((expression) => {
      const ordinal = asTree(unwrap(expression, 'A_Const')?.['ival'])['ival']
      const value = typeof ordinal === 'number' ? unwrap(list(tree['targetList'])[ordinal - 1], 'ResTarget')?.['val'] : expression
      return this.isKey(value, level)
    })
  }

  private isKey(value: unknown, level: Level): boolean {
    const reference = unwrap(value, 'ColumnRef')
    const found = reference === undefined ? null : level.resolve(reference)
    return found !== null && found.item.place === 'distributed' && found.item.keys.includes(found.column)
  }

  private shapeOf(tree: Tree, level: Level): Shape {
    const targets = list(tree['targetList']).map((target) => unwrap(target, 'ResTarget') ?? {})
    const columns = targets.flatMap((target) => starOf(target, level) ?? [outputName(target)])
    const places = level.items.map(({ place }) => place)
    if (!places.includes('distributed')) return { place: places.includes('pulled') ? 'pulled' : places.includes('local') ? 'local' : 'reference', keys: [], columns }
    const groups = list(tree['groupClause'])
    const distinct = list(tree['distinctClause'])
    const distinctOn = distinct.filter((one) => Object.keys(asTree(one)).length > 0)
    const isFetched =
      tree['limitCount'] !== undefined || tree['limitOffset'] !== undefined ||
      (groups.length > 0 ? !this.isKeyAmong(groups, level, tree) : hasAggregate(tree)) ||
      (distinct.length > 0 && !this.isKeyAmong(distinctOn.length > 0 ? distinctOn : targets.map(({ val }) => val), level, tree))
    if (isFetched) return { place: 'pulled', keys: [], columns }
    const keys = targets.flatMap((target) => (this.isKey(target['val'], level) ? [outputName(target)] : starOf(target, level)?.filter((column) => column === 'person_key') ?? []))
    return { place: 'distributed', keys, columns }
  }

  private unite(one: Item, other: Item): void {
    const [first, second] = [this.first(one), this.first(other)]
    if (first !== second) this.equals.set(second, first)
  }

  private first(item: Item): Item {
    const next = this.equals.get(item)
    return next === undefined ? item : this.first(next)
  }
}

/** The columns of `*` or `x.*`; null for any other target. */
function starOf(target: Tree, level: Level): string[] | null {
  const fields = list(unwrap(target['val'], 'ColumnRef')?.['fields'])
  if (unwrap(fields.at(-1), 'A_Star') === undefined) return null
  const alias = fields.length > 1 ? words(fields)[0] : undefined
  return level.items.filter((item) => alias === undefined || item.alias === alias).flatMap(({ columns }) => columns ?? [])
}

const aggregates = new Set(['count', 'sum', 'min', 'max', 'avg', 'bool_and', 'bool_or', 'every', 'array_agg', 'string_agg', 'json_agg', 'jsonb_agg', 'json_object_agg', 'jsonb_object_agg', 'percentile_cont', 'percentile_disc', 'mode'])

function hasAggregate(tree: Tree): boolean {
  return [tree['targetList'], tree['havingClause']].flatMap((part) => findAll(part, 'FuncCall', (kind) => kind === 'SubLink')).some((call) => call['over'] === undefined && aggregates.has(words(call['funcname']).at(-1) ?? ''))
}
