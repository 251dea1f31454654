import { afterEach, describe, expect, test } from '@jest/globals'
import { rmSync } from 'node:fs'
import { readActionMetadata } from '../../../testing/runner/action-metadata.ts'
import { NO_OUTPUTS, outputsOf, setOutputs } from '../../../src/report/outputs.ts'
import { tallyUp } from '../../../src/report/tally.ts'
import type { PinOutcome } from '../../../src/types.ts'
import { PIN_ID, pinIdOf } from '../../support/outcome.ts'
import { reported } from '../../support/reported.ts'
import { beginStep, endSteps } from '../../support/step.ts'

afterEach(endSteps)

function outputs(...overrides: Partial<PinOutcome>[]) {
  const pins = overrides.map((one) => reported(one))
  return outputsOf(pins, tallyUp(pins), { results: '[1]', resultsFile: '/file' }, (text) =>
    text.toUpperCase(),
  )
}

test('the outputs are those that action.yml declares, also when nothing was done', () => {
  const declared = [...readActionMetadata().outputs.keys()]
  expect(Object.keys(NO_OUTPUTS)).toEqual(declared)
  expect(Object.keys(outputs({}))).toEqual(declared)
})

test('for one pin each output is simply its value', () => {
  expect(outputs({ cid: 'qm' })).toEqual({
    cid: 'QM',
    size: '2883584',
    status: 'DONE',
    name: 'RELEASE-1',
    result: 'UNPINNED',
    'unpinned-count': '1',
    'missing-count': '0',
    'failed-count': '0',
    'total-size': '2883584',
    'matched-count': '1',
    'protected-count': '0',
    'kept-count': '0',
    'pin-ids': PIN_ID,
    results: '[1]',
    'results-file': '/file',
  })
})

test('for several pins there is one line for each, in the order given, empty where nothing is known', () => {
  const gone = { result: 'missing', cid: null, size: null, name: null, status: null } as const
  expect(outputs({ pinId: pinIdOf(1), size: 0 }, gone, { size: 2, name: 'b' })).toMatchObject({
    size: '0\n\n2',
    name: 'RELEASE-1\n\nB',
    result: 'UNPINNED\nMISSING\nUNPINNED',
    'missing-count': '1',
    'total-size': '2',
  })
})

test('what stays is counted, and is not among the pins that were chosen', () => {
  const ends = ['unpinned', 'protected', 'kept', 'kept', 'missing', 'failed', 'not-attempted'] as const
  expect(outputs(...ends.map((result, index) => ({ result, pinId: pinIdOf(index) })))).toMatchObject({
    'matched-count': '7',
    'protected-count': '1',
    'kept-count': '2',
    'failed-count': '2',
    'pin-ids': [0, 4, 5, 6].map(pinIdOf).join('\n'),
  })
})

describe('later steps', () => {
  test('see every output as it was set, whatever lines it has', () => {
    const step = beginStep()
    const set = { ...NO_OUTPUTS, name: 'a\nb<<c\n::error::d', size: '7' }
    setOutputs(set)
    expect(step.outputs()).toEqual(set)
  })

  test('see none when the runner’s file is gone, and that is an error', () => {
    const step = beginStep()
    rmSync(step.outputFile)
    expect(() => setOutputs(NO_OUTPUTS)).toThrow()
  })
})
