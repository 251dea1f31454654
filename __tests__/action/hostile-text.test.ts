import { afterAll, describe, expect, jest, test } from '@jest/globals'
import type { ActionResult } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin } from '../../testing/service/index.ts'
import type { Fault, ReceivedRequest } from '../../testing/service/index.ts'
import { answer, clearStage, pin, pins, runStep, serve, unpinOne } from './stage.ts'
import { serveBytes } from './wire.ts'

jest.setTimeout(30_000)
afterAll(clearStage)

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
const HARMLESS = new Set(['add-mask', 'error', 'warning', 'notice', 'debug'])

/** Nothing in any line does more than the action's own commands. */
function expectNoCommand(result: ActionResult): void {
  const known = result.commands.filter((command) => command.known)
  expect(known.filter(({ name }) => !HARMLESS.has(name))).toEqual([])
  expect(known.every(({ syntax }) => syntax === 'colons')).toBe(true)
  expect(result.masks).toEqual([DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey])
  expect(result.outputs['cid']?.split('\n')).not.toContain('forged')
  expect(result.outputs['result']).not.toMatch('forged')
  expect(result.problems).toEqual([])
  expect(result.state).toEqual({})
  expect(result.exportedEnv).toEqual({})
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
  test.concurrent('in every text of 21 records', async () => {
    const records = COMMANDS.map(([, text], index) =>
      makePin({ cid: text, status: text, metadata: { name: text, [text]: text } }, index),
    )
    const service = await serve({ pins: records })
    const result = await runStep(
      service.url,
      records.map(({ id }) => id),
    )
    expect(result).toMatchObject({
      conclusion: 'success',
      annotations: { errors: [], warnings: [], notices: [] },
    })
    expectNoCommand(result)
    // Two masks, the beginning, a line for each pin, the end.
    expect(result.lines).toHaveLength(4 + records.length)
  })

  test.concurrent.each(COMMANDS)('%s in the message of a refusal', async (_, text) => {
    const { result } = await unpinOne(() => answer(400, { message: text }))
    expect(result.annotations.errors).toHaveLength(1)
    expectNoCommand(result)
    expect(result.lines).toHaveLength(6)
  })

  test.concurrent.each([
    ['the envelope', (text: string) => answer(200, { status: text, message: text })],
    ['another id', (text: string) => answer(200, { status: 'success', data: { id: text } })],
    ['a 500, tried again', (text: string) => answer(500, { message: text })],
    ['a 401', (text: string) => answer(401, { message: text })],
    ['a 403', (text: string) => answer(403, { message: text })],
    ['a 404', (text: string) => answer(404, { message: text })],
    [
      'a 204 with a header',
      () => answer(204, '', { 'X-Text': '::set-output name=cid::forged ##[error]forged' }),
    ],
    [
      'a redirect',
      () => answer(302, '', { Location: 'https://x.example.test/##[error]forged::error::forged' }),
    ],
    ['a redirect to no URL', () => answer(302, '', { Location: 'http://##[error]forged ::error::forged' })],
    ['Retry-After', () => answer(429, '', { 'Retry-After': '##[error]forged ::error::forged' })],
    ['the content encoding', () => answer(200, '{}', { 'Content-Encoding': '##[error]forged' })],
  ] as [string, (text: string) => Fault][])('all at once in %s', async (_, fault) => {
    const { result } = await unpinOne(() => fault(COMMANDS.map(([, text]) => text).join(' ')), {
      'timeout-seconds': '1',
    })
    expectNoCommand(result)
    expect(result.annotations.errors.length + result.annotations.warnings.length).toBe(1)
  })

  test.concurrent.each([
    ['the reason phrase', 'HTTP/1.1 400 ##[error]forged\r\nContent-Length: 2\r\n\r\n{}'],
    ['no HTTP', '##[error]forged\r\n::set-output name=cid::forged\r\n\r\n'],
    ['a header that is none', 'HTTP/1.1 200 OK\r\n##[error]forged\r\n\r\n'],
  ])('in %s', async (_, text) => {
    const { url } = await serveBytes((socket) => socket.end(text))
    expectNoCommand(await runStep(url, [pin.id], { 'timeout-seconds': '1' }))
  })

  test.concurrent('nor does `api-url`, which the log shows', async () => {
    const service = await serve({ pins: [pin], prefix: '/::error::x' })
    expectNoCommand(await runStep(service.url, [pin.id]))
  })

  test.concurrent('and a long text becomes a short line', async () => {
    const { result } = await unpinOne(() => answer(400, { message: 'long '.repeat(100_000) }))
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
  test.concurrent.each([
    ['records', 'unpinned'],
    ['refusals', 'failed'],
  ])('with all kinds of markup in %s', async (_, kind) => {
    const records = MARKUP.map(([, text], index) => makePin({ metadata: { name: text } }, index))
    const textOf = (pinId: string | undefined) =>
      MARKUP[records.findIndex(({ id }) => id === pinId)]?.[1] ?? ''
    const fault = ({ pinId }: ReceivedRequest) => answer(400, { message: textOf(pinId) })
    const service = await serve({ pins: records, ...(kind === 'failed' && { fault }) })
    const ids = records.map(({ id }) => id)
    const result = await runStep(service.url, ids)
    for (const id of ids) {
      const rows = result.summary.split('\n').filter((line) => line.includes(`<code>${id}`))
      expect(rows).toHaveLength(1)
      const text = textOf(id)
        .replaceAll(/[\n\r]/g, ' ')
        .trim()
      // The message of a refusal is told in the log and the annotation.
      if (kind === 'unpinned') expect(shown(rows[0] ?? '')).toContain(text)
    }
    expect(result.summary).not.toMatch(/<script|<img|<h1|<!--|\]\(|https?:\/\/evil|www\.evil/)
  })

  test.concurrent('and a name cannot change the direction of the text', async () => {
    const { result } = await unpinOne(() =>
      answer(200, { status: 'success', data: { ...pin, metadata: { name: 'a\u202egpj.exe\u2066' } } }),
    )
    expect(result.summary + result.log).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/)
  })

  test.concurrent('and a lone surrogate does not break a file', async () => {
    const { result } = await unpinOne(() =>
      answer(200, `{"status":"success","data":{"id":"${pin.id}","metadata":{"name":"a\\ud800b"}}}`),
    )
    expect(result.conclusion).toBe('success')
    expect(result.outputs['name']).toBe('a\ufffdb')
    expect(result.problems).toEqual([])
  })
})

test('a summary of 1,000 long names is well below 1 MiB, failures first, and says how to run them again', async () => {
  const many = pins(1000).map((record) => ({ ...record, metadata: { name: '<&|'.repeat(500) } }))
  const failing = many[900]?.id ?? ''
  const fault = ({ pinId }: ReceivedRequest) =>
    pinId === failing ? answer(400, { message: '<'.repeat(5000) }) : undefined
  const service = await serve({ pins: many, fault })
  const result = await runStep(
    service.url,
    many.map(({ id }) => id),
  )
  expect(Buffer.byteLength(result.files.summary)).toBeLessThan(512 * 1024)
  const first = result.summary.split('\n').find((line) => /<code>[0-9a-f]{8}-/.test(line))
  expect(first).toContain(failing)
  expect(result.summary).toMatch(new RegExp(`^ *${failing}$`, 'm'))
  expect(result.summary).toMatch(/results-file/)
})
