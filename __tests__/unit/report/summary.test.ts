import { afterEach, expect, test } from '@jest/globals'
import { createCleaner } from '../../../src/report/clean.ts'
import { show, table, wholeSentences } from '../../../src/report/table.ts'
import { createRedactor } from '../../../src/secrets.ts'
import { CID, ended, failed, many, pinIdOf, stayed } from '../../support/outcome.ts'
import { endSteps } from '../../support/step.ts'
import { KEY, report, selection } from './telling.ts'

afterEach(endSteps)

const { cell } = createCleaner(createRedactor([KEY]))
type Report = Parameters<typeof report>
const summaryOf = (...args: Report): string => report(...args).summary
const textOf = (html: string): string =>
  html.replace(/<[^>]*>/g, '').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
/** The cells of each row, as a browser shows them. */
const rowsOf = (summary: string): string[][] =>
  [...summary.matchAll(/^<tr>(<td.*)<\/td><\/tr>$/gm)].map(([, row = '']) =>
    row.split('</td>').map((one) => textOf(one.replaceAll('<br>', ' '))),
  )
const folded = (summary: string): string[] => [...summary.matchAll(/<summary>(.*?)</g)].map(([, text = '']) => text)

const GONE = 'A pin that is already gone is reported as `missing`'
const AGAIN = `It is safe to run the step again. ${GONE}.`
const CONFIRMED = 'The service confirmed each unpin.'
const NONE = 'Nothing was unpinned.'
const DRY = 'Nothing was unpinned. To unpin, run the step again with `dry-run: false`.'
const DRY_FAILS = `Nothing was unpinned, but the step fails. ${GONE}`
const WAIT = 'Left for the next run (`on-too-many`): 2 pins. '
const dry = { dryRun: true }
const waiting = { plan: { waiting: 2 } }
const refused = { plan: { refusals: ['No.'] } }
const would = [stayed(1, 'would-unpin'), stayed(2, 'would-unpin')]
test.each<[title: string, ...Report, closing: string]>([
  ['1 pin missing, 1 unpinned (2.75 MiB)', [ended(1), stayed(2, 'missing')], {}, CONFIRMED],
  ['1 pin failed, 1 unpinned (2.75 MiB)', [ended(1), failed(2, 'No.')], {}, AGAIN],
  ['1 pin unconfirmed', [failed(1, 'No.', { result: 'unconfirmed' })], waiting, WAIT + AGAIN],
  ['stopped, 1 pin not attempted', [stayed(1, 'not-attempted')], { ...dry, stopped: 'Cancelled.' }, `${DRY_FAILS}.`],
  [
    'dry run, 1 pin missing, 2 would be unpinned (5.50 MiB)',
    [...would, stayed(3, 'missing')],
    { ...dry, onMissing: 'fail' },
    `${DRY_FAILS}, which \`on-missing: fail\` makes an error.`,
  ],
  ['1 pin missing', [stayed(1, 'missing')], waiting, `${WAIT}Nothing was unpinned.`],
  ['nothing was unpinned', [stayed(1, 'not-attempted')], { ...dry, ...refused }, NONE],
  ['1 pin missing', [stayed(1, 'missing')].map((pin) => ({ ...pin, lostAnswer: true })), {}, 'No unpin was confirmed.'],
  ['no pin was selected', [], {}, 'Nothing was unpinned.'],
  ['dry run, 2 pins would be unpinned (5.50 MiB), 1 kept', [...would, stayed(3, 'kept')], dry, DRY],
  ['dry run, no pin was selected', [], { ...dry, ...waiting }, `${WAIT}Nothing was unpinned.`],
])('the title of the summary says what happened, and its end what to do: %s', (title, outcomes, run, closing) => {
  const blocks = summaryOf(outcomes, run).split('\n\n')
  const at = '<sub>At <code>https&#58;<wbr>&#47;&#47;example.org</code>. In 0.0 s.</sub>\n'
  expect([blocks[0], ...blocks.slice(-2)]).toEqual([`## AIOZ IPFS Unpin: ${title}`, closing, at])
})

