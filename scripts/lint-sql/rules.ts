/**
 * What Citus refuses, or does only by fetching every row to the coordinator: one rule each, with what to do instead.
 *
 * Told from the statement and the place of its tables (src/db/citus-placement.ts); each refusal was seen on Citus 13.2.
 * What cannot be told this way, and is told by the suite on a cluster (TANTAY_TEST_DATABASE_URL) or by EXPLAIN:
 * how many rows a result has that is fetched first; whether a plan is pushed down whole; SQL put together at run time,
 * by Kysely or in TypeScript (repeats.ts, statements.ts); whether steps are safe to repeat after a broken two-phase
 * commit; that only sealed files are read, since shards are not seen at one instant; how many connections a COPY opens;
 * advisory locks, which belong to one server.
 */
import { distributionColumn, type Placement } from '../../src/db/citus-placement.ts'
import { QueryReader, type Report } from './query.ts'
import type { Relation, Schema } from './schema.ts'
import { asTree, findAll, list, open, text, unwrap, words, type Parsed, type Tree } from './tree.ts'

/** One thing to mend. */
export interface Fault {
  readonly line: number
  readonly rule: string
  readonly message: string
}

/** What Citus would say of a statement; the schema is that of the statements before it. */
export function faultsOf(statement: Parsed, schema: Schema, path: readonly string[]): Fault[] {
  const faults: Fault[] = []
  const report: Report = (rule, node, message) => faults.push({ line: statement.lineOf(node), rule, message })
  definition(statement, schema, report)
  data(statement, schema, path, report)
  const seen = new Set<string>()
  return faults.filter(({ line, rule, message }) => !seen.has(`${line} ${rule} ${message}`) && seen.add(`${line} ${rule} ${message}`))
}

// Definitions -------------------------------------------------------------------------------------------------------------

function definition({ kind, tree }: Parsed, schema: Schema, report: Report): void {
  if (kind === 'CreateTrigStmt') {
    if (placeOf(schema, asTree(tree['relation'])) !== 'local') report('no-trigger', tree, 'triggers are refused on distributed and reference tables: let the same statement write both rows (insert … returning in a CTE)')
  } else if (kind === 'RuleStmt') report('no-rule', tree, 'rules are not carried to the workers: write what is meant')
  else if (kind === 'CreateTableAsStmt') report('no-stored-query', tree, 'a stored query lives on the coordinator alone: create the table and insert into it')
  else if (kind === 'CreateStmt') table(tree, schema, report)
  else if (kind === 'IndexStmt') index(tree, schema, report)
  else if (kind === 'AlterTableStmt') alteration(tree, schema, report)
  else if (kind === 'RenameStmt' && text(tree['subname']) === distributionColumn) report('key-stays', tree, `${distributionColumn} is how rows find their node: it keeps its name`)
  else if (kind === 'CreateFunctionStmt') callable(tree, report)
}

function table(tree: Tree, schema: Schema, report: Report): void {
  const range = asTree(tree['relation'])
  const placement = placeOf(schema, range)
  const columns = findAll(tree['tableElts'], 'ColumnDef')
  if (placement === null) report('place', range, `say in src/db/citus-placement.ts where ${text(range['relname'])} lives: distributed by ${distributionColumn}, reference (small, on every node) or local`)
  if (tree['partspec'] !== undefined && tree['partbound'] !== undefined) report('one-level', range, 'partitions of partitions are refused: one level, by month')
  const key = columns.find(({ colname }) => colname === distributionColumn)
  if (placement === 'distributed' && !inherits(tree) && (key === undefined || typeName(key) !== 'int8' || !isNotNull(key))) report('key-column', key ?? range, `a distributed table has the column ${distributionColumn} bigint not null`)
  else if (key !== undefined && typeName(key) !== 'int8') report('key-column', key, `${distributionColumn} is bigint everywhere: keys of two types are joined slowly`)
  for (const column of columns) columnRules(column, placement, schema, report)
  for (const constraint of findAll(tree['tableElts'], 'Constraint')) constraintRules(constraint, ownerOf(constraint, columns), placement, schema, report)
}

