/** Text as it may stand in XML, in an element or between quotes. */

const escapes = new Map([['&', '&amp;'], ['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;']])

/** Signs with a meaning in XML are written out; what XML cannot hold at all stands as the sign of a lost letter. */
export function xmlText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => escapes.get(sign) as string).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
