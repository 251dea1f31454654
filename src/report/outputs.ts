import { setOutput } from '@actions/core'
import type { ReportedPin, Tally } from './tally.ts'

/** Over this the `results` output leaves the records out; over it still, the array. Job outputs may be 1 MB together. */
export const LARGEST_RESULTS = 256 * 1024

/** Every output's name and text. */
export type Outputs = Record<
  | 'cid'
  | 'size'
  | 'status'
  | 'name'
  | 'result'
  | 'unpinned-count'
  | 'missing-count'
  | 'failed-count'
  | 'total-size'
  | 'results'
  | 'results-file',
  string
>

/** What a run sets that failed before its first pin: nothing is known, and nothing was done. */
export const NO_OUTPUTS: Outputs = {
  cid: '',
  size: '',
  status: '',
  name: '',
  result: '',
  'unpinned-count': '0',
  'missing-count': '0',
  'failed-count': '0',
  'total-size': '',
  results: '[]',
  'results-file': '',
}

/**
 * One line for each pin in the outputs that speak of single pins; for one pin that is simply its value.
 *
 * @param clean takes line ends and control characters out.
 */
export function outputsOf(
  pins: readonly ReportedPin[],
  tally: Tally,
  files: { results: string; resultsFile: string },
  clean: (text: string) => string,
): Outputs {
  const lines = (value: (pin: ReportedPin) => string | number | null) =>
    pins.map((pin) => clean(String(value(pin) ?? ''))).join('\n')
  return {
    cid: lines((pin) => pin.cid),
    size: lines((pin) => pin.size),
    status: lines((pin) => pin.status),
    name: lines((pin) => pin.name),
    result: lines((pin) => pin.result),
    'unpinned-count': String(tally.unpinned),
    'missing-count': String(tally.missing),
    'failed-count': String(tally.failed),
    'total-size': String(tally.totalSize),
    results: files.results,
    'results-file': files.resultsFile,
  }
}

/** @throws what the toolkit throws when the runner's file is gone. */
export function setOutputs(outputs: Outputs): void {
  for (const [name, text] of Object.entries(outputs)) setOutput(name, text)
}
