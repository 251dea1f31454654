/** The runner shows this many of each kind for a step, and this many characters of each. */
const MOST_SHOWN = 10
export const LONGEST_ANNOTATION = 4096

/**
 * Fits messages into what the runner shows: at most ten, the last says how many more there are.
 *
 * @param noun what is counted, e.g. `errors`.
 */
export function fitAnnotations(messages: readonly string[], noun: string): string[] {
  if (messages.length <= MOST_SHOWN) return [...messages]
  const shown = messages.slice(0, MOST_SHOWN - 1)
  const more = messages.length - shown.length
  return [
    ...shown,
    `… and ${more} more ${noun}. The file that the output \`results-file\` names has all pins.`,
  ]
}
