import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type Fault, makePin } from '../../testing/service/index.ts'
import {
  endProcesses,
  errorsOf,
  every,
  type Faults,
  inTurn,
  pins,
  unpinEach,
  unpinOne,
} from '../support/step.ts'

afterAll(endProcesses)

const to = (location: string, status: 301 | 302 | 303 | 307 | 308 = 307): Fault => ({
  kind: 'redirect',
  location,
  status,
})

describe('a redirect within the origin', () => {
  test.concurrent('is followed with DELETE and both keys, whatever its status', async () => {
    const statuses = [301, 302, 303, 307, 308] as const
    const ids = pins(5).map(({ id }) => id)
    const table = statuses.map((status, index): [string, Faults] => [
      `HTTP ${status}`,
      inTurn(to(`/v2/api/pinning/unpin/${ids[index]}`, status)),
    ])
    const { rows, service } = await unpinEach(Object.fromEntries(table))
    statuses.forEach((status, index) => {
      const path = `/api/pinning/unpin/${ids[index]}`
      // The embedded service has nothing at the new place.
      const expected = { result: 'failed', attempts: 1, requests: [`DELETE ${path}`, `DELETE /v2${path}`] }
      expect(rows[`HTTP ${status}`]).toMatchObject(expected)
    })
    const headers = { pinning_api_key: DEFAULT_KEYS.apiKey, pinning_secret_key: DEFAULT_KEYS.secretKey }
    for (const request of service.requests) expect(request).toMatchObject({ headers })
  })

  test.concurrent('is followed three times at most', async () => {
    const { rows, result } = await unpinEach({
      'to an end': inTurn(to('?1'), to('?2'), to('?3')),
      'in a circle': to('?again'),
    })
    const requests = { length: 4 }
    expect(rows).toMatchObject({
      'to an end': { result: 'unpinned', attempts: 1, requests },
      'in a circle': { result: 'failed', attempts: 1, requests },
    })
    expect(errorsOf(result)).toMatch(/more than 3 redirects/)
  })

  test.concurrent('is followed again at each attempt', async () => {
    const { entry, service } = await unpinOne(inTurn(to('?a'), { kind: 'answer', status: 503 }, to('?b')))
    expect(entry).toMatchObject({ result: 'unpinned', attempts: 2 })
    const path = `/api/pinning/unpin/${entry.pinId}`
    expect(service.requests.map((request) => request.path)).toEqual([path, `${path}?a`, path, `${path}?b`])
  })

  test.concurrent('to another endpoint is not followed, and the pin stays', async () => {
    const ids = pins(3).map(({ id }) => id)
    const other = makePin({}, 99).id
    const table = {
      'another pin': to(`/api/pinning/unpin/${other}?x=/api/pinning/unpin/${ids[0]}`),
      'another endpoint with the same ID': to(`/api/pinning/${ids[1]}`),
      'a page to log in': to(`/login/${ids[2]}`),
    }
    const { result, rows, service } = await unpinEach(table, { 'on-missing': 'ignore' })
    expect(rows).toMatchObject(
      every(rows, { result: 'failed', attempts: 1, httpStatus: 307, requests: { length: 1 } }),
    )
    expect(errorsOf(result).match(/to another endpoint/g)).toHaveLength(3)
    expect(ids.filter((id) => !service.holds(id))).toEqual([])
  })
})
