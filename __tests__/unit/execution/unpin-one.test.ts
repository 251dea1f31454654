import { expect, test } from '@jest/globals'
import { NO_GUARD, type PinRules, type PinVerbs, unpinOne } from '../../../src/execution/unpin-one.ts'
import type { PinOutcome, PinResult } from '../../../src/pin/outcome.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import { makeOutcome, recordOf } from '../../support/outcome.ts'

const record = recordOf()
const pinId = record.id
const ended = (result: PinResult, known: PinRecord | null = null): PinOutcome =>
  makeOutcome({ pinId, result, record: known })

/** What the service answers, and what the run knows of the pin before. */
interface Situation {
  read?: PinRecord | PinOutcome
  unpin?: PinOutcome
  verify?: PinOutcome
  known?: Parameters<typeof unpinOne>[1]
}

/** Handles one pin, and notes what the service was asked. */
async function tryPin(rules: Partial<PinRules>, situation: Situation) {
  const asked: string[] = []
  const { read = record, unpin = ended('unpinned'), verify, known } = situation
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
  const all = { dryRun: false, verify: false, guard: NO_GUARD, ...rules }
  const outcome = await unpinOne(verbs, known ?? { record: null, reason: '' }, all).catch(String)
  return { outcome, asked: asked.join(' ') }
}

const guarding = (whyProtected: () => string | null): Partial<PinRules> => ({
  guard: { ...NO_GUARD, protects: true, whyProtected },
})
const UNGUARDED = guarding(() => null)
const GUARDED = guarding(() => 'protected by its CID')
const BROKEN = guarding(() => {
  throw new Error('broken')
})
const DRY = { dryRun: true, verify: true }
const VERIFY = { verify: true }

const retrieving = recordOf({ pinned: false, status: 'RETRIEVAL' })
const matched = { record: null, reason: 'matched' }
const READ = { attempts: 0, durationMs: 7, finding: 'service-proven', record } as const
const STAYS = { reason: 'protected by its CID', message: 'Not unpinned: protected by its CID.' }
const PROTECTED = { ...READ, ...STAYS, result: 'protected' }
const WOULD_UNPIN = { ...READ, result: 'would-unpin', reason: '', message: 'Would be unpinned.' }
const NOT_PINNED = { ...WOULD_UNPIN, record: retrieving, reason: 'its record says that it is not pinned now' }
const FILLED_IN = { record: { cid: record.cid } }
const MISSING = ended('missing')
const UNCONFIRMED = ended('unconfirmed')
const UNKNOWN_CID = ended('unpinned', recordOf({ cid: null }))

test.each<[title: string, Partial<PinRules>, Situation, asked: string, outcome: string | object]>([
  ['a pin without protection is removed unread', {}, {}, 'unpin', ended('unpinned')],
  ['a protected pin stays', GUARDED, {}, 'read', PROTECTED],
  ['what was read fills in the outcome', UNGUARDED, { unpin: UNKNOWN_CID }, 'read unpin', FILLED_IN],
  ['a pin that cannot be read stays', UNGUARDED, { read: ended('failed') }, 'read', ended('failed')],
  ['an error in the guard removes nothing', BROKEN, {}, 'read', 'Error: broken'],
  [
    'a record that is known already is not read again',
    UNGUARDED,
    { known: { ...matched, record } },
    'unpin',
    { result: 'unpinned', reason: 'matched', record },
  ],
  ['a dry run only reads', DRY, {}, 'read', WOULD_UNPIN],
  ['a dry run says that a pin is not pinned now', DRY, { read: retrieving }, 'read', NOT_PINNED],
  ['a dry run keeps the reason', DRY, { read: retrieving, known: matched }, 'read', { reason: 'matched' }],
  ['a dry run finds a protected pin', { ...GUARDED, ...DRY }, {}, 'read', { result: 'protected' }],
  ['the second look of `verify` decides', VERIFY, { verify: UNCONFIRMED }, 'unpin verify', UNCONFIRMED],
  ['`verify` does not look at a missing pin again', VERIFY, { unpin: MISSING }, 'unpin', MISSING],
])('%s', async (_, rules, situation, asked, outcome) =>
  expect(await tryPin(rules, situation)).toMatchObject({ asked, outcome }),
)
