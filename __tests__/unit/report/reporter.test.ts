import { afterEach, describe, expect, test } from '@jest/globals'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { broken, RESULTS } from '../../../src/pin/outcome.ts'
import { RunFiles } from '../../../src/report/files.ts'
import { closingLine, estimate, progressLine, retryLine } from '../../../src/report/log-lines.ts'
import { tallyUp } from '../../../src/report/outputs.ts'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { CID, ended, failed, many, pinIdOf, stayed, times } from '../../support/outcome.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps } from '../../support/step.ts'
import { begin, KEY, report, selection } from './telling.ts'

afterEach(endSteps)

type Json = Record<string, unknown>
type Schema = { items: { properties: Json & { result: { enum: string[] } } } }
const OUTPUTS = [...readActionMetadata().outputs.keys()].sort()
const parse = (text = ''): Json[] => JSON.parse(text) as Json[]
const file = (outputs: Record<string, string>) => parse(readFileSync(outputs['results-file'] ?? '', 'utf8'))
/** In the order of the plan: two unpinned, and one for each other result. */
const EVERY = [
  ended(0, {}, { size: 0 }),
  stayed(1, 'missing', '', null),
  ended(2, { attempts: 2, reason: 'matched' }, { more: KEY }),
  stayed(3, 'protected'),
  failed(4, `No ${KEY}\n::x.`),
  stayed(5, 'kept', 'it is new', { cid: null, size: null, metadata: {} }),
  stayed(6, 'would-unpin', '', { size: 2 ** 53 - 1, status: null }),
  stayed(7, 'not-attempted', 'why', null),
  broken(pinIdOf(8), new Error('x'), true),
]

