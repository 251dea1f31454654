import { afterEach, describe, expect, test } from '@jest/globals'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { progressLine } from '../../../src/report/log-lines.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { ended, failed, many, pinIdOf, stayed } from '../../support/outcome.ts'
import { begin, finish, KEY, newReporter, report, RUN } from './telling.ts'

afterEach(endSteps)

const OUTPUTS = [...readActionMetadata().outputs.keys()]
const CID = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'

const parse = (text = ''): Record<string, unknown>[] => JSON.parse(text) as Record<string, unknown>[]
const file = (outputs: Record<string, string>): Record<string, unknown>[] =>
  parse(readFileSync(outputs['results-file'] ?? '', 'utf8'))

describe('outputs', () => {
  test('for one pin each output is its value', () => {
    const { outputs } = report([ended()])
    const counts = ['unpinned', 'missing', 'failed', 'matched', 'protected', 'kept'].map((name) => [
      `${name}-count`,
      ['unpinned', 'matched'].includes(name) ? '1' : '0',
    ])
    const facts = { cid: CID, size: '2883584', status: 'DONE', name: 'release-1', result: 'unpinned' }
    const totals = { 'total-size': '2883584', 'pin-ids': pinIdOf(1), ...Object.fromEntries(counts) }
    const [entry] = file(outputs)
    const rest = { results: JSON.stringify([entry]), 'results-file': outputs['results-file'] }
    expect(outputs).toEqual({ ...facts, ...totals, ...rest })
    expect(Object.keys(outputs)).toEqual(OUTPUTS)
  })

  test('for several pins there is one line for each in the order given, and pins that stay are not among the chosen ones', () => {
    const { step, reporter } = begin()
    const outcomes = [
      ended(0, {}, { size: 0 }),
      stayed(1, 'missing', '', null),
      ended(2),
      stayed(3, 'protected'),
      failed(4, 'No.'),
      ...[5, 6].map((number) => stayed(number, 'kept')),
    ]
    for (const index of [2, 4, 0, 6, 5, 1, 3]) reporter.pinEnded(outcomes[index] ?? ended(), index)
    finish(reporter, outcomes)
    expect(step.outputs()).toMatchObject({
      size: '0\n\n2883584\n2883584\n\n2883584\n2883584',
      result: 'unpinned\nmissing\nunpinned\nprotected\nfailed\nkept\nkept',
      'missing-count': '1',
      'matched-count': '7',
      'protected-count': '1',
      'kept-count': '2',
      'failed-count': '1',
      'pin-ids': [0, 1, 2, 4].map(pinIdOf).join('\n'),
    })
    expect(file(step.outputs()).map(({ pinId }) => pinId)).toEqual([0, 1, 2, 3, 4, 5, 6].map(pinIdOf))
  })

  test('an output of 120 KiB is set, a larger one is empty, and one notice names it', () => {
    const run = (length: number) =>
      report([ended(1, {}, { metadata: { name: 'n'.repeat(length) }, cid: 'c'.repeat(length) })])
    expect(run(120 * 1024 - 2).outputs['name']).toHaveLength(120 * 1024 - 2)
    const { step, outputs, written } = run(120 * 1024 + 1)
    expect(outputs).toMatchObject({ name: '', cid: '', results: '[]', status: 'DONE' })
    expect(step.said('notice')).toEqual([
      expect.stringMatching(/empty: `cid`, `name`, `results`\..*`results-file`/),
    ])
    expect(written).toBe(true)
    expect(file(outputs)[0]?.['name']).toHaveLength(120 * 1024 + 1)
  })

  test('all outputs together stay below 900 KiB, and the results file has every pin, whatever the texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.nat(130_000).map((length) => '"'.repeat(length)),
      fc.nat(60_000).map((length) => 'ü'.repeat(length)),
    )
    const record = fc.record({
      cid: text,
      status: text,
      metadata: fc.record({ name: text }),
      more: fc.jsonValue(),
    })
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (records) => {
        const { step, outputs } = report(records.map((fields, index) => ended(index, {}, fields)))
        expect(statSync(step.outputFile).size).toBeLessThan(900 * 1024)
        for (const output of Object.values(outputs))
          expect(Buffer.byteLength(output)).toBeLessThanOrEqual(120 * 1024)
        expect(file(outputs).map(({ name }) => name)).toEqual(
          records.map(({ metadata }) => metadata.name.toWellFormed()),
        )
        endSteps()
      }),
      { numRuns: 20 },
    )
  })
})

