import { parseOutput, type OutputLine, type WorkflowCommand } from '../../testing/runner/commands.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'
import { inputVariables, runnerVariables } from '../../testing/runner/environment.ts'
import { parseKeyValueFile } from '../../testing/runner/file-commands.ts'
import {
  type ActionResult,
  type ActionRun,
  disposeAll,
  type RunningAction,
  startAction,
} from '../../testing/runner/run-action.ts'
import { makeWorkspace, readRunnerFiles, removeWorkspace } from '../../testing/runner/workspace.ts'
import {
  DEFAULT_KEYS,
  type Fault,
  makePin,
  type PinRecord,
  type ReceivedRequest,
  type Service,
  type ServiceOptions,
} from '../../testing/service/index.ts'
import { closeServices, start } from '../service/client.ts'
import { closeTcpServers } from './tcp-server.ts'

/** Steps of a job: within this process, or as the bundle in a process of its own. */

/** What one step of a job gets and leaves, within this process. */
export interface Step {
  /** `RUNNER_TEMP`. */
  readonly temp: string
  /** The file behind `GITHUB_OUTPUT`. */
  readonly outputFile: string
  /** All that was printed so far. */
  printed: () => string
  /** What was printed, as the runner reads it. */
  lines: () => OutputLine[]
  /** The texts of printed lines that are no commands. */
  log: () => string[]
  /** The messages of the printed commands of this name. */
  said: (command: 'error' | 'warning' | 'notice' | 'add-mask') => string[]
  outputs: () => Record<string, string>
  summary: () => string
}

const metadata = readActionMetadata()
const write = process.stdout.write.bind(process.stdout)
const running: (() => void)[] = []

/**
 * Sets the variables that a runner would set, with the defaults of action.yml, and listens to what is printed. `endSteps` takes it
 * all back.
 */
export function beginStep(inputs: Readonly<Record<string, string>> = {}): Step {
  const { root, paths } = makeWorkspace()
  const before = { ...process.env }
  for (const name of Object.keys(before))
    if (/^(?:INPUT_|GITHUB_|RUNNER_)|_proxy$/i.test(name)) delete process.env[name]
  Object.assign(process.env, runnerVariables(paths), inputVariables(metadata, inputs))

  let printed = ''
  process.stdout.write = (text: string | Uint8Array) => {
    printed += typeof text === 'string' ? text : Buffer.from(text).toString()
    return true
  }

  running.push(() => {
    process.stdout.write = write
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    removeWorkspace(root)
  })

  const lines = (): OutputLine[] => parseOutput(printed)
  return {
    temp: paths.temp,
    outputFile: paths.output,
    printed: () => printed,
    lines,
    log: () => lines().flatMap((line) => (line.kind === 'plain' ? [line.text] : [])),
    said: (command) =>
      lines()
        .filter((line): line is WorkflowCommand => line.kind === 'command' && line.name === command)
        .map(({ message }) => message),
    outputs: () => parseKeyValueFile(readRunnerFiles(paths).output),
    summary: () => readRunnerFiles(paths).summary,
  }
}

/** Ends every step that was begun, the last one first. */
export function endSteps(): void {
  for (const end of running.splice(0).reverse()) end()
}

/** Ends every process and every server of this test file: for `afterAll`. */
export async function endProcesses(): Promise<void> {
  await Promise.all([disposeAll(), closeServices(), closeTcpServers()])
}

/** `count` pins, the same in every run. */
export const pins = (count: number): PinRecord[] => Array.from({ length: count }, (_, index) => makePin({}, index + 1))

export const pin = makePin({}, 1)

export type Inputs = Readonly<Record<string, string>>
export type StepOptions = Omit<ActionRun, 'inputs'>

/** Starts the bundle for these pins at `url`, with a rate and a time that hold up no test. */
export function startStep(
  url: string,
  pinIds: readonly string[],
  inputs: Inputs = {},
  options: StepOptions = {},
): RunningAction {
  return startAction({
    ...options,
    inputs: {
      'pin-id': pinIds.join('\n'),
      'pinning-api-key': DEFAULT_KEYS.apiKey,
      'pinning-secret-key': DEFAULT_KEYS.secretKey,
      'api-url': url,
      'requests-per-minute': '6000',
      'timeout-seconds': '60',
      ...inputs,
    },
  })
}

/** As `startStep`, to its end. */
export const runStep = (...args: Parameters<typeof startStep>): Promise<ActionResult> => startStep(...args).finished

/** One element of `results`, as the contract has it. */
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

/** What to do to a request, or to each request of one kind. */
export type Faults = Fault | ServiceOptions['fault']

const faultFor = (faults: Faults, request: ReceivedRequest): Fault | undefined =>
  typeof faults === 'function' ? faults(request) : faults

/** What came of one pin: its entry in the results, and the requests for it as `METHOD path`. */
export type Row = Entry & { requests: string[] }

