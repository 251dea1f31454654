import { formatDuration } from '../format.ts'
import type { Refusal } from '../http/origin-client.ts'
import { describeResponse } from '../http/retry.ts'
import type { HttpResponse } from '../http/send.ts'

/** Parts of messages that several judgements share. Texts of the service in them are not yet cleaned. */

export const OUTCOME_UNKNOWN =
  'It is not known whether the pin is gone. Run the step again: a pin that is gone is reported as `missing`.'

/** Says why requests to this origin are refused, and what to do. */
export function describeRefusal(refusal: Refusal): string {
  return refusal.kind === 'certificate'
    ? `the certificate of the server cannot be verified (${refusal.problem}). Check \`api-url\`. For a private certificate ` +
        'authority, set NODE_EXTRA_CA_CERTS on the runner.'
    : `the service answered with ${refusal.problem}. Check \`api-url\`.`
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** Says how long the service asked to wait, which is too long. */
export function describeWait(askedMs: number, timeoutSeconds: number): string {
  const exact = `${Math.ceil(askedMs / 1000)} s${askedMs < 60_000 ? '' : ` (${formatDuration(askedMs)})`}`
  const asked = askedMs > YEAR_MS ? 'over a year' : exact
  return `the service asked for ${asked}, which is too long for the ${timeoutSeconds} s of \`timeout-seconds\``
}

/** The end of a message: what went wrong last. */
export function describeLast(last: string): string {
  return last === '' ? '' : ` Last problem: ${last}.`
}

/** The end of a message: what the service said. */
export function describeAnswer(response: HttpResponse): string {
  return `The answer was ${describeResponse(response)}.`
}
