/** Reads the headers of sql/findings: everything a person needs to know about a type of finding stands beside its query. */
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { actors, findingSubjects, languages, severities, type Texts } from '../core/index.ts'
import { parseSql, type Session, type SqlFile } from '../db/index.ts'

/** A type of finding: its header, its query, and its worked examples (run by the tests). */
export interface FindingType extends z.infer<typeof header> {
  readonly title: Texts
  readonly explanation: Texts
  readonly action: Texts
  readonly query: SqlFile
  readonly examples: readonly FindingExample[]
}

/** A small world in words, and what must (or must not) be found in it. */
export interface FindingExample {
  readonly kind: 'Hit' | 'Near miss'
  readonly sentence: string
  readonly lines: readonly string[]
}

const directory = new URL('../../sql/findings/', import.meta.url)
const header = z.object({ code: z.string().regex(/^[a-z_]+$/), severity: z.enum(severities), actor: z.enum(actors), subject: z.enum(findingSubjects), working_days: z.string().regex(/^[1-9]\d?$/, 'within how many working days a case of it is to be answered'), source: z.string().min(1), why: z.string().min(1) })

/** All types of finding, by code in alphabetical order. @throws Error naming the file and what its header lacks */
export function loadFindingTypes(): FindingType[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => parseFindingType(name, readFileSync(new URL(name, directory), 'utf8')))
}

/** One file of sql/findings as a type of finding; `name` is the file's, which must be its code. */
export function parseFindingType(name: string, text: string): FindingType {
  const comments = text.split('\n').filter((line) => line.startsWith('--')).map((line) => line.slice(2).replace(/^ /, ''))
  const fields = new Map(comments.flatMap((line) => {
    const [, key, value] = /^([a-z_]+(?:\.[a-z]{2})?): (.+)$/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [[key, value] as const]
  }))
  const parsed = header.safeParse(Object.fromEntries(fields))
  if (!parsed.success) throw new Error(`sql/findings/${name}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`)
  if (name !== `${parsed.data.code}.sql`) throw new Error(`sql/findings/${name}: the file must be named after its code, ${parsed.data.code}.sql`)
  return { ...parsed.data, title: texts('title'), explanation: texts('explanation'), action: texts('action'), query: parseSql(text, `findings/${name}`), examples: readExamples(comments) }

  function texts(field: string): Texts {
    const entries = languages.map((language) => {
      const value = fields.get(`${field}.${language}`)
      if (value === undefined) throw new Error(`sql/findings/${name}: ${field}.${language} is missing`)
      return [language, value] as const
    })
    return Object.fromEntries(entries) as Record<(typeof languages)[number], string>
  }
}

function readExamples(comments: readonly string[]): FindingExample[] {
  const examples: { kind: 'Hit' | 'Near miss'; sentence: string; lines: string[] }[] = []
  for (const line of comments) {
    const [, kind, sentence] = /^(Hit|Near miss): (.+)$/.exec(line) ?? []
    if (kind !== undefined) examples.push({ kind: kind as 'Hit' | 'Near miss', sentence: sentence ?? '', lines: [] })
    else if (line.startsWith('  ')) examples.at(-1)?.lines.push(line.trim())
  }
  return examples
}

/** Makes the table finding_type say what the headers say; pages and reports read the table. */
export async function syncFindingTypes(session: Session, types: readonly FindingType[]): Promise<void> {
  // What people bring and no run finds (complaint) is kept by migrations (D135).
  await session.query('delete from finding_type where is_found and code <> all ($1::text[])', [types.map(({ code }) => code)])
  // A row that says the same is left alone: written anew each night, these few rows grew to megabytes.
  for (const { code, severity, actor, subject, working_days, title, explanation, action } of types) {
    await session.query(`
      insert into finding_type as t (code, severity, actor, subject, working_days, title, explanation, action) values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (code) do update set severity = excluded.severity, actor = excluded.actor, subject = excluded.subject, working_days = excluded.working_days, title = excluded.title, explanation = excluded.explanation, action = excluded.action, is_found = true
      where (t.severity, t.actor, t.subject, t.working_days, t.title, t.explanation, t.action, t.is_found) is distinct from (excluded.severity, excluded.actor, excluded.subject, excluded.working_days, excluded.title, excluded.explanation, excluded.action, true)`,
      [code, severity, actor, subject, working_days, title, explanation, action])
  }
}
