/** The check of a payment order against the structure of pain.001.001.09, as the message definition report states it for what is written here. */
import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const schema = readFileSync(new URL('payment-order.xsd', import.meta.url), 'utf8')

/** What is wrong with the message; nothing when it holds. */
export async function validateOrder(xml: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: [{ fileName: 'order.xml', contents: xml }], schema: [schema], initialMemoryPages: 256, maxMemoryPages: 2048 })
  return errors.map(({ message }) => message)
}
