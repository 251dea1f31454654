/** The runner shows this many of each kind for a step, and this much of each text. */
const SHOWN = 10
export const LONGEST_ANNOTATION = 4096

/**
 * Fits messages into what the runner shows: at most ten, the last saying how many more there are.
 *
 * @param noun what is counted, e.g. `pins that fail the step`.
 */
export function fitAnnotations(messages: readonly string[], noun: string): string[] {
  if (messages.length <= SHOWN) return [...messages]
  const shown = messages.slice(0, SHOWN - 1)
  const more = messages.length - shown.length
  return [
    ...shown,
    `… and ${more} more ${noun}: all of them stand in the file that the output \`results-file\` names.`,
  ]
}
