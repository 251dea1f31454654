import type { Verdict } from '../../src/verdict.ts'
import type { SendRequest, SendResult } from '../../src/http/send.ts'
import type { PinOutcome } from '../../src/pin/outcome.ts'
import type { Criteria } from '../../src/selection/criteria.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'
import { type ModelPin, type Reply, REPLIES, rows } from './replies.ts'
import type { Core } from './core.ts'

/** The world that a schedule happens in. */
export interface Scenario {
  pins: number
  /** So many answers are chosen; after them nothing is answered any more. */
  depth: number
  dryRun?: boolean
  verify?: boolean
  /** `protect` names the first pin, or a pin that is not there. */
  protect?: 'first' | 'other'
  /** The pins are not given by ID but found in the list. */
  selected?: boolean
  /** `api-url` names another server. */
  wrongServer?: boolean
  slots?: number
  /** An answer can come in the last moment, too. */
  late?: boolean
  /** Nothing but these replies. */
  only?: readonly string[]
  /** The run is stopped before it begins. */
  stopped?: boolean
}

const ALL_BUT_ONE: Criteria = {
  cids: null,
  names: { kind: 'any-pin' },
  keyvalues: [],
  olderThan: null,
  keepLatest: 1,
  groupBy: { kind: 'all' },
  given: [],
}

export const BASE = 'https://api.example/prefix'
export const TIMEOUT_SECONDS = 60
export const ON_MISSING = ['warn', 'ignore', 'fail'] as const

/** One request from its start to its end. */
export interface Exchange {
  /** `null`: the list. */
  pin: ModelPin | null
  method: 'DELETE' | 'GET'
  url: string
  startedMs: number
  endedMs: number
  /** What it came to, in words, and what must follow from that. */
  came: Pick<Reply, 'name' | 'lost' | 'retried' | 'holdsMs' | 'gone'>
}

/** All that one schedule left behind. */
export interface Played {
  scenario: Scenario
  exchanges: Exchange[]
  pins: ModelPin[]
  outcomes: Map<string, PinOutcome[]>
  /** How each pin's requests ended, and the question to the list: `RequestResult` by its kind. */
  kinds: Set<string>
  /** For each `on-missing`. */
  verdicts: Verdict[]
  /** Why the list could not be used, where it was read. */
  noPlan: string | null
  stoppedMs: number | null
  endedMs: number
  /** What could happen after the last choice of the schedule; empty when it had ended by then. */
  next: string[]
  /** How much was still pending at that point: what the run waits for, by when. */
  pending: string
}

interface InFlight {
  exchange: Exchange
  dueMs: number
  settle(result: SendResult, came: Exchange['came']): void
}

interface Option {
  name: string
  act(): void | Promise<void>
}

/** Nothing in a run needs so many turns of the event loop between two requests or waits. */
const TURNS = 4
const MOST_STEPS = 400
/** A late answer comes so shortly before the request's limit. */
const LATE_MS = 100

/**
 * Plays one schedule: it runs the real code, and at each point where the run can only wait does what the schedule says. After its last
 * choice nothing is answered, and time passes until the run ends.
 *
 * @param schedule names of options, one for each point.
 * @throws Error when the run does not end, or when it is not the same as when the schedule was found.
 */
export async function play(core: Core, scenario: Scenario, schedule: readonly string[]): Promise<Played> {
  return new Play(core, scenario).through(schedule)
}

class Play {
  readonly #core: Core
  readonly #scenario: Scenario
  readonly #clock = new SimulatedClock()
  readonly #stop = new AbortController()
  readonly #played: Played
  #inFlight: InFlight[] = []
  #answers = 0

  constructor(core: Core, scenario: Scenario) {
    this.#core = core
    this.#scenario = scenario
    const pins = Array.from({ length: scenario.pins }, (_, index): ModelPin => ({
      id: `00000000-0000-4000-8000-00000000000${index + 1}`,
      gone: 'no',
    }))
    const nothing = { exchanges: [], outcomes: new Map(), kinds: new Set<string>(), verdicts: [], next: [] }
    this.#played = { scenario, pins, ...nothing, noPlan: null, stoppedMs: null, endedMs: 0, pending: '' }
  }

