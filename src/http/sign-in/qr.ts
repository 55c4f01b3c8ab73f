/** A QR code as a picture that every camera reads: dark on white whatever the page looks like, with its quiet border. */
import { html, raw } from 'hono/html'
import type { Html } from '../view.ts'

/** One row of the path is one row of dark squares. */
export function qrPicture(rows: readonly (readonly boolean[])[], label: string): Html {
  const size = rows.length
  const path = rows.flatMap((row, y) => runsOf(row).map(({ from, length }) => `M${from} ${y}h${length}v1h-${length}z`)).join('')
  return html`<svg class="tt-qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path class="tt-qr__ground" d="${raw(`M0 0h${size}v${size}h-${size}z`)}"></path><path class="tt-qr__dark" d="${raw(path)}"></path></svg>`
}

function runsOf(row: readonly boolean[]): { readonly from: number; readonly length: number }[] {
  const runs: { from: number; length: number }[] = []
  for (const [index, isDark] of row.entries()) {
    if (!isDark) continue
    const last = runs.at(-1)
    if (last !== undefined && last.from + last.length === index) last.length += 1
    else runs.push({ from: index, length: 1 })
  }
  return runs
}