function columnRules(column: Tree, placement: Placement | null, schema: Schema, report: Report): void {
  const name = text(column['colname'])
  if (typeName(column) === 'timestamp') report('time-zone', column, `${name}: comparing a timestamp without zone depends on the session and is refused in updates: timestamptz or date`)
  if (placement !== 'distributed') return
  const isIdentity = list(column['constraints']).some((one) => unwrap(one, 'Constraint')?.['contype'] === 'CONSTR_IDENTITY')
  const sequence = findAll(column['constraints'], 'FuncCall').filter((call) => words(call['funcname']).at(-1) === 'nextval').flatMap((call) => findAll(call['args'], 'A_Const').map((one) => text(asTree(one['sval'])['sval'])))[0]
  if (isIdentity || /serial/.test(typeName(column)) || (sequence !== undefined && (schema.sequences.get(sequence) ?? 'int8') !== 'int8')) {
    report('made-ids', column, `${name}: numbers that a node gives out are refused, or run out below bigint: take a hash of the content, or nextval of a bigint sequence`)
  }
}

function constraintRules(constraint: Tree, owner: string | undefined, placement: Placement | null, schema: Schema, report: Report): void {
  const type = text(constraint['contype'])
  if (['CONSTR_PRIMARY', 'CONSTR_UNIQUE', 'CONSTR_EXCLUSION'].includes(type) && placement === 'distributed') {
    const columns = type === 'CONSTR_EXCLUSION' ? list(constraint['exclusions']).map((one) => text(findAll(one, 'IndexElem')[0]?.['name'])) : words(constraint['keys'])
    if ((columns[0] ?? owner) !== distributionColumn) report('unique-by-person', constraint, `unique can only be watched within a shard: begin with ${distributionColumn}, or keep a table of its own for what must be unique everywhere`)
  }
  if (type === 'CONSTR_FOREIGN') foreignKey(constraint, owner, placement, schema, report)
}

function foreignKey(constraint: Tree, owner: string | undefined, placement: Placement | null, schema: Schema, report: Report): void {
  const target = schema.find(asTree(constraint['pktable']))?.placement
  const columns = words(constraint['fk_attrs'])
  const from = columns.length === 0 && owner !== undefined ? [owner] : columns
  const isTogether = from.includes(distributionColumn) && (words(constraint['pk_attrs']).length === 0 || words(constraint['pk_attrs']).includes(distributionColumn))
  const isAllowed = target === 'reference' ? true : placement === 'distributed' ? target === 'distributed' && isTogether : placement === 'local' && target === 'local'
  if (!isAllowed) report('foreign-key', constraint, `a ${placement ?? 'table'} row may refer to reference tables, a distributed one also to distributed tables with ${distributionColumn} in the key, a local one to local tables`)
  if (constraint['fk_del_action'] === 'n' || constraint['fk_upd_action'] === 'n') report('foreign-key', constraint, 'on delete set null would empty a key: keep the row and mark it')
}

function index(tree: Tree, schema: Schema, report: Report): void {
  if (tree['unique'] !== true || placeOf(schema, asTree(tree['relation'])) !== 'distributed') return
  const first = unwrap(list(tree['indexParams'])[0], 'IndexElem')
  if (first?.['name'] !== distributionColumn) report('unique-by-person', tree, `unique can only be watched within a shard: begin with ${distributionColumn}, or keep a table of its own for what must be unique everywhere`)
}

