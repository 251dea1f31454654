/** Inputs, the environment or the list of pins make the run impossible. Thrown before any pin is unpinned. */
export class RefusedError extends Error {
  override name = 'RefusedError'
  /** In whole sentences: what was wrong, and what to do. Never empty, never a key's value. */
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join(' '))
    this.problems = problems
  }
}

/**
 * Describes any thrown value in one line. An error without a message, such as an `AggregateError` of refused addresses, is described
 * by the errors inside it, its code or its name. Never empty, never a stack.
 */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return `a value that is not an Error was thrown: ${oneLine(describeValue(thrown))}`
  const message = oneLine(thrown.message)
  if (message !== '') return message
  if (thrown instanceof AggregateError && thrown.errors.length > 0) {
    return [...new Set(thrown.errors.map(describeError))].join('; ')
  }
  return errorCode(thrown) ?? thrown.name
}

/** The `code` that Node puts on system, TLS and parser errors, if there is one. */
export function errorCode(thrown: unknown): string | null {
  const code: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : null
  return typeof code === 'string' && code !== '' ? code : null
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function describeValue(value: unknown): string {
  try {
    return typeof value === 'string' ? JSON.stringify(value) : String(value)
  } catch {
    return typeof value
  }
}
