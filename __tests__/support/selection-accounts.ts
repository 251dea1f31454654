import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { base32, base32upper } from 'multiformats/bases/base32'
import { base36, base36upper } from 'multiformats/bases/base36'
import { base58btc } from 'multiformats/bases/base58'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import type { JsonObject } from '../../src/json.ts'
import { canonicalCid } from '../../src/pin/ids.ts'
import { parseRecord, type PinRecord } from '../../src/pin/record.ts'
import type { Criteria } from '../../src/plan/match.ts'
import type { ProtectLine } from '../../src/plan/protection.ts'
import { criteriaOf as criteriaWith } from './criteria.ts'

/**
 * Accounts and criteria by the hundred, and the selection's rules once more: written from the contract, the slow and plain way, and
 * over what a pin was made from instead of what its record says.
 */

/** What the simulated clock shows at its start. */
export const NOW = Date.UTC(2026, 10, 6, 8, 49, 37)

const DAG_PB = 0x70
const RAW = 0x55
const MULTIBASES = [base32, base32upper, base36, base36upper, base58btc]

/** Every spelling of the CID of this content: v1 in each base that is taken and, for a DAG, v0 before them. */
export function spellingsOf(content: number, codec: 'dag-pb' | 'raw' = 'dag-pb'): string[] {
  const digest = create(0x12, createHash('sha256').update(`content ${content}`).digest())
  const v1 = CID.createV1(codec === 'raw' ? RAW : DAG_PB, digest)
  const spelt = MULTIBASES.map((base) => v1.toString(base))
  return codec === 'raw' ? spelt : [v1.toV0().toString(), ...spelt]
}

/** A CID in one of its spellings, and which one it is: equal `content` is the same CID. */
interface MadeCid {
  content: string
  text: string
}

const madeCid: fc.Arbitrary<MadeCid> = fc
  .record({ number: fc.nat(3), codec: fc.constantFrom('dag-pb' as const, 'raw' as const) })
  .chain(({ number, codec }) =>
    fc.constantFrom(...spellingsOf(number, codec)).map((text) => ({ content: `${codec} ${number}`, text })),
  )

/** Names that meet one another often, and some with characters that would mean something in a regular expression. */
const pinName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...'main main-1 preview/a preview/a+b a.b [a] __proto__'.split(' '), '', 'a, b c', 'ünï ☂'),
  // Loosely, they are some of those.
  fc.constantFrom('MAIN', 'ma\u200bin', ' main\n', 'ＭＡＩＮ', 'u\u0308NÏ \t☂', 'a,  B c'),
  fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 5 }),
)

const namePattern: fc.Arbitrary<string> = fc.oneof(
  pinName,
  fc.constantFrom('*', 'main*', 'preview/*', '*a*', '**', 'a*b*'),
)

const KEYS = ['branch', 'pr', 'name', '__proto__', 'constructor', 'keyvalues'] as const
const key = fc.constantFrom(...KEYS)
const scalar = fc.constantFrom<unknown>('main', '7', 'true', '', 7, 7.5, true, false)
const anyValue = fc.oneof({ weight: 4, arbitrary: scalar }, fc.constantFrom<unknown>(null, {}, ['main']))
const valueText = fc.constantFrom('main', '7', '7.5', 'true', 'false', 'null')

/** Values of the key-value `expires`, and whether that end has passed; `null` where it is no date. */
const ENDS = new Map<unknown, boolean | null>([
  ['2026-11-05', true],
  ['2026-11-06', false],
  ['2026-11-06T08:49:37Z', true],
  ['2026-11-06T10:49:38+02:00', false],
  ['2026-11-05T00:00:00', null],
  ['2026-02-30', null],
  [20261105, null],
])

interface MadeDate {
  value: unknown
  /** Nanoseconds since 1970, or `null` where it is no date. */
  at: bigint | null
}

const DAY_MS = 86_400_000
const FRACTIONS = ['', '.6', '.60', '.600000', '.600001', '.600002', '.600001999', '.6009', '.000001']

