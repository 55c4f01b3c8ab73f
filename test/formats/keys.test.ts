/** Keys of persons and accounts can be turned back into their text by the database, and no two are the same. */
import { expect, test } from 'vitest'
import { keyText, type Key } from '../../src/core/index.ts'
import { answers, readAccount, readPerson } from '../../src/formats/index.ts'
import { useDatabase } from '../helpers/database.ts'

const clone = useDatabase()
const read = (text: string, reader: (bytes: Uint8Array, start: number, end: number) => number): number => reader(Buffer.from(text), 0, Buffer.byteLength(text))
const newKey = (): Key => ({ high: 0, low: 0 })

test('can be read back: ids of 12 and 9 digits, accounts of up to 18 digits with their zeros', async () => {
  const ids = ['001087123456', '000000000000', '999999999999', '012345678', '000000000']
  const accounts = ['0123', '0000', '9999', '000000000000000000', '999999999999999999', '970436012345678901', '1234567890123', '000123456789', '99999999', '100000000']
  const personKeys = ids.map((id) => { const key = newKey(); expect(read(id, (b, s, e) => readPerson(b, s, e, key))).toBe(answers.taken); return keyText(key) })
  const accountKeys = accounts.map((account) => { const key = newKey(); expect(read(account, (b, s, e) => readAccount(b, s, e, key))).toBe(answers.taken); return keyText(key) })
  expect(new Set([...personKeys, ...accountKeys]).size).toBe(personKeys.length + accountKeys.length)
  const [row] = await clone().database.query<{ ids: string[]; accounts: string[] }>(
    'select (select array_agg(identifier_text(k) order by n) from unnest($1::bigint[]) with ordinality x (k, n)) as ids, (select array_agg(account_text(k) order by n) from unnest($2::bigint[]) with ordinality x (k, n)) as accounts',
    [personKeys, accountKeys],
  )
  expect(row).toEqual({ ids, accounts })
})
