import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { systemClock } from '../../src/clock.ts'
import { describeResponse, type Reply } from '../../src/http/client.ts'
import { parseHttpDate, parseRetryAfter } from '../../src/http/retry.ts'
import { canonicalCid } from '../../src/pin/cid.ts'
import { isUnpinned, keyvalueOf, nameText, type PinRecord } from '../../src/pin/record.ts'
import { newestFirst } from '../../src/pin/timestamp.ts'
import { judgeRead, judgeUnpin } from '../../src/service/judge.ts'
import { readList } from '../../src/service/list.ts'
import { type Asker, isBusy, LIMIT_MS, recordIn, rowsIn, Stop } from './asker.ts'

export interface Line {
  question: string
  cameBack: string
  takenForGranted: string
  /**
   * - `contradicted`: the action relies on it, and the service is otherwise.
   * - `differs`: the service is otherwise than this project supposes, but the action does not rely on it.
   * - `noted`: nothing is supposed.
   */
  verdict: 'agrees' | 'contradicted' | 'differs' | 'noted' | 'no answer'
  /** The place in `src` to change. */
  rule: string | null
  /** The number of the last answer that it is about. */
  answer: number
}

/** What the action relies on: where `src` says so (file, name), and in words. */
const RULES = {
  unpinned: ['service/judge.ts', 'judgeUnpin', '`unpinned`: HTTP 200, `success`, and the record with the same ID'],
  record: ['service/judge.ts', 'documentedRecord', 'HTTP 200, `success`, and the record with the same ID'],
  missing: ['service/judge.ts', 'saysMissing', '`missing`, by the words for a pin that the service does not have'],
  keys: ['service/judge.ts', 'stopSignOf', 'HTTP 401, which ends the run'],
  page: ['service/service.ts', 'pageIn', 'HTTP 200, `success`, `totals.files` and `pins`'],
  rows: ['service/list.ts', 'PAGE_ROWS', 'a page, with fewer rows if the service wants'],
  list: [
    'service/list.ts',
    'readPages',
    'pages that fit together, `totals.files` counts the rows, pinned pins are in it',
  ],
  fields: ['pin/record.ts', 'parseRecord', 'the documented type'],
  name: ['pin/record.ts', 'nameIn', 'the name comes back'],
  keyvalues: ['pin/record.ts', 'keyvalueOf', 'the key-values come back'],
  gone: ['pin/record.ts', 'isUnpinned', '`missing`: no record, or one that says that it is unpinned'],
  cid: ['pin/cid.ts', 'canonicalCid', 'a CID that the action can read'],
  date: ['pin/timestamp.ts', 'parseTimestamp', 'a date in RFC 3339'],
  httpDate: ['http/retry.ts', 'parseHttpDate', 'a date that the action can read, or none'],
  retryAfter: ['http/retry.ts', 'parseRetryAfter', 'a `Retry-After` that the action can read, or none'],
} as const

type Rule = keyof typeof RULES

function placeOf(rule: Rule): string {
  const [file, name] = RULES[rule]
  const lines = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8').split('\n')
  const line = lines.findIndex((one) => new RegExp(`(?:function|const) ${name}\\b`).test(one)) + 1
  if (line === 0) throw new Error(`src/${file} no longer has "${name}": correct RULES in scripts/probe/questions.ts.`)
  return `src/${file}:${line} (${name})`
}

/** A longer list takes too many requests. */
const MOST_PINS = 300

