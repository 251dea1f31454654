import { createHash } from 'node:crypto'
import type { PinRecord } from './types.ts'

/** What the service, written in Go, answers for a time that is not set. */
export const ZERO_TIME = '0001-01-01T00:00:00Z'

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Multicodec `sha2-256` and its length in bytes: the two bytes in front of a digest in every CIDv0 (https://docs.ipfs.tech/concepts/content-addressing/). */
const SHA2_256 = Buffer.from([0x12, 0x20])

const FIRST_PIN = Date.UTC(2023, 5, 7, 4, 16, 39)
const TWO_YEARS_IN_SECONDS = 2 * 365 * 24 * 60 * 60
const LARGEST_SIZE = 50_000_000

function digest(text: Buffer | string): Buffer {
  return createHash('sha256').update(text).digest()
}

function base58btc(bytes: Buffer): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  while (rest > 0n) {
    text = BASE58.charAt(Number(rest % 58n)) + text
    rest /= 58n
  }
  return text
}

/** A UUID of version 4 in form, fixed by `text` in content. */
function uuid(text: string): string {
  const bytes = digest(text).subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/**
 * A time as the service writes it: RFC 3339, UTC, six digits of a second.
 *
 * @param at epoch milliseconds
 * @param microseconds what to write after the milliseconds, 0 to 999
 */
export function serviceTime(at: number, microseconds = 0): string {
  return new Date(at).toISOString().replace('Z', `${String(microseconds).padStart(3, '0')}Z`)
}

/** What a record says of content: the digest stands for the whole, so no block is made. */
export function contentOf(bytes: Buffer | string): Pick<PinRecord, 'cid' | 'root_hash' | 'size'> {
  const multihash = Buffer.concat([SHA2_256, digest(bytes)])
  return { root_hash: multihash.toString('hex'), cid: base58btc(multihash), size: bytes.length }
}

/**
 * A plausible record of a pin that is there, the same for the same seed. Two seeds share nothing but the account (`user_id`).
 *
 * @param overrides fields to set; `cid` and `root_hash` are not kept in step
 * @param seed any number
 */
export function makePin(overrides: Partial<PinRecord> = {}, seed = 0): PinRecord {
  const content = digest(String(seed))
  const pinnedAt = FIRST_PIN + (content.readUInt32BE(0) % TWO_YEARS_IN_SECONDS) * 1000
  const microseconds = content.readUInt32BE(4) % 1_000_000
  return {
    id: uuid(`pin ${seed}`),
    file_record_id: uuid(`file ${seed}`),
    ...contentOf(String(seed)),
    size: 1 + (content.readUInt32BE(8) % LARGEST_SIZE),
    user_id: uuid('account'),
    date_pinned: serviceTime(pinnedAt + Math.floor(microseconds / 1000), microseconds % 1000),
    date_unpinned: ZERO_TIME,
    pinned: true,
    is_pin_by_hash: content.readUInt8(12) % 2 === 0,
    is_dir: content.readUInt8(13) % 2 === 0,
    metadata: { name: `release-${seed}` },
    status: 'DONE',
    ...overrides,
  }
}
