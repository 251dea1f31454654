import { afterEach, describe, expect, test } from '@jest/globals'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_KEYS, makePin, type PinRecord, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { beginRun, type Running } from '../../support/running.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { endSteps } from '../../support/step.ts'
import { NO_OUTPUTS } from '../../../src/report/outputs.ts'

const pins = [makePin({}, 1)]

afterEach(async () => {
  endSteps()
  await closeServices()
})

async function expectRefusal(service: Service, { step, done }: Running, words: RegExp): Promise<void> {
  expect(await done).toBe(false)
  expect(service.requests).toEqual([])
  expect(step.said('error').at(-1)).toMatch(words)
  expect(step.summary()).toMatch('## AIOZ IPFS Unpin: nothing was unpinned')
}

test('all bad inputs are told in one annotation, every output is set, and nothing is sent', async () => {
  const service = await start({ pins })
  const running = beginRun(service, { 'pin-id': 'x', 'dry-run': '', 'timeout-seconds': '0' })
  await expectRefusal(
    service,
    running,
    /^`pin-id` holds "x".*\n`dry-run` is empty.*\n`timeout-seconds` is "0"/,
  )
  expect(running.step.outputs()).toEqual(NO_OUTPUTS)
})

test('a proxy that cannot be used is told, rather than gone round', async () => {
  const service = await start({ pins })
  const running = beginRun(service, { 'api-url': 'https://example.org' }, {}, () => {
    process.env['https_proxy'] = '::::'
  })
  await expectRefusal(service, running, /https_proxy names no proxy/)
})

describe('nothing is unpinned whose end could not be written down', () => {
  test('because the file for outputs is not there', async () => {
    const service = await start({ pins })
    const running = beginRun(service, {}, {}, ({ outputFile }) => rmSync(outputFile))
    await expectRefusal(service, running, /could not be written down: .*ENOENT/)
  })

  test('because the folder for results is not there', async () => {
    const service = await start({ pins })
    const running = beginRun(service, {}, {}, ({ temp }) => {
      process.env['RUNNER_TEMP'] = join(temp, 'not-there')
    })
    await expectRefusal(service, running, /could not be written down: .*ENOENT/)
    expect(running.step.outputs()).toEqual(NO_OUTPUTS)
  })
})

test('a list in which a pin has a key for its ID is not acted on, and the key is not shown', async () => {
  const [pin] = pins as [PinRecord]
  const keys = { apiKey: pin.id, secretKey: DEFAULT_KEYS.secretKey, scopes: ['admin'] as const }
  const service = await start({ pins, keys: [keys] })
  const { step, done } = beginRun(service, {
    'pin-id': '(none)',
    'pinning-api-key': pin.id,
    name: '*',
  })
  expect(await done).toBe(false)
  expect(service.holds(pin.id)).toBe(true)
  expect(step.said('error')).toEqual([
    'The list of pins holds an ID with the value of a key in it. Nothing was unpinned.',
  ])
  expect(step.outputs()).toEqual(NO_OUTPUTS)
  expect(step.lines().filter(({ text }) => text.includes(pin.id))).toMatchObject([{ name: 'add-mask' }])
  expect(step.summary()).not.toContain(pin.id)
})

test('a failure of the action itself is told as such, and nothing is sent', async () => {
  const service = await start({ pins })
  const clock = new SimulatedClock()
  clock.now = () => {
    throw new Error('the clock stands')
  }
  const running = beginRun(service, {}, { clock })
  await expectRefusal(service, running, /^This action failed in itself: the clock stands\.$/)
})

test('without the variables of a runner outputs are printed, and the results are kept in the system’s folder', async () => {
  const service = await start({ pins })
  const { step, done } = beginRun(service, {}, {}, () => {
    for (const name of ['GITHUB_OUTPUT', 'RUNNER_TEMP', 'GITHUB_STEP_SUMMARY']) delete process.env[name]
  })
  expect(await done).toBe(true)
  const set = step
    .lines()
    .flatMap((line) => (line.kind === 'command' && line.name === 'set-output' ? [line] : []))
  const file = set.find(({ properties }) => properties['name'] === 'results-file')?.message ?? ''
  expect(file).toMatch(/aioz-unpin-results-.*\.json$/)
  rmSync(file)
})
