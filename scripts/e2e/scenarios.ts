import assert from 'node:assert/strict'
import { makePin, type Service, type ServiceOptions } from '../../testing/service/index.ts'

export type Event = readonly [name: string, payload?: object]

/**
 * A pin and what becomes of it: `+` for one that stays, `-` for one that goes, its name, and after ` @` how many days ago it was pinned
 * (1 if not given). The nth pin of a scenario has the ID `idOf(n)`, from 1.
 */
export type Pin = string | readonly [pin: string, keyvalues: Record<string, unknown>]

/** What is not the same for all scenarios. */
interface Options {
  /** Of the workflow only this job. */
  job?: string
  /** A run of another example before, at the same service and with the same artifacts. Its ID is 1, as act gives every run. */
  before?: readonly [example: string, event: Event]
  /** The branches that GitHub has; without them, GitHub does not answer. */
  branches?: readonly string[] | undefined
  fault?: ServiceOptions['fault']
  /** A text of the workflow, and what the scenario needs there instead. */
  change?: readonly [string, string]
  /** Variables of the environment that every step sees. */
  env?: Readonly<Record<string, string>>
  /** The context `vars`. */
  vars?: Readonly<Record<string, string>>
  /** The step in which the run fails; without it, it succeeds. */
  fails?: string
  /** How many requests the service gets. */
  sent?: Readonly<Record<string, number>>
  /** What the log says, and what it does not say. */
  log?: readonly (string | RegExp)[]
  unlogged?: RegExp
  /** Anything else. It throws if it does not hold. */
  also?: (service: Service) => void
}

/** A sentence that must be true, what starts the workflow, and what the account holds. */
type Row = readonly [sentence: string, event: Event, pins: readonly Pin[], options?: Options]

export interface Scenario extends Options {
  /** Example and sentence. */
  title: string
  file: string
  event: Event
  pins: readonly Pin[]
}

const of = (example: string, ...rows: Row[]): Scenario[] =>
  rows.map(([sentence, event, pins, options]) => {
    const file = example === 'ci' ? '.github/workflows/ci.yml' : `examples/${example}.yml`
    return { title: `${example}: ${sentence}`, file, event, pins, ...options }
  })

const idOf = (number: number): string => makePin({}, number).id
const byHand = (inputs: object): Event => ['workflow_dispatch', { inputs }]
const allStay = (pins: readonly string[]): string[] => pins.map((pin) => pin.replace(/^-/, '+'))
const unasked: Options = { sent: { GET: 0, DELETE: 0, POST: 0 } }

const ciJob = { job: 'action', log: ['Success - Main Check outcomes and outputs'] }
const byId = byHand({ 'pin-ids': [1, 2, 99].map(idOf).join(', ') })

// All of it is allowed in a branch name, and a shell or a list would act on it.
const BRANCH = 'feature/a,b;$(id)\'"'
const deleted = (ref: string, kind = 'branch'): Event => ['delete', { ref, ref_type: kind }]

const features = ['-preview-feature @3', '+preview-feature', '-preview-feature @2', '+preview-feature/a @400']

const closed = (head: string): Event => {
  const pull = { number: 17, user: { login: 'octocat' }, head: { repo: { full_name: head } } }
  return ['pull_request', { action: 'closed', pull_request: pull }]
}
const previews = (sign: string): Pin[] => {
  const pin = (text: string, number: unknown, repository = 'octo-org/octo-repo'): Pin => [
    text,
    { repository, 'pull-request': number },
  ]
  const own = [pin(`${sign}preview`, 17), pin(`${sign}assets`, '17')]
  return [...own, pin('+of another pull request', 170), pin('+of another repository', 17, 'octo-org/other')]
}

const rollback = byHand({ release: '1.4.1' })
const releases = ['+release-1.4.0', '-release-1.4.1', '+release-1.4.10']
const isReadBack: Options['also'] = ({ requests }) => {
  const after = requests.slice(requests.findIndex(({ removed }) => removed) + 1)
  assert.ok(after.some(({ method, pinId }) => method === 'GET' && pinId === idOf(2)))
}

const clean = byHand({ name: 'import-2024-*' })
const imports = [1, 2, 3, 4, 5, 6, 7].map((number) => `-import-2024-${number}`)
const APPLY = /Unpin what was approved.*Main/

