import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { ManyPinsFinding, SelectionFinding } from './many-pins.ts'
import type { OnePinFinding } from './one-pin.ts'
import type { Spread } from './statistics.ts'
import type { LimitFinding } from './under-limit.ts'

export interface Findings {
  rounds: number
  onePin: OnePinFinding[]
  manyPins: ManyPinsFinding[]
  underLimit: LimitFinding
  selections: SelectionFinding[]
}

const ratio = ({ median, low, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
const mebibytes = (peak: number | null): string => (peak === null ? '' : peak.toFixed(0))
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** The machine in words: processor, cores, memory and kernel. */
export function describeMachine(): string {
  const gibibytes = (totalmem() / 1024 ** 3).toFixed(0)
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor'
  return `${processor}, ${availableParallelism()} cores, ${gibibytes} GiB, ${type()} ${release()}`
}

/**
 * The page of the findings, in Markdown.
 *
 * @param circumstances when, where and with which command they were measured
 * @param chart name of the picture, beside the page
 */
export function pageOf(
  findings: Findings,
  circumstances: { day: string; machine: string; command: string },
  chart: string,
): string {
  const { rounds, onePin, manyPins, underLimit, selections } = findings
  const { pins, requestsPerMinute, boundMs, ms, refused } = underLimit
  return `# Speed

Made by \`npm run bench\`; do not edit.

- Day: ${circumstances.day}
- Machine: ${circumstances.machine}
- Node: ${process.versions.node}
- Command: \`${circumstances.command}\`

All times are of whole processes, from start to end, against a service on the same machine. Medians of interleaved runs; in brackets the middle half.

![Time to remove one pin, as bars](${chart})

## One pin over TLS

${rounds} rounds.

${table(
  ['Client', 'ms', '× bare Node', '× bare `https`', 'peak MiB'],
  onePin.map((one) => [
    one.name,
    one.ms.median.toFixed(0),
    ratio(one.toNode),
    ratio(one.toHttps),
    mebibytes(one.peakMiB),
  ]),
)}

## Many pins by ID

"Ideal" is eight requests at once and no time except the service's latency.

${table(
  ['Pins', 'Latency', 'Ideal', 'This action', '× ideal', '× bare `https`', 'peak MiB'],
  manyPins.map((one) => [
    String(one.pins),
    `${one.latencyMs} ms`,
    seconds(one.idealMs),
    seconds(one.ms.median),
    one.toIdeal === null ? '' : ratio(one.toIdeal),
    ratio(one.toHttps),
    mebibytes(one.peakMiB),
  ]),
)}

## Under the rate limit

${pins} pins with ${requestsPerMinute} requests a minute, in simulated time: ${seconds(ms)}. The limit alone demands ${seconds(boundMs)}, so the ratio is ${(ms / boundMs).toFixed(3)}. The service refused ${refused} requests.

## Selections

One run each, with 6000 requests a minute.

${table(
  ['Run', 'Time', 'peak MiB'],
  selections.map((one) => [one.what, seconds(one.ms), mebibytes(one.peakMiB)]),
)}
`
}

/** Each target, and whether it was reached; one line each. */
export function targetsOf({ onePin, manyPins, underLimit, selections }: Findings): string[] {
  const action = onePin.find(({ name }) => name === 'this action')
  const bulk = manyPins.find(({ pins, latencyMs }) => pins === 1000 && latencyMs === 50)
  const [dryRun, removal, list] = selections
  const targets: [what: string, value: number | null | undefined, most: number][] = [
    ['one pin, ratio to bare Node', action?.toNode.median, 2.05],
    ['one pin, ratio to the bare https script', action?.toHttps.median, 1.15],
    ['1000 pins at 50 ms, ratio to the ideal', bulk?.toIdeal?.median, 1.04],
    ['under the limit, ratio to the bound', underLimit.ms / underLimit.boundMs, 1.003],
    ['requests refused under the limit', underLimit.refused, 0],
    [`${dryRun?.what}, ms`, dryRun?.ms, 800],
    [`${removal?.what}, MiB`, removal?.peakMiB, 100],
    [`${list?.what}, ms`, list?.ms, 1500],
  ]
  return targets.map(([what, value, most]) => {
    if (value === null || value === undefined) return `not measured: ${what}`
    return `${value <= most ? 'met' : 'MISSED'}: ${what}: ${value.toFixed(3)}, at most ${most}`
  })
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}
