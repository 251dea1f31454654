import type { OutputLine } from '../../testing/runner/commands.ts'
import { DEFAULT_KEYS, type ReceivedRequest, type Service, startService } from '../../testing/service/index.ts'
import type { Story } from './oracle.ts'
import { pinIn } from './watch.ts'
import { faultOf, pinsOf, protectLines, type Schedule, type Trouble, type WorldPin } from './world.ts'

/** A schedule put up: the service with its faults, a second origin that must get no request, and the inputs of the action. */
export interface Scene {
  schedule: Schedule
  pins: WorldPin[]
  service: Service
  stranger: Service
  inputs: Record<string, string>
  close(): Promise<void>
}

/** All that a run of the whole action leaves behind. */
export interface Left extends Pick<Story, 'exchanges' | 'succeeded' | 'stop' | 'endedMs' | 'timed'> {
  lines: readonly OutputLine[]
  outputs: Readonly<Record<string, string>>
  summary: string
  resultsFile: string | null // The file that `results-file` names; `null` when there is none.
}

export type Evidence = Left & Story & { scene: Scene }

/** Troubles that take time, and those that a gateway that knows none of the paths makes, too. */
const WAITING = ['hang', 'drip', 'drip-headers', 'informational', 'delay']
const OF_ANY_SERVER = ['reset', 'hang', 'switch', 'drip-headers', 'informational', 'redirect']
const UNKNOWN_PATH: Trouble = { kind: 'says', status: 404, body: 'no route', effect: false }

/** @param received is told of each request, and whether the service answers it later or never. */
export async function setScene(
  schedule: Schedule,
  clock: { epoch(): number },
  received: (request: ReceivedRequest, waits: boolean) => void = () => {},
): Promise<Scene> {
  const { listTroubles, wrongServer, others, verify, selection, requestsPerMinute } = schedule
  const pins = pinsOf(schedule, clock.epoch())
  const asked = new Map<string | null, number>()
  const troubleOf = (id: string | null): Trouble => {
    const plan = pins.find((pin) => pin.id === id)?.plan
    const troubles = plan?.troubles ?? listTroubles
    const count = asked.get(id) ?? 0
    asked.set(id, count + 1)
    const trouble = troubles[count] ?? (plan?.forGood === true ? troubles.at(-1) : undefined) ?? { kind: 'none' }
    if (wrongServer && !OF_ANY_SERVER.includes(trouble.kind)) return UNKNOWN_PATH
    // A service that says so and does nothing is found out by `verify` only, and not where another client does it meanwhile.
    return trouble.kind === 'keep' && (!verify || others.length > 0) ? { kind: 'none' } : trouble
  }
  const stranger = await startService()
  const service = await startService({
    pins: pins.filter(({ plan }) => plan.state !== 'absent').map(({ record }) => record),
    requestsPerMinute,
    largestPage: selection?.largestPage ?? 100,
    now: () => clock.epoch(),
    fault(request) {
      for (const { atRequest, pin } of others)
        if (atRequest === service.requests.length) service.remove(pins[pin % pins.length]?.id ?? '')
      const pin = pinIn(request.path)
      const trouble = troubleOf(pin)
      received(request, WAITING.includes(trouble.kind))
      const method = request.method === 'DELETE' ? 'DELETE' : 'GET'
      const record = service.records.get(pin ?? '') ?? pins.find(({ id }) => id === pin)?.record
      const around = { record, holds: service.holds(pin ?? ''), stranger: stranger.url, now: clock.epoch() }
      return faultOf(trouble, { method, pin, url: new URL(request.path, service.url).href }, around)
    },
  })
  const inputs = inputsOf(schedule, pins, schedule.nobodyListens ? 'http://127.0.0.1:1' : service.url)
  const close = async (): Promise<void> => void (await Promise.all([service.close(), stranger.close()]))
  return { schedule, pins, service, stranger, inputs, close }
}

/** The inputs of the action. */
export function inputsOf(schedule: Schedule, pins: readonly WorldPin[], apiUrl: string): Record<string, string> {
  const { selection, onMissing, onUnusedProtect, dryRun, verify, requestsPerMinute, timeoutSeconds } = schedule
  const protect = protectLines(pins, schedule).join('\n')
  const inputs = {
    'pinning-api-key': DEFAULT_KEYS.apiKey,
    'pinning-secret-key': DEFAULT_KEYS.secretKey,
    'api-url': apiUrl,
    'on-missing': onMissing,
    'dry-run': String(dryRun),
    verify: String(verify),
    'requests-per-minute': String(requestsPerMinute),
    'timeout-seconds': String(timeoutSeconds),
    ...(protect !== '' && { protect, 'on-unused-protect': onUnusedProtect }),
  }
  if (selection === null) return { ...inputs, 'pin-id': pins.map(({ id }) => id).join('\n') }
  return {
    ...inputs,
    name: selection.strayName ? 'a-*\nno such name' : 'a-*',
    'keep-latest': String(selection.keepLatest),
    'max-unpins': String(selection.maxUnpins),
    'on-too-many': selection.onTooMany,
    ...(selection.olderThan && { 'older-than': '30d' }),
    ...(selection.expiredBy && { 'expired-by': 'keyvalues.expires' }),
  }
}

/** What a run has left, with what the service knows. */
export function evidenceOf(scene: Scene, left: Left): Evidence {
  const { schedule, pins, service } = scene
  const ends = left.resultsFile === null ? null : (JSON.parse(left.resultsFile) as Story['ends'])
  const removed = (pinId: string): boolean => service.requests.some((one) => one.removed && one.path.includes(pinId))
  const spoilt = service.requests.some(({ fault }) => fault?.kind === 'change')
  return { ...left, scene, schedule, pins, ends, holds: (pinId) => service.holds(pinId), removed, spoilt }
}
