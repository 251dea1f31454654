import { afterEach, describe, expect, test } from '@jest/globals'
import { makePin } from '../../testing/service/index.ts'
import { call, closeServices, keyHeaders, list, pinByHash, read, start, unpin } from './client.ts'

const pin = makePin({}, 1)
const NOT_FOUND = { status: 'error', message: 'record not found' }

afterEach(closeServices)

describe('unpinning', () => {
  test('answers the record as it stood before, and the pin is gone', async () => {
    const service = await start({ pins: [pin], now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) })
    expect(service.holds(pin.id)).toBe(true)
    const answer = await unpin(service, pin.id)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({ data: pin, status: 'success' })
    expect(answer.json).toMatchObject({ data: { pinned: true, date_unpinned: '0001-01-01T00:00:00Z' } })
    expect(service.holds(pin.id)).toBe(false)
    expect(service.records.get(pin.id)).toEqual({
      ...pin,
      pinned: false,
      date_unpinned: '2026-01-02T03:04:05.678000Z',
      status: 'RETRIEVAL',
    })
    expect(service.requests).toMatchObject([{ method: 'DELETE', pinId: pin.id, removed: true, status: 200 }])
  })

  test('finds no record the second time, and none for an id it never held', async () => {
    const service = await start({ pins: [pin] })
    await unpin(service, pin.id)
    for (const pinId of [pin.id, makePin({}, 2).id]) {
      const answer = await unpin(service, pinId)
      expect(answer.status).toBe(404)
      expect(answer.json).toEqual(NOT_FOUND)
    }
    expect(service.requests.map(({ removed }) => removed)).toEqual([true, false, false])
  })

  test('takes an id in upper case for the same', async () => {
    const service = await start({ pins: [pin] })
    const answer = await unpin(service, pin.id.toUpperCase())
    expect(answer.json).toMatchObject({ data: { id: pin.id } })
    expect(service.requests).toMatchObject([{ pinId: pin.id, removed: true }])
  })

  test.each([pin.cid, 'x', `${pin.id}0`, '..%2Fpins', '%'])('refuses %s, which is no UUID', async (text) => {
    const service = await start({ pins: [pin] })
    const answer = await unpin(service, text)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ status: 'error', message: expect.any(String) })
    expect(service.requests[0]).not.toHaveProperty('pinId')
  })

  test('reads past a body that the client sends along', async () => {
    const service = await start({ pins: [pin] })
    const response = await fetch(`${service.url}/api/pinning/unpin/${pin.id}`, {
      method: 'DELETE',
      headers: keyHeaders(),
      body: 'x'.repeat(500_000),
    })
    expect(response.status).toBe(200)
    await response.text()
    expect((await read(service, pin.id)).json).toMatchObject({ data: { pinned: false } })
  })
})

describe('reading one pin', () => {
  test('answers the record while it is there and after it is gone', async () => {
    const service = await start({ pins: [pin] })
    expect((await read(service, pin.id)).json).toEqual({ data: pin, status: 'success' })
    service.remove(pin.id)
    const after = await read(service, pin.id.toUpperCase())
    expect(after.status).toBe(200)
    expect(after.json).toMatchObject({ data: { id: pin.id, pinned: false, status: 'RETRIEVAL' } })
  })

  test('finds no record for an id it never held, and refuses what is no UUID', async () => {
    const service = await start()
    const unknown = await read(service, pin.id)
    expect(unknown.status).toBe(404)
    expect(unknown.json).toEqual(NOT_FOUND)
    expect((await read(service, pin.cid)).status).toBe(400)
  })
})

