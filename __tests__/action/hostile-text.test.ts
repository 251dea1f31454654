import { afterAll, describe, expect, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, type Fault, makePin } from '../../testing/service/index.ts'
import { start } from '../service/client.ts'
import { answer, each, endProcesses, pin, pins, runStep, unpinEach, unpinOne } from '../support/step.ts'
import { bytes, serveBytes } from './tcp.ts'

afterAll(endProcesses)

const COMMANDS: [string, string][] = [
  ['set-output', '::set-output name=result::forged'],
  ['set-output after a line end', 'x\n::set-output name=cid::forged'],
  ['set-output after a lone CR', 'x\r::set-output name=cid::forged'],
  ['set-output after CRLF', 'x\r\n  ::set-output name=cid::forged'],
  ['set-output after a Unicode line end', 'x\u2028::set-output name=cid::forged'],
  ['set-output after NEL', '\u0085::set-output name=cid::forged'],
  ['error in brackets', 'x ##[error]forged'],
  ['set-output in brackets', '##[set-output name=cid]forged'],
  ['brackets with too many marks', '####[error]forged ###[error]forged'],
  ['brackets pulled apart by an invisible character', '##\u200b[error]forged #\u200b#[error]forged'],
  ['brackets pulled apart by a control character', '##\u0000[error]forged #\u0007#[error]forged'],
  ['colons pulled apart by an invisible character', '\n:\u200b:set-output name=cid:\u200b:forged'],
  ['colons in a row', ':::set-output name=cid:::::forged'],
  ['stop-commands', '\n::stop-commands::token'],
  ['stop-commands in brackets', '##[stop-commands]token'],
  ['add-mask', '\n::add-mask::DONE'],
  ['add-mask in brackets', '##[add-mask]DONE'],
  ['set-env', '\n::set-env name=PATH::/tmp'],
  ['group', '\n::group::forged'],
  ['an escaped line end', 'x%0A::set-output name=cid::forged%0D%0A::error::forged'],
  ['terminal control', '\u001b[2J\u001b]0;forged\u0007\u009b31m'],
]
/** All of them, in parts that are below the most annotations of a run. */
const PARTS = [COMMANDS.slice(0, 9), COMMANDS.slice(9, 18), COMMANDS.slice(18)]
const ALL_AT_ONCE = COMMANDS.map(([, text]) => text).join(' ')
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
    const records = COMMANDS.map(([, text], index) =>
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

  test.concurrent.each(PARTS.map((part) => [part]))('in the message of a refusal: %j', async (part) => {
    const table = each(Object.fromEntries(part), (text: string) => answer(400, { message: text }))
    const { result } = await unpinEach(table)
    expect(result.annotations.errors).toHaveLength(part.length)
    expectNoCommand(result)
    expect(result.lines).toHaveLength(4 + 2 * part.length)
  })

  const ANSWERS: Record<string, Fault> = {
    'the envelope': answer(200, { status: ALL_AT_ONCE, message: ALL_AT_ONCE }),
    'another id': answer(200, { status: 'success', data: { id: ALL_AT_ONCE } }),
    'a 500, tried again': answer(500, { message: ALL_AT_ONCE }),
    'a 404': answer(404, { message: ALL_AT_ONCE }),
    'a 204 with a header': answer(204, '', { 'X-Text': '::set-output name=cid::forged ##[error]forged' }),
    'a redirect': answer(302, '', { Location: 'https://x.example.test/##[error]forged::error::forged' }),
    'a redirect to no URL': answer(302, '', { Location: 'http://##[error]forged ::error::forged' }),
    'the content encoding': answer(200, '{}', { 'Content-Encoding': '##[error]forged' }),
  }
  const OF_THE_WHOLE_RUN: Record<string, Fault> = {
    'a 401': answer(401, { message: ALL_AT_ONCE }),
    'a 403': answer(403, { message: ALL_AT_ONCE }),
    'Retry-After': answer(429, '', { 'Retry-After': '##[error]forged ::error::forged' }),
  }

  test.concurrent.each([
    ANSWERS,
    ...Object.entries(OF_THE_WHOLE_RUN).map(([what, fault]) => ({ [what]: fault })),
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

  test.concurrent('and a long one is cut', async () => {
    const { result } = await unpinOne(answer(400, { message: 'long '.repeat(100_000) }))
    for (const { text } of result.lines) expect(text.length).toBeLessThan(4200)
    for (const { message } of result.annotations.errors) expect(message.length).toBeLessThanOrEqual(4096)
    expect(result.files.summary.length).toBeLessThan(10_000)
  })
})

const MARKUP: [string, string][] = [
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)><b>'],
  ['a closing tag of the cell', '</code></td></tr></table><h1>forged</h1>'],
  ['a comment', '<!-- hidden'],
  ['a cell and a row', 'a | b | c |\n| forged | row |'],
  ['an escaped pipe', String.raw`a \| b \\| c`],
  ['a heading after line ends', '\n\n# forged\n\n- list'],
  ['a link', '[click](https://evil.example.test/)'],
  ['an image', '![pixel](https://evil.example.test/pixel.png)'],
  ['a reference', '[a][b]\n\n[b]: https://evil.example.test'],
  ['a bare link', 'https://evil.example.test www.evil.example.test a@evil.example.test'],
  ['an autolink', '<https://evil.example.test>'],
  ['a code span', '`` ` ``` x'],
  ['emphasis', '**bold** _it_ ~~gone~~'],
  ['a mention and an issue', '@octocat #1 octo-org/octo-repo#1'],
  ['a character reference', '&lt;b&gt; &#60;b&#62; &amp;'],
  ['mathematics', '$\\href{https://evil.example.test}{x}$ $$x$$'],
  ['an emoji', ':tada:'],
]

