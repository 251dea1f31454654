import type { Failure } from '../../src/http/send.ts'
import {
  ALL_OF_GROUP_A,
  type BodyName,
  PAGE_NAMES,
  pin,
  type Schedule,
  schedule,
  type Trouble,
} from '../truth/world.ts'

/** One thing that can become of a request. */
export interface Possible {
  name: string
  trouble: Trouble | { kind: 'unsent'; failure: Exclude<Failure, 'lost'> }
  /** A server that is not the AIOZ Pin API does this too. */
  anyServer?: boolean
}

function says(status: number, body: BodyName, retryAfter?: string): Possible {
  const anyServer = ['HTML', 'no route', 'a stranger’s envelope', 'empty'].includes(body)
  const trouble: Trouble = {
    kind: 'says',
    status,
    body,
    effect: false,
    ...(retryAfter !== undefined && { retryAfter }),
  }
  const wait = retryAfter === undefined ? '' : `, Retry-After: ${retryAfter}`
  return { name: `${status}, ${body}${wait}`, trouble, anyServer }
}

function redirect(to: Extract<Trouble, { kind: 'redirect' }>['to'], status: 303 | 307 = 307): Possible {
  return { name: `${status} to ${to}`, trouble: { kind: 'redirect', to, status }, anyServer: to === 'another port' }
}

function unsent(failure: Exclude<Failure, 'lost'>): Possible {
  return { name: `unsent: ${failure}`, trouble: { kind: 'unsent', failure }, anyServer: true }
}

export const POSSIBLE: readonly Possible[] = [
  { name: 'its own answer', trouble: { kind: 'none' } },
  { name: 'a success and nothing else', trouble: { kind: 'keep' } },
  { name: 'cut', trouble: { kind: 'cut' } },
  { name: 'reset', trouble: { kind: 'reset', effect: 'before' }, anyServer: true },
  ...(['network', 'name', 'certificate', 'tunnel', 'denied'] as const).map(unsent),
  ...PAGE_NAMES.map((how): Possible => ({ name: how, trouble: { kind: 'page', how } })),
  says(200, 'other JSON'),
  says(200, 'refusal'),
  says(200, 'no reason'),
  says(200, 'HTML'),
  says(200, 'the record of another pin'),
  says(200, 'the record, refused'),
  says(200, 'the record, no status'),
  says(200, 'the record alone'),
  says(200, 'not found'),
  says(201, 'other JSON'),
  says(204, 'empty'),
  redirect('itself', 303),
  says(304, 'empty'),
  redirect('another path'),
  redirect('another port'),
  redirect('another pin'),
  redirect('another endpoint'),
  says(400, 'refusal'),
  says(400, 'not found, wrapped'),
  says(401, 'refusal'),
  says(401, 'not found'),
  says(403, 'no right'),
  says(403, 'no reason'),
  says(403, 'refusal'),
  says(403, 'HTML'),
  says(403, 'no right', '7'),
  says(404, 'HTML'),
  says(404, 'no route'),
  says(404, 'a stranger’s envelope'),
  says(404, 'a stranger’s record'),
  says(404, 'not found'),
  says(404, 'invalid ID'),
  says(408, 'refusal'),
  says(410, 'no route'),
  says(410, 'no such pin'),
  says(429, 'refusal'),
  says(429, 'refusal', '40'),
  says(500, 'refusal'),
  says(500, 'not found'),
  says(503, 'HTML'),
  says(503, 'refusal', '7'),
  says(503, 'refusal', '3600'),
]

/** A world in which every sequence of events is played. */
export interface Scenario {
  schedule: Schedule
  /** So many answers are chosen; after them nothing is answered any more. */
  depth: number
  /** An answer can come in the last moment, too. */
  late?: boolean
  /** Nothing but these. */
  only?: readonly string[]
  /** The run is stopped before it begins. */
  stopped?: boolean
}

function world(pins: number, overrides: Partial<Schedule> = {}): Schedule {
  return schedule({ pins: Array.from({ length: pins }, () => pin()), timeoutSeconds: 60, ...overrides })
}

const one = (overrides: Partial<Schedule> = {}) => ({ schedule: world(1, overrides), depth: 5, quickDepth: 2 })
const two = (overrides: Partial<Schedule> = {}) => ({ schedule: world(2, overrides), depth: 3, quickDepth: 1 })
const first = (plan: Parameters<typeof pin>[0], others = 0): Pick<Schedule, 'pins'> => ({
  pins: [pin(plan), ...Array.from({ length: others }, () => pin())],
})
const selection = ALL_OF_GROUP_A
/** Enough to find out what too little time does. */
const LATE = ['its own answer', '500, refusal', 'a success and nothing else']

/**
 * Every world that is searched, with the depth that the tests go to in place of its own. `on-missing` is not among them: each sequence is
 * judged for all three of its values.
 */
export const SCENARIOS: Readonly<Record<string, Scenario & { quickDepth: number }>> = {
  'one pin': one(),
  'one pin, verified': one({ verify: true }),
  'one pin, verified, late answers': { ...one({ verify: true }), late: true, only: LATE },
  'one pin in retrieval, verified': one({ verify: true, ...first({ state: 'retrieved' }) }),
  'one pin, dry run': one({ dryRun: true }),
  'one unpinned pin, dry run': one({ dryRun: true, ...first({ state: 'unpinned' }) }),
  'one pin, a line that protects nothing': one({ strayProtect: true, onUnusedProtect: 'warn' }),
  'one pin, a line that refuses the plan': { ...one({ strayProtect: true }), depth: 4 },
  'one protected pin in retrieval': { ...one(first({ state: 'retrieved', protect: 'id' })), quickDepth: 3 },
  'one pin, wrong server': one({ wrongServer: true }),
  'one pin, wrong server, dry run': one({ wrongServer: true, dryRun: true }),
  'two pins': two(),
  'two pins, verified': two({ verify: true }),
  'two pins, one protected': { ...two(first({ protect: 'cid' }, 1)), quickDepth: 2 },
  'two pins, one request a minute': { ...two({ requestsPerMinute: 1 }), quickDepth: 2 },
  'two pins, one request a minute, dry run': two({ requestsPerMinute: 1, dryRun: true }),
  'two pins, two requests a minute, verified': two({ requestsPerMinute: 2, verify: true }),
  'two pins, wrong server': two({ wrongServer: true }),
  'two pins, selected': { ...two({ selection }), depth: 4, quickDepth: 3 },
  'two pins, selected, one protected': {
    ...two({ selection, ...first({ protect: 'name' }, 1) }),
    depth: 4,
    quickDepth: 3,
  },
  'two pins, more than are allowed': { ...two({ selection: { ...selection, maxUnpins: 1 } }), quickDepth: 2 },
  'two pins, the oldest first': {
    ...two({ selection: { ...selection, maxUnpins: 1, onTooMany: 'oldest-first' } }),
    depth: 4,
    quickDepth: 3,
  },
  'three pins': {
    ...two(),
    schedule: world(3),
    depth: 3,
    quickDepth: 2,
    only: ['its own answer', '500, refusal', '401, refusal'],
  },
  'nine pins': { schedule: world(9), depth: 2, quickDepth: 1, only: ['401, refusal', 'its own answer'] },
  'ten pins, a stranger': { schedule: world(10), depth: 8, quickDepth: 8, only: ['404, no route'] },
  'redirects only': { ...one(), quickDepth: 4, only: ['307 to another path', 'its own answer'] },
  'a run that is stopped before it begins': { ...two(), stopped: true },
}
