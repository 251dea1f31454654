import type { Failure, Head, SendRequest, SendResult } from '../../src/http/send.ts'
import type { PinOutcome } from '../../src/pin/outcome.ts'
import type { run } from '../../src/run.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { inputVariables } from '../../testing/runner/environment.ts'
import { Account } from '../../testing/service/account.ts'
import { type Answer, answer, changed } from '../../testing/service/answers.ts'
import { serve } from '../../testing/service/endpoints.ts'
import { DEFAULT_KEYS } from '../../testing/service/index.ts'
import { findRoute } from '../../testing/service/routes.ts'
import { SimulatedClock, turn } from '../support/simulated-clock.ts'
import type { Story } from '../truth/oracle.ts'
import { inputsOf } from '../truth/scene.ts'
import { pinIn } from '../truth/watch.ts'
import { type Came, type Exchange, jsonIn, meaningOf } from '../truth/wire.ts'
import { faultOf, lowerCase, meaningOfAnswer, pinsOf, type WorldPin } from '../truth/world.ts'
import { FEW, POSSIBLE, type Possible, type Scenario } from './scenarios.ts'
import { directions } from './stand-ins.ts'

/** One world and one `src`, in which any number of sequences is played. */
export interface Stage {
  run: typeof run
  scenario: Scenario
  pins: readonly WorldPin[]
}

/** All that one sequence of events left behind. */
export interface Played {
  story: Story
  outcomes: readonly PinOutcome[]
  next: string[] // What could happen after the last event; empty when the run had ended by then.
  pending: string // What was still pending at that point.
}

type InFlight = { exchange: Exchange; dueMs: number; settle: (result: SendResult, came: Came) => void }

/** Nothing in a run needs so many turns of the event loop between two requests or waits. */
const TURNS = 4
const MOST_STEPS = 400
const REMOVED = ', and it removed the pin'
const SILENCE: Came = { connected: true, status: null, headers: {}, body: null }
const SERVICE = { keys: DEFAULT_KEYS, largestPage: 100, deviate: {}, wanted: '' }
const metadata = readActionMetadata()

/** Sets the inputs of a scenario, for this process. */
export function setStage(action: typeof run, scenario: Scenario): Stage {
  const pins = pinsOf(scenario.schedule, new SimulatedClock().epoch())
  // A plain object is faster than the real environment.
  process.env = inputVariables(metadata, inputsOf(scenario.schedule, pins, 'https://api.example/prefix'))
  return { run: action, scenario, pins }
}

/**
 * Plays one sequence of events: it runs the real code, and at each point where the run can only wait does what the sequence says. After
 * its last event nothing is answered, and time passes until the run ends.
 * @param events names of options, one for each point.
 * @throws Error when the run does not end, or when it is not the same as when the sequence was found.
 */
export function play(stage: Stage, events: readonly string[]): Promise<Played> {
  const write = process.stdout.write.bind(process.stdout)
  process.stdout.write = () => true
  return new Play(stage).through(events).finally(() => (process.stdout.write = write))
}

class Play {
  readonly #stage: Stage
  readonly #clock = new SimulatedClock()
  readonly #stop = new AbortController()
  readonly #account = new Account(() => this.#clock.epoch(), {})
  readonly #removed = new Set<string>()
  readonly #exchanges: Exchange[] = []
  readonly #outcomes: PinOutcome[] = []
  #inFlight: InFlight[] = []
  #answers = 0
  #place = 0
  #others = false
  #spoilt = false
  #refused = false
  #stopped: Story['stop'] = null

  constructor(stage: Stage) {
    this.#stage = stage
    this.#account.add(stage.pins.flatMap(({ plan, record }) => (plan.state === 'absent' ? [] : record)))
  }

