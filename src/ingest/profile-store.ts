/** Saved mapping profiles: each saving adds a version, and no version ever changes. */
import { foldWord, makeProfile, Refusal, type Clock, type Profile, type ProfileDescription } from '../core/index.ts'
import type { Database, Session } from '../db/index.ts'

/** One version of a profile, ready to read files. */
export interface SavedProfile {
  readonly name: string
  readonly version: number
  readonly profile: Profile
  /** UTC instant. */
  readonly saved_at: string
}

/** A profile in the list: its newest version, and how many files were read by any of its versions and stand. */
export interface ProfileSummary {
  readonly name: string
  readonly version: number
  readonly kind: string
  readonly saved_at: string
  readonly files: number
}

/**
 * Saves a profile as the next version of its name; what is saved already, word for word, keeps its version.
 *
 * @throws Refusal `profile_name_invalid`, `profile_invalid`
 */
export async function saveProfile(database: Database, name: string, value: unknown, clock: Clock): Promise<SavedProfile & { readonly isNew: boolean }> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,59}$/u.test(name)) throw new Refusal('usage', 'profile_name_invalid', `${name} is no name for a profile; use up to 60 letters, digits, - _ and .`)
  const profile = makeProfile(value)
  await requireKnownReasons(database, profile)
  const isNew = await database.transaction(async (transaction) => {
    await transaction.query(`select pg_advisory_xact_lock(hashtext('tantay profile'), hashtext($1))`, [name])
    const added = await transaction.query(
      `insert into ingest_profile (name, version, description, saved_at)
       select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3 from ingest_profile where name = $1
       having $2::jsonb is distinct from (array_agg(description order by version desc))[1] returning version`,
      [name, JSON.stringify(profile.description), clock.now()],
    )
    return added.length > 0
  })
  return { ...(await loadProfile(database, name)), isNew }
}

/** The newest version of a profile, or the one asked for. @throws Refusal `profile_unknown` */
export async function loadProfile(session: Session, name: string, version?: number): Promise<SavedProfile> {
  const [row] = await session.query<{ name: string; version: number; description: ProfileDescription; saved_at: string }>(
    'select name, version, description, saved_at from ingest_profile where name = $1 and ($2::integer is null or version = $2) order by version desc limit 1',
    [name.normalize('NFC'), version ?? null],
  )
  if (row === undefined) throw new Refusal('notFound', 'profile_unknown', `there is no profile ${name}${version === undefined ? '' : ` with version ${version}`}; tantay profile list shows them`)
  return { name: row.name, version: row.version, profile: makeProfile(row.description), saved_at: row.saved_at }
}

/** The newest version of every profile, by name. */
export async function listProfiles(session: Session): Promise<ProfileSummary[]> {
  return session.query<ProfileSummary>(
    `select distinct on (p.name) p.name, p.version, p.description ->> 'kind' as kind, p.saved_at,
       (select count(*)::integer from source_file f where f.profile_name = p.name and f.status = 'sealed') as files
     from ingest_profile p order by p.name, p.version desc`,
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
