/** What Prometheus reads of this server: durations as they are counted here, everything else as it is when it is asked for. */
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A figure from outside; its name and labels are among those described below. */
export interface Figure {
  readonly name: FigureName
  readonly labels: readonly string[]
  readonly value: number
}

/** Each figure: what it means, and what its labels are. None tells of a person, a bank or an address. */
const described = {
  ready: ['1: this part works; the server is ready when all do', 'check'],
  pool_connections: ['connections to the database', 'pool', 'state'],
  disk_free_bytes: ['room where the data are', 'place'],
  backup_age_seconds: ['since the newest finished backup'],
  drill_age_seconds: ['since the last drill that came back the same'],
  backups: ['finished backups that are kept'],
  queue_jobs: ['work left to the background', 'task', 'state'],
  queue_oldest_seconds: ['how long the oldest work that could be done has waited'],
  published_age_seconds: ['since the newest result was published'],
  published_as_of_days: ['days from the day of the published result to today'],
  runs: ['runs since the beginning', 'status'],
  nights: ['nights of the last thirty days', 'state'],
  night_published_age_seconds: ['since a night last published'],
  files: ['files that were read to their end', 'status'],
  uploads: ['files that were handed in by page or API', 'status'],
  open_cases: ['cases that wait for somebody'],
  deliveries: ['notices to banks that have not arrived', 'state'],
  webhooks_resting: ['places that are told nothing because nothing arrived there'],
  trail_age_seconds: ['since the newest entry of the audit trail'],
  trail_head_age_seconds: ['since the head of the audit trail was last signed'],
  archive_failures: ['pieces of the log that could not be archived, since the database started counting'],
  database_bytes: ['size of the database'],
  transaction_oldest_seconds: ['age of the oldest open transaction'],
} as const satisfies Record<string, readonly [string, ...string[]]>

/** What a figure may be called. */
export type FigureName = keyof typeof described

/** True for a name that is described here. */
export function isFigureName(name: string): name is FigureName {
  return Object.hasOwn(described, name)
}

/** The metrics of one server. */
export interface Metrics {
  /** The text that Prometheus reads. */
  readonly contentType: string
  /** One request was answered; `route` is its pattern, never its address. */
  answered(request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }): void
  /** Everything as text, with the figures as they are now. */
  text(figures: readonly Figure[]): Promise<string>
}

/** The metrics of a server; once per process, since Node's own are counted from then on. */
export function openMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({ name: 'tantay_http_request_duration_seconds', help: 'how long requests took, by the pattern of their address', labelNames: ['method', 'route', 'status'], buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30], registers: [registry] })
  return {
    contentType: registry.contentType,
    answered: ({ method, route, status, seconds }) => { durations.observe({ method, route, status: `${status}`.slice(0, 1) + 'xx' }, seconds) },
    text: async (figures) => `${await registry.metrics()}\n${await textOf(figures)}`,
  }
}

/** Made anew each time: a figure that nobody can tell just now is left out, for 0 would be a lie. */
function textOf(figures: readonly Figure[]): Promise<string> {
  const registry = new Registry()
  const gauges = new Map<FigureName, Gauge>()
  for (const { name, labels, value } of figures) {
    const [help, ...labelNames] = described[name]
    const gauge = gauges.get(name) ?? new Gauge({ name: `tantay_${name}`, help, labelNames: [...labelNames], registers: [registry] })
    gauges.set(name, gauge)
    gauge.labels(...labels).set(value)
  }
  return registry.metrics()
}
