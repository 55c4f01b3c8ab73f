/**
 * For every route that the router declares, what to ask it for: something of the reader's own, the same of somebody
 * else's, and the same of nobody. A route without a row here fails the matrix (access-matrix.test.ts).
 */

/** What a sample speaks of: three of each kind of thing. */
export interface Things {
  /** A case, a person, a unit, a village, a file: the reader's own, another's, and none. */
  readonly finding: string
  readonly person: string
  readonly identifier: string
  readonly name: string
  readonly unit: string
  readonly file: string
  readonly staff: string
}

/** One request of a route. */
export interface Sample {
  /** With the things of somebody filled in. */
  readonly path: (things: Things) => string
  readonly body?: (things: Things) => Readonly<Record<string, string>>
  /** What it is called where a route has several. */
  readonly name?: string
  /** True: nothing in it is anybody's, so there is nothing foreign to ask for. */
  readonly isNobodys?: boolean
  /**
   * Whose thing it is: of a unit (the default), or of a bank; for the others a thing of that kind is always foreign.
   * `lists`: a list that a foreign thing leaves empty instead of answering 404.
   */
  readonly of?: 'unit' | 'bank'
  readonly isList?: boolean
  /** Statuses that are right for the own thing besides 200 and 303: a body too short for a form gets 400. */
  readonly own?: readonly number[]
  /** It ends the reader's session: the test opens it again. */
  readonly endsSession?: boolean
}

const fixed = (path: string): Sample => ({ path: () => path, isNobodys: true })
/** A form of one's own or of the house, with what is right besides 200 and 303. */
const form = (path: string, body: Readonly<Record<string, string>>, ...own: readonly number[]): Sample[] => [{ path: () => path, body: () => body, isNobodys: true, own }]
const byUnit = (path: string): Sample[] => [fixed(path), { path: ({ unit }) => `${path}?unit=${unit}`, name: 'of a unit' }]

/** By `METHOD path` as declared. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'GET /': [fixed('/')],
  'GET /live': [fixed('/live')],
  'GET /dashboard': byUnit('/dashboard'),
  'GET /dashboard.csv': byUnit('/dashboard.csv'),
  'GET /dashboard.xlsx': byUnit('/dashboard.xlsx'),

  'GET /findings': [fixed('/findings'), { path: ({ unit }) => `/findings?unit=${unit}`, isList: true, name: 'of a unit' }],
  'GET /findings/:id': [{ path: ({ finding }) => `/findings/${finding}` }],

  'GET /persons': [fixed('/persons')],
  'POST /persons': [{ path: () => '/persons', body: ({ identifier }) => ({ id: identifier }) }],
  'GET /persons/:address': [{ path: ({ person }) => `/persons/${person}` }],

  ...Object.fromEntries(['/time-to-cash', '/ranking', '/banks', '/coverage', '/data-quality'].flatMap((path) => [path, `${path}.csv`, `${path}.xlsx`].map((one) => [`GET ${one}`, [...byUnit(one), { path: ({ unit }: Things) => `${one}?by=unit&unit=${unit}&period=2026-10`, name: 'told apart' }]]))),
  ...Object.fromEntries(['/coverage/people', '/data-quality/people'].flatMap((path) => [path, `${path}.csv`, `${path}.xlsx`].map((one) => [`GET ${one}`, [{ path: ({ unit }: Things) => `${one}?unit=${unit}` }]]))),

  'GET /outreach': byUnit('/outreach'),
  'GET /outreach/:name{pack\\.(?:html|xlsx|csv)}': ['html', 'xlsx', 'csv'].map((format) => ({ path: ({ unit }) => `/outreach/pack.${format}?unit=${unit}`, name: format })),
  'GET /outreach/conflicts': byUnit('/outreach/conflicts'),
  'GET /outreach/exemptions': byUnit('/outreach/exemptions'),
  'GET /outreach/results': [{ path: ({ person }) => `/outreach/results?person=${person}` }],
  'POST /outreach/results': [
    { path: () => '/outreach/results', body: ({ person }) => ({ person }), own: [400], name: 'an empty form' },
    { path: () => '/outreach/results', body: ({ person }) => ({ person, step: 'save', result: 'absent', 'visited-day': '1', 'visited-month': '11', 'visited-year': '2026', team: 'Tổ 1' }), own: [400], name: 'a whole one' },
  ],
  'GET /outreach/results/:person/:file{[0-9]{1,18}}': [{ path: ({ person, file }) => `/outreach/results/${person}/${file}` }],

  'GET /templates': [fixed('/templates')],
  'GET /templates/:name': [fixed('/templates/disbursement.csv')],
  'GET /files': [fixed('/files')],
  'GET /files/:id{[0-9]{1,18}}': [{ path: ({ file }) => `/files/${file}`, of: 'bank' }],
  'GET /files/:id{[0-9]{1,18}}/annotated': [{ path: ({ file }) => `/files/${file}/annotated`, of: 'bank' }],

  'GET /sign-in': [fixed('/sign-in')],
  'POST /sign-in': form('/sign-in', { name: 'nobody', password: 'not a password of anybody' }, 403, 429),
  ...Object.fromEntries(['password', 'code', 'enrol'].flatMap((step) => [[`GET /sign-in/${step}`, [fixed(`/sign-in/${step}`)]], [`POST /sign-in/${step}`, form(`/sign-in/${step}`, { chosen: 'x', code: '000000' })]])),
  'POST /sign-out': [{ ...form('/sign-out', {})[0] as Sample, endsSession: true }],
  'GET /account': [fixed('/account')],
  'POST /account/password': form('/account/password', { current: 'not a password of anybody', chosen: 'x' }, 400, 429),
  'GET /account/codes': [fixed('/account/codes')],
  'POST /account/codes': form('/account/codes', { password: 'not a password of anybody' }, 400, 429),
  'POST /account/codes/confirm': form('/account/codes/confirm', { code: '000000' }),
  'POST /account/sessions': form('/account/sessions', {}),
  'POST /account/deputy': form('/account/deputy', { deputy: '99999999' }, 400),
  'POST /account/deputy/end': form('/account/deputy/end', { absence: '99999999' }),
  // Administrators administer everybody: nobody is another's to them.
  'GET /administration': [fixed('/administration')],
  'GET /administration/people/new': [fixed('/administration/people/new')],
  'POST /administration/people': form('/administration/people', { name: '' }, 400),
  'GET /administration/people/:id{[0-9]{1,18}}': [{ path: ({ staff }) => `/administration/people/${staff}`, isNobodys: true }],
  'POST /administration/people/:id{[0-9]{1,18}}': [{ path: ({ staff }) => `/administration/people/${staff}`, body: () => ({ act: 'disable', 'reason-disable': '' }), isNobodys: true, own: [400] }],
  'POST /administration/changes/:id{[0-9]{1,18}}': form('/administration/changes/99999999', { decision: 'confirm' }, 409),
  'GET /administration/bands': [fixed('/administration/bands')],
  'POST /administration/bands': form('/administration/bands', {}, 400),
  'POST /administration/bands/:id{[0-9]{1,18}}': form('/administration/bands/99999999', { decision: 'confirm' }, 409),

  'GET /sheet': byUnit('/sheet'),
  'GET /sheet/:name{sheet\\.(?:json|html|xlsx|csv)}': ['json', 'html', 'xlsx', 'csv'].map((format) => ({ path: ({ unit }) => `/sheet/sheet.${format}?unit=${unit}&period=2026-10`, name: format })),
}
