/** What a bank has at its end in tests: a server that hears webhooks, and one that takes e-mail; both real, on loopback. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** One webhook as it came in. */
export interface Heard {
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly path: string
}

/** How the next requests are answered. */
export interface Ear {
  readonly url: string
  readonly heard: Heard[]
  answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'silence'
  close(): Promise<void>
}

/** A server that keeps what it hears. */
export async function openEar(): Promise<Ear> {
  const heard: Heard[] = []
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(pieces).toString('utf8'), path: request.url ?? '' })
      if (ear.answer === 'silence') return
      response.writeHead(ear.answer.status, ear.answer.headers).end('never read')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ear: Ear = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard, answer: { status: 200 },
    close: () => new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => { resolve() })
    }),
  }
  return ear
}

/** A mailbox. */
export interface Mailbox {
  readonly url: string
  readonly letters: { readonly to: readonly string[]; readonly text: string }[]
  /** Answers the recipient with this code; null: takes everything. */
  refuses: number | null
  close(): Promise<void>
}

/** A server that takes e-mail. */
export async function openMailbox(): Promise<Mailbox> {
  const letters: Mailbox['letters'] = []
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], logger: false,
    onRcptTo: (_address, _session, done) => {
      if (mailbox.refuses === null) done()
      else done(Object.assign(new Error('no'), { responseCode: mailbox.refuses }))
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = []
      stream.on('data', (piece: Buffer) => pieces.push(piece))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(pieces).toString('utf8') })
        done()
      })
    },
  })
  const listening = await new Promise<Server>((resolve) => {
    const inner = server.listen(0, '127.0.0.1', () => { resolve(inner as unknown as Server) })
  })
  const mailbox: Mailbox = { url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`, letters, refuses: null, close: () => new Promise((resolve) => { server.close(() => { resolve() }) }) }
  return mailbox
}
