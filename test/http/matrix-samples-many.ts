/** What to ask the routes of many cases, lists to take away, complaints and answers for (see matrix-samples.ts). */
import type { Sample } from './matrix-samples.ts'

const fixed = (path: string, more: Partial<Sample> = {}): Sample => ({ path: () => path, isNobodys: true, ...more })
const list = (path: string): Sample[] => [fixed(path), { path: ({ unit }) => `${path}?unit=${unit}`, isList: true, name: 'of a unit' }]
const batch = '/queue/batches/:batch{[0-9]{1,18}}'
const found = '/cases/:id{[0-9a-f]{32}}'
const press = 'a'.repeat(32)

/** By `METHOD path` as declared. Batches are their maker's alone: many.test.ts asks for those of others. */
export const manySamples: Readonly<Record<string, readonly Sample[]>> = {
  'POST /queue/act': [fixed('/queue/act', { body: () => ({ action: '' }), own: [400] }), { path: () => '/queue/act', body: ({ finding }) => ({ case: `${finding}~0` }), isList: true, name: 'a case' }],
  [`GET ${batch}`]: [fixed('/queue/batches/999999', { own: [404] })],
  [`POST ${batch}/confirm`]: [fixed('/queue/batches/999999/confirm', { body: () => ({}), own: [404] })],
  [`GET ${batch}/result.xlsx`]: [fixed('/queue/batches/999999/result.xlsx', { own: [404] })],
  [`GET ${batch}/result.csv`]: [fixed('/queue/batches/999999/result.csv', { own: [404] })],
  'GET /queue/workbook': list('/queue/workbook'),
  'POST /queue/workbook': [fixed('/queue/workbook', { body: () => ({}), own: [400] })],
  'POST /queue/workbook/take': [fixed('/queue/workbook/take', { body: () => ({ format: 'csv', numbers: 'masked' }) }), { path: ({ unit }) => `/queue/workbook/take?unit=${unit}`, body: () => ({ format: 'csv', numbers: 'masked' }), isList: true, name: 'of a unit' }],
  [`GET ${found}/candidates`]: [{ path: ({ finding }) => `/cases/${finding}/candidates`, own: [404] }],
  [`POST ${found}/candidates`]: [{ path: ({ finding }) => `/cases/${finding}/candidates`, body: () => ({ choice: '0', version: '0', comment: 'x' }), own: [404] }],

  'GET /complaints/new': [fixed('/complaints/new'), { path: ({ person }) => `/complaints/new?person=${person}`, isList: true, name: 'of a person' }],
  'POST /complaints/find': [fixed('/complaints/find', { body: () => ({}), own: [400] }), { path: () => '/complaints/find', body: ({ name }) => ({ name }), isList: true, name: 'by name' }],
  'POST /complaints/new': [{ path: () => '/complaints/new', body: ({ person }) => ({ person, step: 'change', month: 'other' }), isList: true }],
  [`GET ${found}/letter`]: [{ path: ({ finding }) => `/cases/${finding}/letter`, own: [409] }],
  [`POST ${found}/letter`]: [{ path: ({ finding }) => `/cases/${finding}/letter`, body: () => ({ language: 'vi' }), own: [409] }],
  [`GET ${found}/message`]: [{ path: ({ finding }) => `/cases/${finding}/message`, own: [409] }],
  [`POST ${found}/message`]: [{ path: ({ finding }) => `/cases/${finding}/message`, body: () => ({ press, phone: '0912345678', language: 'vi' }), own: [409] }],
  [`POST ${found}/message/again`]: [{ path: ({ finding }) => `/cases/${finding}/message/again`, body: () => ({ press }), own: [409] }],

  ...Object.fromEntries(['.csv', '/print'].map((end) => [`GET /queue${end}`, list(`/queue${end}`)])),
  'GET /queue.xlsx': [fixed('/queue.xlsx')],
  'GET /queue/export': [fixed('/queue/export')],
  'POST /queue/export': [fixed('/queue/export', { body: () => ({ format: 'csv', reason: 'visit' }) }), { path: ({ unit }) => `/queue/export?unit=${unit}`, body: () => ({ format: 'csv', reason: 'visit' }), isList: true, name: 'of a unit' }],
  ...Object.fromEntries(['.csv', '.xlsx', '/print'].map((end): [string, Sample[]] => [`GET ${found}/people${end}`, [{ path: ({ finding }) => `/cases/${finding}/people${end}` }]])),
  [`GET ${found}/people/export`]: [fixed(`/cases/${'0'.repeat(32)}/people/export`)],
  [`POST ${found}/people/export`]: [{ path: ({ finding }) => `/cases/${finding}/people/export`, body: () => ({ format: 'csv', reason: 'bank' }) }],
  ...Object.fromEntries(['.csv', '.xlsx', '/print'].map((end) => [`GET /files${end}`, [fixed(`/files${end}`)]])),
  ...Object.fromEntries(['.csv', '.xlsx', '/print'].map((end): [string, Sample[]] => [`GET /files/:id{[0-9]{1,18}}/problems${end}`, [{ path: ({ file }) => `/files/${file}/problems${end}`, of: 'bank' }]])),
}
