import { isDeepStrictEqual } from 'node:util'
import type { ReceivedRequest } from '../../testing/service/index.ts'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { blockedTimes, overlap, waitsForPlaces } from './blocked-times.ts'
import { isIn } from '../support/spellings.ts'
import type { Entry } from '../support/step.ts'
import type { Evidence, TimeEvidence } from './evidence.ts'
import type { Schedule } from './schedule.ts'
import type { ScenePin } from './scene.ts'

const WINDOW_MS = 60_000
const AT_ONCE = 8
/** Below this a difference of two simulated moments is rounding. */
const ROUNDING_MS = 1

/** Everything that a run said or did that is not true or not allowed; empty for every run, whatever went wrong around it. */
export function untruths(evidence: Evidence): string[] {
  const found: string[] = []
  const wrong = (text: string): void => void found.push(text)
  const refused = evidence.outputs['results-file'] === ''
  neverLeaks(evidence, wrong)
  neverStrays(evidence, wrong)
  keepsTheLimit(evidence, wrong)
  if (evidence.time !== null) keepsTime(evidence, evidence.time, refused, wrong)
  if (refused) {
    tellsOfNothing(evidence, wrong)
    return found
  }
  const results = readResults(evidence, wrong)
  if (results === null) return found
  const plan = planOf(evidence.scene.schedule, evidence.scene.pins)
  coversEveryPin(evidence, results, plan, wrong)
  for (const result of results) tellsTheTruth(evidence, result, wrong)
  removesNothingElse(evidence, results, plan, wrong)
  agrees(evidence, results, plan, wrong)
  return found
}

type Wrong = (text: string) => void

function neverLeaks({ lines, outputs, summary, resultsFile, requests, scene }: Evidence, wrong: Wrong): void {
  const places: [string, string][] = [
    ['the log', lines.flatMap((line) => (isMask(line) ? [] : [line.text])).join('\n')],
    ...Object.entries(outputs).map(([name, text]): [string, string] => [`the output ${name}`, text]),
    ['the summary', summary],
    ['the results file', resultsFile ?? ''],
    ['a URL', requests.map(({ path }) => path).join('\n')],
  ]
  for (const [place, text] of places)
    for (const key of [DEFAULT_KEYS.apiKey, DEFAULT_KEYS.secretKey])
      if (isIn(text, key)) wrong(`a key stands in ${place}`)
  if (lines.some((line) => line.kind === 'command' && ['set-output', 'stop-commands'].includes(line.name)))
    wrong('a text of the service became a command')
  if (scene.strangers() > 0) wrong('a request went to another origin')
}

function isMask(line: Evidence['lines'][number]): boolean {
  return line.kind === 'command' && line.name === 'add-mask'
}

function neverStrays({ requests, scene }: Evidence, wrong: Wrong): void {
  const host = `127.0.0.1:${scene.service.port}`
  for (const { headers, path, method } of requests) {
    if (headers['host'] !== host) wrong(`the request ${path} went to ${String(headers['host'])}`)
    const endpoint =
      method === 'DELETE' ? /\/pinning\/unpin\/[0-9a-f-]{36}$/ : /\/pinning\/([0-9a-f-]{36}|pins\/?)$/
    if (!endpoint.test(path.split('?')[0] ?? '')) wrong(`a ${method} went to ${path}`)
  }
}

function keepsTheLimit({ requests, scene, time }: Evidence, wrong: Wrong): void {
  const most = scene.schedule.requestsPerMinute
  const windows = [requests.map(({ at }) => at), time?.sent.map(({ startedMs }) => startedMs) ?? []]
  for (const starts of windows) {
    for (let last = most; last < starts.length; last += 1) {
      const within = (starts[last] ?? 0) - (starts[last - most] ?? 0)
      if (within <= WINDOW_MS) {
        wrong(`${most + 1} requests started within ${within} ms under a limit of ${most} a minute`)
        break
      }
    }
  }
  if (requests.some(({ status, fault }) => status === 429 && fault === undefined))
    wrong('the service refused a request for being over the limit')
}