test('each pin has its result with a mark, its name, ID and CID, its size, its age and what happened', () => {
  const summary = summaryOf([
    ended(1, { attempts: 3, durationMs: 12_400, reason: 'matched by its name' }),
    failed(2, 'Not unpinned: no.'),
    stayed(3, 'missing', 'gone', { date_pinned: null, size: null, metadata: {}, cid: null }),
  ])
  expect(rowsOf(summary)).toEqual([
    ['✗ failed', pinIdOf(2), '', '', 'Not unpinned: no.'],
    ['∅ missing', pinIdOf(3), '', '', 'Not unpinned: gone.'],
    ['✓ unpinned', `release-1 ${pinIdOf(1)} ${CID}`, '2.75 MiB', '31 days', ' (3 attempts, 12.4 s)'],
  ])
})

test('failures come first and in bold, and a missing pin that fails the step is one of them', () => {
  const unknown = failed(3, 'No.', { result: 'unconfirmed' })
  const outcomes = [ended(0), stayed(1, 'missing'), stayed(2, 'not-attempted'), unknown, failed(4, 'No.')]
  const summary = summaryOf(outcomes)
  const rows = rowsOf(summary)
  const results = ['✗ failed', '? unconfirmed', '– not-attempted', '∅ missing', '✓ unpinned']
  expect(rows.map(([result]) => result)).toEqual(results)
  expect(rows[2]?.at(-1)).toBe('')
  expect(summary.match(/<b>\S .*?<\/b>/g)).toEqual(results.slice(0, 3).map((result) => `<b>${result}</b>`))
  expect(summaryOf(outcomes, { onMissing: 'fail' })).toMatch('<b>∅ missing</b>')
})

test('whole messages stand before the table, each once, five at most, and their first sentence is in the table', () => {
  const message = `Not unpinned: ${'a '.repeat(50)}. Do this: ${'b '.repeat(50)}.`
  const same = summaryOf([failed(1, message), failed(2, message)])
  expect([rowsOf(same)[0]?.at(-1), textOf(same)]).toEqual([
    `Not unpinned: ${'a '.repeat(50)}.`,
    expect.stringContaining(`\n- 2 pins: ${message}\n`),
  ])
  const before = summaryOf([...many(9, (n) => stayed(2 + n, 'not-attempted', 'key')), failed(1, 'Refused.')])
  expect(textOf(before)).toMatch(/- Refused\.\n- 9 pins: Not unpinned: key\.\n(?![^]*Not unpinned)/)
  const messages = (count: number) => summaryOf([...many(count, (n) => failed(n, `No ${n}.`)), failed(99, '')])
  expect(messages(8)).toMatch(/- No 4\.\n- … and 3 more messages\.\n\n/)
  expect(messages(5)).toMatch(/- No 4\.\n\n/)
})

test('pins that stay are folded, and from 20 on those that went well', () => {
  const stays = [stayed(100, 'kept', 'the newest of its group'), stayed(101, 'protected', 'protected by its ID')]
  expect(folded(summaryOf([...many(19, (n) => ended(n)), ...stays]))).toEqual(['Pins that stay: 2'])
  const summary = summaryOf([...many(20, (n) => ended(n)), failed(50, 'No.'), ...stays])
  expect(folded(summary)).toEqual(['Pins unpinned: 20', 'Pins that stay: 2'])
  const reasons = rowsOf(summary).map((cells) => cells.at(-1))
  expect([reasons[0], ...reasons.slice(-2)]).toEqual(['No.', 'protected by its ID', 'the newest of its group'])
  const planned = many(20, (n) => stayed(n, 'would-unpin'))
  expect(folded(summaryOf(planned, dry))).toEqual(['Pins that would be unpinned: 20'])
})