  async through(events: readonly string[]): Promise<Played> {
    const { scenario, pins, run } = this.#stage
    let [next, pending] = [[] as string[], '']
    const state = { ended: false }
    if (scenario.stopped === true) this.#stopNow(false, false)
    directions.send = (request) => this.#send(request)
    directions.hear = (method, told) => this.#hear(method, told)
    const running = run({ clock: this.#clock, random: () => 0.5, signal: this.#stop.signal })
    const end = (): void => void (state.ended = true)
    running.then(end, end)
    for (let step = 0; ; step += 1) {
      for (let turns = 0; turns < TURNS && !state.ended; turns += 1) await turn()
      if (state.ended) break
      if (this.#stopped !== null || step === MOST_STEPS) throw new Error('the run does not end')
      const options = this.#options()
      if (step === events.length) [next, pending] = [[...options.keys()], this.#pending()]
      const act = options.get(events[step] ?? [...options.keys()][0] ?? '')
      if (act === undefined) throw new Error(`"${events[step]}" cannot happen at this point`)
      await act()
    }
    const outcomes = this.#outcomes
    const schedule = { ...scenario.schedule, others: this.#others ? [{ atRequest: 0, pin: 0 }] : [] }
    const told = { ends: this.#refused ? null : outcomes, succeeded: await running }
    const seen = { exchanges: this.#exchanges, spoilt: this.#spoilt, stop: this.#stopped, endedMs: this.#clock.now() }
    const holds = (pinId: string): boolean => this.#account.holds(pinId)
    const removed = (pinId: string): boolean => this.#removed.has(pinId)
    return { story: { schedule, pins, ...told, ...seen, holds, removed, timed: true }, outcomes, next, pending }
  }

  #hear(method: string, told: readonly unknown[]): void {
    if (method === 'refuse') this.#refused = true
    if (method !== 'pinEnded') return
    const [outcome, index] = told as [PinOutcome, number]
    if (this.#outcomes[index] !== undefined) throw new Error(`${outcome.pinId} has two ends`)
    this.#outcomes[index] = outcome
  }

  /** The one function of the action that sends. What becomes of a request is one of the options. */
  #send({ method, url, limitMs, signal }: SendRequest): Promise<SendResult> {
    const startedMs = this.#clock.now()
    const asked = { method, url: url.href, pin: pinIn(url.pathname) }
    const exchange = { ...asked, startedMs, endedMs: Infinity, start: (this.#place += 1), end: Infinity, came: SILENCE }
    return new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'interrupted', lost: false, head: null })
      this.#exchanges.push(exchange)
      const settle = (result: SendResult, came: Came): void => {
        cancel()
        this.#inFlight = this.#inFlight.filter((one) => one.exchange !== exchange)
        Object.assign(exchange, { came, endedMs: this.#clock.now(), end: (this.#place += 1) })
        resolve(result)
      }
      const cancel = this.#clock.after(limitMs, () => settle(failed('lost'), SILENCE))
      this.#inFlight.push({ exchange, dueMs: startedMs + limitMs, settle })
    })
  }

  /** Everything that can happen at a point where the run can only wait. The first is what happens when no one chooses. */
  #options(): Map<string, () => unknown> {
    const { depth, calm = false } = this.#stage.scenario
    const options = new Map<string, () => unknown>()
    // Time moves on to whatever waits for it first. A request whose limit that is was not answered in time.
    const [wait = -1] = this.#clock.pending
    const late = this.#inFlight.find(({ dueMs }) => dueMs <= this.#clock.now() + wait)
    const name = late === undefined ? 'time passes' : `${this.#nameOf(late)}: no answer in time`
    const pass = (removes: boolean) => () => {
      if (late !== undefined) this.#answers = Math.min(depth, this.#answers + 1)
      if (late !== undefined && removes) this.#serve(late.exchange)
      return this.#clock.advance(wait)
    }
    if (wait >= 0) options.set(name, pass(false))
    if (late !== undefined && this.#canRemove(late)) options.set(name + REMOVED, pass(true))
    if (this.#answers < depth) {
      if (calm && this.#inFlight.length > 0) options.clear()
      for (const request of this.#inFlight.slice(0, calm ? 1 : 8)) this.#addAnswers(request, options, calm)
    }
    // Of each request in flight nothing was sent yet, or it was, before or after its effect.
    if (!calm) options.set('stop', () => this.#stopNow(false, false))
    if (!calm && this.#inFlight.length > 0) options.set('stop after sending', () => this.#stopNow(true, false))
    if (!calm && this.#inFlight.some((one) => this.#canRemove(one)))
      options.set(`stop${REMOVED}`, () => this.#stopNow(true, true))
    return options
  }

  #addAnswers(request: InFlight, options: Map<string, () => unknown>, calm: boolean): void {
    for (const possible of POSSIBLE) {
      if (!this.#canHappen(possible, request)) continue
      const name = `${this.#nameOf(request)}: ${possible.name}${possible.removes === true ? REMOVED : ''}`
      const act = (): void => this.#answer(request, possible)
      options.set(name, act)
      const stops = !calm && FEW.includes(possible.name)
      if (stops) options.set(`${name}; stop in the same moment`, () => (act(), this.#stopNow(false, false)))
    }
  }

  #canHappen({ name, trouble, removes = false, anyServer = false }: Possible, request: InFlight): boolean {
    const { schedule, only } = this.#stage.scenario
    if (schedule.wrongServer ? !anyServer : only !== undefined && !only.includes(name)) return false
    // Only `verify` finds out about a service that lies.
    if (trouble.kind === 'keep') return schedule.verify && this.#canRemove(request)
    return (trouble.kind !== 'page' || request.exchange.pin === null) && (!removes || this.#canRemove(request))
  }

  /** Ends a request as the wire would. */
  #answer({ exchange, settle }: InFlight, { trouble, removes = false }: Possible): void {
    const { pin } = exchange
    this.#answers += 1
    if (trouble.kind === 'unsent') {
      const { failure } = trouble
      return settle(failed(failure), { ...SILENCE, connected: false, ...(failure !== 'network' && { failure }) })
    }
    const around = {
      record: this.#account.find(pin ?? ''),
      holds: false,
      stranger: 'https://elsewhere.example',
      now: 0,
    }
    const fault = faultOf(trouble, exchange, around)
    // Another client was faster.
    if (fault?.kind === 'answer' && pin !== null && meaningOfAnswer(fault, exchange).says === 'missing') {
      this.#others ||= this.#account.holds(pin)
      this.#account.unpin(pin)
    }
    this.#spoilt ||= fault?.kind === 'change'
    const serves = fault === undefined || ['keep', 'cut', 'change'].includes(fault.kind)
    let given = serves || removes ? this.#serve(exchange, fault?.kind === 'keep') : answer(0)
    if (fault?.kind === 'reset') return settle(failed('lost'), SILENCE)
    if (fault?.kind === 'answer') given = answer(fault.status, fault.body, fault.headers)
    if (fault?.kind === 'redirect') given = answer(fault.status ?? 307, '', { Location: fault.location })
    if (fault?.kind === 'change') given = changed(given, fault)
    const { status } = given
    const headers = lowerCase(given.headers)
    const { location = null, 'retry-after': retryAfter = null } = headers
    const head: Head = { status, location, retryAfter, date: null }
    // Of a body that is cut the status decides, and one of a redirect is not read.
    const unread = fault?.kind === 'cut' || (status >= 300 && status < 400)
    const came = { connected: true, status, headers, body: unread ? null : given.body.toString('latin1') }
    if (unread && meaningOf(exchange, came).retried) return settle(failed('lost', head), came)
    const object = jsonIn(came)
    const nothing = { kind: 'not-json', problem: 'no JSON', begins: '' } as const
    const body = object === null ? nothing : ({ kind: 'json', object, bytes: given.body.length } as const)
    settle({ kind: 'answered', response: { ...head, body } }, came)
  }

  /** What the embedded service does and says. */
  #serve({ method, url, pin }: Exchange, keep = false): Answer {
    const path = url.slice(url.indexOf('/api/'))
    const route = findRoute(pin === null ? path : path.replace(/\/$/, ''), '')
    const held = this.#account.holds(pin ?? '')
    const real = serve({ ...SERVICE, method, route, account: this.#account, keep })
    if (pin !== null && held && !this.#account.holds(pin)) this.#removed.add(pin)
    return real
  }

  #stopNow(connected: boolean, removes: boolean): void {
    this.#stopped = { ms: this.#clock.now(), place: this.#place }
    const inFlight = this.#inFlight
    if (removes) for (const { exchange } of inFlight.filter((one) => this.#canRemove(one))) this.#serve(exchange)
    this.#stop.abort('Cancelled.')
    for (const { settle } of inFlight)
      settle({ kind: 'interrupted', lost: connected, head: null }, { ...SILENCE, connected })
  }

  #canRemove({ exchange: { pin, method } }: InFlight): boolean {
    return method === 'DELETE' && this.#account.holds(pin ?? '') && !this.#stage.scenario.schedule.wrongServer
  }

  #nameOf({ exchange: { pin, method } }: InFlight): string {
    return pin === null ? 'list' : `${method} #${this.#stage.pins.findIndex(({ id }) => id === pin) + 1}`
  }

  #pending(): string {
    const pins = this.#stage.pins.map(({ id }, index) => {
      const sent = this.#exchanges.filter(({ pin }) => pin === id).length
      return `#${index + 1} ${this.#account.holds(id)} ${this.#removed.has(id)} sent ${sent}`
    })
    const waits = [this.#clock.now(), ...this.#clock.pending].map((ms) => Math.round(ms)).join()
    return [waits, ...this.#inFlight.map((one) => this.#nameOf(one)), ...pins].join('; ')
  }
}

function failed(failure: Failure, head: Head | null = null): SendResult {
  return { kind: 'failed', failure, why: 'a word', head }
}
