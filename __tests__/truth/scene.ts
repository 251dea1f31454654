import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type ReceivedRequest,
  type Service,
  startService,
} from '../../testing/service/index.ts'
import { type BodyKind, type PinPlan, type Schedule, type Trouble, WAITING } from './schedule.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** One pin of a schedule, with its ID and what the service has of it at the start. */
export interface ScenePin {
  plan: PinPlan
  record: PinRecord
}

/** A schedule put up: the service with its faults, a second origin that must get no request, and the inputs of the action. */
export interface Scene {
  schedule: Schedule
  pins: ScenePin[]
  service: Service
  /** How many requests came to the origin that is not the service's. */
  strangers(): number
  inputs: Record<string, string>
  close(): Promise<void>
}

/** The ID of the pin that a path names, or `list`. */
export function keyOf(path: string): string {
  return /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(path)?.[0] ?? 'list'
}

/** @param received is told of each request, and whether the service answers it later or never. */
export async function setScene(
  schedule: Schedule,
  clock: { epoch(): number },
  received: (request: ReceivedRequest, waits: boolean) => void = () => {},
): Promise<Scene> {
  const stranger = await startService()
  const pins = schedule.pins.map((plan, index): ScenePin => {
    const record = makePin({}, index + 1)
    const suffix = plan.suffix === 'KEY' ? DEFAULT_KEYS.secretKey : plan.suffix
    const state = stateOf(plan, index, clock)
    const datePinned = new Date(clock.epoch() - plan.ageDays * DAY_MS - index * 1000).toISOString()
    return {
      plan,
      record: {
        ...record,
        ...state,
        date_pinned: datePinned,
        metadata: { name: `${plan.group}-${index}-${suffix}` },
      },
    }
  })
  const byId = new Map(pins.map((pin) => [pin.record.id, pin]))
  const asked = new Map<string, number>()

  const troubleOf = (request: ReceivedRequest): Trouble => {
    const id = keyOf(request.path)
    const pin = byId.get(id)
    const troubles = pin?.plan.troubles ?? schedule.listTroubles
    const count = asked.get(id) ?? 0
    asked.set(id, count + 1)
    const last = pin?.plan.forGood === true ? troubles.at(-1) : undefined
    const trouble = troubles[count] ?? last ?? { kind: 'none' }
    // A service that says so and does nothing is found out by `verify` only, and not where another client does it meanwhile.
    if (trouble.kind === 'keep' && (!schedule.verify || schedule.others.length > 0)) return { kind: 'none' }
    return trouble
  }
  const service = await startService({
    pins: pins.filter(({ plan }) => plan.state !== 'absent').map(({ record }) => record),
    requestsPerMinute: schedule.requestsPerMinute,
    largestPage: schedule.selection?.largestPage ?? 100,
    now: () => clock.epoch(),
    fault(request) {
      const number = service.requests.length
      for (const { atRequest, pin } of schedule.others) {
        const other = pins[pin % pins.length]
        if (atRequest === number && other !== undefined) service.remove(other.record.id)
      }
      const trouble = troubleOf(request)
      const unknownPath = schedule.wrongServer && !OF_ANY_SERVER.has(trouble.kind)
      received(request, !unknownPath && WAITING.has(trouble.kind))
      return unknownPath ? UNKNOWN_PATH : faultOf(trouble, request, { service, stranger, clock })
    },
  })
  const apiUrl = schedule.nobodyListens ? 'http://127.0.0.1:1' : service.url
  return {
    schedule,
    pins,
    service,
    strangers: () => stranger.requests.length,
    inputs: inputsOf(schedule, pins, apiUrl),
    async close() {
      await Promise.all([service.close(), stranger.close()])
    },
  }
}

/** What the vendor's dashboard shows as "Unpinned". */
const UNPINNED = ['unpinNormally', 'unpinOutOfMoney', 'gcDone', 'GCDONE']

function stateOf({ state, ageDays }: PinPlan, index: number, clock: { epoch(): number }): Partial<PinRecord> {
  if (state === 'retrieved') return { pinned: false, status: 'RETRIEVAL' }
  if (state !== 'unpinned') return {}
  const date = { date_unpinned: new Date(clock.epoch() - (ageDays * DAY_MS) / 2).toISOString() }
  // Each of the two says it.
  if (index % 3 === 0) return { pinned: false, status: 'RETRIEVAL', ...date }
  return { pinned: false, status: UNPINNED[index % UNPINNED.length] ?? '', ...(index % 3 === 1 && date) }
}

/** What API gateways say of a path that they do not know. */
const UNKNOWN_PATH: Fault = {
  kind: 'answer',
  status: 404,
  body: { message: 'no Route matched with those values' },
}
/** Troubles of a server that is not the service. */
const OF_ANY_SERVER: ReadonlySet<Trouble['kind']> = new Set<Trouble['kind']>([
  'reset',
  'hang',
  'switch',
  'drip-headers',
  'informational',
  'busy',
  'redirect',
])

