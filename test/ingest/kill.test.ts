/** An ingest killed at any moment leaves the file sealed whole or nothing of it, and the same file can be handed in again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ingestFile } from '../../src/ingest/index.ts'
import { useDatabase } from '../helpers/database.ts'
import { listHeader, listLine, stateOf, surroundingsIn, useFolder } from './helpers.ts'

const clone = useDatabase()
const folder = useFolder()
const lineCount = 60_000

test('killed early, in the middle or late: all or nothing', async () => {
  const { database, databaseUrl } = clone()
  const path = join(folder, 'large.csv')
  writeFileSync(path, `${listHeader}\n${Array.from({ length: lineCount }, (_, index) => listLine({ id: String(1_087_000_000 + index).padStart(12, '0') })).join('\n')}\n`)
  const before = await stateOf(database)
  const script = fileURLToPath(new URL('./ingest-process.ts', import.meta.url))
  let wasSealed = false
  for (const wait of [0, 30, 60, 120, 200, 320]) {
    const child = spawn(process.execPath, [script, databaseUrl, join(folder, 'data'), path], { stdio: ['ignore', 'pipe', 'inherit'] })
    // Asked for at once: a quick machine may have ended before it is killed.
    const ended = once(child, 'exit')
    await once(child.stdout, 'data')
    await sleep(wait)
    child.kill('SIGKILL')
    await ended
    // The server notices at its next word to the dead process, and rolls back.
    for (let turn = 0; turn < 200; turn += 1) {
      const others = await database.query(`select 1 as one from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'`)
      if (others.length === 0) break
      await sleep(25)
    }
    const sealed = await database.query<{ lines: string }>(`select line_count as lines from source_file where file_id > 0 and status = 'sealed'`)
    if (sealed.length > 0) {
      expect(sealed).toEqual([{ lines: `${lineCount}` }])
      wasSealed = true
      break
    }
    expect(await stateOf(database)).toBe(before)
  }
  const receipt = await ingestFile(database, { path }, surroundingsIn(folder))
  expect(receipt).toMatchObject({ status: 'sealed', accepted: lineCount, repeats: 0 })
  expect(receipt.repeat_of !== null).toBe(wasSealed)
  expect(Number((await database.query<{ rows: string }>('select count(*) as rows from entitlement_line'))[0]?.rows)).toBe(lineCount)
  if (!wasSealed) expect(readdirSync(join(folder, 'data', 'incoming'))).toEqual([])
})
