import { afterEach, expect, test } from '@jest/globals'
import { rmSync } from 'node:fs'
import { Report } from '../../../src/report/report.ts'
import { SimulatedClock } from '../../support/simulated-clock.ts'
import { beginStep, endSteps } from '../../support/step.ts'

const KEY = '+swsb3M8Jk/nHnN5jJrdjO4uV1LPDzs5swt0w4ljQLQ='

afterEach(endSteps)

test('a refusal is one annotation that the runner shows whole', () => {
  const step = beginStep()
  new Report(new SimulatedClock(), [KEY]).refuse(['One::two.', `Key ${KEY}.`, 'x'.repeat(5000)])
  const [said = ''] = step.said('error')
  expect(said).toMatch(/^One: :two\.\nKey \*\*\*\.\nx+/)
  expect(said.length).toBeLessThanOrEqual(4096)
  expect(step.outputs()['results']).toBe('[]')
  expect(step.summary()).toMatch('Key &#42;&#42;&#42;.')
})

test('where results could not be handed on no run begins, and what to look at is said', () => {
  const step = beginStep()
  rmSync(step.outputFile)
  const begin = (): unknown =>
    new Report(new SimulatedClock(), [KEY]).begin({
      apiBase: 'https://example.org',
      dryRun: false,
      onMissing: 'warn',
      requestsPerMinute: 180,
      criteria: null,
    })
  expect(begin).toThrow(
    /^What becomes of the pins could not be written down: .*ENOENT.* GITHUB_OUTPUT and RUNNER_TEMP/,
  )
})

test('without a summary file nothing is written and nothing is said of it', () => {
  const step = beginStep()
  delete process.env['GITHUB_STEP_SUMMARY']
  new Report(new SimulatedClock(), [KEY]).refuse(['One.'])
  expect(step.log()).toEqual([])
  expect(step.summary()).toBe('')
})