describe('the results file', () => {
  test('is the only file left behind, only its owner can read it, and of no pins it is an empty array', () => {
    const { step, outputs } = report([])
    expect(readdirSync(step.temp).map((name) => join(step.temp, name))).toEqual([outputs['results-file']])
    if (process.platform !== 'win32') expect(statSync(outputs['results-file'] ?? '').mode & 0o077).toBe(0)
    expect(file(outputs)).toEqual([])
  })

  test('that cannot be made is refused before anything is unpinned', () => {
    beginStep()
    process.env['RUNNER_TEMP'] = join(process.env['RUNNER_TEMP'] ?? '', 'absent')
    expect(() => newReporter().begin(RUN)).toThrow(/^The results could not be written: .*ENOENT/)
  })

  test('that cannot be written fails the step with words, and the outputs have the results', () => {
    const { step, reporter } = begin()
    reporter.pinEnded(ended(), 0)
    for (const name of readdirSync(step.temp).filter((name) => name.endsWith('.json'))) {
      rmSync(join(step.temp, name))
      mkdirSync(join(step.temp, name))
    }
    expect(finish(reporter, [ended()])).toBe(false)
    expect(step.said('error')).toEqual([
      expect.stringMatching(/^The results file could not be written: .* is not a regular file/),
    ])
    expect(step.outputs()).toMatchObject({ 'results-file': '', result: 'unpinned' })
    expect(parse(step.outputs()['results'])).toHaveLength(1)
  })

  test('that loses a part of what is on disk fails the step with words', () => {
    const { step, reporter } = begin()
    const parts = readdirSync(step.temp).find((name) => name.endsWith('.records')) ?? ''
    // Two elements are more than is collected for one write.
    const outcomes = many(3, (n) => ended(n, {}, { padding: 'x'.repeat(600_000) }))
    for (const [index, outcome] of outcomes.entries()) {
      reporter.pinEnded(outcome, index)
      if (index === 1) truncateSync(join(step.temp, parts), 10)
    }
    expect(finish(reporter, outcomes)).toBe(false)
    expect(step.said('error')).toEqual([
      'The results file could not be written: A part of the results is gone from the disk. Check the disk space of the runner.',
    ])
    expect(step.outputs()).toMatchObject({ 'results-file': '', result: 'unpinned\nunpinned\nunpinned' })
  })

  test('is gone again when the run ends before its first pin', () => {
    const { step, reporter } = begin()
    reporter.refuse([])
    expect(readdirSync(step.temp)).toEqual([])
  })
})

describe('annotations', () => {
  test.each([10, 11, 50])(
    'of %i errors and warnings, ten are shown, the last saying how many more there are',
    (length) => {
      const { step } = report([
        ...many(length, (n) => failed(n, 'No.')),
        ...many(length, (n) => stayed(100 + n, 'missing', 'x')),
      ])
      for (const [kind, first, text] of [
        ['error', 0, 'No.'],
        ['warning', 100, 'Not unpinned: x.'],
      ] as const) {
        const more = `… and ${length - 9} more ${kind}s. The file that the output \`results-file\` names has all pins.`
        const shown = many(length, (n) => `Pin ${pinIdOf(first + n)}: ${text}`)
        expect(step.said(kind)).toEqual(length > 10 ? [...shown.slice(0, 9), more] : shown)
      }
    },
  )

  test('say first why the run was stopped, then what was tried and failed, then what was not attempted', () => {
    const outcomes = [
      stayed(0, 'not-attempted', 'c'),
      failed(1, 'First.'),
      stayed(2, 'not-attempted', 'd'),
      failed(3, 'Second.', { result: 'unconfirmed' }),
    ]
    expect(report(outcomes, { stopped: 'Cancelled.' }).step.said('error')).toEqual([
      'Cancelled.',
      `Pin ${pinIdOf(1)}: First.`,
      `Pin ${pinIdOf(3)}: Second.`,
      `Pin ${pinIdOf(0)}: Not unpinned: c.`,
      `Pin ${pinIdOf(2)}: Not unpinned: d.`,
    ])
  })

  test.each([
    ['warn', 1, 0],
    ['ignore', 0, 0],
    ['fail', 0, 1],
  ] as const)(
    'a missing pin with `on-missing: %s` gets %i warnings and %i errors',
    (onMissing, warnings, errors) => {
      const { step } = report([stayed(1, 'missing')], {}, { onMissing })
      expect([step.said('warning').length, step.said('error').length]).toEqual([warnings, errors])
    },
  )

  test('have the warnings of the run, then each protected pin that the workflow named, but not a selected one', () => {
    const outcomes = [stayed(1, 'protected', 'why')]
    const warned = (criteria: typeof RUN.criteria) =>
      report(outcomes, { warnings: ['One.'] }, { criteria }).step.said('warning')
    expect(warned(null)).toEqual(['One.', `Pin ${pinIdOf(1)}: Not unpinned: why.`])
    expect(warned([['name', 'a']])).toEqual(['One.'])
  })
})

