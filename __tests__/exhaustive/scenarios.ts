import type { Failure } from '../../src/http/send.ts'
import { type BodyName, PAGE_NAMES, pin, type Schedule, schedule, selection, type Trouble } from '../truth/world.ts'

/** One thing that can become of a request. */
export interface Possible {
  name: string
  trouble: Trouble | { kind: 'unsent'; failure: Exclude<Failure, 'lost'> }
  removes?: boolean // A `DELETE` has removed its pin.
  anyServer?: boolean // A server that is not the AIOZ Pin API does this too.
}

/** Answers: a status, what it says, and `Retry-After`. */
const SAYS = `
  200 other JSON, 200 refusal, 200 no reason, 200 HTML, 200 the record of another pin, 200 the record; refused,
  200 the record; no status, 200 the record alone, 200 records; refused, 200 not found, 201 other JSON, 204 empty, 304 empty,
  400 refusal, 400 not found; wrapped, 401 refusal, 401 not found, 403 no right, 403 no reason, 403 a reason elsewhere,
  403 refusal, 403 HTML, 403 no right +7, 404 HTML, 404 no such pin; another ID, 404 no route, 404 an envelope of a stranger,
  404 a record of a stranger, 404 not found, 404 invalid ID, 408 refusal, 410 no route, 410 no such pin, 429 refusal,
  429 refusal +40, 500 refusal, 500 not found, 503 HTML, 503 refusal +7,
  503 refusal +3600`
const OF_ANY_SERVER = /HTML|empty|stranger|no route/
/** These rule out that something was removed. */
const DENIES = /^(?:200 (?:refusal|no reason|not found)|3|4|500 not found)/
const says = SAYS.split(',').flatMap((text): Possible[] => {
  const name = text.trim()
  const [, status = '', body = '', retryAfter] = /(\d+) (.*?)(?: \+(\d+))?$/.exec(name) ?? []
  const answer = { status: Number(status), body: body.replace(';', ',') as BodyName, effect: false }
  const trouble: Trouble = { kind: 'says', ...answer, ...(retryAfter !== undefined && { retryAfter }) }
  const possible = { name, trouble, anyServer: OF_ANY_SERVER.test(name) }
  return DENIES.test(name) ? [possible] : [possible, { ...possible, removes: true }]
})
const redirects = (['another path', 'another port', 'another pin', 'another endpoint'] as const).map((to): Possible => {
  return { name: `307 to ${to}`, trouble: { kind: 'redirect', to, status: 307 }, anyServer: to === 'another port' }
})
const unsent = (['network', 'name', 'certificate', 'tunnel', 'denied'] as const).map((failure): Possible => {
  return { name: `unsent: ${failure}`, trouble: { kind: 'unsent', failure }, anyServer: true }
})
const reset: Possible = { name: 'reset', trouble: { kind: 'reset', effect: 'before' }, anyServer: true }
export const POSSIBLE: readonly Possible[] = [
  { name: 'its own answer', trouble: { kind: 'none' } },
  { name: 'a success and nothing else', trouble: { kind: 'keep' } },
  { name: 'cut', trouble: { kind: 'cut' } },
  reset,
  { ...reset, removes: true },
  { name: '303', trouble: { kind: 'redirect', to: 'itself', status: 303 } },
  { name: '303', trouble: { kind: 'redirect', to: 'itself', status: 303 }, removes: true },
  ...unsent.concat(redirects, says),
  ...PAGE_NAMES.map((how): Possible => ({ name: how, trouble: { kind: 'page', how } })),
]

/** A world in which every sequence of events is played. */
export interface Scenario {
  schedule: Schedule
  depth: number // So many answers are chosen; after them nothing is answered any more.
  quickDepth: number // The same for the tests, which choose among a few answers only, but for the first scenario.
  start: readonly string[] // How each sequence begins.
  only?: readonly string[] // Nothing but these answers.
  calm?: boolean // Nothing but answers, to the oldest request.
  stopped?: boolean // The run is stopped before it begins.
}

export const FEW =
  'its own answer,a success and nothing else,500 refusal,401 refusal,404 no route,429 refusal +40'.split(',')