function keepsTime(evidence: Evidence, time: TimeEvidence, refused: boolean, wrong: Wrong): void {
  const { timeoutSeconds, requestsPerMinute, pins } = evidence.scene.schedule
  const limitMs = timeoutSeconds * 1000
  if (time.afterStopMs !== null && time.afterStopMs > 0)
    wrong(`the run went on for ${time.afterStopMs} ms after its stop`)
  const blocked = blockedTimes(time.sent, requestsPerMinute, time.totalMs)
  const waits = waitsForPlaces(time.sent, requestsPerMinute, time.totalMs)
  const pages =
    new Set(evidence.requests.filter(({ pinId }) => pinId === undefined).map(({ path }) => path)).size + 1
  const most = (pins.length + pages) * limitMs + overlap(blocked, 0, time.totalMs)
  if (time.totalMs > most + time.sent.length + ROUNDING_MS)
    wrong(`the run took ${time.totalMs} ms where ${most} ms are the most`)
  const inFlight = mostAtOnce(time.sent)
  if (inFlight > AT_ONCE) wrong(`${inFlight} requests were in flight at once`)
  stopsInTime(time.sent, wrong)
  if (refused) return
  for (const { pinId, durationMs, result } of readable(evidence)) {
    // What stays has no duration, though its record may have been read.
    if (STAYS.has(result)) continue
    const own = time.sent.filter(({ key }) => key === pinId)
    const first = own[0]
    if (first === undefined) {
      if (durationMs !== 0) wrong(`${pinId} took ${durationMs} ms without a request`)
      continue
    }
    // One millisecond a request: a place is free only after its minute is over.
    const waitedMs = overlap(waits, first.startedMs, first.startedMs + durationMs) + own.length
    if (durationMs > limitMs + waitedMs + ROUNDING_MS)
      wrong(
        `${pinId} took ${durationMs} ms, of which ${waitedMs} ms waiting for a place, with ${limitMs} ms allowed`,
      )
    const lastMs = (own.at(-1)?.endedMs ?? 0) - first.startedMs
    if (lastMs > durationMs + ROUNDING_MS) wrong(`${pinId} says ${durationMs} ms and took ${lastMs} ms`)
  }
}

function mostAtOnce(sent: TimeEvidence['sent']): number {
  return Math.max(
    0,
    ...sent.map(
      ({ startedMs }) => sent.filter((one) => one.startedMs < startedMs && one.endedMs > startedMs).length,
    ),
  )
}

/** A run that failed before its first pin. */
function tellsOfNothing({ succeeded, outputs, requests, lines }: Evidence, wrong: Wrong): void {
  if (succeeded) wrong('a run without results succeeded')
  if (requests.some(({ method }) => method === 'DELETE')) wrong('a run without results sent a DELETE')
  if (outputs['results'] !== '[]' || outputs['unpinned-count'] !== '0' || outputs['failed-count'] !== '0')
    wrong('a run without results has results in its outputs')
  if (!lines.some((line) => line.kind === 'command' && line.name === 'error'))
    wrong('a failed run without an error')
}

function readable({ resultsFile }: Evidence): Entry[] {
  return JSON.parse(resultsFile ?? '[]') as Entry[]
}

function readResults(evidence: Evidence, wrong: Wrong): Entry[] | null {
  const { resultsFile, outputs } = evidence
  if (resultsFile === null) {
    wrong('there is no results file')
    return null
  }
  const results = readable(evidence)
  const told = JSON.parse(outputs['results'] ?? '') as Entry[]
  const same =
    Buffer.byteLength(resultsFile) <= 120 * 1024
      ? outputs['results'] === resultsFile
      : JSON.stringify(told) === JSON.stringify(results.map(withoutRecord))
  if (!same) wrong('the output `results` and the results file disagree')
  return results
}

function withoutRecord(result: Entry): Partial<Entry> {
  const { record: _record, ...rest } = result
  return rest
}

