import { afterEach, describe, expect, test } from '@jest/globals'
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { Report, type RunReport } from '../../../src/report/report.ts'
import type { OnMissing, PinOutcome } from '../../../src/types.ts'
import { makeOutcome, pinIdOf, times } from '../../support/outcome.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps, type Step } from '../../support/step.ts'

const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='

afterEach(endSteps)

function begin(pins: number, onMissing: OnMissing = 'warn'): { step: Step; report: RunReport } {
  const step = beginStep()
  const report = new Report(new SimulatedClock(), [KEY]).begin({
    pinIds: Array.from({ length: pins }, (_, index) => pinIdOf(index)),
    apiBase: 'https://example.org',
    dryRun: false,
    onMissing,
    requestsPerMinute: 180,
  })
  return { step, report }
}

/** Tells a whole run in which these pins end, in this order. */
function tell(outcomes: readonly Partial<PinOutcome>[], stopped: string | null = null) {
  const { step, report } = begin(outcomes.length)
  outcomes.forEach((outcome, index) =>
    report.ended(makeOutcome({ pinId: pinIdOf(index), ...outcome }), index),
  )
  return { step, green: report.finish(stopped), outputs: step.outputs() }
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
      { result: 'not-attempted', message: 'Second.' },
      { result: 'failed', message: 'First.' },
    ])
    expect(step.said('error')).toEqual([`Pin ${pinIdOf(1)}: First.`, `Pin ${pinIdOf(0)}: Second.`])
  })

  test('are ten errors and ten warnings at most', () => {
    const { step } = tell([
      ...times(30, { result: 'failed' } as const),
      ...times(30, { result: 'missing' } as const),
    ])
    expect([step.said('error').length, step.said('warning').length]).toEqual([10, 10])
  })

  test('say first why the run was stopped, if any pin fails by it', () => {
    expect(tell([{ result: 'not-attempted' }], 'Cancelled.').step.said('error')[0]).toBe('Cancelled.')
    expect(tell([{}], 'Cancelled.').step.said('error')).toEqual([])
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

test('a refusal is one annotation that the runner shows whole', () => {
  const step = beginStep()
  new Report(new SimulatedClock(), [KEY]).refuse(['One::two.', `Key ${KEY}.`, 'x'.repeat(5000)])
  const [said = ''] = step.said('error')
  expect(said).toMatch(/^One: :two\.\nKey \*\*\*\.\nx+/)
  expect(said.length).toBeLessThanOrEqual(4096)
  expect(step.outputs()['results']).toBe('[]')
  expect(step.summary()).toMatch('Key &#42;&#42;&#42;.')
})
