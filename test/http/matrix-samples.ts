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
  /** A file that somebody of a bank dropped and has not handed in. */
  readonly upload: string
  readonly staff: string
  /** What somebody put together to be done at once. */
  readonly batch: string
  /** What a bank is asked. */
  readonly question: string
  /** A list of corrections. */
  readonly list: string
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
  /** What another's thing and nobody's get; 404 when absent. */
  readonly foreign?: readonly number[]
  /** True: what the answer leads to is compared too. */
  readonly isFollowed?: boolean
  /** Statuses that are right for the own thing besides 200 and 303: a body too short for a form gets 400. */
  readonly own?: readonly number[]
  /** It ends the reader's session: the test opens it again. */
  readonly endsSession?: boolean
}

const fixed = (path: string): Sample => ({ path: () => path, isNobodys: true })
/** A form of one's own or of the house, with what is right besides 200 and 303. */
const form = (path: string, body: Readonly<Record<string, string>>, ...own: readonly number[]): Sample[] => [{ path: () => path, body: () => body, isNobodys: true, own }]
const byUnit = (path: string): Sample[] => [fixed(path), { path: ({ unit }) => `${path}?unit=${unit}`, name: 'of a unit' }]

/** Rows that differ in a format alone. */
const table = (rows: readonly (readonly [string, readonly Sample[]])[]): Record<string, readonly Sample[]> => Object.fromEntries(rows)