interface Plan {
  /** In the order in which they are told; `null` where another client changed what there was to read. */
  told: string[] | null
  mayGo: ReadonlySet<string>
  /** So many pins chosen that none is unpinned; `null` where that cannot be said. */
  tooMany: boolean | null
}

/** What should be done, worked out again from the schedule. */
function planOf({ selection, pins: plans, others }: Schedule, pins: readonly ScenePin[]): Plan {
  const unguarded = pins.filter(({ plan }) => plan.protect === 'no')
  if (selection === null) {
    const told = pins.map(({ record }) => record.id)
    return { told, mayGo: new Set(unguarded.map(({ record }) => record.id)), tooMany: false }
  }
  const matching = pins
    .filter(({ plan }) => plan.state === 'held' && plan.group === 'a')
    .sort((a, b) => Date.parse(a.record.date_pinned) - Date.parse(b.record.date_pinned))
  const old = matching.slice(0, Math.max(0, matching.length - selection.keepLatest))
  const chosen = old.filter(
    ({ plan }) => plan.protect === 'no' && (!selection.olderThan || plan.ageDays >= 30),
  )
  const settled = others.every(({ pin }) => {
    const plan = plans[pin % plans.length]
    return plan === undefined || plan.state !== 'held' || plan.group !== 'a'
  })
  return {
    told: settled ? matching.map(({ record }) => record.id) : null,
    mayGo: new Set(chosen.map(({ record }) => record.id)),
    tooMany: settled ? chosen.length > selection.maxUnpins : null,
  }
}

function coversEveryPin({ scene }: Evidence, results: readonly Entry[], { told }: Plan, wrong: Wrong): void {
  const ids = results.map(({ pinId }) => pinId)
  if (new Set(ids).size !== ids.length) wrong('a pin is told of twice')
  if (told !== null && told.join() !== ids.join())
    wrong(`told of [${ids.join()}] in place of [${told.join()}]`)
  const order = new Map(scene.pins.map(({ record }) => [record.id, Date.parse(record.date_pinned)]))
  if (scene.schedule.selection === null) return
  for (let place = 1; place < ids.length; place += 1) {
    if ((order.get(ids[place] ?? '') ?? 0) < (order.get(ids[place - 1] ?? '') ?? 0)) wrong('not oldest first')
  }
}

const STAYS: ReadonlySet<string> = new Set(['would-unpin', 'protected', 'kept', 'not-attempted'])

/** Does what is said of one pin agree with what the service has and saw? */
function tellsTheTruth(evidence: Evidence, result: Entry, wrong: Wrong): void {
  const { pinId } = result
  const { scene, requests, holds } = evidence
  const is = (text: string): void => wrong(`${pinId} is ${result.result} ("${result.message}") but ${text}`)
  const pin = scene.pins.find(({ record }) => record.id === pinId)
  if (pin === undefined) return is('nobody asked for it')
  // By the text of the path: a redirect may have led elsewhere.
  const deletes = requests.filter(({ path, method }) => path.includes(pinId) && method === 'DELETE')
  const removed = deletes.some((request) => request.removed)
  const there = holds(pinId)
  const { plan } = pin
  if (plan.protect !== 'no' && deletes.length > 0) is('is protected and got a DELETE')
  if (scene.schedule.dryRun && deletes.length > 0) is('got a DELETE in a dry run')
  if (STAYS.has(result.result) && deletes.length > 0) is('got a DELETE')
  if (STAYS.has(result.result) && result.attempts > 0) is(`has ${result.attempts} attempts`)
  if (deletes.length > 0 && result.attempts === 0) is('says that no DELETE was tried')
  if (
    result.attempts > deletes.length &&
    evidence.time?.afterStopMs === null &&
    !scene.schedule.nobodyListens
  )
    is(`says ${result.attempts} attempts where the service got ${deletes.length}`)
  switch (result.result) {
    case 'unpinned':
      if (!removed) is('this run did not remove it')
      if (there) is('it is there')
      if (scene.schedule.verify && !requests.some(isReadingAfter(pinId, deletes.at(-1))))
        is('was not read again')
      break
    case 'missing':
      if (there) is('it is there')
      if (isUnknownPath(requests.findLast((one) => one.pinId === pinId)) && !requests.some(showsService))
        is('nothing shows that this is the service')
      if (isExcused(result) ? !deletes.some(mayBeLost) : removed && !evidence.time?.afterStopMs)
        is(`the DELETEs before were ${deletes.map((one) => one.fault?.kind ?? 'sound').join()}`)
      break
    case 'would-unpin':
      if (!scene.schedule.dryRun) is('this is no dry run')
      if (plan.state === 'absent') is('it was never there')
      if (plan.state === 'unpinned') is('it is unpinned')
      break
    case 'protected':
      if (plan.state === 'unpinned') is('it is unpinned')
      if (plan.protect === 'no') is('nothing protects it')
      break
    case 'kept':
      if (scene.schedule.selection === null) is('nothing is kept by ID')
      break
    case 'failed':
      if (removed && !/may be gone|proves nothing/.test(result.message)) is('it is gone by this run')
      break
    case 'unconfirmed':
    case 'not-attempted':
      break
    default:
      is('there is no such result')
  }
  if (/Nothing says that the pin was removed|Not unpinned: (?!.*may be gone)/.test(result.message) && removed)
    is('this run removed it')
  if (result.record !== null && String(result.record['id']) !== pinId) is('the record is of another pin')
  if (result.cid !== null && result.cid !== pin.record.cid) is('the CID is of another pin')
  if (result.size !== null && result.size !== pin.record.size) is('the size is of another pin')
}