  async through(schedule: readonly string[]): Promise<Played> {
    const played = this.#played
    const state = { ended: false }
    if (this.#scenario.stopped === true) this.#stopNow(false, false)
    const running = this.#run().finally(() => (state.ended = true))
    running.catch(() => {})
    for (let step = 0; ; step += 1) {
      for (let turns = 0; turns < TURNS && !state.ended; turns += 1) await turn()
      if (state.ended) break
      if (played.stoppedMs !== null) throw new Error('the run was stopped and does not end')
      if (step === MOST_STEPS) throw new Error('the run does not end')
      const options = this.#options()
      if (step === schedule.length) {
        played.next = options.map(({ name }) => name)
        played.pending = this.#pending()
      }
      const name = schedule[step]
      const option = options.find((one) => name === undefined || one.name === name)
      if (option === undefined) throw new Error(`"${name}" cannot happen at this point`)
      await option.act()
    }
    await running
    played.endedMs = this.#clock.now()
    return played
  }

  /** What `run.ts` does between the inputs and the report. */
  async #run(): Promise<void> {
    const { dryRun = false, verify = false, protect, selected = false, slots = 180 } = this.#scenario
    const { outcomes, kinds, pins } = this.#played
    const core = this.#core
    const client = new core.OriginClient({
      base: BASE,
      secretHeaders: core.authentication({ api: 'api key', secret: 'secret key' }),
      holdsKey: () => false,
      sender: { send: (request) => this.#send(request), close() {} },
      limiter: new core.RateLimiter(this.#clock, slots),
      clock: this.#clock,
      random: () => 0.5,
    })
    const request = client.request.bind(client)
    client.request = async (options) => {
      const result = await request(options)
      kinds.add(result.kind)
      return result
    }
    const service = new core.PinService(client)
    const named = protect === 'first' ? (pins[0]?.id ?? '') : 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee'
    const lines = [{ kind: 'id' as const, id: named, text: named }]
    const lineGuard = new core.LineGuard(protect === undefined ? [] : lines, () => null)
    const guard = protect === undefined ? core.NO_GUARD : lineGuard
    const { signal } = this.#stop
    const limits = { timeoutSeconds: TIMEOUT_SECONDS, onRetry() {} }
    const always = { ...limits, signal, startSignal: signal }

    let plan = core.planByIds(pins.map(({ id }) => id))
    if (selected) {
      const list = await core.readList({
        readPage: (page) => service.page(page, always),
        keep: (record) => ({ record, bytes: 0 }),
        onProgress() {},
      })
      if (list.kind === 'failed') return void (this.#played.noPlan = list.problem)
      const rules = {
        criteria: ALL_BUT_ONE,
        guard: lineGuard,
        canonicalCid: () => null,
        maxUnpins: 25,
        now: 0,
      }
      const found = core.planSelection(list.records, { ...rules, onMissing: 'warn' })
      if (found.kind === 'impossible') return void (this.#played.noPlan = found.problem)
      plan = found.plan
    }
    const ended: PinOutcome[] = []
    await core.execute(plan.pins, {
      unpin: (pin, signals) =>
        core.unpinOne(service.pin(pin.pinId, { ...limits, ...signals }), pin, { dryRun, verify, guard }),
      isAiozPin: () => service.isAiozPin(always),
      signal,
      onEnd(outcome, index) {
        ended[index] = outcome
        outcomes.set(outcome.pinId, [...(outcomes.get(outcome.pinId) ?? []), outcome])
      },
    })
    const known = ended.map((outcome) => ({ ...outcome, recordKnown: outcome.record !== null }))
    const stopped = signal.aborted ? String(signal.reason) : null
    this.#played.verdicts = ON_MISSING.map((onMissing) =>
      core.decideVerdict(plan, known, { onMissing, stopped, unusedLines: guard.unusedLines }),
    )
  }

  /** The one request function of the action. What it comes to is one of the options. */
  #send({ method, url, limitMs, signal }: SendRequest): Promise<SendResult> {
    const { href } = url
    const pin = this.#played.pins.find(({ id }) => href.includes(id)) ?? null
    const startedMs = this.#clock.now()
    const came = { name: 'no end', lost: false, retried: false, holdsMs: 0, gone: false }
    const exchange: Exchange = { pin, method, url: href, startedMs, endedMs: Infinity, came }
    this.#played.exchanges.push(exchange)
    return new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'interrupted', sent: false })
      const cancel = this.#clock.after(limitMs, () => {
        const why = 'no complete answer'
        inFlight.settle({ kind: 'lost', why, status: null, retryAfter: null }, { ...TIMED_OUT, lost: true })
      })
      const inFlight: InFlight = {
        exchange,
        dueMs: startedMs + limitMs,
        settle: (result, came) => {
          cancel()
          this.#inFlight = this.#inFlight.filter((one) => one !== inFlight)
          Object.assign(exchange, { came, endedMs: this.#clock.now() })
          resolve(result)
        },
      }
      this.#inFlight.push(inFlight)
    })
  }

  /** Everything that can happen at a point where the run can only wait. The first is what happens when no one chooses. */
  #options(): Option[] {
    const chosen = this.#answers === this.#scenario.depth
    return [
      ...this.#timeOptions(),
      ...(chosen ? [] : this.#inFlight.flatMap((request) => this.#replyOptions(request))),
      ...this.#stopOptions(),
    ]
  }

  #replyOptions(request: InFlight): Option[] {
    const { pin, method } = request.exchange
    const { wrongServer = false, only } = this.#scenario
    const replies = pin === null ? this.#listReplies(request) : this.#honest(pin, method)
    return replies
      .filter(({ name, anyServer }) => (anyServer || !wrongServer) && (only?.includes(name) ?? true))
      .flatMap((reply) => reply.removes.map((removes) => ({ reply, removes })))
      .filter(({ removes, reply }) => !removes || this.#canRemove(request) || reply.name === 'success')
      .flatMap(({ reply, removes }) => {
        const name = `${nameOf(request)}: ${reply.name}${removes ? REMOVED : ''}`
        const act = () => this.#answer(request, reply, removes)
        return [
          { name, act },
          { name: `${name}; stop in the same moment`, act: () => (act(), this.#stopNow(false, false)) },
        ]
      })
  }

  #listReplies({ exchange }: InFlight): Reply[] {
    return [rows(this.#played.pins, new URL(exchange.url)), ...REPLIES.list]
  }

  /** What an honest service can say of a pin: that it is gone of one that is gone, and its record of any other. */
  #honest(pin: ModelPin, method: Exchange['method']): Reply[] {
    const { verify = false } = this.#scenario
    const tried = this.#played.exchanges.some((one) => one.pin === pin && one.method === 'DELETE')
    return (method === 'GET' ? REPLIES.read : REPLIES.delete).filter(({ name }) => {
      // Only `verify` finds out.
      if (name === 'success without removing') return verify && pin.gone === 'no'
      // A pin is retrieved before it can be unpinned. `verify` could not tell the two apart.
      if (name === 'its record, being retrieved') return pin.gone === 'no' && !tried
      return name !== 'its record' || pin.gone === 'no'
    })
  }

  #answer(request: InFlight, reply: Reply, removes: boolean): void {
    const { pin } = request.exchange
    this.#answers += 1
    if (removes) remove(pin)
    // Another client was faster.
    else if (pin?.gone === 'no' && reply.gone && this.#scenario.wrongServer !== true)
      pin.gone = 'by another client'
    request.settle(reply.result(pin ?? { id: '', gone: 'no' }), reply)
  }

  /** Time moves on to whatever waits for it first. A request whose limit that is was not answered in time. */
  #timeOptions(): Option[] {
    const wait = this.#clock.pending[0]
    if (wait === undefined) return []
    const pass = () => this.#clock.advance(wait)
    const late = this.#inFlight.find(({ dueMs }) => dueMs <= this.#clock.now() + wait)
    if (late === undefined) return [{ name: 'time passes', act: pass }]
    const name = `${nameOf(late)}: no answer in time`
    const give = (removes: boolean) => {
      if (this.#answers < this.#scenario.depth) this.#answers += 1
      if (removes) remove(late.exchange.pin)
      return pass()
    }
    const options: Option[] = [{ name, act: () => give(false) }]
    if (this.#canRemove(late)) options.push({ name: name + REMOVED, act: () => give(true) })
    if (this.#scenario.late === true && wait > LATE_MS) {
      options.push({ name: `${nameOf(late)}: late`, act: () => this.#clock.advance(wait - LATE_MS) })
    }
    return options
  }

  /** The run is told to stop. Of each request in flight nothing was sent yet, or it was, before or after its effect. */
  #stopOptions(): Option[] {
    const options = [{ name: 'stop', act: () => this.#stopNow(false, false) }]
    if (this.#inFlight.length > 0) {
      options.push({ name: 'stop after sending', act: () => this.#stopNow(true, false) })
    }
    if (this.#inFlight.some((request) => this.#canRemove(request))) {
      options.push({ name: `stop after sending${REMOVED}`, act: () => this.#stopNow(true, true) })
    }
    return options
  }

  #stopNow(sent: boolean, removes: boolean): void {
    this.#played.stoppedMs = this.#clock.now()
    const inFlight = this.#inFlight
    if (removes)
      inFlight.filter((one) => this.#canRemove(one)).forEach(({ exchange }) => remove(exchange.pin))
    this.#stop.abort('Cancelled.')
    for (const request of inFlight) request.settle({ kind: 'interrupted', sent }, { ...STOPPED, lost: sent })
  }

  #canRemove({ exchange: { pin, method } }: InFlight): boolean {
    return method === 'DELETE' && pin?.gone === 'no' && this.#scenario.wrongServer !== true
  }

  #pending(): string {
    const waits = this.#clock.pending.map((ms) => Math.round(ms)).join()
    const gone = this.#played.pins.map(({ id, gone }) => `${id} ${gone}`)
    const sent = this.#played.pins.map((pin) => {
      return `${pin.id} sent ${this.#played.exchanges.filter((one) => one.pin === pin).length}`
    })
    return [Math.round(this.#clock.now()), waits, ...this.#inFlight.map(nameOf), ...gone, ...sent].join('; ')
  }
}

const REMOVED = ', and it removed the pin'
const TIMED_OUT = { name: 'no answer in time', retried: true, holdsMs: 0, gone: false }
const STOPPED = { name: 'stopped', retried: false, holdsMs: 0, gone: false }

function nameOf({ exchange: { pin, method } }: InFlight): string {
  return pin === null ? 'list' : `${method} ${pin.id}`
}

function remove(pin: ModelPin | null): void {
  if (pin?.gone === 'no') pin.gone = 'by this run'
}
