import { afterEach, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { ended, failed, pinIdOf, recordOf, stayed } from './outcomes.ts'
import { begin, finish, KEY, newReporter, report } from './telling.ts'

afterEach(endSteps)

const OUTPUTS = [...readActionMetadata().outputs.keys()]
const CID = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const posixTest = process.platform === 'win32' ? test.skip : test

const many = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index))
const parse = (text = ''): Record<string, unknown>[] => JSON.parse(text) as Record<string, unknown>[]
const file = (outputs: Record<string, string>): Record<string, unknown>[] =>
  parse(readFileSync(outputs['results-file'] ?? '', 'utf8'))

describe('outputs', () => {
  test('for one pin each output is its value', () => {
    const { outputs } = report([ended()])
    expect(Object.keys(outputs)).toEqual(OUTPUTS)
    expect(outputs).toMatchObject({
      cid: CID,
      size: '2883584',
      status: 'DONE',
      name: 'release-1',
      result: 'unpinned',
      'unpinned-count': '1',
      'missing-count': '0',
      'failed-count': '0',
      'total-size': '2883584',
      'matched-count': '1',
      'protected-count': '0',
      'kept-count': '0',
      'pin-ids': pinIdOf(1),
    })
    expect(parse(outputs['results'])).toEqual(file(outputs))
  })

  test('for several pins there is one line for each in the order given, whatever the order in which they end', () => {
    const { step, reporter } = begin()
    const outcomes = [
      ended(0, { record: recordOf(pinIdOf(0), { size: 0 }) }),
      stayed(1, 'missing', '', null),
      ended(2),
    ]
    for (const index of [2, 0, 1]) reporter.pinEnded(outcomes[index] ?? ended(), index)
    finish(reporter, outcomes)
    expect(step.outputs()).toMatchObject({
      size: '0\n\n2883584',
      name: 'release-1\n\nrelease-1',
      result: 'unpinned\nmissing\nunpinned',
      'missing-count': '1',
    })
    expect(file(step.outputs()).map(({ pinId }) => pinId)).toEqual([0, 1, 2].map(pinIdOf))
  })

  test('pins that stay are counted and are not among the chosen ones', () => {
    const { outputs } = report([
      ended(0),
      stayed(1, 'protected'),
      stayed(2, 'kept'),
      stayed(3, 'kept'),
      failed(4, 'No.'),
    ])
    expect(outputs).toMatchObject({
      'matched-count': '5',
      'protected-count': '1',
      'kept-count': '2',
      'failed-count': '1',
      'pin-ids': [0, 4].map(pinIdOf).join('\n'),
    })
  })

  test('the sum of sizes is exact, however large', () => {
    const size = Number.MAX_SAFE_INTEGER
    const { outputs } = report(
      many(3, (index) => ended(index, { record: recordOf(pinIdOf(index), { size }) })),
    )
    expect(outputs['total-size']).toBe(String(BigInt(size) * 3n))
  })

  test('a text is not cut, and loses keys, control characters and line ends', () => {
    const name = `a\n::error::${'x'.repeat(100_000)}\u0000${KEY}`
    const { outputs } = report([ended(1, { record: recordOf(pinIdOf(1), { metadata: { name } }) })])
    expect(outputs['name']).toBe(`a::error::${'x'.repeat(100_000)}***`)
    expect(JSON.stringify(outputs)).not.toContain(KEY)
  })

  test('what an answer does not say is filled in from what was known, without keys', () => {
    const record = { ...recordOf(pinIdOf(1), { metadata: {}, cid: null }), name: `n ${KEY}`, cid: 'c' }
    expect(report([ended(1, { record })]).outputs).toMatchObject({ name: 'n ***', cid: 'c' })
  })

  test('an output of 120 KiB is set, a larger one is empty, and one notice names it', () => {
    const run = (length: number) => {
      const record = recordOf(pinIdOf(1), { metadata: { name: 'n'.repeat(length) }, cid: 'c'.repeat(length) })
      return report([ended(1, { record })])
    }
    expect(run(120 * 1024 - 2).outputs['name']).toHaveLength(120 * 1024 - 2)
    const { step, outputs, written } = run(120 * 1024 + 1)
    expect(outputs).toMatchObject({ name: '', cid: '', results: '[]', status: 'DONE' })
    expect(step.said('notice')).toEqual([
      expect.stringMatching(/empty: `cid`, `name`, `results`\..*`results-file`/),
    ])
    expect(written).toBe(true)
    expect(file(outputs)[0]?.['name']).toHaveLength(120 * 1024 + 1)
  })

  test('`results` leaves the records out where they do not fit, and the file has them', () => {
    const text = 'x'.repeat(50 * 1024)
    const outcomes = many(3, (index) => ended(index, { record: recordOf(pinIdOf(index), { text }) }))
    const { outputs, step } = report(outcomes)
    expect(parse(outputs['results']).map(({ pinId }) => pinId)).toEqual([0, 1, 2].map(pinIdOf))
    expect(parse(outputs['results'])[0]).not.toHaveProperty('record')
    expect(file(outputs)[2]).toMatchObject({ record: { text } })
    expect(step.said('notice')).toEqual([])
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
        const { step, outputs } = report(
          records.map((fields, index) => ended(index, { record: recordOf(pinIdOf(index), fields) })),
        )
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

  posixTest('a GITHUB_OUTPUT that is a FIFO or a device is refused before anything is unpinned', () => {
    for (const make of [(path: string) => execFileSync('mkfifo', [path]), null]) {
      const step = beginStep()
      const path = make === null ? '/dev/null' : join(step.temp, 'fifo')
      make?.(path)
      process.env['GITHUB_OUTPUT'] = path
      const reporter = newReporter()
      expect(() => {
        reporter.begin({
          apiBase: '',
          dryRun: false,
          onMissing: 'warn',
          requestsPerMinute: 1,
          criteria: null,
        })
      }).toThrow(/is not a regular file\. Nothing was unpinned\. .*GITHUB_OUTPUT and RUNNER_TEMP/)
      // It does not wait for a reader either.
      reporter.refuse(['No.'])
      expect(step.summary()).toMatch('nothing was unpinned')
    }
  })

  posixTest('when an output cannot be written, those before it stand whole and the step fails', () => {
    const { step } = begin()
    // As on a full disk, a write takes a part and the next one fails.
    const script = [
      '-c',
      'ulimit -f 100 && exec "$0" "$1"',
      process.execPath,
      join(import.meta.dirname, 'large-name.ts'),
    ]
    const printed = execFileSync('bash', script, { encoding: 'utf8', env: process.env })
    expect(printed).toMatch(/^::error::Some outputs could not be set.*EFBIG/m)
    expect(printed).toMatch(/; the step fails, in .*\nfalse\n$/)
    expect(Object.keys(step.outputs())).toEqual(OUTPUTS.slice(0, OUTPUTS.indexOf('results')))
    expect(step.outputs()).toMatchObject({ name: 'n'.repeat(40_000), result: 'unpinned' })
  })
})

describe('the results file', () => {
  test('is the only file left behind, and only its owner can read it', () => {
    const { step, outputs } = report([ended()])
    expect(readdirSync(step.temp).map((name) => join(step.temp, name))).toEqual([outputs['results-file']])
    if (process.platform !== 'win32') expect(statSync(outputs['results-file'] ?? '').mode & 0o077).toBe(0)
  })

  test('of no pins is an empty array', () => {
    expect(file(report([]).outputs)).toEqual([])
  })

  test('that cannot be made is refused before anything is unpinned', () => {
    beginStep()
    process.env['RUNNER_TEMP'] = join(process.env['RUNNER_TEMP'] ?? '', 'absent')
    expect(() => {
      newReporter().begin({
        apiBase: '',
        dryRun: false,
        onMissing: 'warn',
        requestsPerMinute: 1,
        criteria: null,
      })
    }).toThrow(/^The results could not be written: .*ENOENT/)
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

  test('is gone again when the run ends before its first pin', () => {
    const { step, reporter } = begin()
    reporter.abandon()
    expect(readdirSync(step.temp)).toEqual([])
  })
})

describe('annotations', () => {
  test('have what was tried and failed before what was not attempted', () => {
    const { step } = report([
      stayed(0, 'not-attempted', 'c'),
      failed(1, 'First.'),
      stayed(2, 'not-attempted', 'd'),
      failed(3, 'Second.', { result: 'unconfirmed' }),
    ])
    expect(step.said('error')).toEqual([
      `Pin ${pinIdOf(1)}: First.`,
      `Pin ${pinIdOf(3)}: Second.`,
      `Pin ${pinIdOf(0)}: Not unpinned: c.`,
      `Pin ${pinIdOf(2)}: Not unpinned: d.`,
    ])
  })

  test('are ten errors and ten warnings at most', () => {
    const { step } = report([
      ...many(30, (n) => failed(n, 'No.')),
      ...many(30, (n) => stayed(100 + n, 'missing')),
    ])
    expect([step.said('error').length, step.said('warning').length]).toEqual([10, 10])
  })

  test('say first why the run was stopped', () => {
    expect(report([failed(1, 'No.')], { stopped: 'Cancelled.' }).step.said('error')[0]).toBe('Cancelled.')
  })

  test('are no longer than the runner shows, and hold neither keys nor commands', () => {
    const { step } = report([failed(1, `::error::${KEY}\n${'x'.repeat(9000)}`)])
    const [said = ''] = step.said('error')
    expect(said.length).toBeLessThanOrEqual(4096)
    expect(said).toMatch(/^Pin \S+: : :error: :\*\*\* x/)
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

  test('warn of a protected pin that the workflow named, not of a selected one', () => {
    expect(report([stayed(1, 'protected', 'why')]).step.said('warning')).toEqual([
      `Pin ${pinIdOf(1)}: Not unpinned: why.`,
    ])
    expect(report([stayed(1, 'protected')], {}, { criteria: [['name', 'a']] }).step.said('warning')).toEqual(
      [],
    )
  })

  test('have the warnings of the run before those of its pins', () => {
    const { step } = report([stayed(1, 'missing', 'why')], { warnings: ['One.', 'Two.'] })
    expect(step.said('warning')).toEqual(['One.', 'Two.', `Pin ${pinIdOf(1)}: Not unpinned: why.`])
  })
})

describe('the log', () => {
  test('has one line for each pin, and a closing line that agrees with the exit code', () => {
    const { step } = report([
      ended(1, { attempts: 2, reason: 'matched by its name' }),
      failed(2, 'Why.'),
      stayed(3, 'not-attempted', 'why', null),
      stayed(4, 'kept', 'among the 2 newest', recordOf(pinIdOf(4), { cid: null, size: null, metadata: {} })),
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

  test('says "would" in a dry run', () => {
    const { step } = report([stayed(1, 'would-unpin'), stayed(2, 'would-unpin')], {}, { dryRun: true })
    expect(step.log().at(0)).toBe('Dry run: 2 pins at https://example.org, at most 180 requests a minute')
    expect(step.log().at(-1)).toBe(
      'Dry run: 2 pins: 2 would be unpinned (5.50 MiB); the step succeeds, in 0.0 s. Nothing was unpinned.',
    )
  })

  test('says how many sizes are not known', () => {
    const { step } = report([ended(1, { record: recordOf(pinIdOf(1), { size: null }) })])
    expect(step.log().at(-1)).toMatch('1 pin: 1 unpinned (0 bytes, 1 of unknown size); the step succeeds')
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

  test('has no line longer than a thousand characters, and none that is a command', () => {
    const record = recordOf(pinIdOf(1), {
      metadata: { name: `##[error]${'n'.repeat(3000)}` },
      cid: '::add-mask::x',
    })
    const { step } = report([ended(1, { record })])
    for (const line of step.log()) expect(line.length).toBeLessThanOrEqual(1000)
    expect(step.lines().every(({ kind }) => kind === 'plain')).toBe(true)
  })

  test('has a retry in one line, without a key', () => {
    const { step, reporter } = begin()
    reporter.retrying('a', { attempt: 1, why: `HTTP 500, "${KEY}\n::x"`, waitMs: 1000, holdsAll: false })
    expect(step.log()).toEqual(['a: attempt 1: trying again in 1.0 s, because of HTTP 500, "*** : :x"'])
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

posixTest('a summary that is a FIFO is skipped with a line in the log', () => {
  const { step, reporter } = begin()
  const path = join(step.temp, 'fifo')
  execFileSync('mkfifo', [path])
  process.env['GITHUB_STEP_SUMMARY'] = path
  expect(finish(reporter, [])).toBe(true)
  expect(step.log()).toEqual([
    expect.stringMatching(/^The job summary could not be written: .*fifo is not a regular file$/),
    expect.stringMatching(/^0 pins/),
  ])
})
