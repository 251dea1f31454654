import { afterEach, expect, test } from '@jest/globals'
import { systemClock } from '../../../src/clock.ts'
import { type Fault, makePin, type Service } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { many } from '../../support/outcome.ts'
import { beginRun } from '../../support/running.ts'
import { endSteps } from '../../support/step.ts'

/** A service that answers the first requests by these faults, and then as it should. */
function service(pins: number, ...faults: (Fault | undefined)[]): Promise<Service> {
  const rest = [...faults]
  return start({ pins: many(pins, (seed) => makePin({}, seed)), fault: () => rest.shift() })
}

afterEach(async () => {
  endSteps()
  await closeServices()
})

test('a selection says that it reads the list, that the list is complete, and what the plan is', async () => {
  const named = (seed: number, name: string) =>
    makePin({ metadata: { name }, date_pinned: new Date(Date.UTC(2024, 0, seed)).toISOString() }, seed)
  const up = await start({
    pins: [named(1, 'main-1'), named(2, 'main-2'), named(3, 'main-3'), named(4, 'live')],
  })
  const inputs = { 'pin-id': '(none)', name: 'main-*', 'keep-latest': '1', protect: 'main-1' }
  const { step, done } = beginRun(up, inputs)
  expect(await done).toBe(true)
  expect(step.log().slice(0, 6)).toEqual([
    'Reading the list of pins',
    'The list is complete, read in 2 requests',
    'Matching pins: 3. Chosen to be unpinned: 1',
    expect.stringMatching(/^Unpinning 1 pin at /),
    expect.stringMatching(/^\S+: protected, .*protected by the name "main-1"/),
    expect.stringMatching(/^\S+: kept, .*"main-3", one of the 1 newest/),
  ])
})

test('each repeated attempt is reported with what is repeated: the list, a pin, the check of `api-url`', async () => {
  const busy: Fault = { kind: 'answer', status: 503 }
  const doubted: Fault = { kind: 'answer', status: 404, body: { message: 'no route' } }
  const clock = systemClock
  const list = await service(1, busy)
  const selected = beginRun(list, { 'pin-id': '(none)', name: '(any)' }, { clock })
  expect(await selected.done).toBe(true)
  const pin = await service(1, busy, doubted, busy)
  const given = beginRun(pin, {}, { clock })
  expect(await given.done).toBe(true)
  const repeated = [selected, given].map(({ step }) =>
    step.log().flatMap((line) => (line.includes('attempt 1: trying again') ? line.split(':')[0] : [])),
  )
  const [id] = pin.records.keys()
  expect(repeated).toEqual([['The list of pins'], [`Pin ${id}`, 'The check of `api-url`']])
})
