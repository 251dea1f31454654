import type { PinOutcome } from '../../src/pin/outcome.ts'
import { overlap, waitsForPlaces } from '../truth/blocked-times.ts'
import { BASE, type Exchange, ON_MISSING, type Played, TIMEOUT_SECONDS } from './play.ts'
import type { ModelPin } from './replies.ts'

/** The documented limit counts the requests of any 60 s. */
const WINDOW_MS = 60_000

type Wrong = (text: string) => void

/** Everything in a played schedule that is untrue or not allowed, worked out from what really happened; empty when all is well. */
export function brokenRules(played: Played): string[] {
  const found: string[] = []
  const wrong: Wrong = (text) => void found.push(text)
  for (const exchange of played.exchanges) goesToTheRightPlace(exchange, wrong)
  keepsTheLimits(played, wrong)
  obeysTheStop(played, wrong)
  startsNoFurtherPin(played, wrong)
  if (played.noPlan !== null) {
    if (played.exchanges.some(({ method }) => method === 'DELETE')) wrong('a DELETE without a plan')
    return found
  }
  for (const pin of played.pins) {
    const [outcome, ...more] = played.outcomes.get(pin.id) ?? []
    if (outcome === undefined || more.length > 0) wrong(`${pin.id} has ${outcome ? 'two ends' : 'no end'}`)
    else pinRules(played, pin, outcome, wrong)
  }
  verdictIsRight(played, wrong)
  return found
}

function goesToTheRightPlace({ url, pin, method }: Exchange, wrong: Wrong): void {
  const { origin, pathname } = new URL(url)
  const endpoint = pin === null ? '/pins/' : method === 'DELETE' ? `/unpin/${pin.id}` : `/${pin.id}`
  if (origin !== new URL(BASE).origin || !`${pathname}/`.replace('//', '/').includes(endpoint)) {
    wrong(`${method} was sent to ${url}`)
  }
}

function keepsTheLimits({ exchanges, scenario: { slots = 180 } }: Played, wrong: Wrong): void {
  const starts = exchanges.map(({ startedMs }) => startedMs)
  if (starts.some((at, index) => at - (starts[index - slots] ?? -Infinity) <= WINDOW_MS)) {
    wrong(`more than ${slots} requests within a minute`)
  }
  for (const { startedMs } of exchanges) {
    // What is sent in the moment in which the wait is asked for may have been on its way.
    const asked = exchanges.find(
      ({ endedMs, came }) => endedMs < startedMs && startedMs < endedMs + came.holdsMs,
    )
    if (asked !== undefined) wrong(`a request within the wait of "${asked.came.name}"`)
  }
}

function obeysTheStop({ exchanges, stoppedMs, endedMs }: Played, wrong: Wrong): void {
  if (stoppedMs === null) return
  if (endedMs > stoppedMs) wrong('time passed between the stop and the end')
  if (exchanges.some(({ came }) => came.name === 'no end')) wrong('a request after the stop')
}

/**
 * After 401, after 403 before any success and after a wait that is too long, pins that were not begun stay untouched. Nothing else does
 * that here: a service that is down shows only in more pins than any scenario has.
 */
function startsNoFurtherPin({ exchanges, outcomes, stoppedMs }: Played, wrong: Wrong): void {
  const ofPins = exchanges.filter(({ pin }) => pin !== null)
  const succeededAt = Math.min(
    ...ofPins.flatMap(({ came, endedMs }) => (came.name.startsWith('success') ? [endedMs] : [])),
  )
  const ends = ofPins.filter(
    ({ came: { name }, endedMs }) =>
      name === '401' || name.endsWith('1 h') || (name === '403' && endedMs <= succeededAt),
  )
  for (const { pin, startedMs } of ofPins.filter((one, index) => isFirst(one, index, ofPins))) {
    const end = ends.find(({ endedMs }) => endedMs < startedMs)
    if (end !== undefined) wrong(`${pin?.id} was begun after "${end.came.name}"`)
  }
  const untried = [...outcomes.values()].flat().some(({ result }) => result === 'not-attempted')
  if (untried && ends.length === 0 && stoppedMs === null) wrong('nothing stopped the run')
}

function isFirst({ pin }: Exchange, index: number, all: readonly Exchange[]): boolean {
  return all.findIndex((one) => one.pin === pin) === index
}

