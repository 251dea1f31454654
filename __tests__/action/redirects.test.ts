import { afterAll, expect, test } from '@jest/globals'
import { type Fault, makePin, type ReceivedRequest } from '../../testing/service/index.ts'
import { answer, each, endProcesses, errorsOf, every, inTurn, pins, unpinEach, unpinOne } from '../support/step.ts'
import { KEYS } from './leaks.ts'

afterAll(endProcesses)

type Status = 301 | 302 | 307 | 308
const to = (location: string, status: Status = 307): Fault => ({ kind: 'redirect', location, status })

test.concurrent('a redirect to the same request is followed once with DELETE and both keys', async () => {
  const ways: Record<string, [Status, (path: string, host: string) => string]> = {
    'a slash at the end': [301, (path) => `${path}/`],
    'a slash more': [302, (path) => path.replace('/unpin', '//unpin')],
    'a prefix': [307, (path) => `/v2${path}`],
    'a whole URL': [308, (path, host) => `http://octo:cat@${host}${path}/#part`],
  }
  const { rows, service } = await unpinEach(
    each(ways, ([status, location]) => ({ path, pinId, headers }: ReceivedRequest): Fault => {
      if (pinId !== undefined) return to(location(path, String(headers['host'])), status)
      return answer(200, { status: 'success', data: { id: /[0-9a-f-]{36}/.exec(path)?.[0] } })
    }),
  )
  expect(rows).toMatchObject(every(rows, { result: 'unpinned', attempts: 1, requests: { length: 2 } }))
  const headers = { pinning_api_key: KEYS[0], pinning_secret_key: KEYS[1] }
  for (const request of service.requests) expect(request).toMatchObject({ method: 'DELETE', headers })
})

test.concurrent('a second redirect is not followed, but each attempt may follow one', async () => {
  const { rows, result } = await unpinEach({
    'at each attempt': inTurn(to('?'), answer(429), to('?')),
    'in a circle': to('?'),
  })
  expect(rows).toMatchObject({
    'at each attempt': { result: 'unpinned', attempts: 2, requests: { length: 4 } },
    'in a circle': { result: 'failed', attempts: 1, httpStatus: 307, requests: { length: 2 } },
  })
  expect(errorsOf(result)).toMatch(new RegExp(`second redirect.*/api/pinning/unpin/${rows['in a circle'].pinId}`))
})

test.concurrent('a redirect to another request is not followed, and the message names the target', async () => {
  const ids = pins(3).map(({ id }) => id)
  const targets = {
    'another pin': `/api/pinning/unpin/${makePin({}, 99).id}?x=/api/pinning/unpin/${ids[0]}`,
    'another endpoint with the same ID': `/api/pinning/${ids[1]}`,
    'a page to log in': `/login/${ids[2]}`,
  }
  const { rows, service } = await unpinEach(each(targets, (target) => to(target)))
  expect(rows).toMatchObject(
    each(targets, (target) => ({ result: 'failed', httpStatus: 307, message: expect.stringContaining(target) })),
  )
  expect([service.requests.length, ids.filter((id) => !service.holds(id))]).toEqual([3, []])
})

test.concurrent('a redirect of the list that loses its place in it is not followed', async () => {
  const { result, service } = await unpinOne(({ method }) => (method === 'GET' ? to('?limit=100') : undefined), {
    protect: 'release-1',
  })
  expect(service.requests.map(({ method }) => method)).toEqual(['GET'])
  expect(errorsOf(result)).toMatch(/redirect.*\?limit=100/)
})
