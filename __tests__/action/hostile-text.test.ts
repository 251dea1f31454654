import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { type Fault, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, errorsOf, pin, pins, runStep, unpinEach } from '../support/step.ts'
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
  'brackets pulled apart': '##\u200b[error]forged #\u200b#[error]forged ##\u0000[error]forged',
  'colons pulled apart': '\n:\u200b:set-output name=cid:\u200b:forged',
  'colons in a row': ':::set-output name=cid:::::forged',
  'stop-commands': '\n::stop-commands::token',
  'add-mask in brackets': '##[add-mask]DONE',
  group: '\n::group::forged',
  'an escaped line end': 'x%0A::set-output name=cid::forged%0D%0A::error::forged',
  'terminal control': '\u001b[2J\u001b]0;forged\u0007\u009b31m',
}
const TEXTS = Object.values(COMMANDS)
/** Every command, and both keys in every spelling. */
const ALL_AT_ONCE = [...TEXTS, ...Object.values(SPELT)].join(' ')
const IN_A_HEADER = `::set-output name=cid::forged ##[error]forged ${KEYS.join(' ')}`
const HARMLESS = new Set(['add-mask', 'error', 'warning', 'notice', 'debug', 'group', 'endgroup'])

/** Nothing in any line does more than the action's own commands, and no key is shown. */
function expectHarmless(result: ActionResult): void {
  expectNoLeak(result)
  const known = result.commands.filter((command) => command.known)
  expect(known.filter(({ name, syntax }) => !HARMLESS.has(name) || syntax !== 'colons')).toEqual([])
  expect(result.groups.map(({ title }) => title)).not.toContain('forged')
  expect(result.outputs['cid']?.split('\n')).not.toContain('forged')
  expect(result.outputs['result']).not.toMatch('forged')
  expect(result).toMatchObject({ problems: [], state: {}, exportedEnv: {} })
  const { errors, warnings, notices } = result.annotations
  const messages = [...errors, ...warnings, ...notices].map(({ message }) => message)
  const plain = result.lines.filter(({ kind }) => kind === 'plain').map(({ text }) => text)
  for (const text of [...plain, ...messages])
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b]|##\[|^\s*::/)
}

describe('no text of the service becomes a command', () => {
  test.concurrent('in every text of a record', async () => {
    const records = TEXTS.map((text, index) =>
      makePin({ cid: text, status: text, metadata: { name: text, [text]: text } }, index),
    )
    const service = await start({ pins: records })
    const ids = records.map(({ id }) => id)
    const result = await runStep(service.url, ids)
    expectHarmless(result)
    // Two masks, the beginning, a line for each pin, the end.
    expect(result.lines).toHaveLength(4 + records.length)
  })

  const ANSWERS: Record<string, Fault> = {
    'an envelope that says error': answer(200, { status: ALL_AT_ONCE, message: ALL_AT_ONCE }),
    'another id': answer(200, { status: 'success', data: { id: ALL_AT_ONCE } }),
    'a 500, tried again': answer(500, { message: ALL_AT_ONCE }),
    'a body that is HTML': answer(404, `<html>${ALL_AT_ONCE}</html>`),
    'a redirect': answer(302, '', { Location: `https://x.example.test/${IN_A_HEADER}` }),
    'a redirect to no URL': answer(302, '', { Location: `http://${IN_A_HEADER}` }),
    'the content encoding': answer(200, '{}', { 'Content-Encoding': IN_A_HEADER }),
    'a body that is not JSON': answer(200, ALL_AT_ONCE),
  }
  test.concurrent.each<[string, Record<string, Fault>]>([
    ['answers', ANSWERS],
    // Each of these stops its run.
    ['a 401', { pin: answer(401, { message: ALL_AT_ONCE }) }],
    ['a 429 with `Retry-After`', { pin: answer(429, '', { 'Retry-After': IN_A_HEADER }) }],
  ])('all at once in %s, and no key is shown', async (_, table) => {
    const { result } = await unpinEach(table, { 'timeout-seconds': '1' })
    expectHarmless(result)
    expect(result.annotations.errors).toHaveLength(Object.keys(table).length)
  })

  test.concurrent('in a status line, a header, a chunk size, or what is not HTTP at all', async () => {
    const texts = [
      bytes(`400 ${IN_A_HEADER}`, '{}'),
      `HTTP/1.1 ${IN_A_HEADER}\r\n\r\n`,
      `HTTP/1.1 200 OK\r\n${IN_A_HEADER}\r\n\r\n`,
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${IN_A_HEADER}\r\n`,
      `${IN_A_HEADER}\r\n${IN_A_HEADER}\r\n\r\n`,
    ]
    const ids = pins(texts.length).map(({ id }) => id)
    const { url } = await serveBytes((socket, head) =>
      socket.end(texts[ids.findIndex((id) => head.includes(id))] ?? ''),
    )
    const result = await runStep(url, ids, { 'timeout-seconds': '1' })
    expectHarmless(result)
    expect(result.annotations.errors).toHaveLength(texts.length)
  })

  test.concurrent('in `api-url`, which the log shows', async () => {
    const service = await start({ pins: [pin], prefix: '/::error::x' })
    expectHarmless(await runStep(service.url, [pin.id]))
  })
})

test.concurrent('a text of the service stays as it is where it does no harm, and a long one is cut', async () => {
  const harmless = 'cannot reach db::primary at [fe80::1]:5432'
  const texts = { harmless, long: 'long '.repeat(100_000) }
  const { result } = await unpinEach(each(texts, (message) => answer(400, { message })))
  expect(errorsOf(result)).toContain(harmless)
  for (const { text } of result.lines) expect(text.length).toBeLessThan(4200)
  for (const { message } of result.annotations.errors) expect(message.length).toBeLessThanOrEqual(4096)
  expect(result.files.summary.length).toBeLessThan(10_000)
})