/** Runs that share a process: one pin for each row of a table, at a service that does to its requests what the row says. */
export async function unpinEach<Name extends string>(
  table: Readonly<Record<Name, Faults>>,
  inputs: Inputs = {},
  options: StepOptions = {},
  account: ServiceOptions = {},
): Promise<{ result: ActionResult; service: Service; rows: Record<Name, Row> }> {
  const names = Object.keys(table) as Name[]
  const records = account.pins ?? pins(names.length)
  const ids = records.map(({ id }) => id)
  const service = await start({
    pins: records,
    ...account,
    fault: (request) => {
      const name = names[ids.findIndex((id) => request.path.includes(id))]
      return name === undefined ? undefined : faultFor(table[name], request)
    },
  })
  const result = await runStep(service.url, ids, inputs, options)
  const entries = entriesOf(result)
  const rows = names.map((name, index) => {
    const requests = service.requests.filter(({ path }) => path.includes(ids[index] ?? ''))
    return [name, { ...entries[index], requests: requests.map(({ method, path }) => `${method} ${path}`) }]
  })
  return { result, service, rows: Object.fromEntries(rows) as Record<Name, Row> }
}

/** A table with the same rows, and what `make` makes of each. */
export const each = <From, To>(
  table: Readonly<Record<string, From>>,
  make: (from: From, name: string) => To,
): Record<string, To> => Object.fromEntries(Object.entries(table).map(([name, from]) => [name, make(from, name)]))

/** The same expectation for every row; a failure names the row. */
export const every = <Value>(rows: object, value: Value): Record<string, Value> =>
  Object.fromEntries(Object.keys(rows).map((name) => [name, value]))

/** Unpins one pin that is there, at a service that does to the requests what `faults` says. */
export async function unpinOne(
  faults: Faults,
  inputs: Inputs = {},
  options: StepOptions = {},
): Promise<{ result: ActionResult; service: Service; entry: Entry }> {
  const fault = (request: ReceivedRequest): Fault | undefined => faultFor(faults, request)
  const service = await start({ pins: [pin], fault })
  const result = await runStep(service.url, [pin.id], inputs, options)
  const [entry] = entriesOf(result)
  if (entry === undefined) throw new Error(`no entry\n${result.log}`)
  return { result, service, entry }
}

/** The first request gets the first fault and so on; those after the last are answered well. */
export function inTurn(...faults: (Fault | undefined)[]): () => Fault | undefined {
  const left = [...faults]
  return () => left.shift()
}

/** The first request gets the first fault and so on; all after that get the last. */
export function toTheEnd(...faults: [Fault, ...Fault[]]): () => Fault | undefined {
  const left = [...faults]
  return () => (left.length > 1 ? left.shift() : left[0])
}

/** Does this to the requests with this method. */
export function onMethod(method: 'DELETE' | 'GET', fault: Fault): (request: ReceivedRequest) => Fault | undefined {
  return (request) => (request.method === method ? fault : undefined)
}

/** An answer of the service's own making, as JSON unless the body is text. */
export function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): Fault {
  return { kind: 'answer', status, body, headers }
}

/** As `answer`, after the effect: what a gateway says when the service has done its work. */
export const answerAfterEffect = (status: number, body: unknown = ''): Fault => ({
  kind: 'answer',
  status,
  body,
  effect: true,
})

/** How many of the results are of each kind. */
export function countResults(result: ActionResult): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { result: kind } of entriesOf(result)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

export const errorsOf = ({ annotations }: ActionResult): string =>
  annotations.errors.map(({ message }) => message).join('\n')

export const warningsOf = ({ annotations }: ActionResult): string =>
  annotations.warnings.map(({ message }) => message).join('\n')

/** Has Node run a program, an ES module, in the process before the action. */
export const nodeArgsFor = (program: string): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(program)}`,
]

export interface Selected {
  service: Service
  result: ActionResult
  entries: Entry[]
  /** `name result`, in the order of `results`. */
  told: string[]
  /** The IDs of the pins for which a `DELETE` came. */
  deleted: string[]
  /** The query of each request for a page of the list. */
  pages: string[]
}

/** Starts a service, and runs the bundle without pin IDs unless the inputs say otherwise. */
export async function select(account: ServiceOptions, inputs: Inputs, options: StepOptions = {}): Promise<Selected> {
  const service = await start(account)
  const result = await runStep(service.url, [], { 'pin-id': '(none)', ...inputs }, options)
  if (result.stderr !== '' || result.problems.length > 0)
    throw new Error([result.stderr, ...result.problems].join('\n'))
  const entries = result.outputs['results-file'] === '' ? [] : entriesOf(result)
  return {
    service,
    result,
    entries,
    told: entries.map((entry) => `${entry.name} ${entry.result}`),
    deleted: service.requests.flatMap(({ method, pinId = '' }) => (method === 'DELETE' ? pinId : [])),
    pages: service.requests.flatMap(({ path }) => path.split('/pins/?')[1] ?? []),
  }
}

/** The text of a summary as a person reads it. */
export const readable = (summary: string): string =>
  summary
    .replace(/<\/?code>/g, '`')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
