import { expect, test } from '@jest/globals'
import { runInSimulatedTime } from './in-simulated-time.ts'
import { pin, type Schedule, schedule } from './schedule.ts'
import { untruths } from './truths.ts'

/** What the property found, in few words, so that it is looked for in every run of the tests. */
const FOUND: Readonly<Record<string, Schedule>> = {
  'a long wait asked for on reading a pin again does not hold back the rest': schedule({
    pins: [
      pin({ troubles: [{ kind: 'none' }, { kind: 'busy', status: 429, retryAfter: '100000' }] }),
      ...Array.from({ length: 12 }, () => pin()),
    ],
    requestsPerMinute: 2,
    timeoutSeconds: 5,
    verify: true,
  }),
  'a refused key pair on reading a pin again ends the run': schedule({
    pins: Array.from({ length: 20 }, () =>
      pin({ troubles: [{ kind: 'none' }, { kind: 'status', status: 401, effect: false, body: 'refusal' }] }),
    ),
    verify: true,
  }),
  'a pause that is asked for while a pin waits for a place counts against its time': schedule({
    pins: [
      pin({ troubles: [{ kind: 'busy', status: 429, retryAfter: '61' }, { kind: 'cut' }] }),
      pin({ troubles: [{ kind: 'busy', status: 429, retryAfter: '61' }] }),
    ],
    requestsPerMinute: 1,
  }),
  'a gateway that knows no path is not the service': schedule({
    pins: [pin(), pin()],
    wrongServer: true,
    onMissing: 'ignore',
  }),
  'a redirect to another pin is not followed with a DELETE': schedule({
    pins: [
      pin({ troubles: [{ kind: 'none' }, { kind: 'redirect', to: 'other-pin', status: 307 }] }),
      pin({ protect: 'id' }),
    ],
  }),
}

test.each(Object.entries(FOUND))('%s', async (_, found) => {
  expect(untruths(await runInSimulatedTime(found))).toEqual([])
})
