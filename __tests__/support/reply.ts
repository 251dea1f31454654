import type { Body } from '../../src/http/body.ts'
import type { RequestResult } from '../../src/http/origin-client.ts'
import type { HttpResponse } from '../../src/http/send.ts'
import type { JsonObject } from '../../src/json.ts'
import type { RequestTrace } from '../../src/request-trace.ts'

export const HTML: Body = { kind: 'unusable', problem: 'HTML or XML instead of JSON' }

export const json = (object: JsonObject): Body => ({ kind: 'json', object })

export const responseOf = (
  status: number,
  body: Body = json({}),
  rest: Partial<HttpResponse> = {},
): HttpResponse => ({ status, location: null, retryAfter: null, body, ...rest })

type Ending = RequestResult extends infer Result
  ? Result extends RequestResult
    ? Omit<Result, keyof RequestTrace>
    : never
  : never

/** How a request ended, after one attempt without an answer, unless said otherwise. */
export const resultOf = (ending: Ending, numbers: Partial<RequestTrace> = {}): RequestResult => ({
  attempts: 1,
  httpStatus: null,
  durationMs: 12.4,
  lostAnswer: false,
  ...numbers,
  ...ending,
})

/** A request with this answer. */
export const answered = (status: number, body?: Body, numbers: Partial<RequestTrace> = {}): RequestResult =>
  resultOf({ kind: 'answered', response: responseOf(status, body) }, { httpStatus: status, ...numbers })