/** Days ago, often the very same moment or one within the same millisecond; some in another time zone. */
const date: fc.Arbitrary<MadeDate> = fc
  .record({
    days: fc.nat(4),
    fraction: fc.constantFrom(...FRACTIONS),
    zone: fc.constantFrom('Z', 'Z', 'Z', '+02:00'),
  })
  .map(({ days, fraction, zone }) => {
    const second = NOW - days * 15 * DAY_MS
    const shown = new Date(second + (zone === 'Z' ? 0 : 2 * 3_600_000)).toISOString().slice(0, 19)
    const nanos = BigInt(fraction.slice(1).padEnd(9, '0'))
    return { value: `${shown}${fraction}${zone}`, at: BigInt(second) * 1_000_000n + nanos }
  })

const noDate: fc.Arbitrary<MadeDate> = fc
  .constantFrom<unknown>('0001-01-01T00:00:00.000000Z', '', 'yesterday', null, 0, NOW, {}, undefined)
  .map((value) => ({ value, at: null }))

/** Metadata as the service has it, and what the rules must see in it. */
interface MadeMetadata {
  written: unknown
  /** `undefined` where there is none, `null` where it cannot be read. */
  name: string | null | undefined
  /** Of `metadata.keyvalues`, and of the top of `metadata`. */
  holders: readonly ReadonlyMap<string, unknown>[]
}

const readableMetadata: fc.Arbitrary<MadeMetadata> = fc
  .record({
    name: fc.oneof({ weight: 5, arbitrary: pinName }, fc.constantFrom<unknown>(undefined, null, 7, ['main'])),
    top: fc.array(fc.tuple(fc.constantFrom('branch', 'pr', '__proto__', 'constructor'), anyValue), {
      maxLength: 2,
    }),
    keyvalues: fc.option(fc.array(fc.tuple(key, anyValue), { maxLength: 3 }), { freq: 3 }),
    end: fc.option(fc.constantFrom(...ENDS.keys())),
  })
  .map(({ name, top, keyvalues: some, end }) => {
    const keyvalues = end === null ? some : [...(some ?? []), ['expires', end] as const]
    const fields = [...top, ...(name === undefined ? [] : [['name', name] as const])]
    const inner = keyvalues === null ? [] : [['keyvalues', Object.fromEntries(keyvalues)] as const]
    return {
      // fromEntries defines fields, so that `__proto__` is one, as it is after JSON.parse.
      written: Object.fromEntries([...fields, ...inner]),
      name: textOf(name) ?? (name === undefined || name === null ? undefined : null),
      holders: [...(keyvalues === null ? [] : [new Map(keyvalues)]), new Map<string, unknown>(fields)],
    }
  })

const unreadableMetadata: fc.Arbitrary<MadeMetadata> = fc
  .constantFrom<unknown>(undefined, null, 'main', ['main'], 7)
  // Go writes an empty map as null.
  .map((written) => ({ written, name: written === null ? undefined : null, holders: [] }))

/** What a pin was made from, beside the record that the service would give of it. */
export interface MadePin extends MadeMetadata {
  raw: JsonObject
  record: PinRecord
  /** Lower case. */
  id: string
  content: string | null
  at: bigint | null
}

/** @param dated whether every pin has a valid date. */
function madePin(dated: boolean): fc.Arbitrary<MadePin> {
  return fc
    .record({
      id: fc.uuid(),
      capitals: fc.boolean(),
      cid: fc.oneof(
        { weight: 6, arbitrary: madeCid },
        fc.constantFrom<{ content: null; text: unknown }>({ content: null, text: 'Qm' }, { content: null, text: 7 }),
      ),
      metadata: fc.oneof({ weight: 8, arbitrary: readableMetadata }, unreadableMetadata),
      date: dated ? date : fc.oneof({ weight: 9, arbitrary: date }, noDate),
    })
    .map(({ id, capitals, cid, metadata, date }) => {
      const raw: JsonObject = {
        id: capitals ? id.toUpperCase() : id.toLowerCase(),
        cid: cid.text,
        size: 1,
        date_pinned: date.value,
        pinned: true,
        status: 'DONE',
        metadata: metadata.written,
      }
      const record = parseRecord(raw)
      if (record === null) throw new Error('not a record')
      return { ...metadata, id: id.toLowerCase(), content: cid.content, at: date.at, raw, record }
    })
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : null
}

