/** Removing a shorter key from every text would destroy the texts. */
export const SHORTEST_KEY = 8

/** What is wrong with a trimmed key, without its value, or `null`. */
export function keyProblem(key: string): string | null {
  if (key === '') {
    return (
      'is empty. Is the secret set for this repository or environment, and its name spelt right? ' +
      'Runs for a fork or for Dependabot get no secrets.'
    )
  }
  if (!/^[\x20-\x7e]+$/.test(key)) {
    return (
      'holds a character that is not printable ASCII, often a line end or an invisible space from copying. ' +
      'Store the secret again.'
    )
  }
  if (key.length < SHORTEST_KEY) {
    return `is shorter than ${SHORTEST_KEY} characters, so it cannot be a whole key. Store the secret again.`
  }
  return null
}
