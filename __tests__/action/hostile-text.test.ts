import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { type Fault, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, pin, runStep, unpinEach, unpinOne } from '../support/step.ts'
import { expectNoLeak, KEYS, SPELT } from './leaks.ts'
import { bytes, serveBytes } from './tcp.ts'

afterAll(endProcesses)

const COMMANDS: Readonly<Record<string, string>> = {
  'set-output': '::set-output name=result::forged',
  'set-output after a line end': 'x\n::set-output name=cid::forged',
  'set-output after a lone CR': 'x\r::set-output name=cid::forged',
  'set-output after CRLF': 'x\r\n  ::set-output name=cid::forged',
  'set-output after a Unicode line end': 'x\u2028::set-output name=cid::forged',
  'set-output after NEL': '\u0085::set-output name=cid::forged',
  'error in brackets': 'x ##[error]forged',
  'set-output in brackets': '##[set-output name=cid]forged',
  'brackets with too many marks': '####[error]forged ###[error]forged',
  'brackets pulled apart by an invisible character': '##\u200b[error]forged #\u200b#[error]forged',
  'brackets pulled apart by a control character': '##\u0000[error]forged #\u0007#[error]forged',
  'colons pulled apart by an invisible character': '\n:\u200b:set-output name=cid:\u200b:forged',
  'colons in a row': ':::set-output name=cid:::::forged',
  'stop-commands': '\n::stop-commands::token',
  'stop-commands in brackets': '##[stop-commands]token',
  'add-mask': '\n::add-mask::DONE',
  'add-mask in brackets': '##[add-mask]DONE',
  'set-env': '\n::set-env name=PATH::/tmp',
  group: '\n::group::forged',
  'an escaped line end': 'x%0A::set-output name=cid::forged%0D%0A::error::forged',
  'terminal control': '\u001b[2J\u001b]0;forged\u0007\u009b31m',
}
const TEXTS = Object.values(COMMANDS)
/** Every command, and both keys in every spelling. */
const ALL_AT_ONCE = [...TEXTS, ...Object.values(SPELT)].join(' ')
const [API_KEY, SECRET_KEY] = KEYS
const HARMLESS = new Set(['add-mask', 'error', 'warning', 'notice', 'debug'])

/** Nothing in any line does more than the action's own commands, and no key is shown. */
function expectHarmless(result: ActionResult): void {
  expectNoLeak(result)
  const known = result.commands.filter((command) => command.known)
  expect(known.filter(({ name }) => !HARMLESS.has(name))).toEqual([])
  expect(known.every(({ syntax }) => syntax === 'colons')).toBe(true)
  expect(result.outputs['cid']?.split('\n')).not.toContain('forged')
  expect(result.outputs['result']).not.toMatch('forged')
  expect(result).toMatchObject({ problems: [], state: {}, exportedEnv: {} })
  const texts = [
    ...result.lines.flatMap(({ text }) => (/^::(?:add-mask|error|warning)::/.test(text) ? [] : [text])),
    ...Object.values(result.annotations)
      .flat()
      .map(({ message }) => message),
  ]
  for (const text of texts) {
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b]/)
    expect(text).not.toContain('##[')
    expect(text).not.toContain('::')
  }
}

describe('no text of the service becomes a command', () => {
  test.concurrent('in every text of a record', async () => {
    const records = TEXTS.map((text, index) =>
      makePin({ cid: text, status: text, metadata: { name: text, [text]: text } }, index),
    )
    const service = await start({ pins: records })
    const ids = records.map(({ id }) => id)
    const result = await runStep(service.url, ids)
    expect(result).toMatchObject({
      conclusion: 'success',
      annotations: { errors: [], warnings: [], notices: [] },
    })
    expectHarmless(result)
    // Two masks, the beginning, a line for each pin, the end.
    expect(result.lines).toHaveLength(4 + records.length)
  })

  test.concurrent('in the message of a refusal', async () => {
    const { result } = await unpinEach(each(COMMANDS, (text) => answer(400, { message: text })))
    expectHarmless(result)
    // As above, and the ten errors that a runner shows.
    expect(result.lines).toHaveLength(4 + TEXTS.length + 10)
  })

  const IN_A_HEADER = `::set-output name=cid::forged ##[error]forged ${API_KEY} ${SECRET_KEY}`

  const FINAL = {
    'an envelope that says error': answer(200, { status: ALL_AT_ONCE, message: ALL_AT_ONCE }),
    'another id': answer(200, { status: 'success', data: { id: ALL_AT_ONCE } }),
    'a 500, tried again': answer(500, { message: ALL_AT_ONCE }),
    'a 404': answer(404, { message: ALL_AT_ONCE }),
    'a body that is HTML': answer(404, `<html>${ALL_AT_ONCE}</html>`),
    'a 400 with headers': answer(400, '', { 'X-Text': IN_A_HEADER, 'Set-Cookie': IN_A_HEADER }),
    'a redirect': answer(302, '', { Location: `https://x.example.test/${IN_A_HEADER}` }),
    'a redirect to no URL': answer(302, '', { Location: `http://${IN_A_HEADER}` }),
  }
  const LOST = {
    'the content encoding': answer(200, '{}', { 'Content-Encoding': IN_A_HEADER }),
    'a body that is not JSON': answer(200, ALL_AT_ONCE),
  }

  test.concurrent.each<[string, Record<string, Fault>]>([
    ['final answers', FINAL],
    ['lost answers', LOST],
    // Each of these stops its run.
    ['a 401', { pin: answer(401, { message: ALL_AT_ONCE }) }],
    ['a 403', { pin: answer(403, { message: ALL_AT_ONCE }) }],
    ['a 429 with `Retry-After`', { pin: answer(429, '', { 'Retry-After': IN_A_HEADER }) }],
  ])('all at once in %s, and no key is shown', async (_, table) => {
    const { result } = await unpinEach(table, { 'timeout-seconds': '1' })
    expectHarmless(result)
    const { errors, warnings } = result.annotations
    expect(errors.length + warnings.length).toBe(Object.keys(table).length)
  })

  test.concurrent.each([
    ['the reason phrase', bytes(`400 ${IN_A_HEADER}`, '{}')],
    ['the status line', `HTTP/1.1 ${IN_A_HEADER}\r\n\r\n`],
    ['an invalid header', `HTTP/1.1 200 OK\r\n${IN_A_HEADER}\r\n\r\n`],
    ['a chunk size', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${IN_A_HEADER}\r\n`],
    ['an answer that is not HTTP', `${IN_A_HEADER}\r\n${IN_A_HEADER}\r\n\r\n`],
  ])('in %s, and no key is shown', async (_, text) => {
    const { url } = await serveBytes((socket) => socket.end(text))
    expectHarmless(await runStep(url, [pin.id], { 'timeout-seconds': '1' }))
  })

  test.concurrent('in `api-url`, which the log shows', async () => {
    const service = await start({ pins: [pin], prefix: '/::error::x' })
    expectHarmless(await runStep(service.url, [pin.id]))
  })

  test.concurrent('and a long one is cut', async () => {
    const { result } = await unpinOne(answer(400, { message: 'long '.repeat(100_000) }))
    for (const { text } of result.lines) expect(text.length).toBeLessThan(4200)
    for (const { message } of result.annotations.errors) expect(message.length).toBeLessThanOrEqual(4096)
    expect(result.files.summary.length).toBeLessThan(10_000)
  })
})
