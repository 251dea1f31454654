import type { Reply } from '../../src/http/client.ts'
import type { Failure, Head, SendRequest, SendResult } from '../../src/http/send.ts'
import type { Inputs } from '../../src/inputs/read.ts'
import type { PinOutcome } from '../../src/pin/outcome.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { inputVariables } from '../../testing/runner/environment.ts'
import { Account } from '../../testing/service/account.ts'
import { type Answer, answer, changed } from '../../testing/service/answers.ts'
import { serve } from '../../testing/service/endpoints.ts'
import { DEFAULT_KEYS, type Fault } from '../../testing/service/index.ts'
import { findRoute } from '../../testing/service/routes.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'
import type { Story } from '../truth/oracle.ts'
import { inputsOf } from '../truth/scene.ts'
import { pinIn } from '../truth/watch.ts'
import type { Exchange } from '../truth/wire.ts'
import { faultOf, meaningOfAnswer, pinsOf, type Schedule, type Trouble, type WorldPin } from '../truth/world.ts'
import type { Core } from './core.ts'
import { POSSIBLE, type Possible, type Scenario } from './scenarios.ts'

/** All that one sequence of events left behind. */
export interface Played {
  /** For each `on-missing` that makes a difference. */
  stories: Story[]
  outcomes: readonly PinOutcome[]
  /** How requests ended, and what pins' ends say about the run. */
  words: Set<string>
  /** What could happen after the last event; empty when the run had ended by then. */
  next: string[]
  /** What was still pending at that point. */
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

const BASE = 'https://api.example/prefix'
/** Nothing in a run needs so many turns of the event loop between two requests or waits. */
const TURNS = 4
const MOST_STEPS = 400
/** A late answer comes so shortly before the request's limit. */
const LATE_MS = 100
const REMOVED = ', and it removed the pin'
const SILENCE = { status: null, headers: {}, body: null }
const KEYS = { api: DEFAULT_KEYS.apiKey, secret: DEFAULT_KEYS.secretKey }
const metadata = readActionMetadata()
/** What may have removed a pin or not, by its name. */
const OPEN = new Map<string, boolean>()
const PINS = new WeakMap<Schedule, WorldPin[]>()
const INPUTS = new WeakMap<Core, WeakMap<Schedule, Inputs>>()

/** What `inputs/read.ts` makes of a schedule. */
function inputsFor(core: Core, schedule: Schedule, pins: readonly WorldPin[]): Inputs {
  const known = INPUTS.get(core) ?? new WeakMap<Schedule, Inputs>()
  INPUTS.set(core, known)
  let inputs = known.get(schedule)
  if (inputs === undefined) {
    const variables = inputVariables(metadata, inputsOf(schedule, pins, BASE))
    Object.assign(process.env, variables)
    inputs = core.readInputs(KEYS, core.createRedactor([]))
    for (const name of Object.keys(variables)) delete process.env[name]
    known.set(schedule, inputs)
  }
  return inputs
}

/**
 * Plays one sequence of events: it runs the real code, and at each point where the run can only wait does what the sequence says. After
 * its last event nothing is answered, and time passes until the run ends.
 *
 * @param events names of options, one for each point.
 * @throws Error when the run does not end, or when it is not the same as when the sequence was found.
 */
export async function play(core: Core, scenario: Scenario, events: readonly string[]): Promise<Played> {
  return new Play(core, scenario).through(events)
}

class Play {
  readonly #core: Core
  readonly #scenario: Scenario
  readonly #clock = new SimulatedClock()
  readonly #stop = new AbortController()
  readonly #pins: WorldPin[]
  readonly #account: Account
  readonly #removed = new Set<string>()
  readonly #exchanges: Exchange[] = []
  readonly #words = new Set<string>()
  #inFlight: InFlight[] = []
  #answers = 0
  #place = 0
  #others = false
  #spoilt = false
  #stopped: Story['stop'] = null

