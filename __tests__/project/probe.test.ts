import { expect, test } from '@jest/globals'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { probe } from '../../scripts/probe/run.ts'
import * as embedded from '../../testing/service/index.ts'

const { apiKey: api, secretKey: secret } = embedded.DEFAULT_KEYS
const pins = [{}, {}, { pinned: false, status: 'RETRIEVAL' }].map((pin, seed) => embedded.makePin(pin, seed))
const cwd = mkdtempSync(join(tmpdir(), 'probe-'))
const OTHERWISE = /^- (?:contradicted: .* Rule: src\/[\w/-]+\.ts:\d+ \((.*)\)\.|differs: (.*) \(answer .*)$/gm

/** Runs the probe, and checks what holds in every case. @returns the rules and questions that do not agree. */
async function run(options: embedded.ServiceOptions, lastRequest = 0): Promise<string> {
  let now = Date.now()
  const stop = new AbortController()
  const fault = (): embedded.Fault | undefined => {
    if (service.requests.length !== lastRequest) return undefined
    stop.abort()
    return { kind: 'reset', effect: 'after' }
  }
  const service = await embedded.startService({ pins, now: () => now, ...options, fault })
  const said: string[] = []
  const ways = { pause: (ms: number) => Promise.resolve((now += ms)), say: (line: string) => said.push(line) }
  const succeeds = await probe({ base: service.url, keys: { api, secret }, signal: stop.signal, ...ways }, cwd)
  await service.close()
  expect([...service.records.values()].filter(({ id }) => service.holds(id))).toEqual(pins)
  const times = service.requests.map(({ at }) => at)
  expect(times.length).toBeLessThanOrEqual(40)
  expect(times.filter((time, place) => time < (times[place - 1] ?? 0) + 1000)).toEqual([])
  const [report = '', json] = ['md', 'json'].map((end) => readFileSync(join(cwd, `probe-report.${end}`), 'utf8'))
  const shown = [...said, report, json].join('\n')
  for (const hidden of [api, secret, pins[0]?.user_id, pins[0]?.id]) expect(shown).not.toContain(hidden)
  expect(succeeds).toBe(!/^- (?:contradicted|no answer|Not everything|A pin may be left)/m.test(report))
  const [, questions = ''] = report.split('## Questions')
  return [...questions.matchAll(OTHERWISE)].map(([, rule, question]) => rule ?? question).join(', ')
}

const says = (message: string, status = 404): embedded.Change => ({ status, body: { status: 'error', message } })
const field = (change: object): embedded.Change => ({ record: (record) => ({ ...record, ...change }) })
const page = (totals: unknown): embedded.Change => ({ page: (page) => ({ ...page, totals }) })
const fields = field({ metadata: {}, cid: 'x', size: '6', date_pinned: 0 })
const pinning = { pin: { status: 200 }, pinAgain: says('x', 400), forgets: true, keepsId: true }
const others = { testKeys: says(`No ${secret}`), readMalformed: says('x', 500), unpinMalformed: says('x', 200) }
const ignores = ['limit', 'sortOrder', 'pinned', 'metadata'] as const
const DIFFERS =
  'Test of good keys, Its rows, Read a malformed ID, Unpin a malformed ID, Pin a small file, Pin the same file twice, Its order, ' +
  'Its rows that are not pinned, The list without its last slash, Rows for the filter `metadata`, The unpinned pin in `pinned=all`'

test.each<[string, embedded.ServiceOptions]>([
  ['', {}],
  ['judgeRead, judgeUnpin', { deviate: { read: { status: 203 }, unpin: { status: 202 } } }],
  ['nameIn, keyvalueOf, canonicalCid, parseRecord, parseTimestamp', { deviate: { read: fields } }],
  ['saysMissing, saysMissing', { deviate: { readUnknown: says('no'), unpinUnknown: says('no') } }],
  ['isUnpinned, saysMissing', { deviate: { readUnpinned: field({ pinned: true }), unpinUnpinned: says('x') } }],
  ['Test of bad keys, stopSignOf, stopSignOf', { deviate: { badKeys: says(`Bad key ${api}`, 403) } }],
  ['pageIn, PAGE_ROWS, The list with `limit=1000` from row 0, readPages, readPages', { deviate: { list: page(2) } }],
  ['readPages', { deviate: { list: page({ files: 5 }) } }],
  ['readPages, readPages', { deviate: { ignores: ['offset'] } }],
  ['parseHttpDate, parseRetryAfter', { headers: { Date: 'today', 'Retry-After': 'soon' } }],
  [DIFFERS, { deviate: { ...others, ...pinning, listWithoutSlash: says('x'), ignores } }],
])('the probe names what a service does otherwise: "%s"', async (expected, options) => {
  expect(await run(options)).toBe(expected)
})

test('the probe removes its pin, whichever request is the last and loses its answer', async () => {
  for (let number = 1; number <= 28; number += 1) await run({}, number)
})

test('the probe says that it has no keys, and ends with a report after a signal', async () => {
  const keys = { PINNING_API_KEY: api, PINNING_SECRET_KEY: secret, API_URL: 'http://127.0.0.1:9' }
  const children = [{}, keys].map((env) => spawn(process.execPath, [resolve('scripts/probe.ts')], { cwd, env }))
  children[1]?.stdout.once('data', () => children[1]?.kill('SIGINT'))
  const ends = await Promise.all(children.map((child) => Promise.all([text(child.stdout), once(child, 'close')])))
  expect(ends.map(([, [code]]) => code as unknown)).toEqual([0, 1])
  expect(ends.join()).toMatch(/^There are no keys, so this asks an embedded service[^]*the probe was stopped/)
})
