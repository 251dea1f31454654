import { describe, expect, test } from '@jest/globals'
import { createCleaner } from '../../../src/report/clean.ts'
import { refusalSummary, type SummaryOptions, summaryOf } from '../../../src/report/summary.ts'
import { type ReportedPin, tallyUp } from '../../../src/report/tally.ts'
import { pinIdOf } from '../../support/outcome.ts'
import { reported } from '../../support/reported.ts'

const { cell } = createCleaner([])

/** Thirty-one days after the pins were pinned. */
const NOW = (reported().pinnedAtMs ?? 0) + 31 * 86_400_000

const summary = (
  pins: readonly ReportedPin[],
  dryRun = false,
  options: Partial<SummaryOptions> = {},
): string =>
  summaryOf(pins, {
    tally: tallyUp(pins),
    dryRun,
    apiBase: 'https://example.org',
    durationMs: 1500,
    criteria: null,
    problem: null,
    now: NOW,
    cell,
    ...options,
  })

const rows = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('| <code>'))

describe('the title says how it went', () => {
  test.each<[string, ReportedPin[], boolean]>([
    ['1 pin unpinned', [reported()], false],
    ['1 unpinned, 1 missing', [reported(), reported({ result: 'missing' })], false],
    ['1 of 2 pins failed', [reported(), reported({ result: 'failed' })], false],
    ['dry run, 2 pins would be unpinned', Array(2).fill(reported({ result: 'would-unpin' })), true],
  ])('%s', (title, pins, dryRun) => {
    expect(summary(pins, dryRun).split('\n')[0]).toBe(`## AIOZ IPFS Unpin: ${title}`)
  })
})

test('the totals say where, how many, how much and how long', () => {
  expect(summary([reported(), reported({ size: null })])).toMatch(
    '2 pins: 2 unpinned (2.75 MiB, 1 of unknown size), at <code>https&#58;&#47;&#47;example.org</code>. In 1.5 s.',
  )
})

test('a dry run says that nothing was removed, and how to do it', () => {
  const text = summary([reported({ result: 'would-unpin', attempts: 0 })], true)
  expect(text).toMatch('1 pin: 1 would-unpin, at <code>')
  expect(text).toMatch('Nothing was unpinned.')
  expect(text).toMatch(/To unpin what would be unpinned, run the step again with `dry-run: false`\.\n$/)
})

test('as a whole it is a title, the totals, a table and what to do, each apart from the next', () => {
  const id = pinIdOf(1)
  const pin = reported({ result: 'failed', pinId: id, cid: 'c', name: 'n', message: 'No' })
  expect(summary([pin], false, { problem: 'P', criteria: [['name', 'n']] }).split('\n')).toEqual([
    '## AIOZ IPFS Unpin: nothing was unpinned',
    '',
    '**P**',
    '',
    'Selected by:',
    '',
    '- <code>name</code>: n',
    '',
    '1 pin: 1 failed, at <code>https&#58;&#47;&#47;example.org</code>. In 1.5 s.',
    '',
    '| Pin | Result | CID | Name | Size | Age | Attempts | Time | What happened |',
    '| --- | --- | --- | --- | ---: | ---: | ---: | ---: | --- |',
    `| <code>${id}</code> | **failed** | <code>c</code> | n | 2.75 MiB | 31 days | 1 | 0.2 s | No |`,
    '',
    'Nothing was unpinned, so nothing has to be undone.',
    '',
  ])
  expect(summary([pin]).split('\n').slice(-8)).toEqual([
    '',
    'To try the failed ones again:',
    '',
    '```yaml',
    'pin-id: |',
    `  ${id}`,
    '```',
    '',
  ])
  expect(refusalSummary(['a', 'b'], cell).split('\n')).toEqual([
    '## AIOZ IPFS Unpin: nothing was unpinned',
    '',
    'To mend:',
    '',
    '- a',
    '- b',
    '',
  ])
})