/** A cell of the summary as a browser shows it. */
const shown = (markdown: string): string =>
  markdown
    .replaceAll('<wbr>', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))

// How GitHub renders them is shown in unit/report/rendered.test.ts.
describe('no text of the service becomes markup in the summary', () => {
  test.concurrent.each(['records', 'refusals'])('of all kinds in %s', async (where) => {
    const fault = (text: string): Fault | undefined =>
      where === 'refusals' ? answer(400, { message: text }) : undefined
    const records = MARKUP.map(([, text], index) => makePin({ metadata: { name: text } }, index))
    const { result } = await unpinEach(each(Object.fromEntries(MARKUP), fault), {}, {}, { pins: records })
    for (const { id, metadata } of records) {
      const rows = result.summary.split('\n').filter((line) => line.includes(`<code>${id}`))
      expect(rows).toHaveLength(1)
      const text = metadata.name?.replaceAll(/[\n\r]/g, ' ').trim()
      // The message of a refusal is told in the log and the annotation.
      if (where === 'records') expect(shown(rows[0] ?? '')).toContain(text)
    }
    expect(result.summary).not.toMatch(/<script|<img|<h1|<!--|\]\(|https?:\/\/evil|www\.evil/)
  })

  test.concurrent('a name cannot turn the direction of the text', async () => {
    const name = 'a\u202egpj.exe\u2066'
    const { result } = await unpinOne(
      answer(200, { status: 'success', data: { ...pin, metadata: { name } } }),
    )
    expect(result.outputs['result']).toBe('unpinned')
    expect(result.summary + result.log).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  test.concurrent('and a lone surrogate does not break a file', async () => {
    const body = `{"status":"success","data":{"id":"${pin.id}","metadata":{"name":"a\\ud800b"}}}`
    const { result } = await unpinOne(answer(200, body))
    expect(result).toMatchObject({ conclusion: 'success', problems: [], outputs: { name: 'a\ufffdb' } })
  })
})

test.concurrent(
  'a summary of 1,000 long names is well below 1 MiB, failures first, and says how to run them again',
  async () => {
    const many = pins(1000).map((record) => ({ ...record, metadata: { name: '<&|'.repeat(500) } }))
    const failing = many[900]?.id ?? ''
    const service = await start({
      pins: many,
      fault: ({ pinId }) => (pinId === failing ? answer(400, { message: '<'.repeat(5000) }) : undefined),
    })
    const ids = many.map(({ id }) => id)
    const result = await runStep(service.url, ids)
    expect(Buffer.byteLength(result.files.summary)).toBeLessThan(512 * 1024)
    expect(result.summary.split('\n').find((line) => /<code>[0-9a-f]{8}-/.test(line))).toContain(failing)
    expect(result.summary).toMatch(new RegExp(`^ *${failing}$`, 'm'))
    expect(result.summary).toMatch(/results-file/)
  },
)
