/** Saved mapping profiles: each saving adds a version, and no version ever changes. */
import { foldWord, makeProfile, profileName, Refusal, type Clock, type Profile, type ProfileDescription } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'
import { leaveTrail } from '../trail/index.ts'

/** One version of a profile, ready to read files. */
export interface SavedProfile {
  readonly name: string
  readonly version: number
  /** Whose files are read by it; null: everybody's. */
  readonly source: string | null
  readonly profile: Profile
  /** UTC instant. */
  readonly saved_at: string
}

/** A profile in the list: its newest version, and how many files were read by any of its versions and stand. */
export interface ProfileSummary {
  readonly name: string
  readonly version: number
  readonly kind: string
  /** Whose files are read by it; null: everybody's. */
  readonly source: string | null
  readonly saved_at: string
  readonly files: number
}

/**
 * Saves a profile as the next version of its name; what is saved already, word for word, keeps its version. A name
 * belongs to one sender, or to all, from its first version on.
 *
 * @param source the one whose files it reads; null: everybody's
 * @throws Refusal `profile_name_invalid`, `profile_source_invalid`, `profile_invalid`, `profile_of_another` (conflict)
 */
export async function saveProfile(database: Database, name: string, value: unknown, clock: Clock, source: string | null = null): Promise<SavedProfile & { readonly isNew: boolean }> {
  if (!profileName.test(name)) throw new Refusal('usage', 'profile_name_invalid', `${name} is no name for a profile; use up to 60 letters, digits, - _ and .`)
  if (source !== null && !/^\d{6}$/.test(source)) throw new Refusal('usage', 'profile_source_invalid', `${source} is no bank; write its six digits`)
  const profile = makeProfile(value)
  await requireKnownReasons(database, profile)
  const isNew = await database.transaction(async (transaction) => {
    await transaction.query(`select pg_advisory_xact_lock(hashtext('tantay profile'), hashtext($1))`, [name])
    const [first] = await transaction.query<{ source: string | null }>('select source from ingest_profile where name = $1 limit 1', [name])
    if (first !== undefined && first.source !== source) throw new Refusal('conflict', 'profile_of_another', `${name} is a profile of ${first.source ?? 'everybody'} already; save it under another name`)
    const at = clock.now()
    const [added] = await transaction.query<{ version: number }>(
      `insert into ingest_profile (name, version, description, saved_at, source)
       select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3, $4 from ingest_profile where name = $1
       having $2::jsonb is distinct from (array_agg(description order by version desc))[1] returning version`,
      [name, JSON.stringify(profile.description), at, source],
    )
    if (added !== undefined) await leaveTrail(transaction, { staffId: null, at, kind: 'profile_saved', subject: `${name}@${added.version}`, details: { source }, row: { table: 'ingest_profile', key: [name, added.version] } })
    return added !== undefined
  })
  return { ...(await loadProfile(database, name)), isNew }
}

/**
 * The newest version of a profile, or the one asked for.
 *
 * @param reader the bank that reads by it: another's is none then; absent: whoever runs the installation
 * @throws Refusal `profile_unknown`
 */
export async function loadProfile(session: Session, name: string, version?: number, reader?: string): Promise<SavedProfile> {
  const [row] = await session.query<{ name: string; version: number; source: string | null; description: ProfileDescription; saved_at: string }>(
    'select name, version, source, description, saved_at from ingest_profile where name = $1 and ($2::integer is null or version = $2) and ($3::text is null or source is null or source = $3) order by version desc limit 1',
    [name.normalize('NFC'), version ?? null, reader ?? null],
  )
  if (row === undefined) throw new Refusal('notFound', 'profile_unknown', `there is no profile ${name}${version === undefined ? '' : ` with version ${version}`}; tantay profile list shows them`)
  return { name: row.name, version: row.version, source: row.source, profile: makeProfile(row.description), saved_at: row.saved_at }
}

/** The newest version of every profile, by name; for a bank (`reader`) of its own and everybody's. */
export async function listProfiles(session: Session, reader?: string): Promise<ProfileSummary[]> {
  return session.query<ProfileSummary>(
    `select distinct on (p.name) p.name, p.version, p.description ->> 'kind' as kind, p.source, p.saved_at,
       (select count(*)::integer from source_file f where f.profile_name = p.name and f.status = 'sealed') as files
     from ingest_profile p where $1::text is null or p.source is null or p.source = $1 order by p.name, p.version desc`,
    [reader ?? null],
  )
}

/** The profile as a receipt names it: `name@version`; null when there was none. */
export function profileText(saved: Pick<SavedProfile, 'name' | 'version'> | undefined): string | null {
  return saved === undefined ? null : `${saved.name}@${saved.version}`
}

/** A reason that leads to a code nobody knows would be worth nothing to whoever has to act on it. */
async function requireKnownReasons(session: Session, { description: { reasons } }: Profile): Promise<void> {
  const codes = [...new Set(Object.values(reasons))]
  const known = new Set((await session.query<{ code: string }>('select code from reason_code_row where code = any($1)', [codes])).map(({ code }) => code))
  const unknown = Object.entries(reasons).find(([, code]) => !known.has(code))
  if (unknown !== undefined) throw new Refusal('usage', 'profile_invalid', `the profile cannot be used: reasons: "${foldWord(unknown[0])}" is mapped to ${unknown[1]}, which no file of the kind reason_code describes`)
}
