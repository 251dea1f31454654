import { count, formatAge } from '../format.ts'
import type { PinRead } from '../service/judge.ts'
import { type ListOptions, readList, readWholeList } from '../service/list.ts'
import type { PinService } from '../service/service.ts'
import { eightAtOnce, StopRule } from '../service/stop-rule.ts'
import type { PlanRules, Readings } from './plan.ts'

/** Two clocks that differ by more are worth a warning. */
const CLOCKS_DIFFER_MS = 5 * 60_000

export interface ReadingOptions {
  service: PinService
  signal: AbortSignal
  /** Epoch milliseconds. */
  now: number
  log(this: void, line: string): void
  warn(this: void, text: string): void
  /** Called now and again while rows of the list, or pins, are read. */
  onProgress(this: void, done: number, of: number, noun: 'row' | 'pin'): void
}

type Needs = PlanRules & { dryRun: boolean; verify: boolean }

/**
 * Reads what the plan needs to know. For a selection and for `protect`, that is the list of the whole account. Pins by ID are read for
 * `protect` where the list has not got them, and for a dry run. For `verify`, pins are read until one has a record: a key that may not
 * read is found out while nothing is lost.
 */
export async function readRecords(needs: Needs, options: ReadingOptions): Promise<Readings> {
  const { target, protect, dryRun, verify } = needs
  const { log } = options
  const readings: Readings = { account: null, byId: new Map(), problem: null, now: options.now }
  const ids = target.kind === 'ids' ? target.pinIds : null
  if (ids?.length === 0) return readings
  if (ids === null || protect.length > 0) {
    log('Reading the list of pins')
    const list = await readList(pagesOf(options))
    if (list.kind === 'failed') return { ...readings, problem: `${list.problem} Nothing was unpinned.` }
    log(`The list is complete: ${count(list.pinned.length, 'pin')}, read in ${count(list.requests, 'request')}`)
    readings.account = list
    readings.now = earlierClock(list.date, options)
  }
  if (ids === null || !(protect.length > 0 || dryRun || verify)) return readings
  const listed = new Set(readings.account?.pinned.map(({ id }) => id))
  const unlisted = ids.filter((id) => !listed.has(id))
  return { ...readings, ...(await readPins(unlisted, needs, options, readings.account !== null)) }
}

/**
 * Reads the list once more, with the records that are not pinned, so that a message can say why nothing matched, and a pin that is
 * not pinned yet can use its line of `protect`.
 * @returns where that fails, the same readings and a warning, or the problem that ends the run.
 */
export async function readNotPinned(readings: Readings, options: ReadingOptions): Promise<Readings> {
  options.log('Reading the list again, with the records that are not pinned')
  const list = await readWholeList(pagesOf(options))
  if (list.kind === 'complete') {
    return { ...readings, account: { pinned: readings.account?.pinned ?? [], notPinned: list.notPinned } }
  }
  if (options.signal.aborted || list.stops === 'unauthorized' || list.stops === 'told-to-wait') {
    return { ...readings, problem: `${list.problem} Nothing was unpinned.` }
  }
  options.warn(`The records that are not pinned could not be read, so the plan does without them. ${list.problem}`)
  return readings
}

/** @param mayRead the list was read, so the key pair has the right to read. */
async function readPins(
  ids: readonly string[],
  { protect, dryRun, verify }: Needs,
  { service, signal, log, onProgress }: ReadingOptions,
  mayRead: boolean,
): Promise<Pick<Readings, 'byId' | 'problem'>> {
  if (ids.length > 0) log(`Reading ${count(ids.length, 'pin')} by ID`)
  const byId = new Map<string, PinRead>()
  const rule = new StopRule(signal, mayRead)
  let oneAnswered = false
  const read = async (id: string): Promise<void> => {
    const pin = await service.pin(id, rule.signals).read()
    const answered = pin.kind === 'record' || pin.outcome.record !== null
    oneAnswered ||= answered
    rule.observe(pin.kind === 'record' ? { stops: null } : pin.outcome, answered)
    if (pin.kind === 'ended' && pin.outcome.stops === 'forbidden' && protect.length === 0 && !verify) {
      pin.outcome.message += ' Only the dry run needs to read the pin: a real run would not.'
    }
    byId.set(id, pin)
    onProgress(byId.size, ids.length, 'pin')
  }
  // `verify` alone wants one record; any will do.
  if (protect.length > 0 || dryRun) await eightAtOnce(ids, rule, read)
  else for (const id of ids) if (!oneAnswered && rule.reason === null) await read(id)
  const { reason } = rule
  return { byId, problem: reason === null ? null : `Nothing was unpinned. While the pins were read: ${reason}.` }
}

function pagesOf({ service, signal, onProgress }: ReadingOptions): ListOptions {
  const readPage: ListOptions['readPage'] = (page) => service.page(page, signal)
  return { readPage, onProgress: (rows, ofRows) => onProgress(rows, ofRows, 'row') }
}

/** A clock that is ahead would remove pins too early. */
function earlierClock(server: number | null, { now, warn }: ReadingOptions): number {
  const apart = server === null ? 0 : now - server
  if (Math.abs(apart) > CLOCKS_DIFFER_MS) {
    const minutes = Math.round(Math.abs(apart) / 60_000)
    const how = `${formatAge(minutes * 60_000)} ${apart > 0 ? 'ahead of' : 'behind'}`
    warn(`The clock of this runner is ${how} the service's. Ages are counted by the earlier of the two.`)
  }
  return Math.min(now, server ?? now)
}