/** One of each kind that makes a difference for another pin. */
const ONE_OF_EACH = FEW.concat(
  'cut,reset,unsent: network,unsent: name,unsent: tunnel,200 HTML,200 other JSON,303,307 to another path,400 refusal'.split(
    ',',
  ),
  '403 no right,403 refusal,403 no right +7,404 not found,503 refusal +7,503 refusal +3600'.split(','),
)

function pins(count: number, first: Parameters<typeof pin>[0] = {}): Pick<Schedule, 'pins'> {
  return { pins: [pin(first), ...Array.from({ length: count - 1 }, () => pin())] }
}

/** @param start how each sequence begins; its answers are not among those that are chosen. */
function world(
  overrides: Partial<Schedule>,
  depth: number,
  quickDepth: number,
  start: readonly string[] = [],
): Scenario {
  const more = start.filter((event) => event.includes('#')).length
  const full = schedule({ timeoutSeconds: 60, onMissing: 'fail', ...overrides })
  return { schedule: full, depth: depth + more, quickDepth: quickDepth + more, start }
}

/** The first pin goes alone. After it, two are under way at once. */
const FIRST = ['DELETE #1: its own answer']
const VERIFIED = ['GET #1: its own answer', ...FIRST, 'GET #1: its own answer']
const OLDEST = selection({ maxUnpins: 1, onTooMany: 'oldest-first' })
const SLOWLY = VERIFIED.toSpliced(2, 0, 'time passes')

function atOnce(overrides: Partial<Schedule>, start: readonly string[]): Scenario {
  return { ...world({ ...pins(3), ...overrides }, 3, 1, start), only: ONE_OF_EACH }
}

/** Every world that is searched. `on-missing` is `fail` in all of them: there most can be wrong. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'one pin': world({}, 5, 2),
  'one pin, verified': world({ verify: true }, 5, 3),
  'one pin, verified, little time': { ...world({ verify: true, timeoutSeconds: 2 }, 5, 4), only: FEW },
  'one pin in retrieval, verified': world({ verify: true, ...pins(1, { state: 'retrieved' }) }, 5, 3),
  'one pin, dry run': world({ dryRun: true }, 5, 2),
  'one unpinned pin, dry run': world({ dryRun: true, ...pins(1, { state: 'unpinned' }) }, 5, 2),
  'one pin, a line that protects nothing': world({ strayProtect: true, onUnusedProtect: 'warn' }, 5, 3),
  'one pin, a line that refuses the plan': world({ strayProtect: true }, 5, 3),
  'one protected pin in retrieval': world(pins(1, { state: 'retrieved', protect: 'id' }), 5, 3),
  'one pin, wrong server': world({ wrongServer: true }, 5, 2),
  'one pin, wrong server, dry run': world({ wrongServer: true, dryRun: true }, 5, 2),
  'one pin, redirects': { ...world({}, 5, 3), only: ['307 to another path', 'its own answer'] },
  'two pins': world(pins(2), 3, 1),
  'two pins, dry run': world({ ...pins(2), dryRun: true }, 3, 2),
  'two pins, one unpinned, dry run': world({ pins: [pin(), pin({ state: 'unpinned' })], dryRun: true }, 2, 2),
  'two pins, one protected': world(pins(2, { protect: 'cid' }), 3, 3),
  'two pins, selected': world({ ...pins(2), selection: selection() }, 4, 3),
  'two pins, selected, one protected': world({ ...pins(2, { protect: 'name' }), selection: selection() }, 4, 3),
  'two pins, more than are allowed': world({ ...pins(2), selection: selection({ maxUnpins: 1 }) }, 3, 3),
  'two pins, the oldest first': world({ ...pins(2), selection: OLDEST }, 4, 3),
  'two pins at once': atOnce({}, FIRST),
  'two pins at once, verified': atOnce({ verify: true }, VERIFIED),
  'two pins at once, one request a minute': atOnce({ requestsPerMinute: 1 }, FIRST),
  'two pins at once, two a minute': atOnce({ verify: true, requestsPerMinute: 2 }, SLOWLY),
  'two pins, wrong server': world({ ...pins(2), wrongServer: true }, 3, 1),
  'nine pins': { ...world(pins(9), 2, 1), only: FEW },
  '17 pins, a stranger': { ...world(pins(17), 10, 10), only: ['404 no route'], calm: true },
  'a run that is stopped before it begins': { ...world(pins(2), 1, 1), stopped: true },
}
