/** The settings that an embedded PostgreSQL is started with, fitted to the machine. */
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { totalmem } from 'node:os'

/** What the settings depend on. */
export interface Machine {
  readonly memoryBytes: number
  readonly freeDiskBytes: number
  /** The size of /dev/shm; null where there is none. Containers often give it 64 MB, too little for parallel joins. */
  readonly sharedMemoryBytes: number | null
}

const megabyte = 1024 * 1024

/** The machine as it is now; `directory` is where the data will be. */
export function inspectMachine(directory: string): Machine {
  return {
    memoryBytes: Math.min(totalmem(), controlGroupLimit() ?? Infinity),
    freeDiskBytes: freeBytes(directory),
    sharedMemoryBytes: existsSync('/dev/shm') ? freeBytes('/dev/shm') : null,
  }
}

/** Free bytes, for an ordinary user, of the file system that a path lies on. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

/**
 * The settings, name to value.
 *
 * @param isDurable false only for tests, whose data nobody misses after a power cut
 * @param archive where finished pieces of the log are copied to; null: nowhere
 */
export function serverSettings(machine: Machine, port: number, isDurable: boolean, archive: string | null = null): Record<string, string> {
  // An eighth of the memory at most: the rest of the machine, the file cache first, works for the same queries.
  // Tests make and empty thousands of small tables, and each time that is done the server looks through all of its buffers.
  const shared = isDurable ? clamp(machine.memoryBytes / 8, 32, 1024) : 64
  return {
    listen_addresses: '127.0.0.1',
    port: port.toString(),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: `${shared}MB`,
    work_mem: `${clamp(machine.memoryBytes / 128, 4, 64)}MB`,
    maintenance_work_mem: `${clamp(machine.memoryBytes / 16, 64, 512)}MB`,
    effective_cache_size: `${clamp(machine.memoryBytes / 2, 128, 1024 * 1024)}MB`,
    // A checkpoint between a load and the run after it makes that run write each page it looks at into the log once more.
    max_wal_size: `${isDurable ? clamp(machine.freeDiskBytes / 4, 256, 24 * 1024) : 512}MB`,
    min_wal_size: isDurable ? '256MB' : '80MB',
    // The first reader of fresh rows notes on each page that they are there, and with checksums the page goes into the log once
    // more: compressing 21,000 of them (1.1 million payments) took 2.2 of 2.4 s, and this server knows pglz only.
    wal_compression: 'off',
    max_wal_senders: '0',
    ...(archive === null ? unarchived : archived(archive)),
    checkpoint_timeout: '30min',
    // Compiling a plan pays only for queries that run for minutes; here it cost more than it gave.
    jit: 'off',
    fsync: isDurable ? 'on' : 'off',
    full_page_writes: isDurable ? 'on' : 'off',
    synchronous_commit: isDurable ? 'on' : 'off',
    timezone: 'UTC',
    datestyle: 'ISO, MDY',
    // Names and numbers of people must not reach the log: no parameters, no failing statement, no detail of an error.
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_timezone: 'UTC',
    dynamic_shared_memory_type: (machine.sharedMemoryBytes ?? 0) >= 1024 * megabyte ? 'posix' : 'mmap',
  }
}

// Nothing follows this server, so a COPY into a table made in the same transaction may skip the log.
const unarchived = { wal_level: 'minimal' }

/** How long a change may be on this disk alone, in seconds: with the copying, less than five minutes. */
const archiveSeconds = '240'

/** Each piece of the log is copied, compressed and synced under another name first: a half-written one is never taken for a whole one, and the same one twice is no fault. */
function archived(folder: string): Record<string, string> {
  const place = `${inShell(folder)}/%f`
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    archive_timeout: archiveSeconds,
    archive_command: `if test -f ${place}.gz; then gzip -dc ${place}.gz | cmp -s - "%p"; else gzip -1 -c "%p" > ${place}.part && sync ${place}.part && mv ${place}.part ${place}.gz; fi`,
  }
}

/** How a piece of the log is fetched back from such a folder: PostgreSQL's restore_command. */
export function restoreCommand(folder: string): string {
  const place = `${inShell(folder)}/%f`
  return `test -f ${place}.gz && gzip -dc ${place}.gz > "%p"`
}

/** For a shell, inside of a setting in which %p and %f stand for something. */
function inShell(path: string): string {
  return `'${path.replaceAll("'", String.raw`'\''`).replaceAll('%', '%%')}'`
}

/** The memory limit of this process's control group, in bytes; null without one. */
function controlGroupLimit(): number | null {
  for (const path of ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']) {
    if (!existsSync(path)) continue
    const bytes = parseInt(readFileSync(path, 'utf8'), 10)
    if (bytes > 0) return bytes
  }
  return null
}

function clamp(bytes: number, leastMegabytes: number, mostMegabytes: number): number {
  return Math.min(Math.max(Math.floor(bytes / megabyte), leastMegabytes), mostMegabytes)
}
