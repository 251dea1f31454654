import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { systemClock } from '../../src/clock.ts'
import { describeResponse, type Reply } from '../../src/http/client.ts'
import { parseHttpDate, parseRetryAfter } from '../../src/http/retry.ts'
import { canonicalCid } from '../../src/pin/ids.ts'
import { isUnpinned, keyvalueOf, nameText, type PinRecord } from '../../src/pin/record.ts'
import { newestFirst } from '../../src/pin/timestamp.ts'
import { judgeRead, judgeUnpin } from '../../src/service/judge.ts'
import { readList } from '../../src/service/list.ts'
import { type Asker, LIMIT_MS, recordsIn } from './asker.ts'

/** `verdict`: the action relies on what is `contradicted`, not on what `differs`. `answer`: the number of the last one. */
export type Line = Record<'verdict' | 'question' | 'cameBack' | 'takenForGranted' | 'rule', string> & { answer: number }

/** What the action relies on: the name in `src` that stands for it, the file, and in words. */
const RULES = {
  judgeUnpin: ['service/judge.ts', '`unpinned`: HTTP 200, `success`, the record with the same ID'],
  judgeRead: ['service/judge.ts', '`record`: HTTP 200, `success`, the record with the same ID'],
  saysMissing: ['service/judge.ts', '`missing`: the words for a pin that the service does not have'],
  stopSignOf: ['service/judge.ts', '`unauthorized`: HTTP 401'],
  pageIn: ['service/service.ts', 'HTTP 200, `success`, `totals.files` and `pins`'],
  PAGE_ROWS: ['service/list.ts', 'a page; fewer rows are allowed'],
  readPages: ['service/list.ts', 'each pinned pin is in the list once, and `totals.files` counts them'],
  parseRecord: ['pin/record.ts', 'a whole number'],
  nameIn: ['pin/record.ts', 'the name comes back'],
  keyvalueOf: ['pin/record.ts', 'the key-values come back'],
  isUnpinned: ['pin/record.ts', '`missing`: no record, or one that says that it is unpinned'],
  canonicalCid: ['pin/ids.ts', 'a CID that the action can read'],
  parseTimestamp: ['pin/timestamp.ts', 'a date in RFC 3339'],
  parseHttpDate: ['http/retry.ts', 'a date that the action can read, or none'],
  parseRetryAfter: ['http/retry.ts', 'a `Retry-After` that the action can read, or none'],
} as const
type Rule = keyof typeof RULES

function placeOf(rule: Rule): string {
  const file = `src/${RULES[rule][0]}`
  const lines = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').split('\n')
  const line = 1 + lines.findIndex((text) => new RegExp(`(?:function|const) ${rule}\\b`).test(text))
  if (line === 0) throw new Error(`${file} no longer has ${rule}: correct RULES in scripts/probe/questions.ts`)
  return `${file}:${line} (${rule})`
}

