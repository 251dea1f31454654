import { mkdirSync, rmSync } from 'node:fs'
import { afterEach, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { DEFAULT_KEYS, type Fault, makePin, type PinRecord, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { beginRun, type Running } from '../../support/running.ts'
import { answer, endSteps } from '../../support/step.ts'

afterEach(async () => {
  endSteps()
  await closeServices()
})

const named = (name: string, seed: number, rest: Partial<PinRecord> = {}): PinRecord =>
  makePin({ metadata: { name }, date_pinned: new Date(Date.UTC(2024, 0, seed)).toISOString(), ...rest }, seed)
const methods = ({ requests }: Service): string => requests.map(({ method }) => method[0]).join('')
const SELECT = { 'pin-id': '(none)', name: 'main-*', 'keep-latest': '1' }

test('a selection says what it reads and repeats and what the plan is, and its dry run says the same', async () => {
  const faults = [undefined, undefined, answer(503)]
  const pins = ['main-1', 'main-2', 'main-3', 'live'].map((name, index) => named(name, index + 1))
  const up = await start({ pins, fault: () => faults.shift(), now: () => Date.now() - 3_600_000 })
  const inputs = { ...SELECT, protect: 'main-1', verify: 'true' }
  const told = ({ results }: Running) => results().map(({ name, result, reason }) => [name, result, reason].join(' '))
  const dry = beginRun(up, { ...inputs, 'dry-run': 'true' })
  expect([await dry.done, methods(up)]).toEqual([true, 'GG'])
  const real = beginRun(up, inputs)
  expect([await real.done, methods(up)]).toEqual([true, 'GGGGGDG'])
  expect(real.results()).toMatchObject(['protected', 'unpinned', 'kept'].map((result) => ({ result })))
  expect(told(dry).join().replace('would-unpin', 'unpinned')).toBe(told(real).join())
  const log = [
    /^Reading the list of pins$/,
    /^The list of pins, attempt 1: HTTP 503/,
    /complete: 4 pins, read in 2/,
    /./,
    /^Match.*: 1$/,
  ]
  expect(real.step.log().slice(0, 5)).toEqual(log.map((words) => expect.stringMatching(words)))
  expect([real.step.said('warning').join(), real.step.outputs()['results-file']]).toMatchObject(
    [/60 minutes ahead/, /json$/].map((words) => expect.stringMatching(words)),
  )
  expect(real.step.said('add-mask')).toEqual(expect.arrayContaining([DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey]))
})

const REFUSED = /refused the key pair.*Nothing was unpinned/
const LATE = { 'pin-id': '(none)', name: 'late', 'on-missing': 'fail' }
const [live, late] = [named('main-1', 1), named('late', 2, { pinned: false, status: 'queued' })]
const MIXED = { 'pin-id': live.id, 'pinning-api-key': live.id }
const FAR = { 'api-url': 'https://a.example.test' }
test.each<[string, Record<string, string>, Fault | undefined, RegExp, pins: number]>([
  ['inputs are refused', { 'pin-id': 'x' }, undefined, /pin-id/, 0],
  ['an input holds a key', MIXED, undefined, /`pin-id` holds the value of a key/, 0],
  ['a selection cannot be read', SELECT, answer(401, {}), REFUSED, 0],
  ['`protect` cannot be read', { protect: 'x' }, answer(401, {}), REFUSED, 2],
  ['the plan is refused', { protect: 'nothing' }, undefined, /nothing/, 2],
  ['only a record matches that is not pinned', LATE, undefined, /status queued/, 0],
  ['a proxy cannot be used', FAR, undefined, /https_proxy/i, 0],
])('nothing is unpinned and the step fails where %s', async (_, inputs, fault, words, count) => {
  const faults = [fault]
  const up = await start({ pins: [live, late], fault: () => faults.shift() })
  const { step, done, results } = beginRun(up, inputs, { environment: { https_proxy: '::::' } })
  expect([await done, methods(up).includes('D'), results().length]).toEqual([false, false, count])
  expect([step.said('error').join(), step.outputs()['unpinned-count']]).toEqual([expect.stringMatching(words), '0'])
})

test('a run that is stopped says so first, and a selection whose list was not read has no results', async () => {
  const up = await start({ pins: [live] })
  const { step, done } = beginRun(up, SELECT, { signal: AbortSignal.abort('Cancelled.') })
  expect([await done, up.requests, step.outputs()['results-file']]).toEqual([false, [], ''])
  expect(step.said('error')).toEqual([expect.stringMatching(/^Cancelled\.\nThe list of pins could not be read/)])
})

test('an error of this program before the first pin is reported, and nothing is unpinned', async () => {
  const up = await start({ pins: [live] })
  const epochs = [() => JSON.parse('a defect') as number]
  const { step, done } = beginRun(up, {}, { clock: { ...systemClock, epoch: () => (epochs.pop() ?? Date.now)() } })
  expect([await done, up.requests]).toEqual([false, []])
  expect(step.said('error').join()).toMatch(/error inside this action.*a defect.*report/)
})

test.each([true, false])(
  'a run fails where a pin has failed, or its outputs cannot be written (%p)',
  async (broken) => {
    const fault = (): Fault | undefined => {
      if (!broken) return answer(400, {})
      rmSync(step.outputFile)
      mkdirSync(step.outputFile)
      return undefined
    }
    const up = await start({ pins: [live], fault })
    const { step, done } = beginRun(up)
    expect([await done, methods(up)]).toEqual([false, 'D'])
  },
)
