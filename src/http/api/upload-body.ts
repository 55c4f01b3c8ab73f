/** The file in a request: as its body, or as the part `file` of a form; never whole in memory. */
import type { Context } from 'hono'
import { bankKinds, controlCountShape, controlSumShape, money, profileName } from '../../core/index.ts'
import type { Session } from '../../db/index.ts'
import { listProfiles } from '../../ingest/index.ts'
import type { SentFile } from '../../uploads/index.ts'
import { BrokenForm, readForm } from '../multipart.ts'
import { ApiFault, wrongPart } from './problem.ts'

/** What the sender says of the file. */
export type DeclaredFile = Pick<SentFile, 'fileName' | 'declaredKind' | 'declaredProfile' | 'declaredCount' | 'declaredSum' | 'declaredSha256'>

/** Beyond it a form is cut off; the file itself is counted by whoever receives it. */
const largestForm = 2_200_000_000

const shapes = {
  kind: { shape: new RegExp(`^(?:${bankKinds.join('|')})$`), meaning: `One of ${bankKinds.join(', ')}.` },
  profile: { shape: profileName, meaning: 'The name of a saved mapping profile.' },
  file_name: { shape: /^[\s\S]{1,1000}$/, meaning: 'At most 1,000 characters.' },
  control_count: { shape: controlCountShape, meaning: 'A whole number of data lines.' },
  control_sum: { shape: controlSumShape, meaning: 'Digits alone, as 1350000.' },
  sha256: { shape: /^[0-9a-fA-F]{64}$/, meaning: '64 hexadecimal digits.' },
} as const
type DeclaredName = keyof typeof shapes
/** What may be said of a file, by name. */
export const declaredNames = Object.keys(shapes) as DeclaredName[]

/** Gives the bytes of the request's file to `take`, with what its sender says of it. @throws ApiFault, or what `take` throws */
export async function withFile<T>(context: Context, take: (bytes: AsyncIterable<Uint8Array>, declared: DeclaredFile) => Promise<T>): Promise<T> {
  const encoding = context.req.header('Content-Encoding')
  if (encoding !== undefined && encoding !== 'identity') throw new ApiFault('encoding_not_taken')
  const said = new Map(declaredNames.flatMap((name) => context.req.queries(name)?.map((value) => [name, value] as const) ?? []))
  const doubled = declaredNames.filter((name) => (context.req.queries(name)?.length ?? 0) > 1)
  if (doubled.length > 0) throw new ApiFault('request_invalid', { errors: doubled.map((name) => wrongPart(`/query/${name}`, 'value_doubled', 'It is given twice.')) })
  const digest = digestOf(context)
  const { body } = context.req.raw
  if (body === null) throw new ApiFault('body_missing')
  if (!/^multipart\/form-data\b/i.test(context.req.header('Content-Type') ?? '')) return take(body, declaredBy(said, '/query', digest))
  try {
    return await readForm(context.req.raw, largestForm, ({ fields, fileName, bytes }) => {
      const unknown = [...fields.keys()].filter((name) => !declaredNames.includes(name as DeclaredName))
      if (unknown.length > 0) throw new ApiFault('request_invalid', { errors: unknown.map((name) => wrongPart(`/body/${name.slice(0, 100)}`, 'field_unknown', `The fields of the form are ${declaredNames.join(', ')}, and then file.`)) })
      const both = new Map([...said, ['file_name' as const, said.get('file_name') ?? fileName] as const, ...([...fields] as [DeclaredName, string][])])
      return take(bytes, declaredBy(both, '/body', digest))
    })
  } catch (error) {
    if (!(error instanceof BrokenForm)) throw error
    throw new ApiFault(error.code === 'no_file' ? 'body_missing' : error.code === 'too_large' ? 'file_too_large' : 'form_invalid')
  }
}

/** @throws ApiFault `profile_unknown` */
export async function requireProfile(database: Session, source: string, name: string | undefined): Promise<void> {
  if (name !== undefined && (await listProfiles(database, source)).every((profile) => profile.name !== name.normalize('NFC'))) throw new ApiFault('profile_unknown')
}

/** What a sender says, checked. @throws ApiFault `request_invalid` */
export function declaredBy(said: ReadonlyMap<DeclaredName, string>, root: string, digest: string | undefined): DeclaredFile {
  const errors = [...said].filter(([name, value]) => !shapes[name].shape.test(value)).map(([name]) => wrongPart(`${root}/${name}`, 'value_invalid', shapes[name].meaning))
  const sum = said.get('control_sum')
  if (errors.length > 0) throw new ApiFault('request_invalid', { errors })
  const sha256 = said.get('sha256')?.toLowerCase()
  if (sha256 !== undefined && digest !== undefined && sha256 !== digest) throw new ApiFault('request_invalid', { errors: [wrongPart(`${root}/sha256`, 'value_doubled', 'sha256 and Repr-Digest say different things.')] })
  return { fileName: said.get('file_name') ?? 'unnamed', declaredKind: said.get('kind'), declaredProfile: said.get('profile'), declaredCount: said.get('control_count'), declaredSum: sum === undefined ? undefined : money.add(sum), declaredSha256: sha256 ?? digest }
}

/** The SHA-256 that RFC 9530 lets a sender declare, hex; other algorithms are passed over. */
function digestOf(context: Context): string | undefined {
  const text = context.req.header('Repr-Digest') ?? context.req.header('Content-Digest')
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):/.exec(text ?? '')?.[1]
  if (text !== undefined && /sha-256/i.test(text) && base64 === undefined) throw new ApiFault('request_invalid', { errors: [wrongPart('/headers/repr-digest', 'value_invalid', 'Write sha-256=:BASE64: (RFC 9530).')] })
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex')
}