function pinRules(played: Played, pin: ModelPin, outcome: PinOutcome, wrong: Wrong): void {
  const { scenario, exchanges, stoppedMs } = played
  const { result, message, lostAnswer, finding } = outcome
  const is = (text: string): void => wrong(`${pin.id} is ${result} ("${message}") but ${text}`)
  const own = exchanges.filter((one) => one.pin === pin)
  const deletes = own.filter(({ method }) => method === 'DELETE')
  const last = own.at(-1)?.came
  const gone = pin.gone !== 'no'

  // What is said is true.
  switch (result) {
    case 'unpinned':
      if (!gone) is('it is there')
      if (!deletes.at(-1)?.came.name.startsWith('success')) is('no answer confirmed it')
      if (scenario.verify === true && own.at(-1)?.method !== 'GET') is('it was not read again')
      break
    case 'missing':
      if (!gone) is('it is there')
      if (last?.gone !== true) is('no answer said so')
      if (pin.gone === 'by this run' && !lostAnswer) is('this run removed it')
      break
    case 'failed':
      if (pin.gone === 'by this run' && !/may be gone|proves nothing/.test(message)) is('this run removed it')
      break
    case 'unconfirmed':
      if (deletes.length === 0) is('nothing was sent')
      break
    case 'would-unpin':
    case 'protected':
    case 'kept':
    case 'not-attempted':
      if (deletes.length > 0) is('a DELETE was sent')
      if (gone && result !== 'not-attempted') is('it is gone')
  }
  if (pin.gone === 'by this run' && /Nothing says that the pin was removed/.test(message)) is('it was')
  const firstHops = deletes.filter(({ url }) => !url.includes('/moved/')).length
  if (outcome.attempts !== firstHops) is(`it says ${outcome.attempts} attempts and there were ${firstHops}`)
  if (lostAnswer !== deletes.some(({ came }) => came.lost)) is('that is not how the answers were lost')

  // What must not be removed is not.
  if (deletes.length > 0 && scenario.dryRun === true) is('this is a dry run')
  if (deletes.length > 0 && scenario.protect === 'first' && pin === played.pins[0]) is('it is protected')

  // What can be repeated is, and nothing else.
  own.slice(1).forEach((exchange, index) => {
    const before = own[index] as Exchange
    const same = before.method === exchange.method && !before.came.name.startsWith('a redirect')
    if (same && !before.came.retried) is(`it was sent again after "${before.came.name}"`)
  })
  const outOfTime = finding === 'time-used-up' || finding === 'told-to-wait'
  if (last?.retried === true && stoppedMs === null && !outOfTime) is(`it gave up after "${last.name}"`)

  // It ends in time: only the wait for a slot does not count, and that only while the service asks for no pause.
  const first = own[0]
  if (first === undefined) return
  const sent = exchanges.map((one) => ({ ...one, pauseMs: one.came.holdsMs }))
  const waits = waitsForPlaces(sent, scenario.slots ?? 180, played.endedMs)
  const waitedMs = overlap(waits, first.startedMs, first.startedMs + outcome.durationMs)
  const most = TIMEOUT_SECONDS * 1000 + waitedMs
  if (outcome.durationMs > most + own.length) is(`it took ${outcome.durationMs} ms of ${most} ms`)
}

function verdictIsRight({ outcomes, pins, verdicts }: Played, wrong: Wrong): void {
  const ends = pins.map((pin) => ({ pin, outcome: outcomes.get(pin.id)?.[0] }))
  ON_MISSING.forEach((onMissing, index) => {
    const good = ends.every(({ pin, outcome }) => {
      const result = outcome?.result ?? 'failed'
      if (['would-unpin', 'protected', 'kept'].includes(result)) return true
      if (result === 'unpinned') return pin.gone !== 'no'
      return result === 'missing' && (onMissing !== 'fail' || outcome?.lostAnswer === true)
    })
    const { succeeded, stopped } = verdicts[index] ?? {}
    if (succeeded === true && stopped !== null) wrong('the step succeeds and was stopped')
    if (succeeded !== good) wrong(`with on-missing ${onMissing} the step ${good ? 'fails' : 'succeeds'}`)
  })
}
