/** Which pages are whose: every route is declared with its readers, and nobody else comes through (D121). */
import type { Context, Handler, Hono, MiddlewareHandler } from 'hono'
import type { Role } from '../core/index.ts'
import type { Environment } from './environment.ts'
import { limited, type Limit } from './limited.ts'
import { notForYouPage, notFoundPage, tooLargePage } from './page-parts/errors.ts'
import { reply } from './reply.ts'

/** Who may ask: these roles, whoever is signed in, or anybody. */
export type Audience = readonly Role[] | 'signedIn' | 'anybody'

export { caseReaders, caseWorkers } from './audiences.ts'

/** A route as it was declared. */
export interface DeclaredRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly audience: Audience
}

const ordinaryForm: Limit = { largest: 65_536, onTooLarge: (context) => reply(context, tooLargePage(context.get('view')), 413) }

/** The router's front: what is declared here is what exists, and the list is what the tests walk. */
export class Routes {
  readonly declared: DeclaredRoute[] = []
  private readonly app: Hono<Environment>

  constructor(app: Hono<Environment>) {
    this.app = app
  }

  get<P extends string>(path: P, audience: Audience, handler: Handler<Environment, P>): void {
    this.declared.push({ method: 'GET', path, audience })
    this.app.get(path, doorFor(audience, path), handler)
  }

  /** A form is never longer than `ordinaryForm`; what takes files says how much. */
  post<P extends string>(path: P, audience: Audience, handler: Handler<Environment, P>, limit: Limit<P> = ordinaryForm): void {
    this.declared.push({ method: 'POST', path, audience })
    this.app.post(path, doorFor(audience, path), limited(limit, handler))
  }

  /** A form with a file that is read as it comes; the handler counts its bytes itself. */
  stream<P extends string>(path: P, audience: Audience, handler: Handler<Environment, P>): void {
    this.declared.push({ method: 'POST', path, audience })
    this.app.post(path, doorFor(audience, path), handler)
  }
}

function doorFor(audience: Audience, path: string): MiddlewareHandler<Environment> {
  return async (context, next) => {
    if (audience === 'anybody') return next()
    const desk = context.get('desk') as Environment['Variables']['desk'] | undefined
    if (desk === undefined) return toSignIn(context)
    if (audience === 'signedIn' || desk.reader.roles.some((role) => audience.includes(role))) return next()
    // Of a thing with a name of its own nobody learns whether it exists.
    return path.includes(':') ? reply(context, notFoundPage(context.get('view')), 404) : reply(context, notForYouPage(context.get('view')), 403)
  }
}

/** Where they wanted to go is kept; what they wanted to send is not, for it may no longer be true. */
function toSignIn(context: Context<Environment>): Response {
  const { pathname, search } = new URL(context.req.url)
  const wanted = context.req.method === 'GET' && pathname !== '/' ? `?to=${encodeURIComponent(pathname + search)}` : ''
  return context.redirect(`/sign-in${wanted}`, 303)
}