function alteration(tree: Tree, schema: Schema, report: Report): void {
  const range = asTree(tree['relation'])
  const placement = placeOf(schema, range)
  for (const command of findAll(tree['cmds'], 'AlterTableCmd')) {
    if (text(command['name']) === distributionColumn) report('key-stays', range, `${distributionColumn} is how rows find their node: it is neither altered nor dropped`)
    for (const column of findAll(command['def'], 'ColumnDef')) columnRules(column, placement, schema, report)
    const added = unwrap(command['def'], 'ColumnDef')
    if (added !== undefined) columnRules(added, placement, schema, report)
    for (const constraint of findAll({ def: command['def'] }, 'Constraint')) constraintRules(constraint, text(added?.['colname']) || undefined, placement, schema, report)
  }
}

function callable(tree: Tree, report: Report): void {
  // Who sees a row depends on who is logged in: what policies ask runs as the owner, with the rights of whoever is named in the session.
  if (findAll(tree['options'], 'DefElem').some(({ defname }) => defname === 'security')) return
  const volatility = findAll(tree['options'], 'DefElem').find(({ defname }) => defname === 'volatility')
  if (text(unwrap(volatility?.['arg'], 'String')?.['sval']) !== 'immutable') report('immutable', tree, 'a function that queries call says immutable, so that a worker may work it out: pass what varies as an argument')
}

// Rows --------------------------------------------------------------------------------------------------------------------

