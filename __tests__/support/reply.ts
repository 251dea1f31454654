import type { Body } from '../../src/http/body.ts'
import type { Answer } from '../../src/http/exchange.ts'
import type { Reply } from '../../src/http/origin.ts'

/** How a request ended: answered at once with nothing, unless said otherwise. */
export function replyOf(rest: Partial<Reply>): Reply {
  return {
    ending: 'answered',
    answer: null,
    status: null,
    attempts: 1,
    lostAnswer: false,
    why: '',
    durationMs: 12.4,
    ...rest,
  }
}

export const answerOf = (status: number, body: Body): Answer => ({
  status,
  location: null,
  retryAfter: null,
  body,
})

/** A request that got this answer. */
export function answered(status: number, body: Body, rest: Partial<Reply> = {}): Reply {
  return replyOf({ status, answer: answerOf(status, body), ...rest })
}
