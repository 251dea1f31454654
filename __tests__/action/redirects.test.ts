import { afterAll, describe, expect, test } from '@jest/globals'
import { DEFAULT_KEYS, type Fault, makePin } from '../../testing/service/index.ts'
import { each, endProcesses, errorsOf, every, inTurn, pins, unpinEach, unpinOne } from '../support/step.ts'

afterAll(endProcesses)

const to = (location: string, status: 301 | 302 | 303 | 307 | 308 = 307): Fault => ({
  kind: 'redirect',
  location,
  status,
})

describe('a redirect within the origin', () => {
  test.concurrent('is followed with DELETE and both keys, whatever its status', async () => {
    const statuses = { a: 301, b: 302, c: 303, d: 307, e: 308 } as const
    const { rows, service } = await unpinEach(each(statuses, (status) => inTurn(to('?again', status))))
    for (const row of Object.values(rows)) {
      const request = `DELETE /api/pinning/unpin/${row.pinId}`
      expect(row).toMatchObject({ result: 'unpinned', attempts: 1, requests: [request, `${request}?again`] })
    }
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