function isReadingAfter(
  pinId: string,
  last: ReceivedRequest | undefined,
): (request: ReceivedRequest, index: number, all: readonly ReceivedRequest[]) => boolean {
  return (request, index, all) =>
    request.pinId === pinId && request.method === 'GET' && last !== undefined && all.indexOf(last) < index
}

/** A 404 that an API gateway sends too. */
function isUnknownPath(request: ReceivedRequest | undefined): boolean {
  return request?.fault?.kind === 'answer' && request.fault.status === 404
}

/** Can this answer come from the AIOZ Pin API only? */
function showsService({ fault, status }: ReceivedRequest): boolean {
  if (fault?.kind === 'answer')
    return isDeepStrictEqual(fault.body, { status: 'error', message: 'record not found' })
  // The service's own answer, which may come late. Without a record there is no wrong one either.
  const own = fault === undefined || ['drip', 'delay', 'wrong-record', 'keep'].includes(fault.kind)
  return status === 200 || (own && status === 404)
}

/** Missing, and said to be probably gone by a lost attempt of this run. */
function isExcused({ message }: Entry): boolean {
  return message.includes('earlier attempt')
}

/** Can the answer to this request have been lost on its way? */
function mayBeLost({ fault }: ReceivedRequest): boolean {
  if (fault?.kind === 'answer') return fault.status === 200 || (fault.status >= 500 && fault.status !== 503)
  return fault !== undefined && !['redirect', 'wrong-record', 'keep'].includes(fault.kind)
}

function removesNothingElse(
  { requests, scene }: Evidence,
  results: readonly Entry[],
  { mayGo, tooMany }: Plan,
  wrong: Wrong,
): void {
  for (const { method, pinId, path } of requests)
    if (method === 'DELETE' && pinId !== undefined && !mayGo.has(pinId))
      wrong(`the DELETE ${path} was not asked for`)
  if (tooMany === true && requests.some(({ method }) => method === 'DELETE'))
    wrong('unpinned more than `max-unpins`')
  if (scene.schedule.selection === null || tooMany !== false) return
  for (const { pinId, result } of results)
    if (mayGo.has(pinId) && (result === 'protected' || result === 'kept'))
      wrong(`${pinId} is ${result} and was meant`)
}

