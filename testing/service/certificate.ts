import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const ECDSA_WITH_SHA256 = Buffer.from('300a06082a8648ce3d040302', 'hex')
const COMMON_NAME = Buffer.from('0603550403', 'hex')
const SUBJECT_ALTERNATIVE_NAME = Buffer.from('0603551d11', 'hex')

/** One DER element: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content])
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content])
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const time = (text: string): Buffer => der(0x18, Buffer.from(text))

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`
}

/**
 * A fresh key and a certificate for 127.0.0.1 that it signed itself (X.509 v3, RFC 5280): none has to lie in the repository, and none
 * runs out. Both are PEM, as `ServiceOptions.tls` takes them; a client trusts it by taking `cert` as an authority.
 *
 * @param names host names, in ASCII, that the certificate is for as well
 */
export function makeCertificate(names: readonly string[] = []): { key: string; cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('embedded AIOZ Pin service')))))
  // A leading byte below 0x80 keeps the serial number positive; one above 0 keeps its encoding the shortest.
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)])
  const address = der(0x87, Buffer.from([127, 0, 0, 1]))
  const alternatives = names.map((host) => der(0x82, Buffer.from(host, 'ascii')))
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ECDSA_WITH_SHA256,
    name,
    sequence(time('20200101000000Z'), time('99991231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(SUBJECT_ALTERNATIVE_NAME, der(0x04, sequence(address, ...alternatives))))),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem('CERTIFICATE', sequence(toBeSigned, ECDSA_WITH_SHA256, signature)),
  }
}
