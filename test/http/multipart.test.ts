/** Forms with a file, whole and broken: what arrives is what was sent, and of what is broken nothing counts as arrived. */
import { describe, expect, test } from 'vitest'
import { BrokenForm, readForm, type IncomingForm } from '../../src/http/multipart.ts'

const boundary = '----bien'
const part = (head: string, content: string): string => `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`
const field = (name: string, value: string): string => part(`Content-Disposition: form-data; name="${name}"`, value)
const file = (content: string, name = 'tệp.csv', of = 'file'): string => part(`Content-Disposition: form-data; name="${of}"; filename="${name}"\r\nContent-Type: text/csv`, content)
const end = `--${boundary}--\r\n`
const large = 1_000_000

function sent(text: string, pieceLength = 7): Request {
  const bytes = Buffer.from(text)
  let place = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (place >= bytes.length) controller.close()
      else controller.enqueue(bytes.subarray(place, place + pieceLength))
      place += pieceLength
    },
  })
  return new Request('http://localhost/bank/files', { method: 'POST', body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, duplex: 'half' })
}

/** What a careful receiver keeps: nothing, unless the bytes came to their end. */
async function received({ fields, fileName, bytes }: IncomingForm): Promise<{ fields: Record<string, string>; fileName: string; text: string }> {
  const pieces: Uint8Array[] = []
  for await (const piece of bytes) pieces.push(piece)
  return { fields: Object.fromEntries(fields), fileName, text: Buffer.concat(pieces).toString() }
}

const faultOf = (request: Request, largest = large): Promise<unknown> => readForm(request, largest, received).then((form) => form, (error: unknown) => (error instanceof BrokenForm ? error.code : error))

describe('a form with a file', () => {
  test('arrives byte for byte, however it is cut into pieces', async () => {
    const content = `a;b\r\n${'1;2\r\n'.repeat(500)}--bien--\r\nnot an end`
    for (const length of [1, 7, 64, 5000]) expect(await readForm(sent(field('kind', 'disbursement') + file(content) + end, length), large, received)).toEqual({ fields: { kind: 'disbursement' }, fileName: 'tệp.csv', text: content })
  })

  test('that is cut off anywhere is told from one that is whole', async () => {
    const whole = field('kind', 'withdrawal') + file('x'.repeat(50)) + end
    const faults = new Set<unknown>()
    // Without the line break behind the last sign it is whole; before that it is not.
    for (let length = 1; length < whole.length - 4; length += 1) faults.add(await faultOf(sent(whole.slice(0, length), 50)))
    expect([...faults].sort()).toEqual(['cut_off'])
  })

  test('without a file, without a form, with two files, a field twice, too many parts, or a field behind the file', async () => {
    expect(await faultOf(sent(field('kind', '') + file('', '') + end))).toBe('no_file')
    expect(await faultOf(sent(field('kind', '') + end))).toBe('no_file')
    expect(await faultOf(new Request('http://localhost/', { method: 'POST', body: 'kind=1', headers: { 'content-type': 'text/plain' } }))).toBe('unreadable')
    expect(await faultOf(new Request('http://localhost/', { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x' }))).toBe('unreadable')
    expect(await faultOf(sent(file('1') + file('2') + end))).toBe('many_files')
    expect(await faultOf(sent(file('1', 'a.csv', 'other') + end))).toBe('unreadable')
    expect(await faultOf(sent(field('kind', 'a') + field('kind', 'b') + file('1') + end))).toBe('unreadable')
    expect(await faultOf(sent(file('1') + field('kind', 'a') + end))).toBe('unreadable')
    expect(await faultOf(sent(Array.from({ length: 10_000 }, (_, index) => field(`f${index}`, '')).join('') + file('1') + end, 65_536))).toBe('unreadable')
    expect(await faultOf(sent(field('kind', 'x'.repeat(5000)) + file('1') + end, 65_536))).toBe('unreadable')
  })

  test('is taken up to its limit, to the byte', async () => {
    expect(await faultOf(sent(file('x'.repeat(100)) + end), 100)).toMatchObject({ text: 'x'.repeat(100) })
    expect(await faultOf(sent(file('x'.repeat(101)) + end), 100)).toBe('too_large')
  })

  test('has a name that can be shown, and no path', async () => {
    for (const [name, shown] of [['../../etc/passwd', 'passwd'], ['C:\\\\tệp\\\\a.csv', 'a.csv'], ['gpj.\u202excslx', 'gpj.xcslx'], ['a\u0000b.csv', 'ab.csv'], ['N\u0303.csv', 'Ñ.csv'], ['x'.repeat(300), 'x'.repeat(200)]] as const) expect(await faultOf(sent(file('1', name) + end, 5000))).toMatchObject({ fileName: shown })
  })

  test('whose receiver gives up is given up at once, with what the receiver says', async () => {
    const error = new Error('no room')
    await expect(readForm(sent(file('x'.repeat(500_000)) + end, 1000), large, async ({ bytes }) => {
      for await (const _ of bytes) throw error
    })).rejects.toBe(error)
  })
})
