import { describe, expect, test } from '@jest/globals'
import { type PinRules, type PinVerbs, unpinOne } from '../../../src/execution/one-pin.ts'
import { untouched } from '../../../src/execution/outcomes.ts'
import type { JsonObject, PinOutcome, PinResult } from '../../../src/types.ts'
import { makePin } from '../../../testing/service/index.ts'

const record: JsonObject = { ...makePin({}, 1) }
const pinId = String(record['id'])
const RULES: PinRules = { dryRun: false, verify: false, whyProtected: null }

const ended = (result: PinResult, rest: Partial<PinOutcome> = {}): PinOutcome => ({
  ...untouched(pinId, 'not-attempted', ''),
  result,
  ...rest,
})

/** A pin that answers what it is told to, and remembers in what order it was asked. */
function pinWith(answers: Partial<{ read: JsonObject | PinOutcome; unpin: PinOutcome; verify: PinOutcome }>) {
  const asked: string[] = []
  const { read = record, unpin = ended('unpinned'), verify } = answers
  const pin: PinVerbs = {
    pinId,
    async read() {
      asked.push('read')
      return 'result' in read ? { outcome: read as PinOutcome } : { record: read, durationMs: 7 }
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
  return { pin, asked }
}

const guard =
  (reason: string | null): PinRules['whyProtected'] =>
  () =>
    reason

test('where nothing is protected, the pin is removed unread', async () => {
  const { pin, asked } = pinWith({})
  expect((await unpinOne(pin, RULES)).result).toBe('unpinned')
  expect(asked).toEqual(['unpin'])
})

describe('where something is protected', () => {
  test('the record is read first, and a protected pin is not touched', async () => {
    const { pin, asked } = pinWith({})
    const outcome = await unpinOne(pin, { ...RULES, whyProtected: guard('protected by its CID') })
    expect(asked).toEqual(['read'])
    expect(outcome).toMatchObject({
      result: 'protected',
      reason: 'protected by its CID',
      message: 'Not unpinned: protected by its CID.',
      cid: record['cid'],
      name: 'release-1',
      attempts: 0,
      record,
    })
  })

  test('the guard is shown the record that was read', async () => {
    const seen: JsonObject[] = []
    const { pin } = pinWith({})
    await unpinOne(pin, {
      ...RULES,
      whyProtected: (shown) => {
        seen.push(shown)
        return null
      },
    })
    expect(seen).toEqual([record])
  })

  test('a pin that is not is removed, and what was read fills in what its answer left out', async () => {
    const { pin, asked } = pinWith({ unpin: ended('unpinned', { status: 'GONE', attempts: 1 }) })
    const outcome = await unpinOne(pin, { ...RULES, whyProtected: guard(null) })
    expect(asked).toEqual(['read', 'unpin'])
    expect(outcome).toMatchObject({
      result: 'unpinned',
      status: 'GONE',
      cid: record['cid'],
      size: record['size'],
      name: 'release-1',
      attempts: 1,
      record,
    })
  })

  test.each(['missing', 'failed', 'not-attempted'] as const)(
    'a record that cannot be read ends the pin as %s, and nothing is removed',
    async (result) => {
      const { pin, asked } = pinWith({ read: ended(result) })
      expect(await unpinOne(pin, { ...RULES, whyProtected: guard(null) })).toEqual(ended(result))
      expect(asked).toEqual(['read'])
    },
  )

  test('a guard that breaks removes nothing', async () => {
    const { pin, asked } = pinWith({})
    const broken = () => {
      throw new Error('broken')
    }
    await expect(unpinOne(pin, { ...RULES, whyProtected: broken })).rejects.toThrow('broken')
    expect(asked).toEqual(['read'])
  })
})

describe('in a dry run', () => {
  const dry = { ...RULES, dryRun: true, verify: true }

  test('the record is read and nothing is removed', async () => {
    for (const whyProtected of [null, guard(null)]) {
      const { pin, asked } = pinWith({})
      expect(await unpinOne(pin, { ...dry, whyProtected })).toMatchObject({
        result: 'would-unpin',
        attempts: 0,
        cid: record['cid'],
        record,
      })
      expect(asked).toEqual(['read'])
    }
  })

  test('a protected pin is said to be protected', async () => {
    const { pin, asked } = pinWith({})
    expect((await unpinOne(pin, { ...dry, whyProtected: guard('why') })).result).toBe('protected')
    expect(asked).toEqual(['read'])
  })

  test('a pin that is not there is said to be missing', async () => {
    const { pin } = pinWith({ read: ended('missing') })
    expect((await unpinOne(pin, dry)).result).toBe('missing')
  })
})

describe('with `verify`', () => {
  test('what was unpinned is read again, and what is seen then counts', async () => {
    for (const result of ['unpinned', 'unconfirmed'] as const) {
      const { pin, asked } = pinWith({ verify: ended(result) })
      expect((await unpinOne(pin, { ...RULES, verify: true })).result).toBe(result)
      expect(asked).toEqual(['unpin', 'verify'])
    }
  })

  test.each(['missing', 'failed', 'unconfirmed', 'not-attempted'] as const)(
    'what ended as %s is not made better by another look',
    async (result) => {
      const { pin, asked } = pinWith({ unpin: ended(result) })
      expect((await unpinOne(pin, { ...RULES, verify: true })).result).toBe(result)
      expect(asked).toEqual(['unpin'])
    },
  )

  test('and a protection, the pin is read, removed and read again', async () => {
    const { pin, asked } = pinWith({})
    await unpinOne(pin, { ...RULES, verify: true, whyProtected: guard(null) })
    expect(asked).toEqual(['read', 'unpin', 'verify'])
  })
})

test('a dry run tells of a record that says that it is not pinned, and claims nothing from it', async () => {
  const { pin, asked } = pinWith({ read: { ...record, pinned: false } })
  const outcome = await unpinOne(pin, { ...RULES, dryRun: true })
  expect(asked).toEqual(['read'])
  expect(outcome).toMatchObject({
    result: 'would-unpin',
    reason: 'its record says that it is not pinned now',
  })
})

test('a dry run says nothing more of a record that is pinned', async () => {
  const { pin } = pinWith({ read: { ...record, pinned: true } })
  expect(await unpinOne(pin, { ...RULES, dryRun: true })).toMatchObject({ result: 'would-unpin', reason: '' })
})