describe('the table', () => {
  test('tells of each pin', () => {
    expect(rows(summary([reported({ name: 'a|b' })]))).toEqual([
      `| <code>${reported().pinId}</code> | unpinned | <code>${reported().cid ?? ''}</code> | a&#124;b | 2.75 MiB | 31 days | 1 | 0.2 s | Unpinned&#58; the service confirmed it. |`,
    ])
  })

  test('leaves empty what is not known', () => {
    const nothing = { cid: null, size: null, name: null, status: null, pinnedAtMs: null }
    const pin = reported({ ...nothing, attempts: 0, message: '', result: 'not-attempted' })
    expect(rows(summary([pin]))).toEqual([
      `| <code>${reported().pinId}</code> | **not-attempted** |  |  |  |  |  |  |  |`,
    ])
  })

  test('has failures first, and otherwise the order given', () => {
    const results = ['unpinned', 'missing', 'not-attempted', 'unpinned', 'unconfirmed', 'failed'] as const
    const pins = results.map((result, index) => reported({ result, pinId: pinIdOf(index) }))
    expect(rows(summary(pins)).map((row) => Number(/(\d)<\/code>/.exec(row)?.[1]))).toEqual([
      5, 4, 2, 1, 0, 3,
    ])
  })

  test('has a missing pin that fails the step among the failures', () => {
    const pins = [reported({ result: 'failed' }, 'fail'), reported({ result: 'missing' }, 'fail'), reported()]
    expect(rows(summary(pins)).map((row) => row.split(' | ')[1])).toEqual([
      '**failed**',
      '**missing**',
      'unpinned',
    ])
  })

  test('says why a pin was meant or stays, and what happened where anything did', () => {
    const pins = [
      reported({ result: 'protected', reason: 'protected by its ID', message: 'Not unpinned: that.' }),
      reported({ result: 'kept', reason: 'younger than 30d', message: 'Not unpinned: that.' }),
      reported({ result: 'would-unpin', reason: 'matched by its CID', message: 'Would be unpinned.' }),
      reported({ result: 'missing', reason: 'matched by its CID', message: 'Gone.' }),
    ]
    expect(rows(summary(pins)).map((row) => row.split(' | ').at(-1)?.replace(' |', ''))).toEqual([
      'matched by its CID&#59; Gone.',
      'matched by its CID',
      'protected by its ID',
      'younger than 30d',
    ])
  })

  test('is left out where there is no pin', () => {
    expect(summary([])).not.toMatch('| Pin |')
    expect(summary([])).toMatch('0 pins, at <code>')
  })

  test('stays well below 1 MiB, whatever the texts, and says how many did not fit', () => {
    const pins = Array.from({ length: 5000 }, (_, index) =>
      reported({ pinId: pinIdOf(index), name: '|'.repeat(500), message: '🐘<'.repeat(500) }),
    )
    const text = summary(pins)
    expect(Buffer.byteLength(text)).toBeLessThan(300 * 1024)
    expect(text).toMatch(`|\n\n${5000 - rows(text).length} more pins did not fit here`)
  })
})

describe('what selected the pins', () => {
  test('is listed, escaped, where anything did', () => {
    const text = summary([reported()], false, {
      criteria: [
        ['name', 'main-*\n<b>'],
        ['keep-latest', '2'],
      ],
    })
    expect(text).toMatch(
      'Selected by:\n\n- <code>name</code>: main-&#42; &#60;b&#62;\n- <code>keep-latest</code>: 2\n',
    )
  })

  test('is not spoken of where pins were given by ID', () => {
    expect(summary([reported()])).not.toMatch('Selected')
  })
})

test('a problem of the whole run is its title and stands before everything', () => {
  const text = summary([reported({ result: 'not-attempted' })], false, { problem: '26 pins, <b>.' })
  expect(text).toMatch(
    /^## AIOZ IPFS Unpin: nothing was unpinned\n\n\*\*26 pins, &#60;b&#62;\.\*\*\n\n1 pin: /,
  )
  expect(text).toMatch(/\nNothing was unpinned, so nothing has to be undone\.\n$/)
  expect(text).not.toMatch('pin-id: |')
})

describe('how to run it again', () => {
  test('is said with the pins that failed', () => {
    const pins = [reported(), reported({ result: 'failed', pinId: pinIdOf(1) })]
    expect(summary(pins)).toMatch(`\`\`\`yaml\npin-id: |\n  ${pinIdOf(1)}\n\`\`\`\n`)
  })

  test('is said without them where they are too many', () => {
    const failed = (length: number): ReportedPin[] =>
      Array.from({ length }, (_, index) => reported({ result: 'failed', pinId: pinIdOf(index) }))
    expect(summary(failed(201))).toMatch('run the step again as it is')
    expect(summary(failed(201))).not.toMatch('```yaml')
    expect(summary(failed(200))).toMatch('```yaml')
  })

  test('is safe where nothing failed', () => {
    expect(summary([reported()])).toMatch('Running the step again is safe')
  })
})

test('a refusal lists every problem, escaped', () => {
  const text = refusalSummary(['`a` is <b>', 'second'], cell)
  expect(text).toMatch('## AIOZ IPFS Unpin: nothing was unpinned\n')
  expect(text).toMatch('- &#96;a&#96; is &#60;b&#62;\n- second\n')
})
