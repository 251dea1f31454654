import { count, formatDuration } from '../format.ts'
import { describeResponse, type Reply, type Trouble } from '../http/client.ts'
import type { HttpResponse } from '../http/send.ts'

/** Why a request brought no usable answer, and what to do now. Texts of the service in it are not yet cleaned. */
export interface Cause {
  /** A clause: it follows a colon, and a full stop follows it. */
  why: string
  /** Whole sentences. */
  todo: string
}

/** What a request is for, and the scope that it needs. */
type Purpose = 'unpin' | 'read'

const WRONG_HOST =
  'Check `api-url`: it must name the host where the keys were made. AIOZ Pin has several, and README lists them.'
const AGAIN_LATER =
  'The service seems to be slow or down. Run the step again later, or raise `timeout-seconds`.'
const READ_IT = "Read the service's answer, and run the step again when its cause is fixed."
const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** The words follow from what went wrong last, the cause first. */
export function causeOf(reply: Reply, purpose: Purpose, limitMs: number): Cause {
  switch (reply.end) {
    case 'answered':
      return causeInAnswer(reply.response, purpose)
    case 'refused':
      return causeOfTrouble(reply.trouble, purpose)
    case 'interrupted':
      return { why: 'the run was stopped before there was a usable answer', todo: 'Run the step again.' }
    case 'out-of-time': {
      const { trouble, askedMs, attempts } = reply
      const seconds = `${limitMs / 1000} s (\`timeout-seconds\`)`
      if (askedMs !== null) {
        const last = trouble === null ? '' : ` (${trouble.why})`
        return {
          why: `the service asked for a wait of ${describeWait(askedMs)}${last}, which is too long for ${seconds}`,
          todo: 'Run the step again later, or raise `timeout-seconds`.',
        }
      }
      const within = `there was no usable answer within ${seconds}, in ${count(attempts, 'attempt')}`
      if (trouble === null) return { why: within, todo: AGAIN_LATER }
      const { why, todo } = causeOfTrouble(trouble, purpose)
      return { why: `${why}; ${within}`, todo }
    }
  }
}

function causeOfTrouble(trouble: Trouble, purpose: Purpose): Cause {
  const { why } = trouble
  switch (trouble.kind) {
    case 'answer':
      return causeInAnswer(trouble.response, purpose)
    case 'name':
      return { why, todo: `${WRONG_HOST} Check also that this runner can look up names.` }
    case 'network':
      return { why, todo: `Check that this runner can reach the host. ${WRONG_HOST}` }
    case 'certificate':
      return {
        why: `the certificate of the server cannot be verified (${why})`,
        todo: `${WRONG_HOST} For a private certificate authority, set NODE_EXTRA_CA_CERTS on the runner.`,
      }
    case 'tunnel':
      return {
        why,
        todo: 'Check the proxy variable: the user name and password, and whether the proxy allows this host.',
      }
    case 'denied':
      return {
        why,
        todo: 'Allow it on the runner: start Node with `--allow-net`, or without `--permission`.',
      }
    case 'redirect':
      return { why, todo: `It was not followed. ${WRONG_HOST}` }
    case 'key-in-url':
      return { why, todo: 'Were inputs mixed up?' }
    case 'lost':
    case 'too-late':
      return { why, todo: AGAIN_LATER }
  }
}

/** What an answer means that is not the one hoped for. */
function causeInAnswer(response: HttpResponse, purpose: Purpose): Cause {
  const { status, body } = response
  const answer = describeResponse(response)
  if (status === 401) {
    return {
      why: `the service refused the key pair (${answer})`,
      todo:
        'Check that both keys belong to one pair, that the pair is still valid, and that it was made at this host (`api-url`). ' +
        'Each secret must hold the key alone, without quotes and without `NAME=`.',
    }
  }
  if (body.kind === 'not-json') {
    if (status === 403) {
      return {
        why: `a firewall or another server answered (${answer})`,
        todo: `Check whether a firewall blocks this runner. ${WRONG_HOST}`,
      }
    }
    const busy = status === 429 || status >= 500
    return { why: `the answer is not the service's JSON (${answer})`, todo: busy ? AGAIN_LATER : WRONG_HOST }
  }
  if (status === 403 && speaksOfRights(response)) {
    return {
      why: `the key pair is not allowed to ${purpose} pins (${answer})`,
      todo: `Give the key the scope \`${purpose === 'unpin' ? 'pinning.unpin' : 'data.pin_list'}\`.`,
    }
  }
  if (status === 404 || status === 410) {
    return { why: `this is not how AIOZ Pin answers for a missing pin (${answer})`, todo: WRONG_HOST }
  }
  if (status === 429 || status === 408 || status === 425 || status >= 500) {
    return { why: `the service could not handle the request (${answer})`, todo: AGAIN_LATER }
  }
  if (status >= 200 && status < 300) {
    const { status: word, message } = body.object
    if (typeof word !== 'string' || word === 'success' || status !== 200) {
      return { why: `the answer is JSON, but not the documented one (HTTP ${status})`, todo: WRONG_HOST }
    }
    const text = typeof message === 'string' ? `: "${message}"` : ''
    return { why: `the service answered HTTP 200 with the status "${word}"${text}`, todo: READ_IT }
  }
  return { why: `the service refused the request (${answer})`, todo: READ_IT }
}

/** Is a 403 about the scopes of the key? Without a text it most likely is. */
export function speaksOfRights({ body }: HttpResponse): boolean {
  const message = body.kind === 'json' ? body.object['message'] : null
  return (
    typeof message !== 'string' ||
    message.trim() === '' ||
    /\b(?:scopes?|permissions?|permitted|rights?|privileges?|forbidden|denied|allowed|authori[sz]ed|unauthori[sz]ed)\b/i.test(
      message,
    )
  )
}

/** Seconds as the service asked for them, and for people. */
function describeWait(ms: number): string {
  if (ms > YEAR_MS) return 'over a year'
  return `${Math.ceil(ms / 1000)} s${ms < 60_000 ? '' : ` (${formatDuration(ms)})`}`
}
