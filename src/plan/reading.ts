import { count } from '../format.ts'
import type { PinRecord } from '../pin/record.ts'
import type { PinRead } from '../service/judge.ts'
import { type ListReading, readList, readWholeList } from '../service/list.ts'
import type { PinService } from '../service/service.ts'
import { eightAtOnce, StopRule } from '../service/stop-rule.ts'
import { notAttempted } from '../pin/outcome.ts'
import type { Account, PlanRules, Readings } from './plan.ts'

/** Two clocks that differ by more are worth a warning. */
const CLOCKS_DIFFER_MS = 5 * 60_000

export interface ReadingOptions {
  service: PinService
  signal: AbortSignal
  /** Epoch milliseconds. */
  now: number
  log(this: void, line: string): void
  warn(this: void, text: string): void
  onProgress(this: void, rows: number, ofRows: number): void
}

interface Needs extends PlanRules {
  dryRun: boolean
  verify: boolean
}

/**
 * Reads what the plan needs to know. For a selection and for `protect`, that is the list of the whole account. Pins by ID are read for
 * `protect` where the list has not got them, and for a dry run. For `verify`, pins are read until one has a record: a key that may not
 * read is found out while nothing is lost.
 */
export async function readRecords(needs: Needs, options: ReadingOptions): Promise<Readings> {
  const { target, protect, dryRun, verify } = needs
  const ids = target.kind === 'ids' ? target.pinIds : []
  const readings: Readings = { account: null, byId: new Map(), problem: null, now: options.now }
  if (target.kind === 'ids' && ids.length === 0) return readings
  if (target.kind === 'selection' || protect.length > 0) {
    options.log('Reading the list of pins')
    const list = await readList(listOptions(options))
    if (list.kind === 'failed') {
      return leaveAll(ids, { ...readings, problem: `${list.problem} Nothing was unpinned.` }, options.signal)
    }
    options.log(
      `The list is complete: ${count(list.pinned.length, 'pin')}, read in ${count(list.requests, 'request')}`,
    )
    readings.account = accountOf(list)
    readings.now = earlierClock(list.date, options)
    if (target.kind === 'selection') return readings
  }
  const listed = new Set(readings.account?.pinned.map(({ id }: PinRecord) => id))
  const unlisted = ids.filter((id) => !listed.has(id))
  return protect.length > 0 || dryRun || verify ? readPins(unlisted, ids, readings, needs, options) : readings
}

/**
 * Reads the list once more, with the records that are not pinned, so that a message can say why nothing matched, and a pin that is not
 * pinned yet can use its line of `protect`.
 *
 * @returns the same readings, and a warning, where that fails.
 */
export async function readRest(readings: Readings, options: ReadingOptions): Promise<Readings> {
  options.log('Reading the list again, with the records that are not pinned')
  const list = await readWholeList(listOptions(options))
  if (list.kind === 'complete')
    return { ...readings, account: { pinned: readings.account?.pinned ?? [], rest: list.rest } }
  options.warn(
    `The records that are not pinned could not be read, so the plan does without them. ${list.problem}`,
  )
  return readings
}

async function readPins(
  unlisted: readonly string[],
  ids: readonly string[],
  readings: Readings,
  { protect, dryRun }: Needs,
  { service, signal }: ReadingOptions,
): Promise<Readings> {
  const byId = new Map<string, PinRead>()
  const rule = new StopRule(signal)
  // Only `verify` wants a record; any will do.
  const oneIsEnough = protect.length === 0 && !dryRun
  let oneAnswered = false
  const read = async (id: string): Promise<void> => {
    const pin = await service.pin(id, rule.signals).read()
    const answered = pin.kind === 'record' || pin.outcome.record !== null
    oneAnswered ||= answered
    rule.observe(pin.kind === 'record' ? { stops: null } : pin.outcome, answered)
    if (pin.kind === 'ended' && dryRun && protect.length === 0 && pin.outcome.result === 'failed') {
      pin.outcome.message += ' Only the dry run needs to read the pin: a real run would not.'
    }
    if (pin.kind === 'record' || pin.outcome.result !== 'not-attempted') byId.set(id, pin)
  }
  if (oneIsEnough) {
    for (const id of unlisted) if (!oneAnswered && rule.reason === null) await read(id)
  } else await eightAtOnce(unlisted, rule, read)
  if (rule.reason === null) return { ...readings, byId }
  const problem = `Nothing was unpinned: ${rule.reason}, while the pins were read.`
  return leaveAll(ids, { ...readings, byId, problem }, signal, rule.reason)
}

/** Planning was stopped: pins that have a result keep it, the others were not attempted. */
function leaveAll(
  ids: readonly string[],
  readings: Readings,
  signal: AbortSignal,
  why = 'the list of pins could not be read',
): Readings {
  const reason = signal.aborted ? 'the run was stopped first' : why
  const byId = new Map<string, PinRead>()
  for (const id of ids) {
    const read = readings.byId.get(id)
    const ended = read?.kind === 'ended' ? read : null
    const record = read?.kind === 'record' ? read.record : null
    byId.set(id, ended ?? { kind: 'ended', outcome: notAttempted(id, reason, { record }), cause: reason })
  }
  return { ...readings, byId }
}

function accountOf(list: Extract<ListReading, { kind: 'complete' }>): Account {
  return { pinned: list.pinned, rest: list.rest }
}

function listOptions({ service, signal, onProgress }: ReadingOptions): Parameters<typeof readList>[0] {
  return { readPage: (page) => service.page(page, signal), onProgress }
}

/** A clock that is ahead would remove pins too early. */
function earlierClock(server: number | null, { now, warn }: ReadingOptions): number {
  if (server === null) return now
  const apart = Math.abs(server - now)
  if (apart > CLOCKS_DIFFER_MS) {
    const which = now > server ? 'ahead of' : 'behind'
    warn(
      `The clock of this runner is ${Math.round(apart / 60_000)} min ${which} the service's. Ages are counted by the earlier of the two.`,
    )
  }
  return Math.min(now, server)
}
