import { setOutput } from '@actions/core'
import { isChosen, type ReportedPin, type Tally } from './tally.ts'

/** Over this the `results` output leaves the records out; over it still, the array. Job outputs may be 1 MB together. */
export const LARGEST_RESULTS = 256 * 1024

/** What a run sets that failed before its first pin: nothing is known, and nothing was done. */
export const NO_OUTPUTS = {
  cid: '',
  size: '',
  status: '',
  name: '',
  result: '',
  'unpinned-count': '0',
  'missing-count': '0',
  'failed-count': '0',
  'total-size': '',
  'matched-count': '0',
  'protected-count': '0',
  'kept-count': '0',
  'pin-ids': '',
  results: '[]',
  'results-file': '',
}

/** Every output's name and text. */
export type Outputs = Record<keyof typeof NO_OUTPUTS, string>

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
    'unpinned-count': String(tally.counts.unpinned),
    'missing-count': String(tally.counts.missing),
    'failed-count': String(tally.failed),
    'total-size': String(tally.totalSize),
    'matched-count': String(pins.length),
    'protected-count': String(tally.counts.protected),
    'kept-count': String(tally.counts.kept),
    'pin-ids': pins
      .filter(isChosen)
      .map(({ pinId }) => pinId)
      .join('\n'),
    results: files.results,
    'results-file': files.resultsFile,
  }
}

/** @throws what the toolkit throws when the runner's file is gone. */
export function setOutputs(outputs: Outputs): void {
  for (const [name, text] of Object.entries(outputs)) setOutput(name, text)
}
