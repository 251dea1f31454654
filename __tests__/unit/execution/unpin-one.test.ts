import { describe, expect, test } from '@jest/globals'
import { NO_PROTECTION, type PinRules, type PinVerbs, unpinOne } from '../../../src/execution/unpin-one.ts'
import type { PinOutcome, PinResult } from '../../../src/pin/outcome.ts'
import type { PinRecord } from '../../../src/pin/record.ts'
import { makeOutcome, recordOf } from '../../support/outcome.ts'

const record = recordOf()
const pinId = record.id
const RULES: PinRules = { dryRun: false, verify: false, guard: NO_PROTECTION }
const UNKNOWN = { record: null, reason: '' }

const ended = (result: PinResult, rest: Partial<PinOutcome> = {}): PinOutcome =>
  makeOutcome({ pinId, result, record: null, ...rest })

/** A service that gives these answers and notes what was asked. */
function serviceWith(
  answers: { read?: PinRecord | PinOutcome; unpin?: PinOutcome; verify?: PinOutcome } = {},
) {
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
  return { verbs, asked }
}

const guarding = (why: string | null): PinRules => ({
  ...RULES,
  guard: { ...NO_PROTECTION, protects: true, whyProtected: () => why },
})

test('without protection the pin is removed unread', async () => {
  const { verbs, asked } = serviceWith()
  expect(await unpinOne(verbs, UNKNOWN, RULES)).toEqual(ended('unpinned'))
  expect(asked).toEqual(['unpin'])
})

describe('with protection', () => {
  test('the record is read first, and a protected pin stays', async () => {
    const { verbs, asked } = serviceWith()
    expect(await unpinOne(verbs, UNKNOWN, guarding('protected by its CID'))).toMatchObject({
      result: 'protected',
      reason: 'protected by its CID',
      message: 'Not unpinned: protected by its CID.',
      signal: 'service-proven',
      durationMs: 7,
      attempts: 0,
      record,
    })
    expect(asked).toEqual(['read'])
  })

  test('a pin that is not protected is removed, and what was read fills in its outcome', async () => {
    const { verbs, asked } = serviceWith({ unpin: ended('unpinned', { record: recordOf({ cid: null }) }) })
    const outcome = await unpinOne(verbs, UNKNOWN, guarding(null))
    expect(asked).toEqual(['read', 'unpin'])
    expect(outcome).toMatchObject({ result: 'unpinned', record: { cid: record.cid } })
  })

  test.each(['missing', 'failed', 'not-attempted'] as const)(
    'a pin whose record cannot be read ends as %s, and nothing is removed',
    async (result) => {
      const { verbs, asked } = serviceWith({ read: ended(result) })
      expect(await unpinOne(verbs, UNKNOWN, guarding(null))).toEqual(ended(result))
      expect(asked).toEqual(['read'])
    },
  )

  test('an error in the guard removes nothing', async () => {
    const { verbs, asked } = serviceWith()
    const whyProtected = () => {
      throw new Error('broken')
    }
    const rules = { ...RULES, guard: { ...NO_PROTECTION, protects: true, whyProtected } }
    await expect(unpinOne(verbs, UNKNOWN, rules)).rejects.toThrow('broken')
    expect(asked).toEqual(['read'])
  })

  test('a record that is known already is not read again', async () => {
    const { verbs, asked } = serviceWith()
    const outcome = await unpinOne(verbs, { record, reason: 'matched' }, guarding(null))
    expect(outcome).toMatchObject({ result: 'unpinned', reason: 'matched', record })
    expect(asked).toEqual(['unpin'])
  })
})

describe('a dry run', () => {
  const dry = { ...RULES, dryRun: true, verify: true }

  test.each<[string, object, string]>([
    ['', { pinned: true }, ''],
    ['', { pinned: false, status: 'RETRIEVAL' }, 'its record says that it is not pinned now'],
    ['matched', { pinned: false, status: 'RETRIEVAL' }, 'matched'],
  ])(
    'with the reason %j and %j reads the record, removes nothing and says %j',
    async (given, fields, reason) => {
      const read = recordOf(fields)
      const { verbs, asked } = serviceWith({ read })
      const outcome = await unpinOne(verbs, { record: null, reason: given }, dry)
      const expected = { result: 'would-unpin', reason, attempts: 0, durationMs: 7, signal: 'service-proven' }
      expect(outcome).toMatchObject({ ...expected, record: read })
      expect(asked).toEqual(['read'])
    },
  )

  test('says of a protected pin that it is protected, and of a missing one that it is missing', async () => {
    const guarded = { ...guarding('why'), dryRun: true }
    expect(await unpinOne(serviceWith().verbs, UNKNOWN, guarded)).toMatchObject({ result: 'protected' })
    const { verbs } = serviceWith({ read: ended('missing') })
    expect(await unpinOne(verbs, UNKNOWN, dry)).toMatchObject({ result: 'missing' })
  })
})

describe('with `verify`', () => {
  const rules = { ...RULES, verify: true }

  test.each(['unpinned', 'unconfirmed'] as const)('a second look decides: %s', async (result) => {
    const { verbs, asked } = serviceWith({ verify: ended(result) })
    expect(await unpinOne(verbs, UNKNOWN, rules)).toMatchObject({ result })
    expect(asked).toEqual(['unpin', 'verify'])
  })

  test.each(['missing', 'failed', 'unconfirmed', 'not-attempted'] as const)(
    'a pin that ended as %s is not looked at again',
    async (result) => {
      const { verbs, asked } = serviceWith({ unpin: ended(result) })
      expect(await unpinOne(verbs, UNKNOWN, rules)).toMatchObject({ result })
      expect(asked).toEqual(['unpin'])
    },
  )
})