function data({ kind, tree }: Parsed, schema: Schema, path: readonly string[], report: Report): void {
  const reader = new QueryReader(schema, path, report)
  if (kind === 'SelectStmt') reader.select(tree)
  if (kind === 'ViewStmt') reader.select(unwrap(tree['query'], 'SelectStmt') ?? {})
  if (kind === 'InsertStmt') insertion(tree, schema, path, reader, report)
  if (kind === 'UpdateStmt') reader.change(tree, tree['fromClause'])
  if (kind === 'DeleteStmt') reader.change(tree, tree['usingClause'])
  if (kind === 'MergeStmt') reader.change(tree, [tree['sourceRelation']])
  const isChange = ['UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(kind)
  if (isChange) change(kind, tree, schema, path, reader, report)
  for (const inner of findAll(asTree(tree['withClause']), 'CommonTableExpr')) {
    const [innerKind, query] = open(inner['ctequery'])
    if (innerKind !== 'SelectStmt') data({ kind: innerKind, tree: query, lineOf: () => 0 }, schema, path, report)
  }
}

function insertion(tree: Tree, schema: Schema, path: readonly string[], reader: QueryReader, report: Report): void {
  const target = schema.find(asTree(tree['relation']), path)
  const named = reader.withNames(tree, { around: null, named: new Map() })
  const source = unwrap(tree['selectStmt'], 'SelectStmt')
  if (source !== undefined) reader.select(source, { around: null, named })
  if (target === undefined || target.placement === 'local') return
  if (findAll(source?.['valuesLists'], 'SubLink').length > 0) report('insert-select', findAll(source?.['valuesLists'], 'SubLink')[0] ?? tree, 'a subquery inside VALUES is refused: insert … select')
  const columns = list(tree['cols']).map((column) => text(unwrap(column, 'ResTarget')?.['name']))
  if (target.placement === 'distributed' && columns.length > 0 && !columns.includes(distributionColumn)) report('insert-key', asTree(tree['relation']), `a row without ${distributionColumn} has no node to go to`)
  const conflict = asTree(tree['onConflictClause'])
  const inferred = list(asTree(conflict['infer'])['indexElems']).map((element) => text(unwrap(element, 'IndexElem')?.['name']))
  if (target.placement === 'distributed' && inferred.length > 0 && !inferred.includes(distributionColumn)) report('conflict-key', conflict, `on conflict watches one shard: its columns include ${distributionColumn}`)
  for (const clause of list(conflict['targetList'])) if (unwrap(clause, 'ResTarget')?.['name'] === distributionColumn) report('key-stays', asTree(conflict), `${distributionColumn} is how rows find their node: it is never set anew`)
  changing(conflict['targetList'], report, 'in do update set only what is immutable is allowed: take excluded.… or a parameter')
}

function change(kind: string, tree: Tree, schema: Schema, path: readonly string[], reader: QueryReader, report: Report): void {
  const target = schema.find(asTree(tree['relation']), path)
  const subqueries = ['whereClause', 'targetList', 'joinCondition'].flatMap((part) => findAll(tree[part], 'SubLink', (inner) => inner === 'SubLink'))
  if (target?.placement === 'local') {
    const spread = subqueries.find((link) => isLookingOut(link, target, tree) && reader.tablesIn(link).some(({ placement }) => placement !== 'local'))
    if (spread !== undefined) report('local-and-spread', spread, 'a local table cannot be changed by looking each row up in a table of the workers: use in (select …), using, or a CTE')
    return
  }
  if (target === undefined) return
  if (kind === 'MergeStmt' && target.placement === 'reference') report('merge-target', asTree(tree['relation']), 'a reference table is no target of MERGE: insert … on conflict')
  const local = subqueries.find((link) => reader.tablesIn(link).some(({ placement }) => placement === 'local'))
  if (local !== undefined) report('local-and-spread', local, 'a condition on a distributed table cannot look into a local one, which no worker knows: with few as materialized (select … from the local one) in front')
  for (const assignment of findAll([tree['targetList'], tree['mergeWhenClauses']], 'ResTarget')) {
    if (assignment['name'] === distributionColumn && (kind === 'UpdateStmt' || findAll(tree['mergeWhenClauses'], 'MergeWhenClause').some((clause) => clause['commandType'] === 'CMD_UPDATE' && findAll(clause['targetList'], 'ResTarget').includes(assignment)))) {
      report('key-stays', assignment, `${distributionColumn} is how rows find their node: it is never set anew`)
    }
  }
  changing([tree['targetList'], tree['whereClause']], report, 'a change over shards calls nothing that may answer differently on each: pass the value as a parameter')
}

const volatile = new Set(['now', 'clock_timestamp', 'statement_timestamp', 'transaction_timestamp', 'timeofday', 'random', 'gen_random_uuid', 'nextval', 'setval', 'txid_current', 'pg_current_xact_id'])

function changing(tree: unknown, report: Report, message: string): void {
  for (const call of findAll(tree, 'FuncCall')) if (volatile.has(words(call['funcname']).at(-1) ?? '')) report('changing-value', call, message)
  for (const value of findAll(tree, 'SQLValueFunction')) report('changing-value', value, message)
}

/** Whether a subquery names the table that is being changed. */
function isLookingOut(link: Tree, target: Relation, tree: Tree): boolean {
  const alias = text(asTree(asTree(tree['relation'])['alias'])['aliasname']) || target.name
  return findAll(link['subselect'], 'ColumnRef').some((reference) => words(reference['fields']).length > 1 && words(reference['fields']).at(-2) === alias)
}

// What a definition says ----------------------------------------------------------------------------------------------------

function placeOf(schema: Schema, range: Tree): Placement | null {
  return schema.placeOf(text(range['relname']), text(range['schemaname']) || 'public')
}

function typeName(column: Tree): string {
  return words(asTree(column['typeName'])['names']).at(-1) ?? ''
}

function isNotNull(column: Tree): boolean {
  return list(column['constraints']).some((one) => ['CONSTR_NOTNULL', 'CONSTR_PRIMARY'].includes(text(unwrap(one, 'Constraint')?.['contype'])))
}

function inherits(tree: Tree): boolean {
  return tree['partbound'] !== undefined || findAll(tree['tableElts'], 'TableLikeClause').length > 0
}

/** The column that a constraint was written behind; undefined for one of the whole table. */
function ownerOf(constraint: Tree, columns: readonly Tree[]): string | undefined {
  return columns.filter((column) => findAll(column['constraints'], 'Constraint').includes(constraint)).map(({ colname }) => text(colname))[0]
}
