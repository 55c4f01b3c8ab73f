/** A body that has to keep coming: whoever sends a byte now and then would hold a place that others need. */

/** The sender was too slow. */
export class TooSlow extends Error {
  constructor() {
    super('the body came too slowly')
    this.name = 'TooSlow'
  }
}

/** Less than so many bytes in so long is too slow; a telephone line of forty years ago was faster. */
const slowest = { bytes: 16_384, milliseconds: 60_000 }

/** The same bytes, as long as they come. */
export async function* paced(body: ReadableStream<Uint8Array>, { bytes, milliseconds }: typeof slowest = slowest): AsyncGenerator<Uint8Array, void> {
  const reader = body.getReader()
  const pace = { bytes: 0, isSlow: false }
  const watching = setInterval(() => {
    pace.isSlow = pace.bytes < bytes
    pace.bytes = 0
    if (pace.isSlow) void reader.cancel().catch(() => undefined)
  }, milliseconds).unref()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (pace.isSlow) throw new TooSlow()
      if (done) return
      pace.bytes += value.length
      yield value
    }
  } finally {
    clearInterval(watching)
    reader.releaseLock()
  }
}

/** The same request, its body paced. */
export function pacedRequest(request: Request): Request {
  return request.body === null ? request : new Request(request, { body: ReadableStream.from(paced(request.body)), duplex: 'half' })
}