describe('outputs', () => {
  test('have one line for each pin in the order of the plan, in whatever order the pins end', () => {
    const { step, reporter, finish } = begin(EVERY, { plan: { waiting: 2 } })
    for (const index of [2, 4, 0, 8, 6, 5, 1, 7, 3]) reporter.pinEnded(EVERY[index] ?? ended(), index)
    expect(finish()).toBe(true)
    const outputs = step.outputs()
    const counts = { unpinned: 2, missing: 1, failed: 3, matched: 9, protected: 1, kept: 1, chosen: 7, waiting: 2 }
    expect(outputs).toEqual({
      ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${name}-count`, `${count}`])),
      cid: [CID, '', CID, CID, '', '', CID, '', ''].join('\n'),
      size: '0\n\n2883584\n2883584\n\n\n9007199254740991\n\n',
      status: 'DONE\n\nDONE\nDONE\n\nDONE\n\n\n',
      name: 'release-1\n\nrelease-1\nrelease-1\n\n\nrelease-1\n\n',
      result: EVERY.map(({ result }) => result).join('\n'),
      'total-size': '9007199257624575',
      'pin-ids': [0, 1, 2, 4, 6, 7, 8].map(pinIdOf).join('\n'),
      results: JSON.stringify(file(outputs)),
      'results-file': outputs['results-file'],
    })
    expect(Object.keys(outputs).sort()).toEqual(OUTPUTS)
    const { raw } = EVERY[2]?.record ?? {}
    expect(file(outputs)[2]).toMatchObject({ pinId: pinIdOf(2), reason: 'matched', record: { ...raw, more: '***' } })
  })

  test('fit the schema of the results, which has every result and the fields in their order', () => {
    const schema = JSON.parse(readFileSync('results.schema.json', 'utf8')) as Schema
    const { items } = schema
    expect(items.properties.result.enum).toEqual(RESULTS)
    // A reader has to expect further fields in a later version. Here one that the schema does not have is a mistake.
    const strict = { ...schema, items: { ...items, additionalProperties: false } }
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(strict)
    const outputs = report(EVERY).outputs
    const [entry = {}] = file(outputs)
    expect([validate(file(outputs)), Object.keys(entry)]).toEqual([true, Object.keys(items.properties)])
    const wrongs = [{ result: 'gone' }, { size: '7' }, { size: -1 }, { pinId: 'X' }, { record: [] }, { attempts: null }]
    for (const wrong of wrongs) expect(validate([{ ...entry, ...wrong }])).toBe(false)
    const long = report([ended(0, {}, { text: 'x'.repeat(140_000) })]).outputs
    expect([validate(parse(long['results'])), validate(file(long))]).toEqual([true, true])
    expect(file(long)[0]).toHaveProperty('record.text.length', 140_000)
  })

  test('of 120 KiB are set, larger ones are empty, and one notice names them', () => {
    // With its line end, a CID takes a KiB.
    const run = (last: string, cid = 'c'.repeat(1023)) =>
      report([...many(119, (n) => ended(n, {}, { cid, status: cid })), ended(119, {}, { cid: last, status: last })])
    expect(run('c'.repeat(1024)).outputs['cid']).toHaveLength(120 * 1024)
    for (const [last, cid] of [
      ['c'.repeat(1024), 'c'.repeat(1022) + 'é'],
      ['', 'é'.repeat(520)],
    ] as const) {
      const { step, outputs, written } = run(last, cid)
      expect([written, outputs]).toMatchObject([true, { status: '', cid: '', results: '[]', 'matched-count': '120' }])
      const words = /left out: `cid`, `status`, `results`\. All pins are in the results file/
      expect(step.said('notice')).toEqual([expect.stringMatching(words)])
      expect(file(outputs)[0]?.['cid']).toBe(cid)
    }
    const { outputs, step } = report([ended(1, {}, { more: 'é'.repeat(61_440) })])
    const [{ record: _record, ...entry } = {}] = file(outputs)
    expect([parse(outputs['results']), step.said('notice')]).toEqual([[entry], []])
  })

  test('that cannot be written fail the step with words', () => {
    const { step, finish } = begin([])
    rmSync(process.env['GITHUB_OUTPUT'] ?? '')
    expect(finish()).toBe(false)
    const names = OUTPUTS.map((name) => `(?=.*\`${name}\`)`).join('')
    const words = `^Some outputs could not be set \\(.*${names}.*Check that this step .* are in the file .*results-.*json\\.$`
    expect(step.said('error')).toEqual([expect.stringMatching(words)])
    expect([step.log().at(-1), step.summary()]).toEqual([
      expect.stringContaining('The step fails'),
      expect.stringMatching(/^## .*\n\n- Some outputs could not be set/),
    ])
  })

  test('that cannot be written do not take others along, and leave no part in the file', () => {
    const step = beginStep()
    const half = () => {
      appendFileSync(step.outputFile, 'half an output')
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const bad = { length: 3, toJSON: half } as unknown as string
    const lost = new RunFiles().setOutputs({ long: 'xxxxx', bad, worse: bad, short: 'y' })
    expect(lost).toEqual([
      expect.stringMatching(/\(`bad`, `worse`\): no space\. Free some disk space on the runner\.$/),
    ])
    expect(Object.entries(step.outputs()).flat()).toEqual(['short', 'y', 'long', 'xxxxx'])
  })
})

test('without the files of a runner, outputs are commands, results are in the folder of the system, and there is no summary', () => {
  const step = beginStep()
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'RUNNER_TEMP']) delete process.env[name]
  const files = new RunFiles()
  files.open()
  const { path } = files
  expect([dirname(path), readFileSync(path, 'utf8')]).toEqual([tmpdir(), '[]'])
  expect([files.setOutputs({ cid: 'x' }), files.writeSummary('x')]).toEqual([[], []])
  expect(step.printed()).toContain('::set-output name=cid::x')
  files.discard()
  expect([existsSync(path), files.path]).toEqual([false, ''])
})

describe('the results file', () => {
  test('is for its owner alone, and of no pins it is an empty array', () => {
    const path = report([]).outputs['results-file'] ?? ''
    expect(readFileSync(path, 'utf8')).toBe('[]')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  })

  test('or outputs that cannot be written are refused at the start', () => {
    for (const name of ['RUNNER_TEMP', 'GITHUB_OUTPUT']) {
      beginStep()
      process.env[name] = join(process.env['RUNNER_TEMP'] ?? '', 'absent')
      const words = /^The results could not be written: .*ENOENT.*\. Check .* Nothing was unpinned\.$/
      expect(() => new RunFiles().open()).toThrow(words)
    }
  })

  test('that cannot be written at the end is not named, the outputs have the results, and the step fails', () => {
    const { step, reporter, finish } = begin([ended()])
    reporter.pinEnded(ended(), 0)
    rmSync(step.temp, { recursive: true })
    writeFileSync(step.temp, '')
    expect(finish()).toBe(false)
    expect(step.said('error')).toEqual([
      expect.stringMatching(/^The results file could not be written: .*\.json'\. Check that this step/),
    ])
    const { results, ...outputs } = step.outputs()
    expect([outputs, parse(results).length]).toMatchObject([{ 'results-file': '', result: 'unpinned' }, 1])
  })
})

test('a summary that cannot be written is told in the log, and changes nothing', () => {
  const { step, finish } = begin([])
  process.env['GITHUB_STEP_SUMMARY'] = join(step.temp, 'absent')
  expect([finish(), step.log()[0]]).toEqual([true, expect.stringMatching(/^The job summary could not be written: /)])
})

describe('annotations', () => {
  test.each([10, 11, 50])('of %i errors and warnings are ten each, the last says how many more there are', (length) => {
    const missing = many(length, (n) => stayed(n, 'missing', 'x'))
    const { step } = report([...many(length, (n) => failed(n, 'No.')), ...missing])
    const shown = (kind: 'error' | 'warning', text: string) => {
      const more = `… and ${length - 9} more ${kind}s. All pins are in the results file (output \`results-file\`).`
      const all = many(length, (n) => `Pin ${pinIdOf(n)}: ${text}`)
      expect(step.said(kind)).toEqual(length > 10 ? [...all.slice(0, 9), more] : all)
    }
    shown('error', 'No.')
    shown('warning', 'Not unpinned: x.')
  })

  test('of warnings during the run are at most nine, so that the last can say how many more there are', () => {
    const warned = (length: number) => {
      const [first = '', ...rest] = many(length, (n) => `Warning ${n}.`)
      return report([], { warnings: [first], plan: { warnings: rest } }).step.said('warning')
    }
    expect(warned(10)).toEqual(many(10, (n) => `Warning ${n}.`))
    expect(warned(12).slice(-2)).toEqual(['Warning 8.', expect.stringMatching(/^… and 3 more warnings\. /)])
  })

  test('say first why the plan is refused or the run was stopped, then what failed, then what was not attempted', () => {
    const untried = [0, 2].map((n) => stayed(n, 'not-attempted', `${n}`))
    const outcomes = [untried[0], failed(1, 'First.'), untried[1], failed(4, '')].flatMap((pin) => pin ?? [])
    expect(report(outcomes).step.said('error').slice(-1)).toEqual([`Pin ${pinIdOf(2)}: Not unpinned: 2.`])
    const plan = { refusals: ['One ::error::.', `Two ${KEY}.`] }
    const { step } = report([...outcomes, ...many(9, (n) => failed(10 + n, 'x'))], { stopped: 'Cancelled.', plan })
    expect(step.said('error')).toEqual([
      'One ::error::.\nTwo ***.',
      'Cancelled.',
      `Pin ${pinIdOf(1)}: First.`,
      ...many(6, (n) => `Pin ${pinIdOf(10 + n)}: x`),
      '… and 5 more errors. All pins are in the results file (output `results-file`).',
    ])
  })

  test('are a warning or an error for a missing pin, as `on-missing` says', () => {
    const said = (['warn', 'ignore', 'fail'] as const).map((onMissing) => {
      const { step } = report([stayed(1, 'missing')], { onMissing })
      return [step.said('warning'), step.said('error')]
    })
    const words = `Pin ${pinIdOf(1)}: Not unpinned: a reason.`
    const fails = `${words} The step fails because of \`on-missing: fail\`.`
    expect(said).toEqual([[[words], []], [[], []], [[], [fails]]]) // prettier-ignore
  })

  test('warn of each protected pin that the workflow named, but not of a selected one', () => {
    const warned = [{}, { target: selection([]) }].map((run) =>
      report([stayed(1, 'protected')], run).step.said('warning'),
    )
    expect(warned).toEqual([[`Pin ${pinIdOf(1)}: Not unpinned: a reason.`], []])
  })
})

describe('the log', () => {
  test('has one line for each pin, those that were not attempted last, and a closing line that agrees with the exit code', () => {
    const [, missing, unpinned, , no, kept, , untried] = EVERY.flatMap((outcome) => outcome)
    const outcomes = [untried, missing, unpinned, no, kept].flatMap((outcome) => outcome ?? [])
    expect(report(outcomes, { verify: true }).step.log()).toEqual([
      'Unpinning 4 pins at https://example.org. This takes about a minute or less at 180 requests a minute.',
      `${pinIdOf(1)}: missing. Not unpinned: .`,
      `${pinIdOf(2)}: unpinned, ${CID}, 2.75 MiB, "release-1", 2 attempts, 0.2 s, matched`,
      `${pinIdOf(4)}: failed, 1 attempt, 0.2 s. No *** ::x.`,
      `${pinIdOf(5)}: kept, it is new`,
      `${pinIdOf(7)}: not-attempted. Not unpinned: why.`,
      '5 pins: 1 failed, 1 not attempted, 1 missing, 1 unpinned (2.75 MiB), 1 kept. The step fails, after 0.0 s.',
    ])
  })

  test('says what was selected, with its limits, the moment of `older-than` and how long the run takes', () => {
    const limits = [['older-than', ['30d']] as const, ['max-unpins', ['25']] as const]
    const target = selection([['name', ['a', 'b']]], limits, { olderThan: { ms: 30 * 86_400_000, text: '30d' } })
    const outcomes = many(3, (n) => stayed(n, 'would-unpin', '', n === 0 ? null : { size: 1 }))
    const run = { dryRun: true, requestsPerMinute: 1 }
    const dry = report(outcomes, { ...run, target, plan: { waiting: 4 } }).step.log()
    expect([...dry.slice(0, 4), dry.at(-1)]).toEqual([
      'Selected by name: a, b; older-than: 30d; max-unpins: 25',
      'older-than 30d: pinned before 2026-10-07 00:00 UTC',
      'Matching pins: 3. Chosen to be unpinned: 3. Waiting for the next run: 4',
      'Dry run: would unpin 3 pins at https://example.org. A real run takes about 2 min at 1 request a minute.',
      '3 pins: 3 would be unpinned (2 bytes, 1 of unknown size). The step succeeds, after 0.0 s. Nothing was unpinned.',
    ])
    const [, matching, takes] = report(outcomes, { ...run, verify: true, target: selection([]) }).step.log()
    expect([matching, takes?.slice(-51)]).toEqual([
      'Matching pins: 3. Chosen to be unpinned: 3',
      'A real run takes about 5 min at 1 request a minute.',
    ])
  })

  test('of a plan that is refused has no line about unpinning, and says that nothing was unpinned', () => {
    const untried = { ...stayed(1, 'not-attempted', '', null), message: '' }
    const closing = '1 pin: 1 not attempted. The step fails, after 0.0 s. Nothing was unpinned.'
    const { step } = report([untried], { plan: { refusals: ['No.'], chosen: 1 } })
    expect(step.log()).toEqual([`${pinIdOf(1)}: not-attempted`, closing])
  })

  test('has the lines of over 20 pins in a group, but those that did not go well follow it', () => {
    const outcomes = (length: number) => [failed(0, 'No.'), ...many(length - 1, (n) => ended(n + 1))]
    const shown = (length: number, run = {}) =>
      report(outcomes(length), run)
        .step.printed()
        .match(/^::(?:end)?group::.*|: failed, |: unpinned, /gm)
    expect(shown(20)).toEqual([': failed, ', ...times(19, ': unpinned, ')])
    expect(shown(21)).toEqual(['::group::Pins', ...times(20, ': unpinned, '), '::endgroup::', ': failed, '])
    expect(shown(21, { plan: { refusals: ['No.'] } })?.[0]).toBe(': failed, ')
  })

  test('has one line for over 20 pins that were not attempted for the same reason', () => {
    const log = (length: number) => report(many(length, (n) => stayed(n, 'not-attempted', 'no'))).step.log()
    expect([log(20).length, log(21).slice(1, -1)]).toEqual([22, ['21 pins: not-attempted. Not unpinned: no.']])
    const two = report(many(22, (n) => stayed(n, 'not-attempted', n === 0 ? 'yes' : 'no'))).step.log()
    expect(two.slice(1, -1)).toEqual([
      `${pinIdOf(0)}: not-attempted, ${CID}, 2.75 MiB, "release-1". Not unpinned: yes.`,
      '21 pins: not-attempted. Not unpinned: no.',
    ])
  })

  test('and the results have texts of any length cut, after their keys are gone', () => {
    const told = `${'x'.repeat(3060)}${KEY}${'z'.repeat(9000)}${KEY}${'y'.repeat(880)} Do it.`
    const { outputs, step } = report([failed(1, told, { reason: 'y'.repeat(4000) })])
    const message = expect.stringMatching(/^x{3060}\*\*\*z{8}…(?!\S*[/=])\S+ Do it\.$/)
    expect(file(outputs)).toMatchObject([{ message, reason: 'y'.repeat(4000) }])
    expect(step.said('error')).toEqual([expect.stringMatching(/ Do it\.$/)])
  })

  test('shows the progress of several pins every five seconds, counting only those that were to be tried', async () => {
    const clock = new SimulatedClock()
    await clock.advance(60_000)
    const outcomes = [stayed(1, 'kept'), stayed(1, 'kept'), ended(2), ended(3)]
    const { step, reporter, finish } = begin(outcomes, { clock })
    outcomes.slice(0, 3).forEach((outcome, index) => reporter.pinEnded(outcome, index))
    await clock.advance(10_000)
    expect(step.log().slice(-2)).toEqual(['5', '10'].map((s) => `1 of 2 pins done, about ${s}.0 s left`))
    finish()
    begin([ended(2)], { clock })
    expect(clock.pending).toEqual([])
  })

  test('shows every five seconds at most how far reading has come', async () => {
    const clock = new SimulatedClock()
    const { step, reporter } = begin([], { clock })
    for (let rows = 0; rows < 12_000; rows += 1000) {
      reporter.readProgress(rows, 12_000, rows < 9000 ? 'row' : 'pin')
      await clock.advance(1000)
    }
    expect(step.log()).toEqual(['The list of pins: 5000 of 12000 rows read', 'Pins by ID: 10000 of 12000 pins read'])
  })

  test('has a retry in one line, and says whether all requests wait', () => {
    const { step, reporter } = begin([])
    const retry = { what: 'Pin x', attempt: 2, why: `HTTP 500, "${KEY}\n::x"`, waitMs: 1500 }
    for (const holdMs of [0, 1000]) reporter.line(retryLine({ ...retry, holdMs }))
    expect(step.log()).toEqual(
      ['', 'every request waits 1.0 s; '].map(
        (hold) => `Pin x, attempt 2: HTTP 500, "*** ::x"; ${hold}trying again in 1.5 s`,
      ),
    )
  })

  test('has pins that were never attempted after the files are written', () => {
    const { step, reporter, finish } = begin([stayed(1, 'not-attempted')])
    const before = step.printed()
    reporter.pinEnded(stayed(1, 'not-attempted'), 0)
    expect(step.printed()).toBe(before)
    const print = process.stdout.write.bind(process.stdout)
    let written: unknown = null
    process.stdout.write = (text: string | Uint8Array) => {
      written ??= [file(step.outputs()).length, step.outputs()['result'], step.summary() !== '']
      return print(text)
    }
    finish()
    expect(written).toEqual([1, 'not-attempted', true])
  })

  test('estimates how long a run takes, and how much of it is left', () => {
    const minute = 'about a minute or less'
    expect([0, 1, 180, 181].map((requests) => estimate(requests, 180))).toEqual([minute, minute, minute, 'about 1 min'])
    expect(progressLine(50, 200, 10_000, 6000)).toBe('50 of 200 pins done, about 30.0 s left')
    expect(progressLine(0, 200, 10_000, 6000)).toBe('0 of 200 pins done')
    // The last of 181 pins waits until a minute has passed, the last of 180 does not.
    const left = [181, 180].map((pins) => progressLine(60, pins, 10_000, 180).replace(/.*done, /, ''))
    expect(left).toEqual(['about 50.0 s left', 'about 20.0 s left'])
    const nothing = tallyUp([], () => true)
    expect(closingLine(nothing, true, 61_000, false)).toBe('0 pins. The step succeeds, after 1 min 1 s.')
  })
})

test('a refusal is one annotation that the runner shows whole, a summary, and every output', () => {
  const { step, reporter } = begin([])
  reporter.refuse(['One::two.', `Key ${KEY}.`, 'x'.repeat(5000)])
  const [said = '', ...more] = step.said('error')
  expect([said.slice(0, 20), said.length, more]).toEqual(['One::two.\nKey ***.\nx', 4096, []])
  expect(step.log()[0]).toBe('One::two.')
  const empty = { results: '[]', 'unpinned-count': '0', cid: '', 'results-file': '' }
  expect([step.outputs(), readdirSync(step.temp)]).toMatchObject([empty, []])
  expect(Object.keys(step.outputs()).sort()).toEqual(OUTPUTS)
  expect(step.summary()).toMatch(/^## AIOZ IPFS Unpin: nothing was unpinned\n\n- One/)
})
