import { disposeAll, startAction } from '../../testing/runner/run-action.ts'
import type { ActionResult, ActionRun, RunningAction } from '../../testing/runner/run-action.ts'
import { DEFAULT_KEYS, makePin, startService } from '../../testing/service/index.ts'
import type {
  Fault,
  PinRecord,
  ReceivedRequest,
  Service,
  ServiceOptions,
} from '../../testing/service/index.ts'

/** Services and steps as the tests of the shipped action need them: real processes, real connections, nothing mocked. */

const closing: (() => Promise<unknown>)[] = []

/** Has `close` called by `clearStage`. */
export function closeLater(close: () => Promise<unknown>): void {
  closing.push(close)
}

/** Ends every action and every server of this test file: for `afterAll`. */
export async function clearStage(): Promise<void> {
  await disposeAll()
  await Promise.all(closing.splice(0).map((close) => close()))
}

/** Starts a service that `clearStage` closes. */
export async function serve(options: ServiceOptions = {}): Promise<Service> {
  const service = await startService(options)
  closeLater(() => service.close())
  return service
}

/** `count` pins, the same in every run. */
export function pins(count: number): PinRecord[] {
  return Array.from({ length: count }, (_, index) => makePin({}, index + 1))
}

export const pin = makePin({}, 1)

export type Inputs = Readonly<Record<string, string>>

/** The inputs of a step that unpins at `url`; a rate and a time that hold up no test. */
export function inputsFor(url: string, pinIds: readonly string[], inputs: Inputs = {}): Inputs {
  return {
    'pin-id': pinIds.join('\n'),
    'pinning-api-key': DEFAULT_KEYS.apiKey,
    'pinning-secret-key': DEFAULT_KEYS.secretKey,
    'api-url': url,
    'requests-per-minute': '6000',
    'timeout-seconds': '10',
    ...inputs,
  }
}

export type StepOptions = Omit<ActionRun, 'inputs'>

export function startStep(
  url: string,
  pinIds: readonly string[],
  inputs: Inputs = {},
  options: StepOptions = {},
): RunningAction {
  return startAction({ ...options, inputs: inputsFor(url, pinIds, inputs) })
}

export function runStep(
  url: string,
  pinIds: readonly string[],
  inputs: Inputs = {},
  options: StepOptions = {},
): Promise<ActionResult> {
  return startStep(url, pinIds, inputs, options).finished
}

/** One object of `results`. */
export interface Entry {
  pinId: string
  result: string
  reason: string
  cid: string | null
  size: number | null
  status: string | null
  name: string | null
  attempts: number
  httpStatus: number | null
  durationMs: number
  message: string
  record: Record<string, unknown> | null
}

/** The whole array of results, from the file. */
export function entriesOf(result: ActionResult): Entry[] {
  if (!Array.isArray(result.resultsFile)) throw new Error(`no results file\n${result.log}`)
  return result.resultsFile as Entry[]
}

export interface OnePin {
  result: ActionResult
  service: Service
  entry: Entry
}

/** Unpins one pin that is there, at a service that does to the requests what `fault` says. */
export async function unpinOne(
  fault: ServiceOptions['fault'],
  inputs: Inputs = {},
  options: StepOptions = {},
): Promise<OnePin> {
  const service = await serve({ pins: [pin], ...(fault !== undefined && { fault }) })
  const result = await runStep(service.url, [pin.id], inputs, options)
  const [entry] = entriesOf(result)
  if (entry === undefined) throw new Error(`no entry\n${result.log}`)
  return { result, service, entry }
}

/** The first request gets the first fault and so on; those after the last are answered well. */
export function inTurn(...faults: Fault[]): (request: ReceivedRequest) => Fault | undefined {
  const left = [...faults]
  return () => left.shift()
}

/** The first request gets the first fault and so on; all after that get the last. */
export function toTheEnd(...faults: [Fault, ...Fault[]]): (request: ReceivedRequest) => Fault | undefined {
  const left = [...faults]
  return () => (left.length > 1 ? left.shift() : left[0])
}

/** Does this to the requests with this method. */
export function onMethod(
  method: 'DELETE' | 'GET',
  fault: Fault,
): (request: ReceivedRequest) => Fault | undefined {
  return (request) => (request.method === method ? fault : undefined)
}

/** An answer of the service's own making, as JSON unless the body is text. */
export function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): Fault {
  return { kind: 'answer', status, body, headers }
}

/** Waits until something at the other end of a connection has happened. */
export async function eventually(holds: () => boolean, withinMs = 5000): Promise<void> {
  const end = performance.now() + withinMs
  while (!holds()) {
    if (performance.now() > end) throw new Error(`${withinMs} ms passed, and it has not happened`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** How many of the results are of each kind. */
export function countResults(result: ActionResult): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { result: kind } of entriesOf(result)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

export function errorsOf(result: ActionResult): string {
  return result.annotations.errors.map(({ message }) => message).join('\n')
}

export function warningsOf(result: ActionResult): string {
  return result.annotations.warnings.map(({ message }) => message).join('\n')
}
