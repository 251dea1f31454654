import { afterEach, describe, expect, test } from '@jest/globals'
import { endSteps } from '../../support/step.ts'
import { ended, failed, many, pinIdOf, stayed } from '../../support/outcome.ts'
import { KEY, report } from './telling.ts'

afterEach(endSteps)

const CID = 'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG'
const titleOf = (summary: string): string => summary.split('\n')[0]?.replace('## AIOZ IPFS Unpin: ', '') ?? ''

/** The cells of each pin's row, as a browser shows them. */
function rowsOf(summary: string): string[][] {
  return [...summary.matchAll(/^<tr>(<td.*)<\/tr>$/gm)].map(([, row = '']) =>
    row
      .split('</td>')
      .slice(0, -1)
      .map((cell) => textOf(cell.replaceAll('<br>', ' '))),
  )
}

function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe('the title says what happened', () => {
  test.each([
    ['1 pin unpinned (2.75 MiB)', [ended(1)], {}],
    ['1 pin missing, 1 unpinned (2.75 MiB)', [ended(1), stayed(2, 'missing')], {}],
    ['1 of 2 pins failed, 1 unpinned (2.75 MiB)', [ended(1), failed(2, 'No.')], {}],
    ['2 pins failed', [failed(1, 'No.'), failed(2, 'No.')], {}],
    [
      'stopped, 1 pin not attempted, 1 unpinned (2.75 MiB)',
      [ended(1), stayed(2, 'not-attempted')],
      { stopped: 'Cancelled.' },
    ],
    ['nothing was unpinned', [stayed(1, 'not-attempted')], { problem: 'Too many.' }],
    ['0 pins', [], {}],
    [
      'dry run, 2 pins would be unpinned (5.50 MiB), 1 kept',
      [stayed(1, 'would-unpin'), stayed(2, 'would-unpin'), stayed(3, 'kept')],
      {},
    ],
  ])('%s', (title, outcomes, verdict) => {
    const dryRun = title.startsWith('dry')
    const { summary } = report(outcomes, verdict, { dryRun })
    expect(titleOf(summary)).toBe(title)
    expect(summary.includes('To unpin, run the step again with `dry-run: false`.')).toBe(dryRun)
  })
})

test('each pin has its result with a mark, its name, ID and CID, its size, its age and what happened', () => {
  const { summary } = report([
    ended(1, { attempts: 3, durationMs: 12_400, reason: 'matched by its name' }),
    failed(2, 'Not unpinned: no.'),
  ])
  expect(rowsOf(summary)).toEqual([
    ['✗ failed', pinIdOf(2), '', '', 'Not unpinned: no.'],
    ['✓ unpinned', `release-1 ${pinIdOf(1)} ${CID}`, '2.75 MiB', '31 days', '(3 attempts, 12.4 s)'],
  ])
})

test('failures come first, and a missing pin that fails the step is one of them', () => {
  const outcomes = [
    ended(0),
    stayed(1, 'missing'),
    stayed(2, 'not-attempted'),
    failed(3, 'No.', { result: 'unconfirmed' }),
    failed(4, 'No.'),
  ]
  const results = (summary: string): string[] => rowsOf(summary).map(([result = '']) => result.slice(2))
  const { summary } = report(outcomes)
  expect(results(summary)).toEqual(['failed', 'unconfirmed', 'not-attempted', 'missing', 'unpinned'])
  expect(summary).toMatch('<b>✗ failed</b>')
  expect(summary).not.toMatch('<b>∅ missing</b>')
  expect(report(outcomes, {}, { onMissing: 'fail' }).summary).toMatch('<b>∅ missing</b>')
})

test('whole messages stand before the table, each once, five at most, and their first sentence is in the table', () => {
  const message = `Not unpinned: ${'a '.repeat(50)}. Do this: ${'b '.repeat(50)}.`
  const same = report([failed(1, message), failed(2, message)]).summary
  expect(rowsOf(same)[0]?.at(-1)).toBe(`Not unpinned: ${'a '.repeat(50)}.`)
  expect(textOf(same)).toMatch(`\n- 2 pins: ${message}\n`)
  const untried = report([
    failed(1, 'Refused.'),
    ...many(9, (n) => stayed(2 + n, 'not-attempted', 'key')),
  ]).summary
  expect(textOf(untried)).toMatch('- Refused.\n- 9 pins: Not unpinned: key.\n')
  expect(untried.split('Not unpinned')).toHaveLength(2)
  const different = report(many(8, (n) => failed(n, `No ${n}.`))).summary
  expect(different).toMatch(/- No 4\.\n- 3 other messages are in the table\.\n/)
})