/** The pins of an account; the same contents, names and dates come again and again. */
export function account(options: { dated: boolean; maxLength?: number }): fc.Arbitrary<MadePin[]> {
  return fc.uniqueArray(madePin(options.dated), {
    selector: ({ id }) => id,
    maxLength: options.maxLength ?? 12,
  })
}

/** Criteria as a person would put them. */
export interface Wanted {
  cids: readonly MadeCid[] | null
  names: readonly string[] | null
  keyvalues: readonly (readonly [key: string, value: string])[]
  olderThanDays: number | null
  /** By the key-value `expires`. */
  expired: boolean
  keepLatest: number
  groupBy: string | null
  maxUnpins: number
  onTooMany: Criteria['onTooMany']
  protect: Protected
  onUnusedProtect: 'fail' | 'ignore'
}

interface Protected {
  /** Places in the account, taken round and round. */
  pins: readonly number[]
  cids: readonly MadeCid[]
  names: readonly string[]
}

export const protection: fc.Arbitrary<Protected> = fc.record({
  pins: fc.array(fc.nat(99), { maxLength: 2 }),
  cids: fc.array(madeCid, { maxLength: 1 }),
  names: fc.array(namePattern, { maxLength: 1 }),
})

export const grouping: fc.Arbitrary<string> = fc.constantFrom('name', 'keyvalues.branch', 'keyvalues.__proto__')

export const wanted: fc.Arbitrary<Wanted> = fc
  .record({
    cids: fc.option(fc.array(madeCid, { minLength: 1, maxLength: 4 }), { freq: 2 }),
    names: fc.option(fc.array(namePattern, { minLength: 1, maxLength: 3 }), { freq: 3 }),
    keyvalues: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.tuple(key, valueText), { minLength: 1, maxLength: 2 }),
    ),
    olderThanDays: fc.option(fc.constantFrom(1, 15, 30, 31, 100), { freq: 2 }),
    keepLatest: fc.oneof(fc.constant(0), fc.nat(6)),
    expired: fc.boolean(),
    groupBy: fc.option(grouping, { freq: 2 }),
    maxUnpins: fc.constantFrom(1, 2, 1000),
    onTooMany: fc.constantFrom('fail' as const, 'oldest-first' as const),
    onUnusedProtect: fc.constantFrom('fail' as const, 'ignore' as const),
    protect: fc.oneof(protection, fc.constant<Protected>({ pins: [], cids: [], names: [] })),
  })
  .filter(({ cids, names, keyvalues }) => cids !== null || names !== null || keyvalues.length > 0)

function protectedIds(pins: readonly MadePin[], { protect }: Wanted): Set<string> {
  return new Set(protect.pins.flatMap((place) => pins[place % pins.length]?.id ?? []))
}

const canonical = (text: string): string => canonicalCid(text) ?? 'not a CID'

/** The criteria as the inputs would hand them on. */
export function criteriaOf(asked: Wanted): Criteria {
  const { cids, olderThanDays, expired, names, keyvalues, keepLatest, groupBy, maxUnpins, onTooMany } = asked
  return criteriaWith({
    cids: cids === null ? null : new Map(cids.map(({ text }) => [canonical(text), text])),
    expiredBy: expired ? 'expires' : null,
    olderThan: olderThanDays === null ? null : { ms: olderThanDays * DAY_MS, text: `${olderThanDays}d` },
    names,
    keyvalues,
    keepLatest,
    groupBy,
    maxUnpins,
    onTooMany,
  })
}

/** The lines of `protect` as the inputs would hand them on. */
export function protectLinesOf(pins: readonly MadePin[], asked: Wanted): ProtectLine[] {
  const { cids, names } = asked.protect
  return [
    ...[...protectedIds(pins, asked)].map((id) => ({ id, cid: null, text: id })),
    ...cids.map(({ text }) => ({ id: null, cid: canonical(text), text })),
    ...names.map((text) => ({ id: null, cid: null, text })),
  ]
}