const daily: Event = ['schedule']
const site = '+branch-site @90'
const live = [site, '+branch-main', `+branch-${BRANCH} @90`, '+branch-of-today @0.5', '+release-1.4.0 @90']
const dead = ['-branch-gone @90', '-branch-gone/too @2']
const unswept = [...live, ...allStay(dead)]
const dnslink = (value: string) => ({ DNSLINK: `cname.example.org.\n"dnslink=${value}"\n` })
const world = {
  branches: ['main', BRANCH, 'never-published'],
  env: dnslink(`/ipfs/${makePin({}, 1).cid}`),
}
const stopped = { ...world, ...unasked, fails: 'List what is live' }

const undo = byHand({ 'run-id': '1' })
const afterClean = { before: ['matrix-clean-up', clean] } as const
const undoFails = { before: ['step', byId], fails: 'Pin again' } as const
const answer = (status: number, body: object) => ({ kind: 'answer', status, body }) as const
const noContent = { kind: 'answer', status: 204, effect: true } as const
/** Has the pins that are to be pinned again refused, each with the next of these faults. */
const refusing = (...faults: ReturnType<NonNullable<ServiceOptions['fault']>>[]): Options => ({
  ...afterClean,
  fault: ({ method }) => (method === 'POST' ? faults.shift() : undefined),
  fails: 'Pin again',
})
const again = (words: string): RegExp => new RegExp(`Qm\\w+ ${words}$`, 'm')

const releasesOf = ['-release-1 @400', '+release-2 @300', '-release-3 @200', '+release-4 @120', '+release-5 @110']
const nights = [...releasesOf, '+release-6 @100', '+release-7 @50', '+release-8', '+nightly @400']
const production = { vars: { PRODUCTION_CID: makePin({}, 2).cid } }
const expiring = (text: string, expires: string, repository = 'octo-org/octo-repo'): Pin => [
  text,
  { repository, expires },
]

