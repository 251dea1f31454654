import { afterEach, describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { Report } from '../../../src/report/report.ts'
import type { ReportedRun, RunEnd, RunReport } from '../../../src/report/run-report.ts'
import type { PinOutcome } from '../../../src/types.ts'
import { makeOutcome, PIN_ID, pinIdOf, times } from '../../support/outcome.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps, type Step } from '../../support/step.ts'

const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='

afterEach(endSteps)

function begin(
  run: Partial<ReportedRun> = {},
  clock = new SimulatedClock(),
): { step: Step; report: RunReport } {
  const step = beginStep()
  const report = new Report(clock, [KEY]).begin({
    apiBase: 'https://example.org',
    dryRun: false,
    onMissing: 'warn',
    requestsPerMinute: 180,
    criteria: null,
    ...run,
  })
  return { step, report }
}

/** Tells a whole run in which these pins end, in this order. */
function tell(
  outcomes: readonly Partial<PinOutcome>[],
  end: Partial<RunEnd> = {},
  run: Partial<ReportedRun> = {},
) {
  const { step, report } = begin(run)
  report.expect(outcomes.length)
  outcomes.forEach((outcome, index) =>
    report.ended(makeOutcome({ pinId: pinIdOf(index), ...outcome }), index),
  )
  const green = report.finish({ stopped: null, problem: null, warning: null, ...end })
  return { step, green, outputs: step.outputs() }
}

const parse = (text = ''): Record<string, unknown>[] => JSON.parse(text) as Record<string, unknown>[]
const file = (outputs: Record<string, string>): string => readFileSync(outputs['results-file'] ?? '', 'utf8')

describe('`results`', () => {
  test('is the file, where it is small', () => {
    const { outputs } = tell([{ record: { id: 'x', n: 1 } }])
    expect(outputs['results']).toBe(file(outputs))
    expect(parse(outputs['results'])[0]).toMatchObject({ record: { id: 'x', n: 1 } })
  })

  test('leaves the records out where they are too large, and the file has them', () => {
    const { outputs, green } = tell(times(3, { record: { text: 'x'.repeat(100 * 1024) } }))
    const results = parse(outputs['results'])
    expect(green).toBe(true)
    expect(results.map(({ pinId }) => pinId)).toEqual([0, 1, 2].map(pinIdOf))
    expect(results[0]).not.toHaveProperty('record')
    expect(parse(file(outputs))[2]).toMatchObject({ record: { text: 'x'.repeat(100 * 1024) } })
  })

  test('is `[]` where even that is too large, and a notice names the file', () => {
    const { step, outputs, green } = tell(times(70, { name: 'ü'.repeat(4000) }))
    expect(green).toBe(true)
    expect(outputs['results']).toBe('[]')
    expect(step.said('notice')).toEqual([expect.stringContaining('`results-file`')])
    expect(parse(file(outputs)).length).toBe(70)
  })

  test('fits, and the file is the whole, whatever the records are', () => {
    const record = fc.option(
      fc.dictionary(
        fc.string(),
        fc.oneof(
          fc.jsonValue(),
          fc.nat(90_000).map((n) => '"'.repeat(n)),
        ),
      ),
    )
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 6 }), (records) => {
        const { outputs, green } = tell(records.map((record) => ({ record })))
        endSteps()
        expect(green).toBe(true)
        expect(Buffer.byteLength(outputs['results'] ?? '')).toBeLessThanOrEqual(256 * 1024)
        expect(parse(outputs['results']).length).toBe(records.length)
      }),
      { numRuns: 20 },
    )
  })

  test('holds no text of unlimited length but in records', () => {
    const { outputs } = tell([{ name: 'n'.repeat(100_000), message: 'm'.repeat(100_000) }])
    expect(outputs['results']?.length).toBeLessThan(10_000)
    expect(outputs['name']).toBe(`${'n'.repeat(4096)}…`)
  })
})

test('a record that cannot be kept makes the step red and is told, and the pin stands without it', () => {
  const { step, outputs, green } = tell([{ record: { size: 1n } }, {}])
  expect(green).toBe(false)
  expect(step.said('error')).toEqual([expect.stringMatching(/^Not every record could be written .*BigInt/)])
  expect(parse(outputs['results'])).toMatchObject([{ pinId: pinIdOf(0) }, { pinId: pinIdOf(1) }])
})

