import { expect, test } from '@jest/globals'
import { NO_PROTECTION, type PinRules, type PinVerbs, unpinOne } from '../../../src/execution/unpin-one.ts'
import type { PinOutcome, PinResult } from '../../../src/pin/outcome.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import { makeOutcome, recordOf } from '../../support/outcome.ts'

const record = recordOf()
const pinId = record.id
const RULES: PinRules = { dryRun: false, verify: false, guard: NO_PROTECTION }
const DRY = { dryRun: true, verify: true }
const UNKNOWN: KnownPin = { record: null, reason: '' }

const ended = (result: PinResult, rest: Partial<PinOutcome> = {}): PinOutcome =>
  makeOutcome({ pinId, result, record: null, ...rest })

type KnownPin = Parameters<typeof unpinOne>[1]
type Tried = [title: string, asked: string, outcome: unknown, Partial<PinRules>, Answers?, KnownPin?]

interface Answers {
  read?: PinRecord | PinOutcome
  unpin?: PinOutcome
  verify?: PinOutcome
}

/** Tries the pin against a service that gives these answers, and notes what was asked. */
async function tryPin(rules: Partial<PinRules>, answers: Answers = {}, known: KnownPin = UNKNOWN) {
  const asked: string[] = []
  const { read = record, unpin = ended('unpinned'), verify } = answers
  const verbs: PinVerbs = {
    pinId,
    async read() {
      asked.push('read')
      return 'result' in read
        ? { kind: 'ended', outcome: read }
        : { kind: 'record', record: read, durationMs: 7 }
    },
    async unpin() {
      asked.push('unpin')
      return unpin
    },
    async verify(unpinned) {
      asked.push('verify')
      return verify ?? unpinned
    },
  }
  const outcome = await unpinOne(verbs, known, { ...RULES, ...rules }).catch(String)
  return { outcome, asked: asked.join(' ') }
}

const guarding = (whyProtected: () => string | null): Partial<PinRules> => ({
  guard: { ...NO_PROTECTION, protects: true, whyProtected },
})
const UNGUARDED = guarding(() => null)
const guarded = guarding(() => 'protected by its CID')
const broken = guarding(() => {
  throw new Error('broken')
})
const retrieving = recordOf({ pinned: false, status: 'RETRIEVAL' })
const matched = { record: null, reason: 'matched' }
const READ = { attempts: 0, durationMs: 7, signal: 'service-proven' } as const

test.each<Tried>([
  ['a pin without protection is removed unread', 'unpin', ended('unpinned'), {}],
  [
    'a protected pin stays',
    'read',
    {
      ...READ,
      result: 'protected',
      reason: 'protected by its CID',
      message: 'Not unpinned: protected by its CID.',
      record,
    },
    guarded,
  ],
  [
    'what was read of a pin that is not protected fills in its outcome',
    'read unpin',
    { result: 'unpinned', record: { cid: record.cid } },
    UNGUARDED,
    { unpin: ended('unpinned', { record: recordOf({ cid: null }) }) },
  ],
  ...(['missing', 'failed', 'not-attempted'] as const).map((result): Tried => [
    `a pin whose record cannot be read ends as ${result}, and nothing is removed`,
    'read',
    ended(result),
    UNGUARDED,
    { read: ended(result) },
  ]),
  ['an error in the guard removes nothing', 'read', 'Error: broken', broken],
  [
    'a record that is known already is not read again',
    'unpin',
    { result: 'unpinned', reason: 'matched', record },
    UNGUARDED,
    {},
    { record, reason: 'matched' },
  ],
  ['a dry run only reads', 'read', { ...READ, result: 'would-unpin', reason: '', record }, DRY],
  [
    'a dry run says of a pin that is not pinned now that it is not',
    'read',
    {
      ...READ,
      result: 'would-unpin',
      reason: 'its record says that it is not pinned now',
      record: retrieving,
    },
    DRY,
    { read: retrieving },
  ],
  [
    'a dry run keeps the reason',
    'read',
    { result: 'would-unpin', reason: 'matched' },
    DRY,
    { read: retrieving },
    matched,
  ],
  ['a dry run finds a protected pin', 'read', { result: 'protected' }, { ...guarded, ...DRY }],
  ['a dry run finds a missing pin', 'read', { result: 'missing' }, DRY, { read: ended('missing') }],
  ...(['unpinned', 'unconfirmed'] as const).map((result): Tried => [
    `with \`verify\` the second look decides that a pin is ${result}`,
    'unpin verify',
    { result },
    { verify: true },
    { verify: ended(result) },
  ]),
  ...(['missing', 'failed', 'unconfirmed', 'not-attempted'] as const).map((result): Tried => [
    `with \`verify\` a pin that ended as ${result} is not looked at again`,
    'unpin',
    { result },
    { verify: true },
    { unpin: ended(result) },
  ]),
])('%s (requests: %s)', async (...[, asked, outcome, rules, answers, known]) => {
  const tried = await tryPin(rules, answers, known)
  expect(tried.asked).toBe(asked)
  if (typeof outcome === 'string') expect(tried.outcome).toBe(outcome)
  else expect(tried.outcome).toMatchObject(outcome as object)
})
