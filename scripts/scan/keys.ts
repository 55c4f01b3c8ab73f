/** Private keys of any kind and length: what the installation signs with (Ed25519, 64 letters) is shorter than general scanners look for. */

/** True for text that holds a private key in PEM form or as a JSON Web Key. */
export function holdsKey(text: string): boolean {
  const isJson = [...text.matchAll(/\{[^{}]*\}/g)].some(([object]) => /"kty"\s*:/.test(object) && /"d"\s*:\s*"[\w-]{20,}"/.test(object))
  return isJson || /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{40,}-----END/.test(text)
}
