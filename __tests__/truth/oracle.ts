import { type Exchange, type Meaning, meaningOf } from './wire.ts'
import { protectLines, type Schedule, type WorldPin } from './world.ts'

/** How one pin ended, as the run says it. */
export type End = { pinId: string; result: string; attempts: number; durationMs: number }

/** What was asked for, what really happened, and what the run says about it. */
export interface Story {
  schedule: Schedule
  pins: readonly WorldPin[]
  exchanges: readonly Exchange[] // In the order in which they began.
  ends: readonly End[] | null // In the order of the report; `null` where the run ended before there were pins.
  succeeded: boolean
  holds(this: void, pinId: string): boolean // Is this pin there at the end?
  removed(this: void, pinId: string): boolean // Did this run remove it?
  spoilt: boolean // A page of the list was not what the service has.
  stop: { ms: number; place: number } | null // The run was told to stop, after this start or end of a request.
  endedMs: number
  timed: boolean // Time is simulated, so that it can be judged.
}

/** `hop`: the second half of a redirect. */
type Sent = Exchange & { means: Meaning; hop: boolean }
/** Those of each pin, and of the list. */
type Requests = ReadonlyMap<string | null, readonly Sent[]>
/** What planning alone makes of a pin. */
type Kind = 'chosen' | 'protected' | 'kept' | 'missing' | 'failed'
type Doubt = 'yes' | 'no' | 'maybe'
/** Something after which no further pin is started: at a place in the order of starts and ends, and later than `ms`. */
type Sign = { place: number; ms: number; why: string }

const WINDOW_MS = 60_000
/** Another attempt or wait needs so much time; with less, an attempt is given up. */
const LEAST_MS = 500
const GOOD = ['unpinned', 'would-unpin', 'protected', 'kept']

/** Everything that is not true or not allowed; empty for every run, whatever went wrong around it. Words are not judged. */
export function untruths(story: Story): string[] {
  return new Judge(story).judge()
}

/** The pins that fail the step. */
export function failing(story: Story): string[] {
  return new Judge(story).failing()
}

class Judge {
  readonly #story: Story
  readonly #found: string[] = []
  readonly #sent: Sent[] = []
  readonly #planning = new Map<string | null, Sent[]>()
  readonly #acting = new Map<string | null, Sent[]>()
  readonly #readsList: boolean
  readonly #listFails: Doubt
  readonly #settled: boolean // No other client changes what is read.

  constructor(story: Story) {
    this.#story = story
    for (const exchange of story.exchanges) {
      const phase = exchange.method === 'DELETE' || this.#acting.size > 0 ? this.#acting : this.#planning
      const own = phase.get(exchange.pin) ?? []
      const before = own.at(-1)
      const means = meaningOf(exchange, exchange.came)
      const hop = before?.method === exchange.method && before.means.followed && !before.hop
      // A second redirect is refused.
      if (hop && means.followed) Object.assign(means, { followed: false, stop: 'silent' })
      const sent = { ...exchange, means, hop }
      phase.set(exchange.pin, [...own, sent])
      this.#sent.push(sent)
    }
    this.#readsList = story.schedule.selection !== null || protectLines(story.pins, story.schedule).length > 0
    this.#settled = story.schedule.others.length === 0
    this.#listFails = this.#readsList ? this.#judgeList() : 'no'
  }

  readonly #wrong = (text: string): void => void this.#found.push(text)