/** Slow and plain. */
export function matchesByRegex(pattern: string, name: string): boolean {
  const parts = pattern
    .split('*')
    .map((part) => part.replace(/\W/gu, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`))
  return new RegExp(`^${parts.join('[^]*')}$`, 'u').test(name)
}

/** Does the pin match, by the contract? */
export function isMeant(pin: MadePin, { cids, names, keyvalues, expired }: Wanted): boolean {
  const { content, name } = pin
  if (cids !== null && !cids.some((cid) => cid.content === content)) return false
  const isNamed = (pattern: string): boolean => typeof name === 'string' && matchesByRegex(pattern, name)
  if (names !== null && !names.some(isNamed)) return false
  if (expired && valueOf(pin, 'expires') === null) return false
  return keyvalues.every(([key, text]) => valueOf(pin, key) === text)
}

function valueOf({ holders }: MadePin, key: string): string | null {
  return textOf(holders.find((holder) => holder.has(key))?.get(key))
}

/** Has the pin's end passed? Only a date says so. */
function isOver(pin: MadePin): boolean {
  const end = pin.holders.find((holder) => holder.has('expires'))?.get('expires')
  return ENDS.get(end) === true
}

/** A name as `protect` compares it, one character after the other. */
function loose(text: string): string {
  let result = ''
  for (const character of text.normalize('NFKC').toUpperCase()) {
    if (/\s/.test(character)) result += result.endsWith(' ') ? '' : ' '
    else if (!/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u.test(character)) result += character
  }
  return result.trim()
}

/** What each line of `protect` protects, by the contract. A pin whose CID or name cannot be read may be any of those. */
function guardsOf(pins: readonly MadePin[], asked: Wanted): ((pin: MadePin) => boolean)[] {
  const { cids, names } = asked.protect
  return [
    ...[...protectedIds(pins, asked)].map((id) => (pin: MadePin) => pin.id === id),
    ...cids.map(
      (cid) =>
        ({ content }: MadePin) =>
          content === null || content === cid.content,
    ),
    ...names.map((pattern) => ({ name }: MadePin) => {
      const line = pattern.split('*').map(loose).join('*')
      return name === null || matchesByRegex(line, loose(name ?? ''))
    }),
  ]
}

/** The value by which `keep-latest` counts; `null` where the pin has none. */
function groupOf(pin: MadePin, { groupBy }: Wanted): string | null {
  if (groupBy === null) return ''
  return groupBy === 'name' ? (pin.name ?? null) : valueOf(pin, groupBy.slice('keyvalues.'.length))
}

export interface Choice {
  /** The IDs to unpin. */
  chosen: Set<string>
  /** How many wait for the next run. */
  waiting: number
  /** Nothing of that is done: a date is missing, there are too many, or a line of `protect` protects nothing. */
  refused: boolean
}

/** What to unpin, by the contract. */
export function choiceOf(pins: readonly MadePin[], asked: Wanted): Choice {
  const { olderThanDays, expired, keepLatest, maxUnpins, onTooMany, onUnusedProtect } = asked
  const meant = pins.filter((pin) => isMeant(pin, asked))
  const guards = guardsOf(pins, asked)
  const isNewer = (a: MadePin, b: MadePin): boolean => {
    const [left, right] = [a.at ?? 0n, b.at ?? 0n]
    return left === right ? a.id < b.id : left > right
  }
  const chosen = meant.filter((pin) => {
    const group = groupOf(pin, asked)
    const newer = meant.filter((other) => groupOf(other, asked) === group && isNewer(other, pin)).length
    const ageMs = NOW - Number((pin.at ?? 0n) / 1_000_000n)
    return (
      group !== null &&
      newer >= keepLatest &&
      (olderThanDays === null || ageMs >= olderThanDays * DAY_MS) &&
      (!expired || isOver(pin)) &&
      !guards.some((protects) => protects(pin))
    )
  })
  chosen.sort((a, b) => (isNewer(a, b) ? 1 : -1))
  const byAge = olderThanDays !== null || keepLatest > 0 || onTooMany === 'oldest-first'
  const going = onTooMany === 'oldest-first' ? chosen.slice(0, maxUnpins) : chosen
  const unused = guards.some((protects) => !pins.some(protects))
  return {
    chosen: new Set(going.map(({ id }) => id)),
    waiting: chosen.length - going.length,
    refused:
      (byAge && meant.some(({ at }) => at === null)) ||
      going.length > maxUnpins ||
      (unused && onUnusedProtect === 'fail' && going.length > 0),
  }
}
