/** ISO 20022 among the formats: what is certainly XML of payments, and its translation. */
import { FileFault } from '../fault.ts'
import { paymentTranslation } from '../payment-translation.ts'
import type { SourceFile, Translation, TranslationOptions } from '../translation.ts'
import { Iso20022Reader } from './reader.ts'
import { refuseDoctype } from './xml-decoder.ts'

/** True for XML; a web page is none. */
export function isXml(head: Uint8Array): boolean {
  const wide = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null
  // Without a mark the zero bytes of UTF-16 and UTF-32 are left out, so that the decoder can say what they are.
  const top = head.subarray(0, 512)
  const text = wide === null ? Buffer.from(top).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').replaceAll('\0', '') : new TextDecoder(wide).decode(top.subarray(0, top.length & ~1))
  return /^[\s\ufeff]*<[?!A-Za-z_]/.test(text) && !/^[\s\ufeff]*<(?:!doctype\s+html|html)\b/i.test(text)
}

/** The translation of an ISO 20022 message. @throws FileFault when its beginning says that it is none, or none that is read here */
export function openIso20022(file: SourceFile, { banks }: TranslationOptions): Promise<Translation> {
  const { head, size } = file
  refuseDoctype(head)
  // Read once as far as the head goes, to know what it is; what is wrong below is found when it is read for good.
  const probe = new Iso20022Reader()
  try {
    probe.push(head)
    if (probe.type === null && head.length === size) probe.finish()
  } catch (error) {
    if (probe.type === null || !(error instanceof FileFault)) throw error
  }
  if (probe.type === null) throw new FileFault('xml_invalid', `no message begins within the first ${head.length} bytes`)
  const settings = banks === undefined ? {} : { banks }
  return Promise.resolve(paymentTranslation({ file, format: probe.type.version, encoding: probe.encoding, newReader: (isForShowing) => new Iso20022Reader({ ...settings, keepSource: isForShowing }) }))
}