test('refusals, the stop, warnings and what selected the pins stand above the table', () => {
  const target = selection([['name', ['main-*', '<b>']] as const, ['cid', ['x']] as const])
  const plan = { refusals: ['26 pins, <b>.', 'Two.'], warnings: ['Watch `out`.'] }
  const summary = summaryOf([stayed(1, 'not-attempted')], { target, plan, stopped: 'Cancelled.' })
  expect(summary.split('\n\n').slice(1, 8)).toEqual([
    '- 26 pins, &#60;b&#62;.\n- Two.',
    '- Cancelled.',
    '- Not unpinned&#58; a reason.',
    'Warnings:',
    '- Watch <code>out</code>.',
    'Selected by <code>name</code> main-<wbr>&#42;, &#60;b&#62;',
    'Selected by <code>cid</code> x',
  ])
  const warned = (count: number) => summaryOf([], { warnings: many(count, (n) => `W${n}.`) })
  expect([warned(20), warned(22)].map((text) => text.split('- W19.')[1]?.slice(0, 12))).toEqual(
    ['\n\nNothing was', '\n- … and 2 mo'].map((text) => text.slice(0, 12)),
  )
})

test('a summary says nothing about pins that did not fail, and that `on-missing: fail` concerns the next run', () => {
  expect(summaryOf([ended(1)])).not.toMatch(/Warnings|\n- /)
  const missing = summaryOf([stayed(1, 'missing')], { onMissing: 'fail' })
  expect(missing).toMatch(`${AGAIN.slice(0, -1)}, which \`on-missing: fail\` makes an error.`)
})

test('a summary stays below 300 KiB, and says how many pins did not fit', () => {
  const { record } = ended(1, {}, { metadata: { name: '|'.repeat(500) } })
  const summary = summaryOf(many(600, (n) => failed(n, '🐘<'.repeat(500), { record })))
  const bytes = Buffer.byteLength(summary)
  expect([bytes > 200 * 1024, bytes < 300 * 1024]).toEqual([true, true])
  expect(summary).toMatch(`\n${600 - rowsOf(summary).length} more pins did not fit here.`)
})

test.each([
  ['`a-b` and `c`', '<code>a-b</code> and <code>c</code>'],
  ['feature/bcde_f-g', 'feature&#47;<wbr>bcde&#95;<wbr>f-<wbr>g'],
  ['abc-d abcd/ b/', 'abc-d abcd&#47; b&#47;'],
  ['x'.repeat(50), /^x{10,40}<wbr>x+/],
  ['<'.repeat(50), /^(?:&#60;){10,40}<wbr>&#60;/],
  ['x'.repeat(9), 'x'.repeat(9)],
  [`${KEY} |`, '&#42;&#42;&#42; &#124;'],
])('the page shows %j as %s', (text, html) => {
  const shown = show(cell, text, 100)
  if (typeof html === 'string') expect(shown).toBe(html)
  else expect(shown).toMatch(html)
})

test('tables have no empty columns and can be folded, and cells have as many whole sentences as fit', () => {
  const columns = [['A', ''] as const, ['B', ' nowrap'] as const, ['C', ''] as const]
  const head = '<tr><th>A</th><th nowrap>B</th></tr>'
  const html = `<table>\n${head}\n<tr><td>1</td><td nowrap></td></tr>\n<tr><td></td><td nowrap>2</td></tr>\n</table>`
  const rows = ['1||', '|2|'].map((row) => row.split('|'))
  const tables = [null, 'All'].map((heading) => table(columns, rows, heading))
  expect(tables).toEqual([html, `<details><summary>All</summary>\n\n${html}\n\n</details>`])
  const cut = (text: string, longest: number) => wholeSentences(text, longest)
  expect([cut('One. Two.', 9), cut('One. Two! Three.', 10), cut('One? Two.', 4)]).toEqual([
    'One. Two.',
    'One. Two!',
    'One?',
  ])
  expect([cut('a.b c.d', 5), cut('One. Two.', 3)]).toEqual(['a.b c.d', 'One. Two.'])
})
