import { afterEach, describe, expect, test } from '@jest/globals'
import { makePin } from '../../../testing/service/index.ts'
import { closeServices, start } from '../../service/client.ts'
import { select } from '../../support/selection-run.ts'
import { endSteps } from '../../support/step.ts'

afterEach(async () => {
  endSteps()
  await closeServices()
})

const pin = (number: number, name: string) =>
  makePin({ metadata: { name }, date_pinned: new Date(Date.UTC(2024, 0, number)).toISOString() }, number)
const pins = [pin(1, 'main-1'), pin(2, 'main-2'), pin(3, 'main-3'), pin(4, 'live')]
const MAIN = { name: 'main-*', 'keep-latest': '1' }

describe('the log of a selection', () => {
  test('says that the list is read, that it was whole, and what the plan is', async () => {
    const service = await start({ pins })
    const { log } = await select(service, { ...MAIN, protect: 'main-1' })
    expect(log.slice(0, 5)).toEqual([
      'Reading the list of pins',
      'The list is complete, read in 2 requests',
      expect.stringMatching(/^\S+: protected, .*protected by the name "main-1"/),
      expect.stringMatching(/^\S+: kept, .*"main-3", among the 1 newest/),
      'Matching pins: 3, chosen of them: 1',
    ])
  })

  test('tells of each repeated attempt, for the list and for a pin', async () => {
    let asked = 0
    const service = await start({
      pins,
      fault: () =>
        (asked += 1) % 2 === 1 ? { kind: 'answer', status: 503, body: { message: 'busy' } } : undefined,
    })
    const { log, succeeded } = await select(service, { name: 'live' })
    expect(succeeded).toBe(true)
    const again = log.filter((line) => line.includes('attempt 1: trying again'))
    expect(again.map((line) => line.split(': ')[0])).toEqual([
      'The list of pins',
      'The list of pins',
      pins[3]?.id,
    ])
  })
})

test('what stays has its record and its reason in the results, and in its message', async () => {
  const service = await start({ pins })
  const { results } = await select(service, { ...MAIN, protect: 'main-1' })
  expect(results[0]).toMatchObject({
    result: 'protected',
    reason: expect.stringContaining('protected by'),
    message: expect.stringMatching(/^Not unpinned: protected by .*\.$/),
    record: { id: pins[0]?.id },
  })
})

test('pins over `max-unpins` say why they were not attempted', async () => {
  const service = await start({ pins })
  const { results, succeeded } = await select(service, { name: 'main-*', 'max-unpins': '2' })
  expect(succeeded).toBe(false)
  expect(results.map(({ message }) => message)).toEqual(
    Array(3).fill('Not attempted: more pins are chosen than `max-unpins` allows.'),
  )
})

describe('where nothing matches, `on-missing` decides', () => {
  const NONE =
    'No pin matches the selection. Check `cid`, `name` and `keyvalues`, and the account of the key.'

  test.each([
    ['warn', true, [NONE], []],
    ['ignore', true, [], []],
    ['fail', false, [], [NONE]],
  ])('%s', async (onMissing, green, warned, failed) => {
    const service = await start({ pins })
    const { warnings, errors, succeeded } = await select(service, {
      name: 'nothing-*',
      'on-missing': onMissing,
    })
    expect([succeeded, warnings, errors]).toEqual([green, warned, failed])
  })

  test('and where something matches, not a word', async () => {
    const service = await start({ pins })
    const { warnings, errors, succeeded } = await select(service, { name: 'live' })
    expect([succeeded, warnings, errors]).toEqual([true, [], []])
  })
})