/** Asks everything. @throws Stop where it cannot go on. In every case the caller must remove the probe's pins. */
export async function askAll(asker: Asker, tell: (line: Line) => void): Promise<void> {
  const content = randomBytes(32).toString('hex')
  const keyvalue = content.slice(0, 8)

  /** @param agrees `null`: nothing is supposed. @param granted the rule that the action relies on, or what else is supposed. */
  function line(question: string, cameBack: string, agrees: boolean | null, granted: string): void {
    const rule = Object.hasOwn(RULES, granted) ? (granted as Rule) : null
    const otherwise = rule === null ? 'differs' : isBusy(asker.last) ? 'no answer' : 'contradicted'
    const verdict = agrees === null ? 'noted' : agrees ? 'agrees' : otherwise
    const takenForGranted = rule === null ? granted : RULES[rule][2]
    const place = rule && placeOf(rule)
    tell({ question, cameBack, takenForGranted, verdict, rule: place, answer: asker.exchanges.length })
  }

  function unpinLine(question: string, id: string, reply: Reply, rule: Rule, ...results: string[]): void {
    const { result } = judgeUnpin(id, reply, LIMIT_MS)
    line(question, `${describe(reply)}: \`${result}\``, results.includes(result), rule)
  }

  function readLine(question: string, id: string, reply: Reply, rule: Rule, wanted: string): void {
    const read = judgeRead(id, reply, LIMIT_MS)
    const result = read.kind === 'record' ? 'record' : read.outcome.result
    line(question, `${describe(reply)}: \`${result}\``, result === wanted, rule)
  }

  function fieldLines(where: string, record: PinRecord): void {
    const { raw, cid, size, datePinned } = record
    const fields: [field: string, agrees: boolean, rule: Rule][] = [
      ['metadata', nameText(record) === asker.name, 'name'],
      ['metadata', keyvalueOf(record, 'probe') === keyvalue, 'keyvalues'],
      ['cid', canonicalCid(cid ?? '') !== null, 'cid'],
      ['size', size !== null, 'fields'],
      ['date_pinned', datePinned !== null, 'date'],
    ]
    for (const [field, agrees, rule] of fields)
      line(`\`${field}\` in ${where}`, String(JSON.stringify(raw[field])), agrees, rule)
  }

  async function page(offset: number, limit: number): Promise<{ total: number; rows: PinRecord[]; length: number }> {
    const read = await asker.page({ offset, limit, pinned: 'true' })
    const { total, rows } = read.kind === 'rows' ? read : { total: 0, rows: [] }
    const came = read.kind === 'rows' ? `${rows.length} rows of ${total}` : read.why
    const question = `The list with \`limit=${limit}\`, from row ${offset}`
    line(question, came, read.kind === 'rows', limit === 1000 ? 'a page' : limit === 100 ? 'rows' : 'page')
    return { total, rows: (asker.last && rowsIn(asker.last)) ?? [], length: rows.length }
  }

  /** Pins the content, and reads the pin by the ID of the answer, to see whose it is. */
  async function pin(): Promise<{ posted: Reply; id: string | null; read: Reply | null }> {
    const form = new FormData()
    form.set('file', new Blob([content]), 'probe.txt')
    form.set('metadata', JSON.stringify({ name: asker.name, keyvalues: { probe: keyvalue } }))
    const posted = await asker.ask('POST', '/pinning/', 'good', form)
    const id = recordIn(posted)?.id ?? null
    return { posted, id, read: id === null || asker.own.has(id) ? null : await asker.read(id) }
  }

  for (const [keys, status] of [
    ['good', 200],
    ['bad', 401],
  ] as const) {
    const reply = await asker.ask('GET', '/apiKeys/testAuthentication', keys)
    line(`Test of a ${keys} key pair`, describe(reply), statusOf(reply) === status, `HTTP ${status}`)
  }
  await page(0, 1)
  // A random ID is no pin's. The answer shows whether the keys may unpin: only then something is pinned.
  const unknown = randomUUID()
  const refused = await asker.ask('DELETE', `/pinning/unpin/${unknown}`)
  unpinLine('Unpin an unknown ID', unknown, refused, 'missing', 'missing')
  const { stops } = judgeUnpin(unknown, refused, LIMIT_MS)
  if (stops === 'unauthorized' || stops === 'forbidden') throw new Stop('The key pair is not allowed to unpin.')
  readLine('Read an unknown ID', unknown, await asker.read(unknown), 'missing', 'missing')
  for (const request of ['GET /pinning/not-an-id', 'DELETE /pinning/unpin/not-an-id']) {
    const reply = await asker.ask(...(request.split(' ') as [string, string]))
    line(request, describe(reply), /^4/.test(String(statusOf(reply))), 'HTTP 4xx')
  }

  const first = await pin()
  line('Pin a small file', describe(first.posted), statusOf(first.posted) === 201, 'HTTP 201')
  if (asker.own.size === 0) await asker.newest()
  const [id] = asker.own
  if (id === undefined) throw new Stop('The service does not show the new pin by its ID, nor in the list.')
  const read = first.id === id && first.read !== null ? first.read : await asker.read(id)
  readLine('Read a pin', id, read, 'record', 'record')
  const record = recordIn(read)
  if (record !== null) fieldLines('the record', record)
  const { posted: twice } = await pin()
  line('Pin the same file twice', describe(twice), statusOf(twice) === 409, 'HTTP 409: equal content is one pin')

  const { rows, total } = await page(0, 100)
  const dates = rows.map(({ datePinned }) => datePinned).filter((date) => date !== null)
  const inOrder = dates.every((date, place) => newestFirst(date, dates[place - 1] ?? date) <= 0)
  line('Its order', inOrder ? 'oldest first' : 'not oldest first', inOrder, 'oldest first; the action sorts, too')
  const others = rows.filter(({ pinned }) => pinned !== true).length
  line('Its rows with `pinned: false`', String(others), others === 0, 'none; the action filters, too')
  const thousand = await page(0, 1000)
  line('The largest page', `${thousand.length} rows for a limit of 1000`, thousand.length <= 1000, 'at most 1000 rows')
  const offset = Math.max(0, total - 2)
  const end = await page(offset, 100)
  line('Where it begins', `${end.length} rows`, end.length <= end.total - offset, 'list')
  const noSlash = await asker.ask('GET', '/pinning/pins?limit=1')
  const usual = /^(?:200|30[1278])$/.test(String(statusOf(noSlash)))
  line('The list without its last slash', describe(noSlash), usual, 'the list, or a redirect')
  const filter = encodeURIComponent(JSON.stringify({ probe: keyvalue }))
  const filtered = await asker.ask('GET', `/pinning/pins/?pinned=true&metadata=${filter}`)
  const found = rowsIn(filtered)?.map((row) => row.id) ?? []
  line('The filter `metadata`', `${describe(filtered)}, ${found.length} rows`, found.join() === id, 'one row')
  if (total <= MOST_PINS) {
    const list = await readList({ readPage: (request) => asker.page(request), onProgress: () => {} })
    const row = list.kind === 'complete' ? list.pinned.find((one) => one.id === id) : undefined
    const came =
      list.kind === 'failed' ? list.problem : `${list.pinned.length} pins, the new one is ${row ? '' : 'not '}there`
    line('The whole list', came, row !== undefined, 'list')
    if (row !== undefined) fieldLines('the list', row)
  } else line('The whole list', `not read: it has over ${MOST_PINS} pins`, null, 'nothing')

  for (const method of ['GET', 'DELETE']) {
    const reply = await (method === 'GET' ? asker.read(id, 'bad') : asker.unpin(id, 'bad'))
    const { stops } = judgeUnpin(id, reply, LIMIT_MS)
    line(`${method} with a bad key pair`, describe(reply), stops === 'unauthorized', 'keys')
  }
  unpinLine('Unpin', id, await asker.unpin(id), 'unpinned', 'unpinned')
  let gone = await asker.read(id)
  // The service may need a moment, and `verify` waits, too.
  for (let seconds = 2; seconds <= 4 && judgeRead(id, gone, LIMIT_MS).kind === 'record'; seconds += 2) {
    await asker.pause(seconds * 1000)
    gone = await asker.read(id)
  }
  readLine('Read an unpinned pin', id, gone, 'gone', 'missing')
  const after = (await page(offset, 100)).rows.some((row) => row.id === id && row.pinned === true)
  line('The list after an unpin', `the pin is ${after ? 'still' : 'not'} there`, !after, 'list')
  const stays = (await asker.newest())?.find((row) => row.id === id)
  const state = stays === undefined ? 'no record' : stateOf(stays)
  line('The list with `pinned=all`', state, stays !== undefined && isUnpinned(stays), 'the record, unpinned')
  unpinLine('Unpin again', id, await asker.unpin(id), 'missing', 'missing', 'unpinned')

  const again = await pin()
  const which = again.id === id ? 'the same ID' : 'another ID'
  line('Pin the same file again', `${describe(again.posted)}, ${again.id === null ? 'no ID' : which}`, null, 'nothing')
  if (again.id !== null) unpinLine('Unpin that', again.id, await asker.unpin(again.id), 'unpinned', 'unpinned')

  const headers = asker.exchanges.map((exchange) => exchange.headers)
  const sent = headers.flatMap(({ date = null }) => date ?? [])
  const came = `${sent.length} of ${headers.length} answers have one, such as ${sent[0]}`
  line(
    'The header `Date`',
    came,
    sent.every((date) => parseHttpDate(date) !== null),
    'httpDate',
  )
  const limits = headers.flatMap((one) => Object.entries(one)).filter(([name]) => /limit|retry|quota/.test(name))
  const waits = limits.filter(([name]) => name === 'retry-after').map(([, wait]) => wait)
  const readable = waits.every((retryAfter) => parseRetryAfter({ retryAfter, date: null }, systemClock) !== null)
  const words = [...new Map(limits)].map((pair) => pair.join(': ')).join(', ')
  line('Headers about limits', words || 'none', readable, 'retryAfter')
}

/** The answer, and the state of the record in it. */
function describe(reply: Reply): string {
  if (reply.end !== 'answered') return 'no answer'
  const record = recordIn(reply)
  return `${describeResponse(reply.response)}${record === null ? '' : `, ${stateOf(record)}`}`
}

function stateOf({ raw: { pinned, status, date_unpinned } }: PinRecord): string {
  return JSON.stringify({ pinned, status, date_unpinned })
}

function statusOf(reply: Reply): number | null {
  return reply.end === 'answered' ? reply.response.status : null
}
