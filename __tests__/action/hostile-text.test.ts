import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, type Fault, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, pin, runStep, unpinEach } from '../support/step.ts'
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
const ALL_AT_ONCE = TEXTS.join(' ')
const HARMLESS = new Set(['add-mask', 'error', 'warning', 'notice', 'debug'])

/** Nothing in any line does more than the action's own commands. */
function expectNoCommand(result: ActionResult): void {
  const known = result.commands.filter((command) => command.known)
  expect(known.filter(({ name }) => !HARMLESS.has(name))).toEqual([])
  expect(known.every(({ syntax }) => syntax === 'colons')).toBe(true)
  expect(result.masks).toEqual([DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey])
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
    expectNoCommand(result)
    // Two masks, the beginning, a line for each pin, the end.
    expect(result.lines).toHaveLength(4 + records.length)
  })

  test.concurrent('in the message of a refusal', async () => {
    const { result } = await unpinEach(each(COMMANDS, (text) => answer(400, { message: text })))
    expectNoCommand(result)
    // As above, and the ten errors that a runner shows.
    expect(result.lines).toHaveLength(4 + TEXTS.length + 10)
  })

  test.concurrent.each<Record<string, Fault>>([
    {
      'the envelope': answer(200, { status: ALL_AT_ONCE, message: ALL_AT_ONCE }),
      'another id': answer(200, { status: 'success', data: { id: ALL_AT_ONCE } }),
      'a 500, tried again': answer(500, { message: ALL_AT_ONCE }),
      'a 404': answer(404, { message: ALL_AT_ONCE }),
      'a 204 with a header': answer(204, '', { 'X-Text': '::set-output name=cid::forged ##[error]forged' }),
      'a redirect': answer(302, '', { Location: 'https://x.example.test/##[error]forged::error::forged' }),
      'a redirect to no URL': answer(302, '', { Location: 'http://##[error]forged ::error::forged' }),
      'the content encoding': answer(200, '{}', { 'Content-Encoding': '##[error]forged' }),
    },
    // Each of these stops its run.
    { 'a 401': answer(401, { message: ALL_AT_ONCE }) },
    { 'a 403': answer(403, { message: ALL_AT_ONCE }) },
    { 'Retry-After': answer(429, '', { 'Retry-After': '##[error]forged ::error::forged' }) },
  ])('all at once in an answer: %p', async (table) => {
    const { result } = await unpinEach(table, { 'timeout-seconds': '1' })
    expectNoCommand(result)
    expect(result.annotations.errors.length + result.annotations.warnings.length).toBe(
      Object.keys(table).length,
    )
  })

  test.concurrent.each([
    ['the reason phrase', bytes('400 ##[error]forged', '{}')],
    ['no HTTP', '##[error]forged\r\n::set-output name=cid::forged\r\n\r\n'],
    ['an invalid header', 'HTTP/1.1 200 OK\r\n##[error]forged\r\n\r\n'],
  ])('in %s', async (_, text) => {
    const { url } = await serveBytes((socket) => socket.end(text))
    expectNoCommand(await runStep(url, [pin.id], { 'timeout-seconds': '1' }))
  })

  test.concurrent('in `api-url`, which the log shows', async () => {
    const service = await start({ pins: [pin], prefix: '/::error::x' })
    expectNoCommand(await runStep(service.url, [pin.id]))
  })
})