/** Do all forms of the report say the same, and is the step's end what they say? */
function agrees(evidence: Evidence, results: readonly Entry[], { tooMany }: Plan, wrong: Wrong): void {
  const { scene, outputs, summary, lines, succeeded } = evidence
  const { onMissing, dryRun, selection } = scene.schedule
  const errors = lines.filter((line) => line.kind === 'command' && line.name === 'error').length
  const over = tooMany ?? lines.some((line) => line.text.includes('`max-unpins` allows, so nothing'))
  const failing = over
    ? []
    : results.filter(
        (result) =>
          ['failed', 'unconfirmed', 'not-attempted'].includes(result.result) ||
          (result.result === 'missing' && onMissing === 'fail' && !isExcused(result)),
      )
  const noMatch = selection !== null && results.length === 0 && onMissing === 'fail'
  if (succeeded !== (failing.length === 0 && !over && !noMatch))
    wrong(`the step is ${succeeded ? 'green' : 'red'} with ${failing.length} failing pins`)
  if (succeeded !== (errors === 0)) wrong(`the step is ${succeeded ? 'green' : 'red'} with ${errors} errors`)
  if (!over && !dryRun) {
    for (const { pinId, result } of results)
      if (
        evidence.holds(pinId) &&
        !failing.some((one) => one.pinId === pinId) &&
        !['protected', 'kept'].includes(result)
      )
        wrong(`${pinId} is still there, ${result}, and does not fail the step`)
  }

  const counted = (...words: string[]): string =>
    String(results.filter(({ result }) => words.includes(result)).length)
  const column = (value: (result: Entry) => string | number | null): string =>
    results
      .map((result) => String(value(result) ?? '').replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ''))
      .join('\n')
  const unpinned = results.filter(({ result }) => result === 'unpinned')
  const expected: Record<string, string> = {
    result: column(({ result }) => result),
    cid: column(({ cid }) => cid),
    size: column(({ size }) => size),
    status: column(({ status }) => status),
    name: column(({ name }) => name),
    'unpinned-count': counted('unpinned'),
    'missing-count': counted('missing'),
    'failed-count': String(failing.length),
    'protected-count': counted('protected'),
    'kept-count': counted('kept'),
    'matched-count': String(results.length),
    'total-size': String(unpinned.reduce((sum, { size }) => sum + (size ?? 0), 0)),
    'pin-ids': results
      .filter(({ result }) => !['protected', 'kept'].includes(result))
      .map(({ pinId }) => pinId)
      .join('\n'),
  }
  for (const [name, value] of Object.entries(expected))
    if (outputs[name] !== value)
      wrong(`the output ${name} is ${JSON.stringify(outputs[name])}, not ${JSON.stringify(value)}`)

  for (const { pinId, result } of results) {
    const rows = summary
      .split('\n')
      .filter((line) => line.startsWith('<tr>') && line.includes(`<code>${pinId}</code>`))
    const [, bold, said] = /^<tr><td[^>]*>(<b>)?\S (\S+?)(?:<\/b>)?<\/td>/.exec(rows[0] ?? '') ?? []
    const fails = failing.some((one) => one.pinId === pinId)
    if (rows.length !== 1 || said !== result || (bold !== undefined) !== fails)
      wrong(`the summary says of ${pinId}: ${rows.join(' ')}`)
    const told = lines.filter((line) => line.kind === 'plain' && line.text.startsWith(`${pinId}: ${result}`))
    if (told.length !== 1) wrong(`the log has ${told.length} lines for the end of ${pinId}`)
  }
  const [title = ''] = summary.split('\n')
  if (failing.length > 0 && !title.includes('stopped') && !title.includes(` ${failing.length} `))
    wrong(`the summary does not count the failing pins: ${title}`)
}

/** After a 401 no further pin is started. Those of that moment may still send their first request. */
function stopsInTime(sent: TimeEvidence['sent'], wrong: Wrong): void {
  const ofPins = sent.filter(({ key }) => key !== 'list')
  const refusedAt = Math.min(...ofPins.filter(({ status }) => status === 401).map(({ endEvent }) => endEvent))
  const late = ofPins.filter(
    ({ key, startEvent }, index) =>
      startEvent > refusedAt && ofPins.findIndex((one) => one.key === key) === index,
  )
  if (late.length >= AT_ONCE) wrong(`${late.length} pins were started after a 401`)
}
