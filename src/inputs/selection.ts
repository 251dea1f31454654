import type { InputReader } from './reader.ts'
import { parseInteger } from './words.ts'

/** The inputs that choose pins; at least one stands in for `pin-id`. */
export const SELECTORS = ['cid', 'name', 'keyvalues'] as const
/** action.yml's default of `max-unpins`, needed to tell that it was set beside `pin-id`; a test holds the two together. */
export const DEFAULT_MAX_UNPINS = 25
const MOST = 1_000_000

/** Refuses what narrows a selection where pins are given by their IDs. */
export function refuseNarrowing(reader: InputReader): void {
  const alone = 'narrows a selection and does not go with `pin-id`.'
  if (reader.optional('older-than') !== null) reader.refuse('older-than', alone)
  const keepLatest = readKeepLatest(reader)
  if (keepLatest !== null && keepLatest !== 0) reader.refuse('keep-latest', alone)
  const maxUnpins = readMaxUnpins(reader)
  if (maxUnpins !== null && maxUnpins !== DEFAULT_MAX_UNPINS) reader.refuse('max-unpins', alone)
}

/** Reads `keep-latest`; problems go to the reader. */
export function readKeepLatest(reader: InputReader): number | null {
  return reader.required(
    'keep-latest',
    (text) => parseInteger(text, 0, MOST),
    `it takes a whole number from 0 to ${MOST}`,
  )
}

/** Reads `max-unpins`; problems go to the reader. */
export function readMaxUnpins(reader: InputReader): number | null {
  return reader.required(
    'max-unpins',
    (text) => parseInteger(text, 1, MOST),
    `it takes a whole number from 1 to ${MOST}`,
  )
}
