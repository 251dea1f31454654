import { afterEach, expect, test } from '@jest/globals'
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