test('a progress line has the count, the rate and the time left', () => {
  expect(progressLine(50, 200, 10_000, 6000)).toBe('50 of 200 pins done, 5.0 a second, about 30.0 s left')
  expect(progressLine(0, 200, 10_000, 6000)).toBe('0 of 200 pins done, 0.0 a second')
})

test('the time left is never less than the rate limit needs', () => {
  expect(progressLine(180, 1000, 10_000, 180)).toBe(
    '180 of 1000 pins done, 18.0 a second, about 4 min 50 s left',
  )
  // The last of 181 pins waits until a minute has passed, the last of 180 does not.
  expect(progressLine(60, 181, 10_000, 180)).toMatch('about 50.0 s left')
  expect(progressLine(60, 180, 10_000, 180)).toMatch('about 20.0 s left')
})

describe('the log', () => {
  test('has one line for each pin, and a closing line that agrees with the exit code', () => {
    const { step } = report([
      ended(1, { attempts: 2, reason: 'matched by its name' }),
      failed(2, 'Why.'),
      stayed(3, 'not-attempted', 'why', null),
      stayed(4, 'kept', 'among the 2 newest', { cid: null, size: null, metadata: {} }),
    ])
    expect(step.log()).toEqual([
      'Unpinning 4 pins at https://example.org, at most 180 requests a minute',
      `${pinIdOf(1)}: unpinned, ${CID}, 2.75 MiB, "release-1", 2 attempts, 0.2 s, matched by its name`,
      `${pinIdOf(2)}: failed, 1 attempt, 0.2 s. Why.`,
      `${pinIdOf(4)}: kept, among the 2 newest`,
      `${pinIdOf(3)}: not-attempted. Not unpinned: why.`,
      '4 pins: 1 failed, 1 not attempted, 1 unpinned (2.75 MiB), 1 kept; the step fails, in 0.0 s.',
    ])
  })

  test('says "would" in a dry run, and how many sizes are not known', () => {
    const { step } = report(
      [stayed(1, 'would-unpin'), stayed(2, 'would-unpin', '', { size: null })],
      {},
      { dryRun: true },
    )
    expect(step.log().at(0)).toBe('Dry run: 2 pins at https://example.org, at most 180 requests a minute')
    expect(step.log().at(-1)).toBe(
      'Dry run: 2 pins: 2 would be unpinned (2.75 MiB, 1 of unknown size); the step succeeds, in 0.0 s. Nothing was unpinned.',
    )
  })

  test('has a problem of the whole run once, and counts that agree with it', () => {
    const problem = '5 pins are chosen, ::error:: more than 2.'
    const { step, outputs, summary } = report(
      many(5, (n) => stayed(n, 'not-attempted', 'too many')),
      { problem },
    )
    expect(step.log().at(-1)).toMatch(/^5 pins: 5 not attempted; the step fails/)
    expect(step.said('error')).toEqual(['5 pins are chosen, : :error: : more than 2.'])
    expect(step.printed()).not.toMatch('too many')
    expect(summary).not.toMatch('too many')
    expect(outputs['failed-count']).toBe('0')
  })

  test('has a retry in one line with its reason and its wait, without a key, and says whether all requests wait', () => {
    const { step, reporter } = begin()
    const retry = { attempt: 2, why: `HTTP 500, "${KEY}\n::x"`, waitMs: 1500 }
    for (const holdsAll of [false, true]) reporter.retrying('a', { ...retry, holdsAll })
    expect(step.log()).toEqual([
      'a: attempt 2: trying again in 1.5 s, because of HTTP 500, "*** : :x"',
      'a: attempt 2: every request waits 1.5 s, because of HTTP 500, "*** : :x"',
    ])
    reporter.refuse([])
  })

  test('shows the progress of a long run, counted from its first pin', async () => {
    const clock = new SimulatedClock()
    const { step, reporter } = begin({}, clock)
    await clock.advance(60_000)
    reporter.starting(100)
    reporter.pinEnded(ended(), 0)
    await clock.advance(5000)
    expect(step.log().at(-1)).toBe('1 of 100 pins done, 0.2 a second, about 8 min 15 s left')
    finish(reporter, [ended()])
    expect(clock.pending).toEqual([])
  })

  test('counts in the progress of a selection only the pins that were to be tried', async () => {
    const clock = new SimulatedClock()
    const { step, reporter } = begin({ criteria: [['name', 'a']] }, clock)
    reporter.starting(2)
    const outcomes = [stayed(1, 'kept'), stayed(2, 'protected'), stayed(3, 'kept'), ended()]
    outcomes.forEach((outcome, index) => reporter.pinEnded(outcome, index))
    await clock.advance(5000)
    expect(step.log().at(-1)).toMatch('1 of 2 pins done')
    finish(reporter, outcomes)
  })

  test('shows every five seconds at most how far the list is read', async () => {
    const clock = new SimulatedClock()
    const { step, reporter } = begin({}, clock)
    for (let rows = 0; rows < 12_000; rows += 1000) {
      reporter.listProgress(rows, 12_000)
      await clock.advance(1000)
    }
    expect(step.log()).toEqual([
      'The list of pins: 5000 of 12000 rows read',
      'The list of pins: 10000 of 12000 rows read',
    ])
    reporter.refuse([])
  })
})