test('pins that stay are folded, and from 20 on those that went well', () => {
  const folded = (summary: string): string[] =>
    [...summary.matchAll(/<summary>(.*?)<\/summary>/g)].map(([, text = '']) => text)
  const stays = [
    stayed(100, 'kept', 'the newest of its group'),
    stayed(101, 'protected', 'protected by its ID'),
  ]
  expect(folded(report([...many(19, (n) => ended(n)), ...stays]).summary)).toEqual(['Pins that stay: 2'])
  const { summary } = report([...many(20, (n) => ended(n)), failed(50, 'No.'), ...stays])
  expect(folded(summary)).toEqual(['Pins unpinned: 20', 'Pins that stay: 2'])
  expect(rowsOf(summary).at(-1)?.at(-1)).toBe('the newest of its group')
  const planned = many(20, (n) => stayed(n, 'would-unpin'))
  expect(folded(report(planned, {}, { dryRun: true }).summary)).toEqual(['Pins that would be unpinned: 20'])
})

test('the IDs to try again are in a block of code, folded from 20 on, and left out where there are more than 200', () => {
  const failing = (length: number): string => report(many(length, (n) => failed(n, 'No.'))).summary
  const [one, two] = [pinIdOf(0), pinIdOf(1)]
  expect(failing(2)).toMatch(`\n\n\`\`\`yaml\npin-id: |\n  ${one}\n  ${two}\n\`\`\`\n`)
  expect(failing(20)).toMatch('<summary>To try only the failed pins again:</summary>\n\n```yaml\n')
  expect(failing(201)).toMatch('run the step again as it is')
  for (const summary of [failing(201), report([ended(1)]).summary]) expect(summary).not.toMatch('```')
})

test('criteria and groups are shown, and a problem of the whole run first', () => {
  const criteria = [
    ['name', 'main-*\n<b>'],
    ['keep-latest', '2'],
  ] as const
  const groups = [{ value: '<i>', matched: 3, chosen: 1 }]
  const verdict = { problem: '26 pins, <b>.' }
  const { summary } = report([stayed(1, 'not-attempted')], verdict, { criteria, groups })
  expect(summary).toMatch(
    /^## AIOZ IPFS Unpin: nothing was unpinned\n\n<b>26 pins, &#60;b&#62;\.<\/b>\n\nSelected by <code>name<\/code> main-&#42; &#60;b&#62;, <code>keep-latest<\/code> 2\.\n/,
  )
  expect(rowsOf(summary)[0]).toEqual(['<i>', '3', '1'])
  expect(summary).toMatch('Nothing was unpinned, so nothing has to be undone.')
  expect(summary).not.toMatch('pin-id: |')
})

test('no text of the service is markup, a key or a word too long for its column', () => {
  const text = `|<b>*_[x](y)\n${KEY} ${'w'.repeat(60)}`
  const { record } = ended(1, {}, { cid: text, metadata: { name: text } })
  const { summary } = report([failed(1, `\`a\` ${text}`, { record })])
  expect(summary).not.toMatch(/<b>[*|]|\[x\]|w{47}/)
  expect(summary).toMatch(/<b>.* w{17}<wbr>w/)
  expect(summary).not.toContain(KEY)
  expect(summary).toMatch('<code>a</code>')
})

test('a summary stays well below 1 MiB, and says how many pins did not fit', () => {
  const { record } = ended(1, {}, { metadata: { name: '|'.repeat(500) } })
  const { summary } = report(many(3000, (n) => failed(n, '🐘<'.repeat(500), { record })))
  expect(Buffer.byteLength(summary)).toBeLessThan(300 * 1024)
  expect(summary).toMatch(`\n${3000 - rowsOf(summary).length} more pins did not fit here.`)
})
