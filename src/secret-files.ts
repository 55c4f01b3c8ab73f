/** Secrets from files: what a container, systemd or a vault puts down for one process need not stand in its environment. */
import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The settings that are secrets, or hold one: each may be given as `NAME_FILE`, the path of a file that holds it. */
export const secretSettings = ['DATABASE_URL', 'TANTAY_DESK_DATABASE_URL', 'TANTAY_ENGINE_DATABASE_URL', 'TANTAY_API_KEY', 'TANTAY_OIDC_CLIENT_SECRET', 'TANTAY_SMS_TOKEN', 'TANTAY_SMTP_URL', 'TANTAY_ALARM_SECRET', 'TANTAY_METRICS_TOKEN'] as const

/** Where systems that hand out secrets put them: there the folder is closed, whatever the file's own bits say. */
const closedFolders = (environment: NodeJS.ProcessEnv): string[] => ['/run/secrets/', ...(environment.CREDENTIALS_DIRECTORY === undefined ? [] : [join(environment.CREDENTIALS_DIRECTORY, '/')])]

/** The environment with each `NAME_FILE` read into `NAME`; faults name the variable and the way out, never a value or what a file holds. */
export function withSecretFiles(environment: NodeJS.ProcessEnv): { readonly environment: NodeJS.ProcessEnv; readonly faults: readonly string[] } {
  const read: NodeJS.ProcessEnv = {}
  const faults: string[] = []
  for (const name of secretSettings) {
    const variable = `${name}_FILE`
    const path = environment[variable]
    if (path === undefined || path === '') continue
    const fault = environment[name] !== undefined && environment[name] !== '' ? `${name} is set too: keep one of them` : faultOfFile(resolve(path), closedFolders(environment))
    if (fault === null) read[name] = readFileSync(path, 'utf8').trim()
    else faults.push(`${variable}: ${fault}`)
  }
  return { environment: { ...environment, ...read }, faults }
}

function faultOfFile(path: string, closed: readonly string[]): string | null {
  try {
    const { mode } = statSync(path)
    const isClosed = closed.some((folder) => path.startsWith(folder))
    // Windows knows no such bits and reports all of them.
    if (process.platform !== 'win32' && (mode & (isClosed ? 0o022 : 0o077)) !== 0) return 'others on this machine may read or write the file: chmod 600'
    return readFileSync(path, 'utf8').trim() === '' ? 'the file is empty' : null
  } catch {
    return 'the file cannot be read'
  }
}
