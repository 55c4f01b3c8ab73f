/** The door of the room `signing`: what the installation says under its own key, and how anybody checks it. */
export { canonicalJson, readCanonical } from './canonical.ts'
export { loadSigningKey } from './key.ts'
export { faultOfSignature, keyIdOf, signatureOf, signatureShape, type Signature, type SignatureFault } from './signature.ts'
