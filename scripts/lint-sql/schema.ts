/** What the migrations make, as far as the rules ask: tables with their columns and place, views, sequences, functions. */
import { placementOf, type Placement } from '../../src/db/citus-placement.ts'
import { asTree, findAll, list, open, text, unwrap, words, type Parsed, type Tree } from './tree.ts'

/** A table or a view under its schema. */
export interface Relation {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  /** A view over reference tables only counts as one; null: nobody has said where this table lives. */
  readonly placement: Placement | null
}

/** The schema as it stands after the migrations read so far. */
export class Schema {
  private readonly relations = new Map<string, Relation>()
  /** Type of each sequence: bigint unless it says otherwise. */
  readonly sequences = new Map<string, string>()
  /** Where a table of that name lives, or would. */
  readonly placeOf: (table: string, schema?: string) => Placement | null

  constructor(placeOf: (table: string, schema?: string) => Placement | null = placementOf) {
    this.placeOf = placeOf
  }

  /** The relation that a name means where `path` is the search path; undefined for names that no migration made. */
  find(range: Tree, path: readonly string[] = ['public']): Relation | undefined {
    const schema = text(range['schemaname'])
    for (const one of schema === '' ? path : [schema]) {
      const found = this.relations.get(`${one}.${text(range['relname'])}`)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Takes in a statement of a migration. */
  learn({ kind, tree }: Parsed): void {
    if (kind === 'CreateStmt') this.learnTable(tree)
    else if (kind === 'ViewStmt') this.learnView(tree)
    else if (kind === 'CreateSeqStmt') this.sequences.set(text(asTree(tree['sequence'])['relname']), sequenceType(tree))
    else if (kind === 'AlterTableStmt') this.learnColumns(tree)
  }

  private learnTable(tree: Tree): void {
    const range = asTree(tree['relation'])
    const [schema, name] = [text(range['schemaname']) || 'public', text(range['relname'])]
    const columns = list(tree['tableElts']).flatMap((element) => {
      const like = unwrap(element, 'TableLikeClause')
      if (like !== undefined) return this.find(asTree(like['relation']))?.columns ?? []
      return unwrap(element, 'ColumnDef') === undefined ? [] : [text(unwrap(element, 'ColumnDef')?.['colname'])]
    })
    this.relations.set(`${schema}.${name}`, { schema, name, columns, placement: this.placeOf(name, schema) })
  }

  private learnView(tree: Tree): void {
    const range = asTree(tree['view'])
    const [schema, name] = [text(range['schemaname']) || 'public', text(range['relname'])]
    const read = findAll(tree['query'], 'RangeVar').map((one) => this.find(one)?.placement ?? 'reference')
    const columns = list(unwrap(tree['query'], 'SelectStmt')?.['targetList']).map((target) => outputName(unwrap(target, 'ResTarget') ?? {}))
    const placement = read.find((one) => one === 'distributed') ?? read.find((one) => one === 'local') ?? 'reference'
    this.relations.set(`${schema}.${name}`, { schema, name, columns, placement })
  }

  private learnColumns(tree: Tree): void {
    const relation = this.find(asTree(tree['relation']))
    if (relation === undefined) return
    const added = findAll(tree['cmds'], 'ColumnDef').map((column) => text(column['colname'])).filter((name) => name !== '')
    this.relations.set(`${relation.schema}.${relation.name}`, { ...relation, columns: [...relation.columns, ...added] })
  }
}

/** The name under which a target of SELECT comes out. */
export function outputName(target: Tree): string {
  const given = text(target['name'])
  if (given !== '') return given
  const [kind, node] = open(target['val'])
  if (kind === 'ColumnRef') return words(node['fields']).at(-1) ?? ''
  if (kind === 'FuncCall') return words(node['funcname']).at(-1) ?? ''
  return kind === 'TypeCast' ? outputName({ val: node['arg'] }) : ''
}

function sequenceType(tree: Tree): string {
  const type = findAll(tree['options'], 'DefElem').find((option) => option['defname'] === 'as')
  return type === undefined ? 'int8' : (words(asTree(unwrap(type['arg'], 'TypeName'))['names']).at(-1) ?? 'int8')
}
