import { count, formatDuration } from '../format.ts'
import { describeResponse, type Reply, textIn, type Trouble } from '../http/client.ts'
import { isBusy } from '../http/retry.ts'
import type { HttpResponse } from '../http/send.ts'

/** Why a request brought no usable answer, and what to do now. Texts of the service in it are not yet cleaned. */
export interface Cause {
  /** A clause: it follows a colon, and a full stop follows it. */
  why: string
  /** Whole sentences. */
  todo: string
}

/** What a request is for. */
type Purpose = 'unpin' | 'read'

const SCOPES = { unpin: 'pinning.unpin', read: 'data.pin_list' }

const WRONG_HOST = 'Check `api-url`: it must name the host where the keys were made. README lists the hosts.'
const AGAIN_LATER = 'The service seems to be slow or down. Run the step again later, or raise `timeout-seconds`.'
const TOO_MANY = 'Run the step again later, or lower `requests-per-minute`.'
const FIREWALL = `Check whether a firewall blocks this runner. ${WRONG_HOST}`
const READ_IT = "Read the service's answer, and run the step again when its cause is fixed."
const KEY_PAIR =
  'Check that both keys belong to one pair, that the pair is still valid, and that it was made at this host (`api-url`). Each secret ' +
  'must hold the key alone, without quotes or `NAME=`.'

const TODO: Readonly<Record<Exclude<Trouble['kind'], 'answer'>, string>> = {
  lost: `Run the step again later. ${WRONG_HOST}`,
  network: `Check that this runner can reach the host. ${WRONG_HOST}`,
  name: `${WRONG_HOST} Check also that this runner can look up names.`,
  certificate: `${WRONG_HOST} For a private certificate authority, set NODE_EXTRA_CA_CERTS on the runner.`,
  proxy: 'Check the proxy variable, and whether the proxy runs and can reach the host.',
  tunnel: 'Check the proxy variable: the user name and password, and whether the proxy allows this host.',
  denied: 'Start Node with `--allow-net`, or without `--permission`.',
  redirect: `It was not followed. ${WRONG_HOST}`,
  'key-in-url': 'Check that no inputs are mixed up.',
}

/** The words follow from what went wrong last, the cause first. */
export function causeOf(reply: Reply, purpose: Purpose, limitMs: number): Cause {
  if (reply.end === 'answered') return causeInAnswer(reply.response, purpose)
  if (reply.end === 'refused') return causeOfTrouble(reply.trouble, purpose)
  const { trouble, attempts } = reply
  const stopped = reply.end === 'interrupted'
  const limit = `${limitMs / 1000} s (\`timeout-seconds\`)`
  if (!stopped && reply.askedMs !== null) {
    const last = trouble === null ? '' : ` (${trouble.why})`
    const seconds = Math.ceil(reply.askedMs / 1000)
    const inWords = seconds < 60 ? '' : ` (${formatDuration(seconds * 1000)})`
    const wait = seconds < 1e9 ? `${seconds} s${inWords}` : 'over 30 years'
    const why = `the service asked for a wait of ${wait}${last}, which is too long for ${limit}`
    return cause(why, `Run the step again later${seconds < 3600 ? ', or raise `timeout-seconds`' : ''}.`)
  }
  if (trouble === null && stopped) return cause('the run was stopped while it waited', 'Run the step again.')
  if (trouble === null) return cause(`there was no time left within ${limit}`, AGAIN_LATER)
  const { why, todo } = causeOfTrouble(trouble, purpose)
  const late = `there was no usable answer within ${limit}, in ${count(attempts, 'attempt')}`
  return cause(`${why}; ${stopped ? 'then the run was stopped' : late}`, todo)
}

function cause(why: string, todo: string): Cause {
  return { why, todo }
}

function causeOfTrouble(trouble: Trouble, purpose: Purpose): Cause {
  if (trouble.kind === 'answer') return causeInAnswer(trouble.response, purpose)
  const { kind, why } = trouble
  return cause(kind === 'certificate' ? `the certificate cannot be verified (${why})` : why, TODO[kind])
}

/** What an unexpected answer means. */
function causeInAnswer(response: HttpResponse, purpose: Purpose): Cause {
  const { status, body } = response
  const answer = describeResponse(response)
  const busy = isBusy(status)
  if (status === 401) return cause(`the service refused the key pair (${answer})`, KEY_PAIR)
  if (body.kind === 'not-json') {
    if (status === 403) return cause(`a firewall or another server answered (${answer})`, FIREWALL)
    const todo = busy ? `${AGAIN_LATER} ${WRONG_HOST}` : WRONG_HOST
    return cause(`the answer is not the service's JSON (${answer})`, todo)
  }
  if (status === 403 && speaksOfRights(response)) {
    const todo = `Give the key the scope \`${SCOPES[purpose]}\`.`
    return cause(`the key pair is not allowed to ${purpose} pins (${answer})`, todo)
  }
  if (status === 404 || status === 410) return cause(`this is not a known answer of AIOZ Pin (${answer})`, WRONG_HOST)
  if (status === 429) return cause(`the service gets too many requests (${answer})`, TOO_MANY)
  if (busy) return cause(`the service could not handle the request (${answer})`, AGAIN_LATER)
  const { status: word } = body.object
  if (status === 200 && typeof word === 'string' && word !== 'success') {
    return cause(`the service answered with the status "${word}" (${answer})`, READ_IT)
  }
  return status < 300
    ? cause(`the answer is JSON, but not the documented one (${answer})`, WRONG_HOST)
    : cause(`the service refused the request (${answer})`, READ_IT)
}

const OF_RIGHTS =
  /(?<![a-z])(?:scopes?|permi(?:ssions?|tted)|rights?|privileges?|forbidden|denied|allowed|(?:un)?authori[sz]ed)(?![a-z])/i

/** Is a 403 about the scopes of the key? Without a text it most likely is. */
export function speaksOfRights({ body }: HttpResponse): boolean {
  const text = body.kind === 'json' ? textIn(body.object) : ''
  return text === '' || OF_RIGHTS.test(text)
}