  constructor(core: Core, scenario: Scenario) {
    this.#core = core
    this.#scenario = scenario
    this.#pins = PINS.get(scenario.schedule) ?? pinsOf(scenario.schedule, this.#clock.epoch())
    PINS.set(scenario.schedule, this.#pins)
    this.#account = new Account(() => this.#clock.epoch(), {})
    this.#account.add(this.#pins.filter(({ plan }) => plan.state !== 'absent').map(({ record }) => record))
  }

  async through(events: readonly string[]): Promise<Played> {
    const played: Played = { stories: [], outcomes: [], words: this.#words, next: [], pending: '' }
    let ended = false
    if (this.#scenario.stopped === true) this.#stopNow(false, false)
    const running = this.#run(played).finally(() => (ended = true))
    running.catch(() => {})
    for (let step = 0; ; step += 1) {
      for (let turns = 0; turns < TURNS && !ended; turns += 1) await turn()
      if (ended) break
      if (this.#stopped !== null) throw new Error('the run was stopped and does not end')
      if (step === MOST_STEPS) throw new Error('the run does not end')
      const options = this.#options()
      if (step === events.length) {
        played.next = options.map(({ name }) => name)
        played.pending = this.#pending()
      }
      const name = events[step]
      const option = options.find((one) => name === undefined || one.name === name)
      if (option === undefined) throw new Error(`"${name}" cannot happen at this point`)
      await option.act()
    }
    await running
    return played
  }

  /** What `run.ts` does between the inputs and the report. */
  async #run(played: Played): Promise<void> {
    const core = this.#core
    const { schedule } = this.#scenario
    const inputs = inputsFor(core, schedule, this.#pins)
    const client = new core.Client({
      base: BASE,
      secretHeaders: core.authentication(KEYS),
      holdsKey: () => false,
      send: (request) => this.#send(request),
      limiter: new core.RateLimiter(this.#clock, schedule.requestsPerMinute),
      clock: this.#clock,
      random: () => 0.5,
      onRetry() {},
    })
    const request = client.request.bind(client)
    client.request = async (asked) => this.#noted(await request(asked))
    const service = new core.PinService(client, this.#clock, schedule.timeoutSeconds)
    const { signal } = this.#stop
    const options = { service, signal, now: this.#clock.epoch(), log() {}, warn() {}, onProgress() {} }
    let readings = await core.readRecords(inputs, options)
    if (readings.problem !== null && schedule.selection !== null)
      return void played.stories.push(this.#story(null, false))
    let plan = core.makePlan(inputs, readings)
    if (plan.wantsRest) {
      readings = await core.readRest(readings, options)
      plan = core.makePlan(inputs, readings)
    }
    const outcomes: PinOutcome[] = []
    await core.execute(
      plan,
      schedule.dryRun
        ? (pin) => Promise.resolve(core.wouldUnpin(pin))
        : (pin, signals) => core.unpinOne(service.pin(pin.pinId, signals), pin, schedule.verify),
      signal,
      (outcome, index) => {
        if (outcomes[index] !== undefined) throw new Error(`${outcome.pinId} has two ends`)
        outcomes[index] = outcome
      },
    )
    for (const { result, stops } of outcomes) this.#words.add(result).add(String(stops))
    played.outcomes = outcomes
    const differs = schedule.selection === null && outcomes.some(({ result }) => result === 'missing')
    for (const onMissing of differs ? (['warn', 'ignore', 'fail'] as const) : [schedule.onMissing]) {
      const { succeeded } = core.decideVerdict(plan, outcomes, onMissing, signal)
      played.stories.push(this.#story(outcomes, succeeded, onMissing))
    }
  }

  #noted(reply: Reply): Reply {
    this.#words.add(reply.end)
    return reply
  }

  #story(ends: Story['ends'], succeeded: boolean, onMissing = this.#scenario.schedule.onMissing): Story {
    const others = this.#others ? [{ atRequest: 0, pin: 0 }] : []
    return {
      schedule: { ...this.#scenario.schedule, onMissing, others },
      pins: this.#pins,
      exchanges: this.#exchanges,
      ends,
      succeeded,
      holds: (pinId) => this.#account.holds(pinId),
      removed: (pinId) => this.#removed.has(pinId),
      spoilt: this.#spoilt,
      stop: this.#stopped,
      endedMs: this.#clock.now(),
      timed: true,
    }
  }

  /** The one function of the action that sends. What becomes of a request is one of the options. */
  #send({ method, url, limitMs, signal }: SendRequest): Promise<SendResult> {
    const startedMs = this.#clock.now()
    const came = { connected: false, ...SILENCE }
    const exchange: Exchange = {
      ...{ method, url: url.href, pin: pinIn(url.pathname), startedMs, endedMs: Infinity },
      ...{ start: (this.#place += 1), end: Infinity, came },
    }
    return new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'interrupted', lost: false })
      this.#exchanges.push(exchange)
      const cancel = this.#clock.after(limitMs, () => {
        const result = { kind: 'failed', failure: 'lost', why: 'no complete answer', head: null } as const
        inFlight.settle(result, { ...SILENCE, connected: true })
      })
      const inFlight: InFlight = {
        exchange,
        dueMs: startedMs + limitMs,
        settle: (result, came) => {
          cancel()
          this.#inFlight = this.#inFlight.filter((one) => one !== inFlight)
          Object.assign(exchange, { came, endedMs: this.#clock.now(), end: (this.#place += 1) })
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
    const { schedule, only } = this.#scenario
    const { pin, method } = request.exchange
    const holds = pin !== null && this.#account.holds(pin)
    return POSSIBLE.filter(
      ({ name, trouble, anyServer = false }) =>
        (anyServer || !schedule.wrongServer) &&
        (only?.includes(name) ?? true) &&
        // Only `verify` finds out about a service that lies.
        (trouble.kind !== 'keep' || (method === 'DELETE' && schedule.verify && holds)) &&
        (trouble.kind !== 'page' || pin === null),
    ).flatMap((possible) => {
      const effects = this.#isOpen(possible, request) ? [false, true] : [false]
      return effects.flatMap((effect) => {
        const name = `${this.#nameOf(request)}: ${possible.name}${effect ? REMOVED : ''}`
        const act = (): void => this.#answer(request, possible, effect)
        return [
          { name, act },
          { name: `${name}; stop in the same moment`, act: () => (act(), this.#stopNow(false, false)) },
        ]
      })
    })
  }

  #fault(trouble: Trouble, { pin, method, url }: Exchange): Fault | undefined {
    const record = this.#account.find(pin ?? '') ?? this.#pins.find(({ id }) => id === pin)?.record
    // Where the answer says that the pin is missing, another client was faster.
    return faultOf(
      trouble,
      { pin, method, url },
      { record, holds: false, stranger: 'https://elsewhere.example', now: 0 },
    )
  }

  /** May this have removed the pin, and may it not have? */
  #isOpen({ name, trouble }: Possible, request: InFlight): boolean {
    if (!this.#canRemove(request)) return false
    let open = OPEN.get(name)
    if (open === undefined) {
      const fault = trouble.kind === 'says' ? this.#fault({ ...trouble, effect: true }, request.exchange) : undefined
      open = trouble.kind === 'reset' || (fault?.kind === 'answer' && fault.effect === true)
      OPEN.set(name, open)
    }
    return open
  }

  #answer(request: InFlight, { trouble }: Possible, effect: boolean): void {
    const { exchange, settle } = request
    const { pin } = exchange
    this.#answers += 1
    const lost = (failure: Failure, head: Head | null = null): SendResult => ({
      kind: 'failed',
      failure,
      why: 'a word',
      head,
    })
    if (trouble.kind === 'unsent') {
      const { failure } = trouble
      const came = { ...SILENCE, connected: false, ...(failure !== 'network' && { failure }) }
      return settle(lost(failure), came)
    }
    const fault = this.#fault(trouble, exchange)
    if (fault?.kind === 'answer' && pin !== null && meaningOfAnswer(fault, exchange).says === 'missing') {
      this.#others ||= this.#account.holds(pin)
      this.#account.unpin(pin)
    }
    const own = fault === undefined || ['keep', 'change', 'cut'].includes(fault.kind)
    const real = own || effect ? this.#serve(exchange, fault?.kind === 'keep') : answer(0)
    const given =
      fault?.kind === 'answer'
        ? answer(fault.status, fault.body, fault.headers)
        : fault?.kind === 'redirect'
          ? answer(fault.status ?? 307, '', { Location: fault.location })
          : fault?.kind === 'change'
            ? changed(real, fault)
            : real
    this.#spoilt ||= fault?.kind === 'change'
    const { status, body } = given
    const headers = Object.fromEntries(
      Object.entries(given.headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    if (fault?.kind === 'reset') return settle(lost('lost'), { ...SILENCE, connected: true })
    const head: Head = {
      status,
      location: headers['location'] ?? null,
      retryAfter: headers['retry-after'] ?? null,
      date: null,
    }
    const cut = fault?.kind === 'cut'
    if (cut && (status < 300 || status >= 500))
      return settle(lost('lost', head), { ...SILENCE, connected: true, status })
    const unread = { kind: 'not-json', problem: 'a word', begins: '' } as const
    const read = cut || (status >= 300 && status < 400) ? unread : this.#core.parseBody(body)
    const came = { connected: true, status, headers, body: read === unread ? null : body.toString('latin1') }
    settle({ kind: 'answered', response: { ...head, body: read } }, came)
  }

  /** What the embedded service does and says. */
  #serve({ method, url, pin }: Exchange, keep = false): Answer {
    const path = url.slice(url.indexOf('/api/'))
    const route = findRoute(pin === null ? path : path.replace(/\/$/, ''), '')
    const held = pin !== null && this.#account.holds(pin)
    const nothing = { largestPage: 100, deviate: {}, wanted: '', keep }
    const real = serve({ ...nothing, method, route, keys: DEFAULT_KEYS, account: this.#account })
    if (pin !== null && held && !this.#account.holds(pin)) this.#removed.add(pin)
    return real
  }

  /** Time moves on to whatever waits for it first. A request whose limit that is was not answered in time. */
  #timeOptions(): Option[] {
    const wait = this.#clock.pending[0]
    if (wait === undefined) return []
    const pass = (): Promise<void> => this.#clock.advance(wait)
    const late = this.#inFlight.find(({ dueMs }) => dueMs <= this.#clock.now() + wait)
    if (late === undefined) return [{ name: 'time passes', act: pass }]
    const name = `${this.#nameOf(late)}: no answer in time`
    const give = (removes: boolean): Promise<void> => {
      if (this.#answers < this.#scenario.depth) this.#answers += 1
      if (removes) this.#serve(late.exchange)
      return pass()
    }
    const options: Option[] = [{ name, act: () => give(false) }]
    if (this.#canRemove(late)) options.push({ name: name + REMOVED, act: () => give(true) })
    if (this.#scenario.late === true && wait > LATE_MS)
      options.push({ name: `${this.#nameOf(late)}: late`, act: () => this.#clock.advance(wait - LATE_MS) })
    return options
  }

  /** The run is told to stop. Of each request in flight nothing was sent yet, or it was, before or after its effect. */
  #stopOptions(): Option[] {
    const options = [{ name: 'stop', act: () => this.#stopNow(false, false) }]
    if (this.#inFlight.length > 0) options.push({ name: 'stop after sending', act: () => this.#stopNow(true, false) })
    if (this.#inFlight.some((request) => this.#canRemove(request)))
      options.push({ name: `stop after sending${REMOVED}`, act: () => this.#stopNow(true, true) })
    return options
  }

  #stopNow(connected: boolean, removes: boolean): void {
    this.#stopped = { ms: this.#clock.now(), place: this.#place }
    const inFlight = this.#inFlight
    if (removes) for (const { exchange } of inFlight.filter((one) => this.#canRemove(one))) this.#serve(exchange)
    this.#stop.abort('Cancelled.')
    for (const { settle } of inFlight) settle({ kind: 'interrupted', lost: connected }, { ...SILENCE, connected })
  }

  #canRemove({ exchange: { pin, method } }: InFlight): boolean {
    return method === 'DELETE' && pin !== null && this.#account.holds(pin) && !this.#scenario.schedule.wrongServer
  }

  #nameOf({ exchange: { pin, method } }: InFlight): string {
    return pin === null ? 'list' : `${method} ${this.#label(pin)}`
  }

  #label(pin: string): string {
    return `#${this.#pins.findIndex(({ id }) => id === pin) + 1}`
  }

  #pending(): string {
    const waits = this.#clock.pending.map((ms) => Math.round(ms)).join()
    const pins = this.#pins.map(({ id }) => {
      const sent = this.#exchanges.filter(({ pin }) => pin === id).length
      return `${this.#label(id)} ${this.#account.holds(id)} ${this.#removed.has(id)} sent ${sent}`
    })
    return [Math.round(this.#clock.now()), waits, ...this.#inFlight.map((one) => this.#nameOf(one)), ...pins].join('; ')
  }
}