describe('annotations', () => {
  test('have what was tried and failed before what was not attempted', () => {
    const { step } = tell([
      { result: 'not-attempted', message: 'Third.' },
      { result: 'failed', message: 'First.' },
      { result: 'not-attempted', message: 'Fourth.' },
      { result: 'unconfirmed', message: 'Second.' },
    ])
    expect(step.said('error')).toEqual([
      `Pin ${pinIdOf(1)}: First.`,
      `Pin ${pinIdOf(3)}: Second.`,
      `Pin ${pinIdOf(0)}: Third.`,
      `Pin ${pinIdOf(2)}: Fourth.`,
    ])
  })

  test('are ten errors and ten warnings at most', () => {
    const { step } = tell([
      ...times(30, { result: 'failed' } as const),
      ...times(30, { result: 'missing' } as const),
    ])
    expect([step.said('error').length, step.said('warning').length]).toEqual([10, 10])
  })

  test('say first why the run was stopped, if any pin fails by it', () => {
    expect(tell([{ result: 'not-attempted' }], { stopped: 'Cancelled.' }).step.said('error')[0]).toBe(
      'Cancelled.',
    )
    expect(tell([{}], { stopped: 'Cancelled.' }).step.said('error')).toEqual([])
  })

  test('are no longer than the runner shows, and hold neither keys nor commands', () => {
    const { step } = tell([{ result: 'failed', message: `::error::${KEY}\n${'x'.repeat(9000)}` }])
    const [said = ''] = step.said('error')
    expect(said.length).toBeLessThanOrEqual(4096)
    expect(said).toMatch(/^Pin \S+: : :error: :\*\*\* x/)
  })
})

test('no line of the log is longer than a thousand characters, nor a command', () => {
  const { step } = tell([{ name: `##[error]${'n'.repeat(3000)}`, cid: '::add-mask::x' }])
  for (const line of step.log()) expect(line.length).toBeLessThanOrEqual(1000)
  expect(step.lines().every(({ kind }) => kind === 'plain')).toBe(true)
})

describe('the first line says what begins', () => {
  test.each([
    [1, false, 'Unpinning 1 pin at https://example.org, at most 180 requests a minute'],
    [3, false, 'Unpinning 3 pins at https://example.org, at most 180 requests a minute'],
    [2, true, 'Dry run: 2 pins at https://example.org, at most 180 requests a minute'],
  ])('for %i pins, a dry run: %p', (pins, dryRun, line) => {
    const { step } = tell(times(pins, {}), {}, { dryRun })
    expect(step.log()[0]).toBe(line)
  })
})

test('how far a long run has come is reckoned from its first pin on, not from the reading of the list', async () => {
  const clock = new SimulatedClock()
  const { step, report } = begin({}, clock)
  await clock.advance(60_000)
  report.expect(100)
  report.ended(makeOutcome(), 0)
  await clock.advance(5000)
  expect(step.log().at(-1)).toBe('1 of 100 pins done, 0.2 a second, about 8 min 15 s left')
})

describe('a pin that is missing', () => {
  test.each([
    ['warn', 1, 0, true],
    ['ignore', 0, 0, true],
    ['fail', 0, 1, false],
  ] as const)(
    'with `on-missing: %s` has as many words as that asks for',
    (onMissing, warnings, errors, ok) => {
      const { step, green } = tell([{ result: 'missing' }], {}, { onMissing })
      expect([step.said('warning').length, step.said('error').length, green]).toEqual([warnings, errors, ok])
    },
  )
})

describe('a pin that is protected', () => {
  const stays: Partial<PinOutcome> = { result: 'protected', message: 'Not unpinned: protected by its ID.' }

  test('warns where it was named, and is no failure', () => {
    const { step, green, outputs } = tell([stays])
    expect(step.said('warning')).toEqual([`Pin ${pinIdOf(0)}: Not unpinned: protected by its ID.`])
    expect([green, outputs['failed-count'], outputs['pin-ids']]).toEqual([true, '0', ''])
  })

  test('does not where it was selected, nor does one that is kept', () => {
    const { step, green } = tell([stays, { result: 'kept' }], {}, { criteria: [['name', 'a']] })
    expect([step.said('warning'), step.said('error'), green]).toEqual([[], [], true])
  })
})

describe('the run as a whole', () => {
  test('may have a problem: then it alone fails the step, in one error, and no pin does', () => {
    const { step, green, outputs } = tell(times(3, { result: 'not-attempted' } as const), {
      problem: 'Too many: ::error::.',
    })
    expect(green).toBe(false)
    expect(step.said('error')).toEqual(['Too many: : :error: :.'])
    expect(outputs).toMatchObject({ 'failed-count': '0', result: Array(3).fill('not-attempted').join('\n') })
    expect(step.summary()).toMatch('## AIOZ IPFS Unpin: nothing was unpinned\n')
  })

  test('may have a warning, which stands before those of its pins', () => {
    const { step, green } = tell([{ result: 'missing', message: 'Gone.' }], { warning: 'No match.' })
    expect(step.said('warning')).toEqual(['No match.', `Pin ${pinIdOf(0)}: Gone.`])
    expect(green).toBe(true)
  })

  test('may end before its first pin, and leaves no file', () => {
    const { step, report } = begin()
    report.abandon()
    expect(readdirSync(step.temp)).toEqual([])
  })
})

test('a retry is told in one line, without a key', () => {
  const { step, report } = begin()
  report.retrying(PIN_ID, { attempt: 1, why: `HTTP 500, "${KEY}\n::x"`, waitMs: 1000, holdsAll: false })
  expect(step.log()).toEqual([`${PIN_ID}: attempt 1: trying again in 1.0 s, because of HTTP 500, "*** : :x"`])
})
