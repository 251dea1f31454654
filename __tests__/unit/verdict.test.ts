import { describe, expect, test } from '@jest/globals'
import type { Plan } from '../../src/plan.ts'
import { decideVerdict, type EndedPin, type Verdict } from '../../src/verdict.ts'

const PLAN: Plan = { pins: [], problem: null, warnings: [], groups: [] }
const pin = (result: EndedPin['result'], rest: Partial<EndedPin> = {}): EndedPin => ({
  result,
  lostAnswer: false,
  recordKnown: true,
  ...rest,
})

const decide = (pins: EndedPin[], { plan = PLAN, unusedLines = [] as string[] } = {}): Verdict =>
  decideVerdict(plan, pins, { onMissing: 'fail', stopped: 'Stopped.', unusedLines })

test.each([
  [[], true],
  [[pin('unpinned'), pin('kept')], true],
  [[pin('unpinned'), pin('missing')], false],
  [[pin('unpinned'), pin('missing', { lostAnswer: true })], true],
  [[pin('not-attempted')], false],
])(
  'the step succeeds only if no pin fails it, and then no stop came before the end: %j, %p',
  (pins, succeeded) =>
    expect(decide(pins)).toMatchObject({
      succeeded,
      problem: null,
      stopped: succeeded ? null : 'Stopped.',
      warnings: [],
    }),
)

test('where the plan was not carried out, that fails the step and no single pin does', () => {
  const verdict = decide([pin('not-attempted')], {
    plan: { ...PLAN, problem: 'Too many.', warnings: ['W.'] },
  })
  expect(verdict).toMatchObject({ succeeded: false, problem: 'Too many.', warnings: ['W.'] })
  expect(verdict.fails(pin('not-attempted'))).toBe(false)
})

describe('lines of `protect` that protected nothing', () => {
  const warned = (pins: EndedPin[], ...unusedLines: string[]): readonly string[] =>
    decide(pins, { unusedLines }).warnings

  test('are named in one warning, up to five of them', () => {
    expect(warned([pin('unpinned'), pin('missing', { recordKnown: false })], 'a', 'b')).toEqual([
      '`protect`: no pin of this run was protected by "a", "b". Check the spelling.',
    ])
    expect(warned([], ...'abcde'.split(''))).toEqual([expect.stringContaining('"d", "e".')])
    expect(warned([], ...'abcdefg'.split(''))).toEqual([expect.stringContaining('"d", "e" and 2 more.')])
    expect(warned([])).toEqual([])
  })

  test('are not named where the record of a pin is not known: it may be the protected one', () =>
    expect(warned([pin('failed', { recordKnown: false })], 'a')).toEqual([]))
})
