/** The middle of some numbers and where the middle half of them lies. */
export interface Spread {
  median: number
  low: number
  high: number
}

/** @throws Error for no numbers at all. */
export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = [...numbers].sort((a, b) => a - b)
  return { median: at(sorted, 0.5), low: at(sorted, 0.25), high: at(sorted, 0.75) }
}

function at(sorted: readonly number[], part: number): number {
  const place = (sorted.length - 1) * part
  const below = sorted[Math.floor(place)]
  const above = sorted[Math.ceil(place)]
  if (below === undefined || above === undefined) throw new Error('There is nothing to take a median of')
  return below + (above - below) * (place - Math.floor(place))
}

/** Pair by pair, as both of a pair ran one after the other under the same load. */
export function ratiosOf(numbers: readonly number[], to: readonly number[]): Spread {
  return spreadOf(numbers.map((number, index) => number / (to[index] ?? Number.NaN)))
}