interface Around {
  service: Service
  /** A second origin. */
  stranger: Service
  clock: { epoch(): number }
}

function faultOf(trouble: Trouble, request: ReceivedRequest, around: Around): Fault | undefined {
  if (trouble.kind === 'none') return undefined
  if (trouble.kind === 'not-found') {
    // Said of a pin that is there it would be a lie.
    if (request.pinId === undefined || around.service.holds(request.pinId)) return undefined
    return trouble.how === 'as-500'
      ? { kind: 'answer', status: 500, body: { status: 'error', message: 'record not found' } }
      : UNKNOWN_PATH
  }
  if (trouble.kind === 'busy') return busy(trouble.status, trouble.retryAfter, around.clock)
  if (trouble.kind === 'status') {
    const { status, effect, body } = trouble
    return { kind: 'answer', status, effect, ...BODIES[status === 204 || status === 304 ? 'empty' : body] }
  }
  if (trouble.kind === 'redirect')
    return { kind: 'redirect', status: trouble.status, location: targetOf(trouble.to, request, around) }
  return trouble
}

function busy(status: number, retryAfter: string, clock: { epoch(): number }): Fault {
  const value =
    retryAfter === 'date' || retryAfter === 'past'
      ? new Date(clock.epoch() + (retryAfter === 'date' ? 5000 : -5000)).toUTCString()
      : retryAfter
  return {
    kind: 'answer',
    status,
    headers: value === 'none' ? {} : { 'Retry-After': value },
    body: { status: 'error', message: 'Too much at once' },
  }
}

function targetOf(
  to: Extract<Trouble, { kind: 'redirect' }>['to'],
  request: ReceivedRequest,
  { service: { url, records }, stranger }: Around,
): string {
  const [path = ''] = request.path.split('?')
  switch (to) {
    case 'same-path':
      return `${path}?again=1`
    case 'elsewhere':
      return `/elsewhere${path}`
    case 'other-port':
      return stranger.url + path
    case 'other-name':
      return `${url.replace('127.0.0.1', 'localhost')}${path}`
    case 'with-key':
      return `${path}?key=${encodeURIComponent(DEFAULT_KEYS.apiKey)}`
    case 'nowhere':
      return ''
    case 'broken':
      return 'http://['
    case 'other-endpoint':
      return path.replace('/pinning/', '/nft/')
    case 'other-pin': {
      const id = request.pinId ?? ''
      return path.replace(id, [...records.keys()].find((other) => other !== id) ?? id)
    }
  }
}

const { apiKey, secretKey } = DEFAULT_KEYS
const KEYS_SPELT = [
  apiKey,
  secretKey.toUpperCase(),
  encodeURIComponent(apiKey),
  Buffer.from(secretKey).toString('base64'),
  Buffer.from(apiKey).toString('hex'),
]
const BODIES: Readonly<Record<BodyKind, { body: unknown; headers?: Record<string, string> }>> = {
  empty: { body: '' },
  'broken-json': { body: '{"data": {"id": ' },
  array: { body: [] },
  html: { body: '<html><body>no</body></html>', headers: { 'Content-Type': 'text/html' } },
  'other-object': { body: { ok: true } },
  refusal: { body: { status: 'error', message: 'User not enough balance' } },
  keys: { body: { status: 'error', message: KEYS_SPELT.join(' ') } },
  'not-utf-8': { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) },
  gzip: { body: Buffer.from('{"status":"success"}'), headers: { 'Content-Encoding': 'gzip' } },
  huge: { body: Buffer.alloc(1024 * 1024 + 1, ' ') },
  commands: { body: { status: 'error', message: '\n::set-output name=x::y\r##[stop-commands]z | <img>' } },
}

function inputsOf(schedule: Schedule, pins: readonly ScenePin[], apiUrl: string): Record<string, string> {
  const { selection } = schedule
  const protect = pins.flatMap(({ plan, record }, index) => {
    switch (plan.protect) {
      case 'no':
        return []
      case 'id':
        return record.id.toUpperCase()
      case 'cid':
        return record.cid
      case 'name':
        return `${plan.group}-${index}-*`
    }
  })
  return {
    'pinning-api-key': DEFAULT_KEYS.apiKey,
    'pinning-secret-key': DEFAULT_KEYS.secretKey,
    'api-url': apiUrl,
    'on-missing': schedule.onMissing,
    'dry-run': String(schedule.dryRun),
    verify: String(schedule.verify),
    'requests-per-minute': String(schedule.requestsPerMinute),
    'timeout-seconds': String(schedule.timeoutSeconds),
    ...(protect.length > 0 && { protect: protect.join('\n') }),
    ...(selection === null
      ? { 'pin-id': pins.map(({ record }) => record.id).join('\n') }
      : {
          name: 'a-*',
          'keep-latest': String(selection.keepLatest),
          'max-unpins': String(selection.maxUnpins),
          ...(selection.olderThan && { 'older-than': '30d' }),
        }),
  }
}
