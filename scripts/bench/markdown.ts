import type { LargeSelectionFinding, ManyPinsFinding } from './many-pins.ts'
import type { OnePinFinding } from './one-pin.ts'
import type { Spread } from './statistics.ts'
import type { LimitFinding } from './under-limit.ts'

export interface Findings {
  node: string
  rounds: number
  onePin: OnePinFinding[]
  manyPins: ManyPinsFinding[]
  underLimit: LimitFinding
  largeSelection: LargeSelectionFinding
}

const ratio = ({ median, low, high }: Spread): string =>
  `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
const mebibytes = (peak: number | null): string => (peak === null ? '' : peak.toFixed(0))
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** The findings as tables, as a README can show them. */
export function markdownOf({ node, rounds, onePin, manyPins, underLimit, largeSelection }: Findings): string {
  const { pins, requestsPerMinute, boundMs, ms, refused } = underLimit
  return [
    `Whole processes on Node ${node}, ${rounds} interleaved rounds: medians, and in brackets where the middle half lies.`,
    '',
    table(
      ['One `DELETE` over TLS', 'ms', '× bare Node', '× bare `https`', 'peak MiB'],
      onePin.map((one) => [
        one.name,
        one.ms.median.toFixed(0),
        ratio(one.toNode),
        ratio(one.toHttps),
        mebibytes(one.peakMiB),
      ]),
    ),
    '',
    table(
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
    ),
    '',
    `${pins} pins under a limit of ${requestsPerMinute} a minute: ${seconds(ms)}, ${(ms / boundMs).toFixed(3)} of the ` +
      `${seconds(boundMs)} that the limit demands, ${refused} requests refused for being over it.`,
    `${largeSelection.pins} pins selected and removed: ${mebibytes(largeSelection.peakMiB)} MiB at most, ` +
      `in ${seconds(largeSelection.ms)}.`,
  ].join('\n')
}

/** What is aimed at, and whether it was reached. */
export function targetsOf({ onePin, manyPins, underLimit, largeSelection }: Findings): string[] {
  const action = onePin.find(({ name }) => name === 'this action')
  const bulk = manyPins.find(({ pins, latencyMs }) => pins === 1000 && latencyMs === 50)
  const targets: [string, number | null | undefined, number][] = [
    ['one pin, to bare Node', action?.toNode.median, 2.1],
    ['one pin, to the bare https script', action?.toHttps.median, 1.15],
    ['1000 pins at 50 ms, to the ideal', bulk?.toIdeal?.median, 1.06],
    ['under the limit, to its bound', underLimit.ms / underLimit.boundMs, 1.02],
    ['refused under the limit', underLimit.refused, 0],
    [`${largeSelection.pins} pins, MiB`, largeSelection.peakMiB, 120],
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
