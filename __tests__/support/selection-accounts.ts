import * as fc from 'fast-check'
import { createHash } from 'node:crypto'
import { base16, base16upper } from 'multiformats/bases/base16'
import { base32, base32upper } from 'multiformats/bases/base32'
import { base36, base36upper } from 'multiformats/bases/base36'
import { base58btc } from 'multiformats/bases/base58'
import { base64, base64url } from 'multiformats/bases/base64'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'
import type { JsonObject } from '../../src/json.ts'
import { canonicalCid } from '../../src/pin/cid.ts'
import { parseRecord, type PinRecord } from '../../src/pin/record.ts'
import type { Criteria, GroupBy, ProtectLine } from '../../src/selection/criteria.ts'

/**
 * Accounts and criteria by the hundred, and the selection's rules once more: written from the contract, the slow and plain way, and
 * over what a pin was made from instead of what its record says.
 */

/** What the simulated clock shows at its start. */
export const NOW = Date.UTC(2026, 10, 6, 8, 49, 37)

const DAG_PB = 0x70
const RAW = 0x55
const MULTIBASES = [
  base16,
  base16upper,
  base32,
  base32upper,
  base36,
  base36upper,
  base58btc,
  base64,
  base64url,
]

/** Every spelling of the CID of this content: v1 in each base that people use and, for a DAG, v0. */
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
  name: string | null
  /** The name that `protect` compares; `undefined` where there is none, `null` where it cannot be read. */
  label: string | null | undefined
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
  })
  .map(({ name, top, keyvalues }) => {
    const fields = [...top, ...(name === undefined ? [] : [['name', name] as const])]
    const inner = keyvalues === null ? [] : [['keyvalues', Object.fromEntries(keyvalues)] as const]
    return {
      // fromEntries defines fields, so that `__proto__` is one, as it is after JSON.parse.
      written: Object.fromEntries([...fields, ...inner]),
      name: typeof name === 'string' ? name : null,
      label: textOf(name) ?? (name === undefined || name === null ? undefined : null),
      holders: [...(keyvalues === null ? [] : [new Map(keyvalues)]), new Map<string, unknown>(fields)],
    }
  })

const unreadableMetadata: fc.Arbitrary<MadeMetadata> = fc
  .constantFrom<unknown>(undefined, null, 'main', ['main'], 7)
  .map((written) => ({ written, name: null, label: null, holders: [] }))

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
        fc.constantFrom<{ content: null; text: unknown }>(
          { content: null, text: 'Qm' },
          { content: null, text: 7 },
        ),
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
  keepLatest: number
  groupBy: GroupBy
  protect: Protected
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

export const grouping: fc.Arbitrary<GroupBy> = fc.constantFrom<GroupBy>(
  { kind: 'name' },
  { kind: 'keyvalue', key: 'branch' },
  { kind: 'keyvalue', key: '__proto__' },
)

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
    groupBy: fc.oneof({ weight: 2, arbitrary: fc.constant<GroupBy>({ kind: 'all' }) }, grouping),
    protect: fc.oneof(protection, fc.constant<Protected>({ pins: [], cids: [], names: [] })),
  })
  .filter(({ cids, names, keyvalues }) => cids !== null || names !== null || keyvalues.length > 0)

function protectedIds(pins: readonly MadePin[], { protect }: Wanted): Set<string> {
  return new Set(protect.pins.flatMap((place) => pins[place % pins.length]?.id ?? []))
}

const canonical = (text: string): string => canonicalCid(text) ?? 'not a CID'

/** The criteria as the inputs would hand them on. */
export function criteriaOf({ cids, names, keyvalues, olderThanDays, keepLatest, groupBy }: Wanted): Criteria {
  return {
    cids: cids === null ? null : new Set(cids.map(({ text }) => canonical(text))),
    names: names === null ? { kind: 'not-given' } : { kind: 'patterns', patterns: names },
    keyvalues,
    olderThan: olderThanDays === null ? null : { ms: olderThanDays * DAY_MS, text: `${olderThanDays}d` },
    keepLatest,
    groupBy,
    given: [],
  }
}

/** The lines of `protect` as the inputs would hand them on. */
export function protectLinesOf(pins: readonly MadePin[], asked: Wanted): ProtectLine[] {
  const { cids, names } = asked.protect
  return [
    ...[...protectedIds(pins, asked)].map((id): ProtectLine => ({ kind: 'id', id, text: id })),
    ...cids.map(({ text }): ProtectLine => ({ kind: 'cid', cid: canonical(text), text })),
    ...names.map((text): ProtectLine => ({ kind: 'name', text })),
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
export function isMeant(pin: MadePin, { cids, names, keyvalues }: Wanted): boolean {
  const { content, name } = pin
  if (cids !== null && !cids.some((cid) => cid.content === content)) return false
  if (names !== null && (name === null || !names.some((pattern) => matchesByRegex(pattern, name))))
    return false
  return keyvalues.every(([key, text]) => valueOf(pin, key) === text)
}

function valueOf({ holders }: MadePin, key: string): string | null {
  return textOf(holders.find((holder) => holder.has(key))?.get(key))
}

/** Must the pin stay, by the contract? One whose CID or name cannot be read may be any of those that are protected. */
function isGuarded(pin: MadePin, pins: readonly MadePin[], asked: Wanted): boolean {
  const { cids, names } = asked.protect
  const { label } = pin
  return (
    protectedIds(pins, asked).has(pin.id) ||
    (cids.length > 0 && pin.content === null) ||
    cids.some(({ content, text }) => content === pin.content || text === label) ||
    (names.length > 0 && label === null) ||
    names.some(
      (pattern) => /^[*]+$/.test(pattern) || (typeof label === 'string' && matchesByRegex(pattern, label)),
    )
  )
}

/** The value by which `keep-latest` counts; `null` where the pin has none. */
export function groupOf(pin: MadePin, { groupBy }: Wanted): string | null {
  if (groupBy.kind === 'all') return ''
  return groupBy.kind === 'name' ? (pin.label ?? null) : valueOf(pin, groupBy.key)
}

/** The IDs to unpin, by the contract, or `null` where a date is needed and missing. */
export function choiceOf(pins: readonly MadePin[], asked: Wanted): Set<string> | null {
  const { olderThanDays, keepLatest } = asked
  const meant = pins.filter((pin) => isMeant(pin, asked))
  if ((olderThanDays !== null || keepLatest > 0) && meant.some(({ at }) => at === null)) return null
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
      !isGuarded(pin, pins, asked)
    )
  })
  return new Set(chosen.map(({ id }) => id))
}