  judge(): string[] {
    const { schedule, ends, stop, succeeded, timed } = this.#story
    const [reading, acting] = [this.#judgePhase(this.#planning), this.#judgePhase(this.#acting)]
    const started = this.#acting.size > 0
    const stops = this.#listFails === 'yes' || reading.certain.length > 0
    const doubts = this.#listFails === 'maybe' || reading.possible || stop !== null
    const stopped = stops ? 'yes' : doubts && !started ? 'maybe' : 'no'
    this.#judgeReading(stopped)
    if (started && (stops || schedule.dryRun)) this.#wrong('a DELETE that was not to be sent')
    const listless = schedule.selection !== null && this.#listFails === 'yes'
    if (ends !== null && !listless) this.#judgeEnds(ends, stopped, acting.possible)
    else if (ends !== null || started || succeeded || schedule.selection === null || stopped === 'no')
      this.#wrong(`there are ${ends === null ? 'no results' : 'results without a list'}`)
    if (stop !== null && this.#sent.some(({ start }) => start > stop.place)) this.#wrong('a request after the stop')
    this.#keepsTheLimits()
    if (timed) this.#keepsTime()
    return this.#found
  }

  failing(): string[] {
    return (this.#story.ends ?? []).filter((end) => this.#fails(end)).map(({ pinId }) => pinId)
  }

  #judgeEnds(ends: readonly End[], stopped: Doubt, stopsLater: boolean): void {
    const { schedule, succeeded, holds } = this.#story
    const plan = this.#plan()
    const refuses = this.#refused(plan)
    const refused = refuses === 'maybe' && this.#acting.size > 0 ? 'no' : refuses
    const told = ends.map(({ pinId }) => pinId).join()
    const sure = this.#settled || schedule.selection === null
    const wanted = [...plan.keys()].join()
    if (sure && told !== wanted) this.#wrong(`told of [${told}] in place of [${wanted}]`)
    for (const pin of this.#acting.keys()) {
      const kind = plan.get(pin ?? '')
      if (refused === 'yes' || kind === undefined || kind === 'protected' || (sure && kind !== 'chosen'))
        this.#wrong(`a DELETE for ${pin}, which was not to be touched`)
    }
    for (const end of ends) {
      const kind = plan.get(end.pinId)
      const own = this.#acting.get(end.pinId) ?? []
      if (kind === undefined) continue
      const allowed = own.length > 0 ? [this.#tableOf(own)] : this.#unsent(kind, stopped, refused, stopsLater)
      if (!allowed.includes(end.result) && (own.length > 0 || sure))
        this.#wrong(`${end.pinId} is ${end.result}, but ${allowed.join(' or ')} is right`)
      this.#agrees(end, own)
      this.#isNotGivenUpEarly(end, own.length > 0 ? own : (this.#planning.get(end.pinId) ?? []))
      if (succeeded && !schedule.dryRun && !['protected', 'kept'].includes(end.result) && holds(end.pinId))
        this.#wrong(`the step succeeds and ${end.pinId} is there`)
    }
    const failing = this.failing().length
    if (succeeded ? failing > 0 || refused === 'yes' : failing === 0 && refused === 'no' && stopped === 'no')
      this.#wrong(`the step ${succeeded ? 'succeeds' : 'fails'} with ${failing} failing pins`)
  }

  /** What can be repeated is, and nothing else is sent. The first pin goes alone, and none is started after a sign to stop. */
  #judgePhase(phase: Requests): { certain: Sign[]; possible: boolean } {
    const acting = phase === this.#acting
    const signs = this.#signs(phase)
    let alone: readonly Sent[] | undefined
    for (const [pin, own] of phase) {
      for (const [place, next] of own.entries()) {
        const before = own[place - 1]
        const { says, retried = false, followed = false } = before?.means ?? {}
        const again = next.method === before?.method && (followed || (retried && !isNameless(own.slice(0, place))))
        const verifies = acting && this.#story.schedule.verify && next.method === 'GET'
        const readAgain = verifies && (says === 'unpinned' || says === 'record')
        const begins = before === undefined && next.method === (acting ? 'DELETE' : 'GET')
        if (pin === null ? acting : !begins && !again && !readAgain)
          this.#wrong(`${next.method} ${next.url} was sent after HTTP ${before?.came.status} ("${says}")`)
        if (before !== undefined && next.start < before.end) this.#wrong(`two requests at once for ${pin}`)
      }
      const [begun] = own
      if (pin === null || begun === undefined) continue
      if (begun.start < (alone?.at(-1)?.end ?? 0)) this.#wrong(`${pin} did not wait for the first pin`)
      alone ??= own
      const sign = signs.certain.find(({ place, ms }) => begun.start > place && begun.startedMs > ms)
      if (sign !== undefined) this.#wrong(`${pin} was started after ${sign.why}`)
    }
    return signs
  }

  /** The signs to stop: those that leave no doubt, and whether there may be others. */
  #signs(phase: Requests): { certain: Sign[]; possible: boolean } {
    const { schedule, ends, stop } = this.#story
    const ended = [...phase]
      .flatMap(([key, own]) => {
        const last = own.at(-1)
        const said = ends?.find(({ pinId }) => pinId === key)
        return last === undefined || last.end > (stop?.place ?? Infinity) ? [] : [{ own, last, said }]
      })
      .sort((a, b) => a.last.end - b.last.end)
    const pins = ended.filter(({ last }) => last.pin !== null)
    const read = ({ says }: Meaning): boolean => says === 'record' || says === 'gone'
    const mostMs = schedule.timeoutSeconds * 1000 - LEAST_MS / 2
    const isTooLong = ({ retried, waitMs }: Meaning): boolean => retried && waitMs > mostMs
    const certain: Sign[] = []
    // The list, which comes first, shows the right to read too.
    let proven = phase.get(null)?.some(({ means }) => means.says === 'page') === true
    let silent = 0
    for (const { own, last, said } of ended) {
      const { means, end: place, endedMs } = last
      const sign = (why: string, ms = -Infinity): void => void certain.push({ place, ms, why })
      if (means.stop === 'now') sign('a 401')
      if (isTooLong(means)) sign('a wait that is too long')
      if (last.pin === null) continue
      if (means.stop === 'forbidden' && !proven) sign('a 403')
      // Where its time is used up, a pin ends somewhat later than its last request, and the order of the ends is not known.
      const late = means.retried && !isNameless(own)
      const first = !pins.some((one) => one.last !== last && one.last.endedMs >= endedMs)
      silent = means.stop === 'silent' || isNameless(own) || (late && means.waitMs === 0 && first) ? silent + 1 : 0
      const lateMs = (own[0]?.startedMs ?? 0) + (said?.durationMs ?? Infinity)
      if (silent >= 8) sign('eight pins without an answer', late ? lateMs : undefined)
      proven ||= phase === this.#acting ? said?.result === 'unpinned' : read(means)
    }
    // After one whose wait is too long, pins may end so that wait for their next attempt.
    const unsure = pins.filter(({ last: { means: m } }) => m.stop !== null || m.retried || m.followed || read(m))
    const waits = [...phase.values()].flat().some(({ means }) => isTooLong(means))
    return { certain, possible: certain.length > 0 || waits || unsure.length >= 8 }
  }

  #judgeList(): Doubt {
    const pages = this.#planning.get(null) ?? []
    // Where the rows disagree, the list is read again, with those that are not pinned.
    if (pages.findLast(({ url }) => url.includes('pinned=true'))?.means.says === 'nothing') return 'yes'
    const sound = pages.every(({ means: { says, retried, followed } }) => says === 'page' || retried || followed)
    return sound && pages.at(-1)?.means.says === 'page' && !this.#story.spoilt && this.#settled ? 'no' : 'maybe'
  }