test('pins that were never attempted are printed after the files are written', () => {
  const { step, reporter } = begin()
  const outcomes = many(3, (n) => stayed(n, 'not-attempted', 'the run was stopped'))
  outcomes.forEach((outcome, index) => reporter.pinEnded(outcome, index))
  expect(step.printed()).toBe('')
  const print = process.stdout.write.bind(process.stdout)
  let written: unknown = null
  process.stdout.write = (text: string | Uint8Array) => {
    written ??= [file(step.outputs()).length, step.outputs()['result'], step.summary() !== '']
    return print(text)
  }
  finish(reporter, outcomes, { stopped: 'Cancelled.' })
  expect(written).toEqual([3, 'not-attempted\nnot-attempted\nnot-attempted', true])
  expect(step.log().filter((line) => line.includes('not-attempted'))).toHaveLength(3)
})

describe('a refusal', () => {
  test('is one annotation that the runner shows whole, a summary, and every output', () => {
    const step = beginStep()
    newReporter().refuse(['One::two.', `Key ${KEY}.`, 'x'.repeat(5000)])
    const [said = ''] = step.said('error')
    expect(said).toMatch(/^One: :two\.\nKey \*\*\*\.\nx+/)
    expect(said.length).toBeLessThanOrEqual(4096)
    expect(Object.keys(step.outputs())).toEqual(OUTPUTS)
    expect(step.outputs()).toMatchObject({ results: '[]', 'unpinned-count': '0', cid: '' })
    expect(step.summary()).toMatch(/^## AIOZ IPFS Unpin: nothing was unpinned\n\nHow to fix:\n\n- One/)
    expect(step.summary()).toMatch('Key &#42;&#42;&#42;.')
  })

  test('of a run without a summary file says nothing about it', () => {
    const step = beginStep()
    delete process.env['GITHUB_STEP_SUMMARY']
    newReporter().refuse(['One.'])
    expect(step.log()).toEqual([])
  })
})