/** Asks everything. @throws Error where it cannot go on. In every case the caller must remove the pin. */
export async function askAll(asker: Asker, tell: (line: Line) => void): Promise<void> {
  const content = randomBytes(32).toString('hex')

  /** @param granted the rule that the action relies on, or else what is taken for granted. */
  function line(question: string, cameBack: string, agrees: boolean | null, granted: string): void {
    const rule = Object.hasOwn(RULES, granted) ? (granted as Rule) : null
    const last = describe(asker.last)
    if (rule && rule !== 'stopSignOf' && /^HTTP 40[13]/.test(last)) throw new Error(`the keys are refused: ${last}`)
    // A server that is down says nothing about the question.
    const isDown = /^(?:no answer|HTTP 5\d\d with )/.test(last)
    const otherwise = rule === null ? 'differs' : isDown ? 'no answer' : 'contradicted'
    const verdict = agrees === null ? 'noted' : agrees ? 'agrees' : otherwise
    const [takenForGranted, place] = rule === null ? [granted, ''] : [RULES[rule][1], placeOf(rule)]
    tell({ verdict, question, answer: asker.answers.length, cameBack, takenForGranted, rule: place })
  }

  const statusLine = (question: string, reply: Reply, wanted: RegExp, granted: string) =>
    line(question, describe(reply), wanted.test(String(reply.httpStatus)), granted)
  /** @param result what the action makes of the last answer. */
  const resultLine = (question: string, result: string | null, wanted: RegExp, rule: Rule) =>
    line(question, `${describe(asker.last)}: \`${result}\``, wanted.test(String(result)), rule)
  const unpinned = async (id: string) => judgeUnpin(id, await asker.unpin(id), LIMIT_MS).result

  function fieldLines(where: string, record: PinRecord | null | undefined): void {
    if (!record) return
    const field = (name: string, agrees: boolean, rule: Rule) =>
      line(`\`${name}\` in ${where}`, JSON.stringify(record.raw[name]) ?? 'nothing', agrees, rule)
    field('metadata', nameText(record) === asker.name, 'nameIn')
    field('metadata', keyvalueOf(record, 'probe') === content, 'keyvalueOf')
    field('cid', canonicalCid(record.cid ?? '') !== null, 'canonicalCid')
    field('size', record.size !== null, 'parseRecord')
    field('date_pinned', record.datePinned !== null, 'parseTimestamp')
  }

  async function page(offset: number, limit: number, granted: string) {
    const read = await asker.page({ offset, limit, pinned: 'true' })
    const [length, total] = read.kind === 'rows' ? [read.rows.length, read.total] : [0, 0]
    const came = read.kind === 'rows' ? `${length} rows of ${total}` : read.why
    const agrees = read.kind === 'rows' && (granted !== 'readPages' || length <= total - offset)
    line(`The list with \`limit=${limit}\` from row ${offset}`, came, agrees, granted)
    return { length, total, rows: asker.last && recordsIn(asker.last).rows }
  }

  /** Pins the file, and reads the pin by the ID of the answer, to see whose it is. */
  async function pin(question: string, wanted: RegExp | null, granted: string): Promise<string | null> {
    const form = new FormData()
    form.set('file', new Blob([content]), 'probe.txt')
    form.set('metadata', JSON.stringify({ name: asker.name, keyvalues: { probe: content } }))
    const posted = await asker.ask('POST', '/pinning/', 'good', form)
    const id = recordsIn(posted).record?.id ?? null
    const which = id === null ? 'no ID' : asker.own.has(id) ? 'a known ID' : 'a new ID'
    line(question, `${describe(posted)}, ${which}`, wanted && wanted.test(String(posted.httpStatus)), granted)
    if (id !== null) await asker.read(id)
    return id !== null && asker.own.has(id) ? id : null
  }

  const testKeys = '/apiKeys/testAuthentication'
  statusLine('Test of good keys', await asker.ask('GET', testKeys), /^200$/, 'HTTP 200')
  statusLine('Test of bad keys', await asker.ask('GET', testKeys, 'bad'), /^401$/, 'HTTP 401')
  const one = await page(0, 1, 'pageIn')
  line('Its rows', String(one.length), one.length <= 1, 'at most 1')
  // Nothing is pinned before the keys have shown that they may list and unpin. No pin has a random ID.
  if (one.rows === null) throw new Error('the list cannot be read')
  const unknown = randomUUID()
  const refused = judgeUnpin(unknown, await asker.ask('DELETE', `/pinning/unpin/${unknown}`), LIMIT_MS)
  resultLine('Unpin an unknown ID', refused.result, /^missing$/, 'saysMissing')
  resultLine('Read an unknown ID', readResult(unknown, await asker.read(unknown)), /^missing$/, 'saysMissing')
  statusLine('Read a malformed ID', await asker.read('no-id'), /^4/, 'HTTP 4xx')
  statusLine('Unpin a malformed ID', await asker.ask('DELETE', '/pinning/unpin/no-id'), /^4/, 'HTTP 4xx')

  await pin('Pin a small file', /^201$/, 'HTTP 201')
  if (asker.own.size === 0) await asker.newest()
  const [id] = asker.own
  if (id === undefined) throw new Error('the service does not show the new pin, by its ID or in the list')
  const read = await asker.read(id)
  resultLine('Read a pin', readResult(id, read), /^record$/, 'judgeRead')
  fieldLines('the record', recordsIn(read).record)
  await pin('Pin the same file twice', /^409$/, 'HTTP 409: equal content is one pin')

  const { rows, total } = await page(0, 100, 'PAGE_ROWS')
  const dates = rows?.flatMap(({ datePinned }) => datePinned ?? []) ?? []
  const inOrder = dates.every((date, place) => newestFirst(date, dates[place - 1] ?? date) <= 0)
  line('Its order', inOrder ? 'oldest first' : 'another', inOrder, 'oldest first')
  const others = rows?.filter(({ pinned }) => pinned !== true).length ?? 0
  line('Its rows that are not pinned', String(others), others === 0, '0')
  await page(0, 1000, 'a page')
  const offset = Math.max(0, total - 2)
  await page(offset, 100, 'readPages')
  const noSlash = await asker.ask('GET', '/pinning/pins?limit=1')
  statusLine('The list without its last slash', noSlash, /^(?:200|30[1278])$/, 'the list, or a redirect')
  const path = `/pinning/pins/?pinned=true&metadata=${encodeURIComponent(JSON.stringify({ probe: content }))}`
  const found = recordsIn(await asker.ask('GET', path)).rows?.map((row) => row.id) ?? []
  line('Rows for the filter `metadata`', String(found.length), found.join() === id, '1')
  if (total <= 200) {
    const list = await readList({ readPage: (request) => asker.page(request), onProgress: () => {} })
    const row = list.kind === 'complete' ? list.pinned.find((row) => row.id === id) : undefined
    const came = list.kind === 'failed' ? list.problem : `complete, ${row ? 'with' : 'without'} the new pin`
    line('The whole list', came, row !== undefined, 'readPages')
    fieldLines('the list', row)
  } else line('The whole list', `not read: ${total} pins take too many requests`, null, 'nothing')

  for (const method of ['read', 'unpin'] as const) {
    const { stops } = judgeUnpin(id, await asker[method](id, 'bad'), LIMIT_MS)
    resultLine(`Bad keys: ${method}`, stops, /^unauthorized$/, 'stopSignOf')
  }
  const result = await unpinned(id)
  resultLine('Unpin', result, /^unpinned$/, 'judgeUnpin')
  if (result !== 'unpinned') throw new Error('the first unpin was not confirmed')
  // The service may need a moment. `verify` waits, too.
  await asker.options.pause(2000)
  resultLine('Read an unpinned pin', readResult(id, await asker.read(id)), /^missing$/, 'isUnpinned')
  const kept = (await asker.newest())?.find((row) => row.id === id)
  const isKept = kept !== undefined && isUnpinned(kept)
  line('The unpinned pin in `pinned=all`', kept ? stateOf(kept) : 'no record', isKept, 'it is there, unpinned')
  resultLine('Unpin again', await unpinned(id), /^(?:missing|unpinned)$/, 'saysMissing')
  const again = await pin('Pin the same file again', null, 'nothing')
  if (again !== null) resultLine('Unpin that', await unpinned(again), /^unpinned$/, 'judgeUnpin')

  const headers = new Map(asker.answers.flatMap((answer) => Object.entries(answer.headers)))
  const { date = null, 'retry-after': retryAfter = null } = Object.fromEntries(headers)
  line('The header `Date`', String(date), date === null || parseHttpDate(date) !== null, 'parseHttpDate')
  const canRead = retryAfter === null || parseRetryAfter({ retryAfter, date }, systemClock) !== null
  const limits = [...headers].filter(([name]) => /limit|retry|quota/.test(name)).join(' ')
  line('Headers about limits', limits || 'none', canRead, 'parseRetryAfter')
}

function readResult(id: string, reply: Reply): string {
  const read = judgeRead(id, reply, LIMIT_MS)
  return read.kind === 'record' ? read.kind : read.outcome.result
}

/** The answer, and the state of the record in it. */
function describe(reply: Reply | null): string {
  if (reply?.end !== 'answered') return 'no answer'
  const { record } = recordsIn(reply)
  return `${describeResponse(reply.response)}${record === null ? '' : `, ${stateOf(record)}`}`
}

const stateOf = ({ raw: { pinned, status, date_unpinned } }: PinRecord): string =>
  JSON.stringify({ pinned, status, date_unpinned })
