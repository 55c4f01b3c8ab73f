/**
 * The files the pages need beside their HTML: one stylesheet, one small script, four faces of one typeface, one icon.
 *
 * Read once at start from the installed packages; addresses carry a hash of the content, so a browser keeps them for a
 * year and still gets the new one after an update.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { sha256Of } from '../../core/index.ts'
import { buildStylesheet } from './stylesheet.ts'

/** One file to be served; the compressed forms are null for what is compressed already. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly etag: string
  readonly bytes: Buffer<ArrayBuffer>
  readonly brotli: Buffer<ArrayBuffer> | null
  readonly gzip: Buffer<ArrayBuffer> | null
}

/** All assets by address, and the addresses that a page's head names. */
export interface Assets {
  readonly byPath: ReadonlyMap<string, Asset>
  readonly stylesheetPath: string
  /** What pages gain where scripts run; none needs it. */
  readonly scriptPath: string
  readonly iconPath: string
  /** The faces the first line of text needs, to be fetched beside the stylesheet and not after it. */
  readonly firstFontPaths: readonly string[]
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b4a5e"/>' +
  '<path d="M7 10h18v4h-7v11h-4V14H7z" fill="#fff"/></svg>'

// Letters with tone marks live in the `vietnamese` subset, all others in `latin`; no page shows letters of any other.
const faces = [
  { subset: 'vietnamese', range: 'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB' },
  { subset: 'latin', range: 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD' },
] as const

/** Reads and builds every asset; throws when a package they come from is not installed. */
export function loadAssets(): Assets {
  const fonts = faces.flatMap(({ subset, range }) => [400, 700].map((weight) => ({ asset: fontFile(subset, weight), range, weight })))
  const fontFaces = fonts
    .map(({ asset, range, weight }) => `@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-weight:${weight};font-display:swap;src:url(${asset.path}) format("woff2");unicode-range:${range}}`)
    .join('')
  const stylesheet = asset('tantay.css', 'text/css; charset=utf-8', Buffer.from(buildStylesheet(fontFaces)))
  const script = asset('desk.js', 'text/javascript; charset=utf-8', readFileSync(new URL('desk.js', import.meta.url)))
  const favicon = asset('icon.svg', 'image/svg+xml', Buffer.from(icon))
  const all = [stylesheet, script, favicon, ...fonts.map((font) => font.asset)]
  return {
    byPath: new Map(all.map((one) => [one.path, one])),
    stylesheetPath: stylesheet.path,
    scriptPath: script.path,
    iconPath: favicon.path,
    firstFontPaths: fonts.map((font) => font.asset.path),
  }
}

function fontFile(subset: string, weight: number): Asset {
  const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`
  const require = createRequire(import.meta.url)
  const packageFile = require.resolve('@fontsource/be-vietnam-pro/package.json')
  return asset(name, 'font/woff2', readFileSync(packageFile.replace('package.json', `files/${name}`)))
}

function asset(name: string, type: string, bytes: Buffer<ArrayBuffer>): Asset {
  const hash = sha256Of(bytes).slice(0, 16)
  const isCompressible = !type.startsWith('font/')
  return {
    path: `/assets/${hash}/${name}`,
    type,
    etag: `"${hash}"`,
    bytes,
    brotli: isCompressible ? brotliCompressSync(bytes) : null,
    gzip: isCompressible ? gzipSync(bytes, { level: 9 }) : null,
  }
}
