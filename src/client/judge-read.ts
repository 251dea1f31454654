import type { RequestResult } from '../http/origin-client.ts'
import { describeResponse } from '../http/retry.ts'
import type { HttpResponse } from '../http/send.ts'
import type { Finding, PinOutcome } from '../pin/outcome.ts'
import { isUnpinned, parseRecord, type PinRecord } from '../pin/record.ts'
import { MISSING, missingSign, describeUnpinned } from './missing.ts'
import { type Judgement, notAttempted, outcomeOf } from './judgement.ts'
import { describeLast, describeRefusal, describeWait, OUTCOME_UNKNOWN } from './words.ts'

/** What reading a pin brought: its record, or an outcome that ends the pin before anything is removed. */
export type ReadResult =
  { kind: 'record'; record: PinRecord; durationMs: number } | { kind: 'ended'; outcome: PinOutcome }

/** @param pinId lower case. */
export function judgeRead(pinId: string, result: RequestResult, timeoutSeconds: number): ReadResult {
  const durationMs = Math.round(result.durationMs)
  const record = recordIn(pinId, result)
  // Reading changes nothing, so a lost answer leaves no doubt about the pin. Only DELETE counts as an attempt.
  const ended = (judgement: Judgement): ReadResult => ({
    kind: 'ended',
    outcome: outcomeOf(pinId, { ...result, attempts: 0, lostAnswer: false }, judgement),
  })
  if (record !== null) {
    return isUnpinned(record)
      ? ended({ result: 'missing', message: describeUnpinned(record), finding: 'service-proven', record })
      : { kind: 'record', record, durationMs }
  }
  if (result.kind === 'interrupted') return ended(notAttempted('the run was stopped first'))
  if (result.kind === 'held-back') {
    return ended(notAttempted('the service asked every request to wait for longer than `timeout-seconds`'))
  }
  const missing = result.kind === 'answered' ? missingSign(result.response) : 'no'
  if (missing !== 'no') {
    return ended({
      result: 'missing',
      message: MISSING,
      finding: missing === 'proven' ? 'service-proven' : 'service-doubted',
    })
  }
  return ended({
    result: 'failed',
    message: `Not unpinned: the record of the pin must be read first, and ${whyUnread(result, timeoutSeconds)}`,
    finding: findingOf(result),
  })
}

/** Decides the outcome for `verify`. Only a pin that is gone when read again counts as unpinned. */
export function judgeVerified(
  unpinned: PinOutcome,
  result: RequestResult,
  timeoutSeconds: number,
): PinOutcome {
  const durationMs = Math.round(result.durationMs)
  const reading = judgeRead(unpinned.pinId, result, timeoutSeconds)
  if (reading.kind === 'record' ? reading.record.pinned === false : reading.outcome.result === 'missing') {
    return {
      ...unpinned,
      durationMs,
      message: 'Unpinned: the service confirmed it, and the pin is gone when read again.',
    }
  }
  const message =
    reading.kind === 'record'
      ? 'The service confirmed the unpin, but the pin is still there when read again. Run the step again. If the pin stays, look ' +
        'it up in the AIOZ Pin dashboard.'
      : `The service confirmed the unpin, but the pin must be read again, and ${whyUnread(result, timeoutSeconds)} ${OUTCOME_UNKNOWN}`
  // The same problem would keep the other pins from being verified, too.
  const finding = reading.kind === 'record' ? 'service-proven' : reading.outcome.finding
  return { ...unpinned, durationMs, result: 'unconfirmed', message, finding }
}

/** Says why a read request brought no record: the end of a sentence, then what to do. */
export function whyUnread(result: RequestResult, timeoutSeconds: number): string {
  switch (result.kind) {
    case 'answered':
      return describeRejection(result.response)
    case 'refused':
      return describeRefusal(result.refusal)
    case 'told-to-wait':
      return `${describeWait(result.askedMs, timeoutSeconds)}. Run the step again later, or raise \`timeout-seconds\`.`
    case 'time-used-up':
      return `there was no good answer within the ${timeoutSeconds} s of \`timeout-seconds\`. Run the step again.${describeLast(result.last)}`
    case 'held-back':
      return 'the service asked every request to wait for longer than `timeout-seconds`. Run the step again later.'
    case 'interrupted':
      return 'the run was stopped first.'
  }
}

function describeRejection(response: HttpResponse): string {
  switch (response.status) {
    case 401:
      return 'the service refused the key pair (HTTP 401). Check both keys.'
    case 403:
      return 'the key pair may not read (HTTP 403). Give the key the scope `data.pin_list` as well.'
    default:
      return `the answer was not the documented one but ${describeResponse(response)}. Check \`api-url\`.`
  }
}

/** The record in a documented answer about this pin. */
function recordIn(pinId: string, result: RequestResult): PinRecord | null {
  if (result.kind !== 'answered' || result.response.status !== 200) return null
  const { body } = result.response
  if (body.kind !== 'json' || body.object['status'] !== 'success') return null
  const record = parseRecord(body.object['data'])
  return record?.id === pinId ? record : null
}

function findingOf(result: RequestResult): Finding {
  switch (result.kind) {
    case 'answered':
      if (result.response.status === 401) return 'unauthorized'
      return result.response.status === 403 ? 'forbidden' : 'none'
    case 'told-to-wait':
    case 'time-used-up':
      return result.kind
    case 'refused':
    case 'held-back':
    case 'interrupted':
      return 'none'
  }
}