  /** Is everything read that planning needs, and nothing else? */
  #judgeReading(stopped: Doubt): void {
    const { schedule, pins } = this.#story
    const hasList = this.#planning.has(null)
    if (hasList ? !this.#readsList : this.#readsList && stopped === 'no') this.#wrong('the list was (not) read')
    if (this.#listFails !== 'no') return
    const ids = pins.map(({ id }) => id)
    const found = ids.findIndex((id) => ['record', 'gone'].includes(this.#says(id) ?? ''))
    const unlisted = pins.filter(({ plan }) => plan.state !== 'held').map(({ id }) => id)
    const untilFound = schedule.verify ? ids.slice(0, found < 0 ? undefined : found + 1) : []
    const wanted = schedule.selection !== null ? [] : this.#readsList ? unlisted : schedule.dryRun ? ids : untilFound
    const read = [...this.#planning.keys()].filter((id) => id !== null)
    if (read.some((id) => !wanted.includes(id)) || (stopped === 'no' && wanted.length > read.length))
      this.#wrong(`read [${read.join()}] and not [${wanted.join()}]`)
  }

  /** What planning makes of each pin, in the order in which they are told. */
  #plan(): Map<string, Kind> {
    const { schedule, pins } = this.#story
    if (schedule.selection === null) return new Map(pins.map((pin) => [pin.id, this.#kindById(pin)]))
    const { keepLatest, olderThan, expiredBy, maxUnpins, onTooMany } = schedule.selection
    const matching = pins
      .filter(({ plan }) => plan.state === 'held' && plan.group === 'a' && (!expiredBy || plan.expires !== 'no key'))
      .sort((a, b) => Date.parse(a.record.date_pinned) - Date.parse(b.record.date_pinned))
    let room = onTooMany === 'fail' ? Infinity : maxUnpins
    return new Map(
      matching.map(({ id, plan: { protect, ageDays, expires } }, place) => {
        if (protect !== 'no') return [id, 'protected']
        const newest = place >= matching.length - keepLatest
        const stays = newest || (olderThan && ageDays < 30) || (expiredBy && expires !== 'passed')
        return [id, stays || (room -= 1) < 0 ? 'kept' : 'chosen']
      }),
    )
  }

  #kindById({ id, plan }: WorldPin): Kind {
    const says = this.#says(id) ?? 'record'
    if (says === 'record') return plan.protect === 'no' ? 'chosen' : 'protected'
    return says === 'missing' || says === 'gone' ? 'missing' : 'failed'
  }

  /** What came of reading a pin. */
  #says(pinId: string): Meaning['says'] | undefined {
    return this.#planning.get(pinId)?.at(-1)?.means.says
  }

  #refused(plan: ReadonlyMap<string, Kind>): Doubt {
    const { schedule, pins } = this.#story
    const { selection, onUnusedProtect, strayProtect, onMissing } = schedule
    if (this.#listFails !== 'no') return 'maybe'
    const chosen = [...plan.values()].filter((kind) => kind === 'chosen').length
    const unused = pins.some(({ plan }) => plan.protect !== 'no' && ['absent', 'unpinned'].includes(plan.state))
    const refuses =
      (onUnusedProtect === 'fail' && chosen > 0 && (strayProtect || unused)) ||
      (selection?.onTooMany === 'fail' && chosen > selection.maxUnpins) ||
      (selection !== null && onMissing === 'fail' && (selection.strayName || plan.size === 0))
    return refuses ? 'yes' : 'no'
  }

  /** What a pin can be for which no `DELETE` was sent. @param stopsLater so that it may not have been started. */
  #unsent(kind: Kind, stopped: Doubt, refused: Doubt, stopsLater: boolean): string[] {
    const { schedule, stop } = this.#story
    // A pin that would stay anyway may be told of as such.
    const ended = kind === 'chosen' ? ['not-attempted'] : kind === 'protected' ? [kind, 'not-attempted'] : [kind]
    if (stopped === 'yes') return ended
    const untried = refused !== 'no' || stop !== null || stopsLater ? ['not-attempted'] : []
    const chosen = schedule.dryRun && refused !== 'yes' ? ['would-unpin', ...untried] : untried
    return [...(kind === 'chosen' ? chosen : [kind]), ...(stopped === 'maybe' ? ended : [])]
  }

  /** The table "What happens to a pin", for one that got a `DELETE`. */
  #tableOf(own: readonly Sent[]): string {
    const last = own.at(-1)?.means
    if (own.some(({ means }) => means.says === 'unpinned')) {
      const gone = last?.says === 'missing' || last?.says === 'gone'
      return gone || !this.#story.schedule.verify ? 'unpinned' : 'unconfirmed'
    }
    if (last?.says === 'missing') return 'missing'
    return last?.unsure === true || own.some(({ means }) => means.lost) ? 'unconfirmed' : 'failed'
  }

  /** Is what is said of a pin true, and are its attempts as many as there were? */
  #agrees({ pinId, result, attempts }: End, own: readonly Sent[]): void {
    const { holds, removed } = this.#story
    const is = (text: string): void => this.#wrong(`${pinId} is ${result}, but ${text}`)
    const tried = own.filter(({ method, hop }) => method === 'DELETE' && !hop).length
    if (attempts !== tried) is(`it says ${attempts} attempts and there were ${tried}`)
    if ((result === 'unpinned' || result === 'missing') && holds(pinId)) is('it is there')
    if (result === 'unpinned' && !removed(pinId) && this.#settled) is('this run did not remove it')
    const lost = result === 'missing' && own.some(({ means }) => means.lost)
    if (removed(pinId) && !lost && !['unpinned', 'unconfirmed'].includes(result)) is('this run removed it')
  }

  /** An attempt is given up only where there is no time for another. */
  #isNotGivenUpEarly({ pinId, result, durationMs }: End, own: readonly Sent[]): void {
    const { schedule, stop, timed } = this.#story
    const last = own.at(-1)
    if (last === undefined || stop !== null || !timed || result === 'not-attempted' || isNameless(own)) return
    const reads = own.filter(({ method, means }) => method === 'GET' && means.says === 'record').length
    const readAgain = last.means.says === 'record' && own[0]?.method === 'DELETE'
    const againMs = readAgain ? Math.min(30_000, 1000 * 2 ** (reads - 1)) : Infinity
    const pauseMs = last.means.retried ? last.means.waitMs : againMs
    const endMs = (own[0]?.startedMs ?? 0) + durationMs + 1
    const held = this.#sent.some((one) => one.means.waitMs > 0 && one.startedMs <= endMs && one.start !== last.start)
    if (!held && durationMs + pauseMs + LEAST_MS + 1 < schedule.timeoutSeconds * 1000)
      this.#wrong(`${pinId} was given up after ${durationMs} ms`)
  }

  /** After a lost answer, a pin that this run has seen is most likely gone by this run. */
  #fails({ pinId, result }: End): boolean {
    if (result !== 'missing') return !GOOD.includes(result)
    const lost = this.#acting.get(pinId)?.some(({ means }) => means.lost) === true
    const read = this.#planning.get(pinId)?.some(({ means }) => means.pinned) === true
    const state = this.#story.pins.find(({ id }) => id === pinId)?.plan.state
    const seen = read || (this.#readsList && state === 'held')
    return this.#story.schedule.onMissing === 'fail' && !(lost && seen)
  }

  /** The limit of a minute, the pauses that the service asks for, and how many requests are sent at once. */
  #keepsTheLimits(): void {
    const sent = this.#sent
    const slots = this.#story.schedule.requestsPerMinute
    if (sent.some(({ startedMs }, place) => startedMs - (sent[place - slots]?.startedMs ?? -Infinity) <= WINDOW_MS))
      this.#wrong(`more than ${slots} requests within a minute`)
    if (sent.some((one) => sent.filter((other) => other.start < one.start && other.end > one.start).length >= 8))
      this.#wrong('more than 8 requests at once')
  }