export const SCENARIOS: readonly Scenario[] = [
  ...of(
    'nightly',
    ['old releases go, but not what production serves and the newest five', ['schedule'], nights, production],
    [
      'by hand it only shows what would go',
      byHand({ unpin: 'false' }),
      allStay(nights),
      { ...production, log: [`${idOf(1)}: would-unpin`] },
    ],
    ['by hand it unpins when told to', byHand({ unpin: 'true' }), nights, production],
    ['without the variable nothing is asked', ['schedule'], allStay(nights), { ...unasked, fails: './' }],
  ),
  ...of('after-deploy', [
    'what the branch had before goes, and the content that is pinned already stays',
    ['push', { ref: 'refs/heads/feature' }],
    ['-branch-feature @3', '+branch-feature', '+branch-other @9'],
    { env: { DEPLOYED_CID: makePin({}, 2).cid }, sent: { POST: 1 } },
  ]),
  ...of('expire', [
    'what has expired goes, and only of this repository',
    ['schedule'],
    [
      expiring('-preview', '2026-01-31'),
      expiring('+release', '2199-12-31'),
      expiring('+of another repository', '2026-01-31', 'octo-org/other'),
      ['+without an end', { repository: 'octo-org/octo-repo' }],
    ],
  ]),
  ...of('ci', ['the job that uses the action as a step passes', ['push'], [], ciJob]),
  ...of('step', [
    'pins given by ID are unpinned, and a later step has the outputs',
    byId,
    ['-first', '-second', '+third'],
    { log: [/unpinned 2 pins, \d+ bytes/, `${idOf(1)} unpinned Qm`, `${idOf(99)} missing`] },
  ]),
  ...of(
    'branch-deleted',
    [
      'a deleted branch takes its own pin along, whatever its name',
      deleted(BRANCH),
      ['+branch-main', `-branch-${BRANCH}`, '+branch-feature/a', '+branch-b'],
    ],
    ['a branch that never published succeeds', deleted(BRANCH), ['+branch-main']],
    ['deleting a tag asks for nothing', deleted('b', 'tag'), ['+branch-b'], unasked],
    ['the default branch is left alone', deleted('main'), ['+branch-main'], unasked],
  ),
  ...of('replace-previews', [
    'the newest preview of each branch stays, whatever its age, and older ones go',
    ['push', { ref: 'refs/heads/feature' }],
    [...features, '-preview-old @300', '+preview-old @200', '+release-1.4.0 @500'],
  ]),
  ...of(
    'preview-closed',
    ['the previews of this pull request go, and no others', closed('octo-org/octo-repo'), previews('-')],
    ['a pull request from a fork asks for nothing', closed('octocat/octo-repo'), previews('+'), unasked],
  ),
  ...of(
    'release-rollback',
    ['the one release goes, and its removal is read back', rollback, releases, { also: isReadBack }],
    [
      'a version with a star is refused',
      byHand({ release: '1.4.*' }),
      allStay(releases),
      { ...unasked, fails: 'Check the version' },
    ],
  ),
  ...of(
    'matrix-clean-up',
    [
      'three jobs share the pins, each once',
      clean,
      [...imports, '+import-2025-1'],
      {
        sent: { DELETE: imports.length },
        log: [1, 2, 3].map((part) => `Clean up/Unpin part ${part}`),
        unlogged: /Clean up\/Unpin part 4/,
      },
    ],
    ['where nothing matches, no job follows', clean, ['+import-2025-1'], { sent: { DELETE: 0 } }],
  ),
  ...of(
    'sweep',
    ['what is live, of today or named by the site stays, the others go', daily, [...live, ...dead], world],
    ['no answer from GitHub', daily, unswept, { ...stopped, branches: undefined }],
    ['an empty list of branches', daily, unswept, { ...stopped, branches: [] }],
    ['no answer from the name server', daily, unswept, { ...stopped, env: {} }],
    ['a site without a DNSLink', daily, unswept, { ...stopped, env: { DNSLINK: '' } }],
    ['a DNSLink without a CID', daily, unswept, { ...stopped, env: dnslink('/ipns/docs.example.org') }],
  ),
  ...of(
    'approve',
    [
      'the second job unpins what the plan of the first has chosen, and no more',
      clean,
      [...imports, '+import-2024-keep', '+import-2025-1'],
      { sent: { DELETE: imports.length }, log: [APPLY] },
    ],
    ['no second job without a pin to approve', clean, ['+import-2024-keep'], { unlogged: APPLY }],
    [
      'a plan that is too large fails in the first job',
      clean,
      [...allStay(imports), '+import-2024-keep'],
      { change: ['max-unpins: 10000', 'max-unpins: 6'], fails: './', unlogged: APPLY },
    ],
  ),
  ...of(
    'undo',
    [
      'a release that was rolled back is pinned again with its name and its key-values',
      undo,
      ['+release-1.4.0', ['+release-1.4.1', { branch: 'main', build: 17, note: '$(id) ::error::"\'' }]],
      {
        before: ['release-rollback', rollback],
        also({ records }) {
          const [, gone, pinned] = [...records.values()]
          assert.deepEqual([gone?.pinned, pinned?.cid, pinned?.metadata], [false, gone?.cid, gone?.metadata])
        },
      },
    ],
    [
      'the artifacts of all jobs are read, and the rate limit is kept',
      undo,
      allStay(imports),
      {
        ...afterClean,
        sent: { POST: imports.length },
        also({ requests }) {
          const times = requests.filter(({ method }) => method === 'POST').map(({ at }) => at)
          assert.ok(times.every((at, index) => at - (times[index - 1] ?? 0) >= 60_000 / 180))
        },
      },
    ],
    [
      'what cannot be pinned again is named and fails the run, and the rest is pinned',
      undo,
      // One name, because the order is not fixed. The fifth is pinned although its answer was cut, and so is the seventh.
      imports.map((_, index) => (index < 2 ? '+import-2024-x' : '-import-2024-x')),
      {
        ...refusing(
          answer(400, { message: 'User not enough balance' }),
          answer(500, { message: '##[error]x ::error::x' }),
          { kind: 'redirect', location: '/api/pinning/pins/', status: 302 },
          answer(409, { message: 'Pin with that hash already exists' }),
          { kind: 'cut' },
          answer(200, { status: 'error' }),
        ),
        log: [
          ...['HTTP 400, User not enough balance', 'HTTP 500', 'HTTP 302'].map(again),
          ...['is pinned already', 'no complete answer \\(IncompleteRead\\)', 'HTTP 200'].map(again),
        ],
        // If the redirect was followed, there is another request among these.
        also: ({ requests }) => assert.ok(requests.slice(-imports.length).every(({ method }) => method === 'POST')),
      },
    ],
    [
      'a key pair that may not pin is tried once',
      undo,
      imports,
      { ...refusing(answer(403, { message: 'Forbidden' })), sent: { POST: 1 } },
    ],
    ['a run that unpinned nothing has nothing to undo', undo, [], { ...undoFails, sent: { POST: 0 } }],
    [
      'a pin that may be gone counts as well, and without a CID it fails the run',
      undo,
      ['-first', '+second'],
      {
        ...undoFails,
        // The action cannot confirm the first, and is told nothing of its content.
        fault: ({ method, pinId }) => (method === 'DELETE' && pinId === idOf(1) ? noContent : undefined),
        log: [`${idOf(1)} has no CID in the results`],
      },
    ],
  ),
]
