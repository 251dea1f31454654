import type { ActionResult } from '../../testing/runner/run-action.ts'
import type { SeenRequest } from './go-service.ts'
import type { Scenario } from './scenarios.ts'

/** What the pins of a run are: there, there but the answer to the first `DELETE` is cut off, and unknown to the service. */
export interface PinIds {
  plain: readonly string[]
  cut: readonly string[]
  unknown: readonly string[]
}

export interface RunSeen {
  scenario: Scenario
  verify: boolean
  pins: PinIds
  result: ActionResult
  /** What service.go saw. */
  seen: readonly SeenRequest[]
  /** What the front has in its log; undefined where there is no front. */
  frontLogged: number | undefined
}

interface ReportedPin {
  pinId: string
  result: string
  attempts: number
}

/** The action sends so many requests at once. */
const AT_ONCE = 8

/** How many connections service.go took requests from. */
export function connectionsOf(seen: readonly SeenRequest[]): number {
  return new Set(seen.map(({ connection }) => connection)).size
}

/** How many of the attempts that the action counts service.go never saw. */
export function unseenAttempts({ result, seen }: Pick<RunSeen, 'result' | 'seen'>): number {
  const attempts = reportedPins(result).reduce((sum, pin) => sum + pin.attempts, 0)
  return attempts - seen.filter(({ method }) => method === 'DELETE').length
}

function reportedPins({ resultsFile }: ActionResult): readonly ReportedPin[] {
  return Array.isArray(resultsFile) ? (resultsFile as ReportedPin[]) : []
}

/** Where what the action says and what the service and the front saw differ, in words; empty when all agree. */
export function disagreements(run: RunSeen): string[] {
  const { scenario, verify, pins, result, seen, frontLogged } = run
  const problems: string[] = []
  const same = (what: string, said: unknown, wanted: unknown): void => {
    if (said !== wanted) problems.push(`${what}: ${String(said)}, not ${String(wanted)}`)
  }
  // An idle connection that is closed while a request is under way: the service never sees it, and the action sends it again.
  const unseen = scenario.connections === 'closed'

  const reported = reportedPins(result)
  const given = [...pins.plain, ...pins.cut, ...pins.unknown]
  same('pins in the results file', reported.length, given.length)
  same('different pins in the results file', new Set(reported.map(({ pinId }) => pinId)).size, given.length)

  const requestsOf = Map.groupBy(seen, ({ id }) => id)
  for (const pinId of given) {
    const said = reported.find((pin) => pin.pinId === pinId)
    const requests = requestsOf.get(pinId) ?? []
    const deletes = requests.filter(({ method }) => method === 'DELETE')
    const effects = deletes.filter(({ effect }) => effect).length
    const answered = deletes.filter(({ effect, status }) => effect && status === 200).length
    const reads = requests.length - deletes.length
    const attempts = said?.attempts ?? 0
    same(`DELETEs of ${pinId} with an effect`, effects, pins.unknown.includes(pinId) ? 0 : 1)
    same(`DELETEs of ${pinId} with an effect and an answer`, answered, pins.plain.includes(pinId) ? 1 : 0)
    same(`the result of ${pinId}`, said?.result, answered === 1 ? 'unpinned' : 'missing')
    if (unseen ? deletes.length > attempts : deletes.length !== attempts)
      problems.push(`${attempts} attempts at ${pinId}, but the service saw ${deletes.length}`)
    same(`reads of ${pinId} afterwards`, reads, verify && answered === 1 ? 1 : 0)
  }

  const lists = requestsOf.get('')?.filter(({ path }) => path === '/api/pinning/pins/').length ?? 0
  if (scenario.chosenBy === 'name' ? lists < 2 : lists !== 0) problems.push(`${lists} pages of the list`)
  const known = lists + given.reduce((sum, pinId) => sum + (requestsOf.get(pinId)?.length ?? 0), 0)
  same('requests', seen.length, known)
  if (scenario.service.speaks !== '1.1') {
    const old = seen.filter(({ version }) => version === 'HTTP/1.0').length
    same('requests that are answered in HTTP/1.0', old, seen.length)
  }

  same('the step', result.conclusion, 'success')
  same('unpinned-count', result.outputs['unpinned-count'], String(pins.plain.length))
  same('missing-count', result.outputs['missing-count'], String(pins.cut.length + pins.unknown.length))
  same('failed-count', result.outputs['failed-count'], '0')

  const connections = connectionsOf(seen)
  const kept = AT_ONCE + pins.cut.length
  if (scenario.connections === 'single') same('connections', connections, seen.length)
  else if (scenario.connections === 'kept' ? connections > kept : connections <= kept)
    problems.push(`${connections} connections, which are ${scenario.connections} here`)
  const inLog = scenario.front?.logs === 'connections' ? connections : seen.length
  if (frontLogged !== undefined) same('lines in the log of what is in between', frontLogged, inLog)
  return problems
}
