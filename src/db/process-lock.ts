/** Which processes are alive, and a lock between them that a killed holder cannot keep. */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process as text: its number and, where the system tells, its start, so that a reused number is not mistaken for it. */
export function processIdentity(pid: number = process.pid): string {
  return `${pid}-${readStat(pid)?.start ?? 'unknown'}`
}

/** True while the process that `processIdentity` named is running; a zombie is not. */
export function isAlive(identity: string): boolean {
  const [number = '', start = 'unknown'] = identity.trim().split('-')
  const pid = parseInt(number, 10)
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it is there, and it is somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const stat = readStat(pid)
  if (stat?.state === 'Z' || stat?.state === 'X') return false
  return start === 'unknown' || stat === null || stat.start === start
}

/**
 * Runs `work` while no other process holds the lock file at `path`.
 *
 * @param onWait called once, with the holder's process number, when the lock is taken
 */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: (holder: string) => void): Promise<T> {
  mkdirSync(dirname(path), { recursive: true })
  const own = `${path}.${processIdentity()}.${nextNumber++}`
  writeFileSync(own, processIdentity(), { mode: 0o644 })
  let told = false
  try {
    while (!tryLink(own, path)) {
      const holder = readText(path)
      if (holder !== null && !isAlive(holder)) {
        setAside(path, holder, own)
        continue
      }
      if (!told && holder !== null) onWait?.(holder.split('-')[0] ?? '')
      told = true
      await sleep(50)
    }
    try {
      return await work()
    } finally {
      rmSync(path, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

let nextNumber = 1

/** Linking is atomic and fails when the name is taken, on every file system that PostgreSQL itself could live on. */
function tryLink(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Moves a dead holder's lock out of the way; if a new holder was quicker, gives it back. */
function setAside(path: string, deadHolder: string, own: string): void {
  const aside = `${own}.stale`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (readText(aside) !== deadHolder) tryLink(aside, path)
  unlinkSync(aside)
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

function readStat(pid: number): { state: string; start: string } | null {
  const stat = readText(`/proc/${pid}/stat`)
  if (stat === null) return null
  // The second field is the command in parentheses and may itself contain blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0] ?? '', start: fields[19] ?? 'unknown' }
}
