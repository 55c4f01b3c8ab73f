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
}

const fixed = (path: string): Sample => ({ path: () => path, isNobodys: true })
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

  'GET /sheet': byUnit('/sheet'),
  'GET /sheet/:name{sheet\\.(?:json|html|xlsx|csv)}': ['json', 'html', 'xlsx', 'csv'].map((format) => ({ path: ({ unit }) => `/sheet/sheet.${format}?unit=${unit}&period=2026-10`, name: format })),
}