  /** No pin, and not the run, takes longer than it may, and no request is sent within a pause. */
  #keepsTime(): void {
    const { schedule, ends, endedMs, stop } = this.#story
    if (stop !== null && endedMs > stop.ms) this.#wrong(`the run went on for ${endedMs - stop.ms} ms after its stop`)
    const limitMs = schedule.timeoutSeconds * 1000
    const pages = new Set(this.#sent.flatMap(({ pin, url }) => (pin === null ? url : []))).size + 1
    const most = (2 * schedule.pins.length + pages) * limitMs + this.#waitedMs(0, endedMs) + this.#sent.length + 1
    if (endedMs > most) this.#wrong(`the run took ${endedMs} ms where ${most} ms are the most`)
    for (const { startedMs } of this.#sent) {
      // What is sent in the moment in which the pause is asked for may have been on its way.
      const asked = this.#sent.find(({ endedMs, means }) => endedMs < startedMs && startedMs < endedMs + means.waitMs)
      if (asked !== undefined) this.#wrong(`a request within the pause that HTTP ${asked.came.status} asked for`)
    }
    for (const { pinId, durationMs, result } of ends ?? []) {
      const own = this.#acting.get(pinId) ?? this.#planning.get(pinId) ?? []
      const from = own[0]?.startedMs
      if (from === undefined || ['would-unpin', 'protected', 'kept', 'not-attempted'].includes(result)) continue
      // One millisecond for each request that starts meanwhile: a slot is free when its minute is over, in whole milliseconds.
      const meanwhile = this.#sent.filter(({ startedMs }) => startedMs >= from && startedMs <= from + durationMs)
      const mostMs = limitMs + this.#waitedMs(from, from + durationMs) + meanwhile.length + 1
      const lastMs = (own.at(-1)?.endedMs ?? 0) - from
      if (durationMs > mostMs) this.#wrong(`${pinId} took ${durationMs} ms of ${mostMs} ms`)
      if (lastMs > durationMs + 1) this.#wrong(`${pinId} says ${durationMs} ms and took ${lastMs} ms`)
    }
  }

