import type { HttpResponse } from '../http/send.ts'
import type { PinRecord } from '../pin/record.ts'

/** The general text of the Go database library behind the service. It may come with another status than 404. */
const RECORD_NOT_FOUND = 'record not found'

/**
 * Whether an answer says that the service does not have the pin.
 *
 * - `no`: it does not say so.
 * - `proven`: it says so in the words of the service.
 * - `doubted`: it is a 404 or 410 with JSON. API gateways answer unknown paths like this, too.
 */
type MissingSign = 'no' | 'proven' | 'doubted'

export function missingSign({ status, body }: HttpResponse): MissingSign {
  if (body.kind !== 'json' || status < 400 || status === 401 || status === 403) return 'no'
  if (body.object['message'] === RECORD_NOT_FOUND) return 'proven'
  return status === 404 || status === 410 ? 'doubted' : 'no'
}

export const MISSING =
  'The service does not have this pin: it was removed before, or it belongs to another account.'

/** For a pin whose record says that it was unpinned before. */
export function describeUnpinned({ dateUnpinned }: PinRecord): string {
  const when = dateUnpinned === null ? '' : ` on ${new Date(dateUnpinned.ms).toISOString()}`
  return `This pin is already unpinned: its record says that it was unpinned${when}.`
}