/** By `METHOD path` as declared. */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  'GET /': [fixed('/')],
  'GET /live': [fixed('/live')],
  'GET /docs': [fixed('/docs')],
  'GET /docs/problems': [fixed('/docs/problems')],
  'GET /docs/files/:name': [fixed('/docs/files/start.js')],
  'GET /dashboard': byUnit('/dashboard'),
  'GET /dashboard.csv': byUnit('/dashboard.csv'),
  'GET /dashboard.xlsx': byUnit('/dashboard.xlsx'),

  // They lead on without looking: what they lead to looks.
  'GET /findings': [{ ...fixed('/findings'), own: [301] }, { path: ({ unit }) => `/findings?unit=${unit}`, isNobodys: true, own: [301], name: 'of a unit' }],
  'GET /findings/:id': [{ path: ({ finding }) => `/findings/${finding}`, own: [301], foreign: [301] }],

  'GET /queue': [
    fixed('/queue'), fixed('/queue?when=overdue&step=new,received&found=1&closed=1'), fixed('/queue?after=1~1'), fixed('/queue?since=2026-01-01&until=2026-12-31'),
    { path: ({ unit }) => `/queue?unit=${unit}`, isList: true, name: 'of a unit' },
    { path: ({ name }) => `/queue?q=${encodeURIComponent(name)}`, isList: true, name: 'of a name' },
    { path: ({ identifier }) => `/queue?q=${identifier}&closed=1`, isList: true, name: 'of an id' },
    { path: ({ staff }) => `/queue?mine=${staff}`, isList: true, name: 'of a colleague' },
  ],
  ...table(['.csv', '.xlsx', '/print'].map((format) => [`GET /queue${format}`, [fixed(`/queue${format}`), { path: ({ name }: Things) => `/queue${format}?q=${encodeURIComponent(name)}`, isList: true, name: 'of a name' }, { path: ({ unit }: Things) => `/queue${format}?unit=${unit}`, isList: true, name: 'of a unit' }]])),
  'GET /queue/export': [fixed('/queue/export')],
  'POST /queue/export': [
    { path: () => '/queue/export', body: () => ({ format: 'csv' }), isNobodys: true, own: [400], name: 'without a reason' },
    { path: ({ identifier }) => `/queue/export?q=${identifier}`, body: () => ({ format: 'csv', reason: 'inspection' }), isList: true, own: [400], name: 'of an id' },
  ],
  'POST /queue/act': [
    { path: () => '/queue/act', body: () => ({ query: '' }), isNobodys: true, own: [400], name: 'nothing chosen' },
    { path: () => '/queue/act', body: ({ unit }) => ({ all: '1', query: `unit=${unit}`, action: 'receive' }), foreign: [400], own: [400], name: 'all of a unit' },
    // The choice is kept under a number of its own; whose cases they are is asked when they are shown and when they are done.
    { path: () => '/queue/act', body: ({ finding }) => ({ case: `${finding}~0`, action: 'receive' }), foreign: [200, 303, 400], isFollowed: true, own: [400], name: 'one case' },
  ],
  'GET /queue/batches/:batch{[0-9]{1,18}}': [{ path: ({ batch }) => `/queue/batches/${batch}` }],
  ...table(['xlsx', 'csv'].map((format) => [`GET /queue/batches/:batch{[0-9]{1,18}}/result.${format}`, [{ path: ({ batch }: Things) => `/queue/batches/${batch}/result.${format}`, own: [404] }]])),
  'POST /queue/batches/:batch{[0-9]{1,18}}/confirm': [{ path: ({ batch }) => `/queue/batches/${batch}/confirm`, body: () => ({}) }],
  'GET /queue/workbook': [fixed('/queue/workbook'), { path: ({ unit }) => `/queue/workbook?unit=${unit}`, isList: true, name: 'of a unit' }],
  'POST /queue/workbook': [{ path: () => '/queue/workbook', body: () => ({}), isNobodys: true, own: [400] }],
  'POST /queue/workbook/take': [{ path: () => '/queue/workbook/take', body: () => ({ format: 'csv' }), isNobodys: true }, { path: ({ unit }) => `/queue/workbook/take?unit=${unit}`, body: () => ({ format: 'csv', numbers: 'whole', reason: 'inspection' }), isList: true, own: [400], name: 'of a unit' }],
  'GET /cases/:id{[0-9a-f]{32}}/candidates': [{ path: ({ finding }) => `/cases/${finding}/candidates`, own: [404] }],
  'POST /cases/:id{[0-9a-f]{32}}/candidates': [{ path: ({ finding }) => `/cases/${finding}/candidates`, body: () => ({ choice: 'none', resolution: 'false_alarm', comment: 'x', version: '0' }), own: [400, 404, 409] }],
  'GET /cases/:id{[0-9a-f]{32}}/letter': [{ path: ({ finding }) => `/cases/${finding}/letter`, own: [409] }],
  'POST /cases/:id{[0-9a-f]{32}}/letter': [{ path: ({ finding }) => `/cases/${finding}/letter`, body: () => ({ language: 'vi' }), own: [409] }],
  'GET /cases/:id{[0-9a-f]{32}}/message': [{ path: ({ finding }) => `/cases/${finding}/message`, own: [409] }],
  'POST /cases/:id{[0-9a-f]{32}}/message': [{ path: ({ finding }) => `/cases/${finding}/message`, body: () => ({ phone: '0912345678', press: '0'.repeat(32) }), own: [400, 409] }],
  'POST /cases/:id{[0-9a-f]{32}}/message/again': [{ path: ({ finding }) => `/cases/${finding}/message/again`, body: () => ({ press: '0'.repeat(32) }), own: [400, 409] }],
  // Whoever is on no list of the reader's may complain: a stranger is taken in like somebody nobody knows.
  'GET /complaints/new': [fixed('/complaints/new'), { path: ({ person }) => `/complaints/new?person=${person}`, isList: true, name: 'of a person' }],
  'POST /complaints/find': [
    { path: () => '/complaints/find', body: ({ identifier }) => ({ id: identifier }), foreign: [303], own: [400], name: 'by id' },
    { path: () => '/complaints/find', body: ({ name, unit }) => ({ name, unit }), isList: true, foreign: [200, 400], own: [400], name: 'by name' },
  ],
  'POST /complaints/new': [{ path: () => '/complaints/new', body: ({ person }) => ({ person }), foreign: [400], own: [400] }],
  'POST /queue/find': [{ path: () => '/queue/find', body: () => ({ q: 'Nguyễn', code: 'returned', closed: '1' }), isNobodys: true }, { path: () => '/queue/find', body: () => ({ q: '', code: '' }), isNobodys: true, name: 'nothing' }],
  'POST /queue/views': [{ path: () => '/queue/views', body: () => ({ name: 'x', query: 'code=returned' }), isNobodys: true }, { path: () => '/queue/views', body: () => ({ remove: 'x' }), isNobodys: true, name: 'away with it' }],
  'GET /cases/:id': [{ path: ({ finding }) => `/cases/${finding}` }],
  'POST /cases/:id/act': [
    { path: ({ finding }) => `/cases/${finding}/act`, body: () => ({ kind: 'receive', version: '0' }), own: [400, 403, 409], name: 'receive' },
    { path: ({ finding }) => `/cases/${finding}/act`, body: ({ staff }) => ({ kind: 'assign', to: staff, version: '1' }), own: [400, 403, 409], name: 'assign' },
    { path: ({ finding }) => `/cases/${finding}/act`, body: () => ({ kind: 'appraise', resolution: 'false_alarm', amount: '0', comment: 'x', version: '1' }), own: [400, 403, 409], name: 'appraise' },
    { path: ({ finding }) => `/cases/${finding}/act`, body: () => ({ kind: 'approve', version: '2' }), own: [400, 403, 409], name: 'approve' },
    { path: ({ finding }) => `/cases/${finding}/act`, body: () => ({}), own: [400, 403, 409], name: 'an empty form' },
  ],
  'POST /cases/:id/note': [{ path: ({ finding }) => `/cases/${finding}/note`, body: () => ({ comment: 'x' }), own: [400, 403] }],
  'POST /cases/:id/ask': [
    { path: ({ finding }) => `/cases/${finding}/ask`, body: () => ({ question: 'Vì sao?', due: '' }), own: [400, 409], name: 'a whole one' },
    { path: ({ finding }) => `/cases/${finding}/ask`, body: () => ({}), own: [400], name: 'an empty form' },
  ],
  'GET /bank/questions': [fixed('/bank/questions'), fixed('/bank/questions?state=answered&after=5'), fixed('/bank/questions?after=2026-11-05~5')],
  ...table(['.csv', '.xlsx', '/print'].map((format) => [`GET /bank/questions${format}`, [fixed(`/bank/questions${format}`)]])),
  'GET /bank/questions/:id{[0-9]{1,18}}': [{ path: ({ question }) => `/bank/questions/${question}`, of: 'bank' }],
  'POST /bank/questions/:id{[0-9]{1,18}}/answer': [
    { path: ({ question }) => `/bank/questions/${question}/answer`, body: () => ({}), of: 'bank', own: [400], name: 'an empty form' },
    { path: ({ question }) => `/bank/questions/${question}/answer`, body: () => ({ code: 'credited', step: 'check' }), of: 'bank', name: 'looked through' },
    { path: ({ question }) => `/bank/questions/${question}/answer`, body: () => ({ code: 'credited', step: 'send' }), of: 'bank', own: [409], name: 'sent' },
  ],
  'GET /bank/score': [fixed('/bank/score')],
  'POST /cases/:id/reveal': [{ path: ({ finding }) => `/cases/${finding}/reveal`, body: () => ({ reason: 'call_bank' }), own: [400] }],
  'GET /cases/:id/evidence/:number{[0-9]{1,9}}': [{ path: ({ finding }) => `/cases/${finding}/evidence/1`, own: [404] }],

  'GET /persons': [fixed('/persons')],
  'POST /persons/:address/export': [{ path: ({ person }) => `/persons/${person}/export`, body: () => ({}) }],
  'POST /persons': [{ path: () => '/persons', body: ({ identifier }) => ({ id: identifier }) }],
  'GET /persons/:address/print': [{ path: ({ person }) => `/persons/${person}/print` }],
  'GET /persons/:address': [{ path: ({ person }) => `/persons/${person}` }],

  ...table(['/time-to-cash', '/ranking', '/banks', '/coverage', '/data-quality'].flatMap((path) => [path, `${path}.csv`, `${path}.xlsx`].map((one) => [`GET ${one}`, [...byUnit(one), { path: ({ unit }: Things) => `${one}?by=unit&unit=${unit}&period=2026-10`, name: 'told apart' }]]))),
  ...table(['/coverage/people', '/data-quality/people'].flatMap((path) => [path, `${path}.csv`, `${path}.xlsx`].map((one) => [`GET ${one}`, [{ path: ({ unit }: Things) => `${one}?unit=${unit}` }]]))),

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

  'GET /runs': [fixed('/runs'), { ...fixed('/runs?before=2026-11-01'), name: 'older' }],
  ...table(['/runs.csv', '/runs.xlsx', '/runs/print'].map((path) => [`GET ${path}`, [fixed(path)]])),
  'GET /runs/:day{[0-9]{4}-[0-9]{2}-[0-9]{2}}': [{ ...fixed('/runs/2026-11-01'), own: [404] }],
  'GET /templates': [fixed('/templates')],
  'GET /templates/:name': [fixed('/templates/disbursement.csv')],
  'GET /files': [fixed('/files')],
  'GET /files/:id{[0-9]{1,18}}': [{ path: ({ file }) => `/files/${file}`, of: 'bank' }],
  'GET /files/:id{[0-9]{1,18}}/annotated': [{ path: ({ file }) => `/files/${file}/annotated`, of: 'bank' }],

  ...Object.fromEntries(['.csv', '.xlsx', '/print'].flatMap((format): [string, Sample[]][] => [
    [`GET /cases/:id{[0-9a-f]{32}}/people${format}`, [{ path: ({ finding }) => `/cases/${finding}/people${format}` }]],
    [`GET /administration${format}`, [fixed(`/administration${format}`)]],
    [`GET /trail${format}`, [fixed(`/trail${format}`), { ...fixed(`/trail${format}?from=2026-11-01&kind=exported`), name: 'narrowed' }]],
  ])),
  'GET /trail': [fixed('/trail'), { ...fixed('/trail?who=a&about=file&before=5'), name: 'narrowed' }],
  'POST /trail/check': form('/trail/check', {}),
  'GET /cases/:id{[0-9a-f]{32}}/people/export': [fixed(`/cases/${'0'.repeat(32)}/people/export`)],
  'POST /cases/:id{[0-9a-f]{32}}/people/export': [{ path: ({ finding }) => `/cases/${finding}/people/export`, body: () => ({ format: 'csv', reason: 'bank' }) }],
  ...Object.fromEntries(['.csv', '.xlsx', '/print'].flatMap((format): [string, Sample[]][] => [[`GET /files${format}`, [fixed(`/files${format}`)]], [`GET /files/:id{[0-9]{1,18}}/problems${format}`, [{ path: ({ file }: Things) => `/files/${file}/problems${format}`, of: 'bank' }]]])),

  // A draft: what is paid from is not there yet.
  'GET /corrections': [fixed('/corrections'), { ...fixed('/corrections?before=5'), name: 'older' }],
  'GET /corrections/new': [fixed('/corrections/new?kind=supplementary'), { path: ({ unit }) => `/corrections/new?kind=recovery&unit=${unit}`, name: 'of a unit' }],
  'POST /corrections': [{ path: () => '/corrections', body: ({ unit }) => ({ kind: 'supplementary', currency: 'VND', unit }) }],
  'GET /corrections/:id{[0-9]{1,18}}': [{ path: ({ list }) => `/corrections/${list}` }, { path: ({ list }) => `/corrections/${list}?left=deceased&after=1`, name: 'what is left out' }],
  'GET /corrections/:id{[0-9]{1,18}}/:name{(?:(?:list|left-out)\\.csv|list\\.xlsx|order\\.xml)}': ['left-out.csv', 'list.csv', 'list.xlsx', 'order.xml'].map((name) => ({ path: ({ list }: Things) => `/corrections/${list}/${name}`, own: name === 'left-out.csv' ? [] : [404], name })),
  ...Object.fromEntries(['approve', 'redraft', 'send', 'withdraw'].map((act): [string, Sample[]] => [`POST /corrections/:id{[0-9]{1,18}}/${act}`, [{ path: ({ list }) => `/corrections/${list}/${act}`, body: () => ({ version: '9' }), own: [400, 409] }]])),
  'GET /bank/account-fixes': [fixed('/bank/account-fixes')],
  'GET /bank/account-fixes.csv': [fixed('/bank/account-fixes.csv')],

  // A bank's own pages; a file that came without an upload stands by its number.
  'GET /bank': [fixed('/bank'), { ...fixed('/bank?kind=withdrawal&corrected=1'), name: 'for a correction' }],
  'POST /bank/files': form('/bank/files', {}, 400),
  'GET /bank/files': [fixed('/bank/files'), { ...fixed('/bank/files?state=sealed&kind=disbursement'), name: 'narrowed' }],
  'GET /bank/files/:id{[0-9a-f-]{1,36}}': [{ path: ({ file }) => `/bank/files/${file}`, of: 'bank' }],
  ...Object.fromEntries(['state', 'check', 'acknowledgement', 'annotated', 'corrections'].map((rest): [string, Sample[]] => [`GET /bank/files/:id{[0-9a-f-]{1,36}}/${rest}`, [{ path: ({ upload }) => `/bank/files/${upload}/${rest}`, of: 'bank', own: rest === 'annotated' || rest === 'corrections' ? [404] : [] }]])),
  ...Object.fromEntries(['hand-in', 'discard'].map((act): [string, Sample[]] => [`POST /bank/files/:id{[0-9a-f-]{1,36}}/${act}`, [{ path: ({ upload }) => `/bank/files/${upload}/${act}`, body: () => ({}), of: 'bank' }]])),
  ...Object.fromEntries(['.csv', '.xlsx', '/print'].flatMap((format): [string, Sample[]][] => [[`GET /bank/files${format}`, [fixed(`/bank/files${format}`)]], [`GET /bank/files/:id{[0-9a-f-]{1,36}}/problems${format}`, [{ path: ({ file }: Things) => `/bank/files/${file}/problems${format}`, of: 'bank' }]]])),
  'GET /bank/templates': [fixed('/bank/templates')],
  'GET /bank/keys': [fixed('/bank/keys')],
  'GET /administration/keys': [fixed('/administration/keys')],
  'POST /bank/keys/mail': form('/bank/keys/mail', { mail: 'nobody' }, 400),
  'POST /bank/keys/mail/remove': form('/bank/keys/mail/remove', { address: 'nobody@bank.example' }),
  'POST /bank/keys/webhooks': form('/bank/keys/webhooks', { url: 'nothing' }, 400),
  ...Object.fromEntries(['ping', 'remove'].map((act): [string, Sample[]] => [`POST /bank/keys/webhooks/:id{[a-z0-9_]{1,40}}/${act}`, form(`/bank/keys/webhooks/whe_none/${act}`, {}, 404)])),

  'GET /sign-in': [fixed('/sign-in')],
  'POST /sign-in': form('/sign-in', { name: 'nobody', password: 'not a password of anybody' }, 403, 429),
  ...Object.fromEntries(['password', 'code', 'enrol'].flatMap((step): [string, Sample[]][] => [[`GET /sign-in/${step}`, [fixed(`/sign-in/${step}`)]], [`POST /sign-in/${step}`, form(`/sign-in/${step}`, { chosen: 'x', code: '000000' })]])),
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

  ...table(['/settlement', '/settlement.csv', '/settlement.xlsx', ...['/settlement/differences', '/settlement/entries'].flatMap((path) => [`${path}.csv`, `${path}.xlsx`])].map((path) => [`GET ${path}`, [fixed(path)]])),
  // For whoever works for one place there is no organisation.
  'GET /settlement/organisation': [{ ...fixed('/settlement/organisation?source=970452'), own: [404] }],
  ...table(['', '.csv', '.xlsx'].map((format) => [`GET /monthly-report${format}`, byUnit(`/monthly-report${format}`)])),
  ...table(['', '.csv', '.xlsx'].map((format) => [`GET /monthly-report/people${format}`, [{ path: ({ unit }: Things) => `/monthly-report/people${format}?unit=${unit}&period=2026-10&state=not_received` }]])),
  'GET /periods': [fixed('/periods')],
  // Months are closed for a province or the country: whoever works in a commune is told the same of every month.
  'GET /periods/:period{[0-9]{4}-[0-9]{2}}': [{ ...fixed('/periods/2026-10'), own: [404] }, { path: ({ unit }) => `/periods/2026-10?unit=${unit}`, own: [404], name: 'of a unit' }],
  'GET /periods/:period{[0-9]{4}-[0-9]{2}}/acts/:act{[a-zA-Z]{4,20}}': [{ ...fixed('/periods/2026-10/acts/prepare'), own: [404] }, { path: ({ unit }) => `/periods/2026-10/acts/prepare?unit=${unit}`, own: [404], name: 'of a unit' }],
  'POST /periods/:period{[0-9]{4}-[0-9]{2}}/acts/:act{[a-zA-Z]{4,20}}': [{ ...fixed('/periods/2026-10/acts/issue'), body: () => ({ events: '0' }), own: [404] }, { path: ({ unit }) => `/periods/2026-10/acts/prepare?unit=${unit}`, body: () => ({ events: '0' }), own: [404], name: 'of a unit' }],
  'GET /periods/:period{[0-9]{4}-[0-9]{2}}/minutes': [{ ...fixed('/periods/2026-10/minutes'), own: [404] }, { path: ({ unit }) => `/periods/2026-10/minutes?unit=${unit}`, own: [404], name: 'of a unit' }],
  'GET /periods/:period{[0-9]{4}-[0-9]{2}}/:name{(?:minutes-vi\\.pdf|minutes-en\\.pdf|minutes\\.json|files\\.csv|evidence\\.zip)}': ['minutes-vi.pdf', 'evidence.zip'].map((name) => ({ path: ({ unit }) => `/periods/2026-10/${name}?unit=${unit}`, own: [404], name })),

  'GET /sheet': byUnit('/sheet'),
  'GET /sheet/:name{sheet\\.(?:json|html|xlsx|csv)}': ['json', 'html', 'xlsx', 'csv'].map((format) => ({ path: ({ unit }) => `/sheet/sheet.${format}?unit=${unit}&period=2026-10`, name: format })),
}