  /**
   * How long a request could do nothing but wait for a slot. A slot is taken from the start of a request to a minute after its end. While
   * the service asks for a pause, that is what is waited for.
   */
  #waitedMs(from: number, to: number): number {
    const times = this.#sent.map(({ startedMs, endedMs, means }) => {
      return { startedMs, endedMs, freeMs: endedMs + WINDOW_MS + 1, pausedMs: endedMs + means.waitMs }
    })
    const edges = times.flatMap((one) => Object.values(one)).filter((at) => at > from && at < to)
    const within = [from, ...edges.sort((a, b) => a - b), to]
    return within.reduce((sum, at, place) => {
      const next = within[place + 1] ?? at
      const taken = times.filter(({ startedMs, freeMs }) => startedMs <= at && next <= freeMs).length
      const paused = times.some(({ endedMs, pausedMs }) => endedMs <= at && next <= pausedMs)
      return taken >= this.#story.schedule.requestsPerMinute && !paused ? sum + next - at : sum
    }, 0)
  }
}

/** A name that does not resolve is final after three attempts, of the same request. */
function isNameless(own: readonly Sent[]): boolean {
  const last = own.at(-1)
  const before = own.findLastIndex((one) => one !== last && !one.means.retried && !one.means.followed)
  return last?.came.failure === 'name' && own.slice(before + 1).filter(({ hop }) => !hop).length >= 3
}