describe('pinning by hash', () => {
  const metadata = { name: 'release 1.4.0', keyvalues: { branch: 'main' } }

  test('answers a new record with the CID and the metadata, and the service holds it', async () => {
    const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678)
    const service = await start({ pins: [pin], now: () => now })
    await unpin(service, pin.id)
    const answer = await pinByHash(service, { hash_to_pin: pin.cid, metadata })
    expect(answer.status).toBe(200)
    const [, added] = [...service.records.values()]
    expect(answer.json).toEqual({ data: added, status: 'success' })
    expect(added).toMatchObject({
      cid: pin.cid,
      metadata,
      pinned: true,
      is_pin_by_hash: true,
      date_pinned: '2026-01-02T03:04:05.678000Z',
    })
    expect(added?.id).not.toBe(pin.id)
    expect(service.requests.map(({ removed }) => removed)).toEqual([true, false])
  })

  test('refuses content that is pinned already', async () => {
    const service = await start({ pins: [pin] })
    const answer = await pinByHash(service, { hash_to_pin: pin.cid })
    expect(answer.status).toBe(409)
    expect(answer.json).toEqual({ status: 'error', message: 'Pin with that hash already exists' })
    expect(service.records.size).toBe(1)
  })

  test.each([
    ['no JSON', '{'],
    ['no object', []],
    ['no CID', { metadata }],
    ['half a CID', { hash_to_pin: pin.cid.slice(0, 23) }],
    ['metadata that is text', { hash_to_pin: pin.cid, metadata: 'release' }],
  ])('refuses a body with %s', async (_, body) => {
    const service = await start()
    const answer = await pinByHash(service, body)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ status: 'error', message: expect.any(String) })
    expect(service.records.size).toBe(0)
  })
})

describe('pins that come and go while it runs', () => {
  test('are seen at once', async () => {
    const service = await start()
    expect((await list(service)).json).toMatchObject({ data: { pins: [] } })
    service.add(pin)
    expect((await list(service)).json).toMatchObject({ data: { pins: [{ id: pin.id }] } })
    service.remove(pin.id)
    expect((await list(service, '?pinned=true')).json).toMatchObject({ data: { pins: [] } })
    service.remove(pin.id)
    service.remove(makePin({}, 2).id)
  })

  test('cannot share an id', async () => {
    const service = await start({ pins: [pin] })
    expect(() => service.add(pin)).toThrow(pin.id)
    service.remove(pin.id)
    service.add(pin)
    expect(service.holds(pin.id)).toBe(true)
  })
})

describe('everything else', () => {
  test.each([
    ['GET', '/'],
    ['GET', '/api/api/pinning/pins/'],
    ['DELETE', `//api/pinning/unpin/${pin.id}`],
    ['DELETE', `/api/pinning/unpin/${pin.id}/`],
    ['DELETE', '/api/pinning/unpin/'],
    ['GET', '/api/pinning/pins/x'],
    ['POST', '/api/pinning/'],
  ])('%s %s is answered as by a host that is not the service', async (method, path) => {
    const service = await start({ pins: [pin] })
    const answer = await call(service, method, path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toMatch('text/html')
    expect(answer.text).toMatch('<h1>')
    expect(service.holds(pin.id)).toBe(true)
  })

  test.each([
    ['GET', `/api/pinning/unpin/${pin.id}`, 'DELETE'],
    ['DELETE', `/api/pinning/${pin.id}`, 'GET'],
    ['POST', '/api/pinning/pins/', 'GET'],
    ['GET', '/api/pinning/pinByHash', 'POST'],
  ])('%s %s is the wrong method', async (method, path, allowed) => {
    const service = await start({ pins: [pin] })
    const answer = await call(service, method, path)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allowed)
    expect(answer.json).toMatchObject({ status: 'error' })
    expect(service.holds(pin.id)).toBe(true)
  })

  test('a prefix stands before every path, and nothing answers without it', async () => {
    const service = await start({ pins: [pin], prefix: '/ipfs' })
    expect(service.url).toBe(`http://127.0.0.1:${service.port}/ipfs`)
    const bare = await fetch(`http://127.0.0.1:${service.port}/api/pinning/${pin.id}`, {
      headers: keyHeaders(),
    })
    expect(bare.status).toBe(404)
    await bare.text()
    expect((await unpin(service, pin.id)).status).toBe(200)
    expect((await call(service, 'GET', '/api/pinning/pins')).headers.get('location')).toBe(
      '/ipfs/api/pinning/pins/',
    )
  })
})
