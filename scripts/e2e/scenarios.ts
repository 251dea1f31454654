import assert from 'node:assert/strict'
import { makePin, type PinRecord, type Service, type ServiceOptions } from '../../testing/service/index.ts'
import type { ActResult } from './act.ts'

export interface Run {
  workflow: string
  job?: string
  event: string
  /** Below `__tests__/events`. */
  payload: string
}

export interface Scenario extends Run {
  /** A sentence that must be true. */
  title: string
  pins: readonly PinRecord[]
  /** A run of another workflow before, at the same service and with the same artifacts. Its ID is 1, as act gives every run. */
  before?: Run
  /** The branches that GitHub has; without them, GitHub does not answer. */
  branches?: readonly string[] | undefined
  fault?: ServiceOptions['fault']
  /** A text of the workflow, and what a scenario needs there instead. */
  change?: readonly [string, string]
  /** Variables that every step sees. */
  variables?: Readonly<Record<string, string>>
  check: (after: { service: Service; act: ActResult }) => void
}

const DAY_MS = 24 * 60 * 60_000

/** @param days ago that it was pinned */
function named(name: string, seed: number, days = 1, keyvalues?: Record<string, unknown>): PinRecord {
  return makePin(
    {
      date_pinned: new Date(Date.now() - days * DAY_MS).toISOString(),
      metadata: { name, ...(keyvalues === undefined ? {} : { keyvalues }) },
    },
    seed,
  )
}

/** The names of the pins that the service still holds, in order. */
function heldBy(service: Service): string[] {
  return [...service.records.values()]
    .filter(({ pinned }) => pinned)
    .map(({ metadata }) => metadata.name ?? '')
    .sort()
}

/** A run that succeeds, after which the service holds exactly these. */
function leaves(...names: string[]): Scenario['check'] {
  return ({ service, act }) => {
    assert.deepEqual(heldBy(service), names.toSorted())
    assert.equal(act.succeeded, true)
  }
}

/** No step sent a request to the service. */
const asksNothing: Scenario['check'] = ({ service, act }) => {
  assert.deepEqual(service.requests, [])
  assert.equal(act.succeeded, true)
}

/**
 * What act itself says of a step that failed. act now and then loses the last line of a step that ends at once, so the step's own last
 * words are not looked for.
 */
const failureOf = (step: string): RegExp => new RegExp(`Failure - Main ${step}`)

/** A run that failed in this step, before one spoke to the service. */
function failsUnasked(step: string): Scenario['check'] {
  return ({ service, act }) => {
    assert.deepEqual(service.requests, [])
    assert.match(act.log, failureOf(step))
    assert.equal(act.succeeded, false)
  }
}

const numberOf = (service: Service, verb: string): number =>
  service.requests.filter(({ method }) => method === verb).length

// The branch of the payload: all of it is allowed in a branch name, and a shell or a list would act on it.
const BRANCH = 'branch-feature/a,b;$(id)\'"'
const branches = [
  named('branch-main', 1),
  named(BRANCH, 2),
  named('branch-feature/a', 3),
  named('branch-b', 4),
]

const previews = [
  named('preview', 1, 1, { repository: 'octo-org/octo-repo', 'pull-request': 17 }),
  named('assets', 2, 1, { repository: 'octo-org/octo-repo', 'pull-request': '17' }),
  named('of another pull request', 3, 1, { repository: 'octo-org/octo-repo', 'pull-request': 170 }),
  named('of another repository', 4, 1, { repository: 'octo-org/other', 'pull-request': 17 }),
]

const releases = [named('release-1.4.0', 1), named('release-1.4.1', 2), named('release-1.4.10', 3)]

const nightlies = [70, 60, 50, 40, 20, 10, 1].map((days, index) => named(`nightly-${days}`, index, days))
const all = (pins: readonly PinRecord[]): string[] => pins.map(({ metadata }) => metadata.name ?? '')

const imports = [1, 2, 3, 4, 5, 6, 7].map((seed) => named(`import-2024-${seed}`, seed))

const site = named('branch-site', 7, 90)
const dnslink = (value: string) => ({ DNSLINK: `cname.example.org.\n"dnslink=${value}"\n` })
const sweep = {
  workflow: 'examples/sweep.yml',
  event: 'schedule',
  payload: 'schedule.json',
  pins: [
    named('branch-main', 1),
    named(BRANCH, 2, 90),
    named('branch-gone', 3, 90),
    named('branch-gone/too', 4, 2),
    named('branch-of-today', 5, 0.5),
    named('release-1.4.0', 6, 90),
    site,
  ],
  branches: ['main', BRANCH.replace('branch-', ''), 'never-published'],
  variables: dnslink(`/ipfs/${site.cid}`),
}

const approve = {
  workflow: 'examples/approve.yml',
  event: 'workflow_dispatch',
  payload: 'dispatch-clean-up.json',
}

const undo = { workflow: 'examples/undo.yml', event: 'workflow_dispatch', payload: 'dispatch-undo.json' }
const rollback = {
  workflow: 'examples/release-rollback.yml',
  event: 'workflow_dispatch',
  payload: 'dispatch-rollback.json',
}
const cleanUp = { ...approve, workflow: 'examples/matrix-clean-up.yml' }

/** Has the pins that are to be pinned again refused, each with the next of these faults. */
function refusing(...faults: ReturnType<NonNullable<ServiceOptions['fault']>>[]): ServiceOptions['fault'] {
  return ({ method }) => (method === 'POST' ? faults.shift() : undefined)
}

export const SCENARIOS: readonly Scenario[] = [
  {
    title: 'the job of CI that uses the action as a step passes',
    workflow: '.github/workflows/ci.yml',
    job: 'action',
    event: 'push',
    payload: 'push.json',
    pins: [],
    check({ act }) {
      assert.match(act.log, /Success - Main Check outcomes and outputs/)
      assert.equal(act.succeeded, true)
    },
  },
  {
    title: 'step: pins given by ID are unpinned, and a later step has the outputs',
    workflow: 'examples/step.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-pin-ids.json',
    pins: [named('first', 1), named('second', 2), named('third', 3)],
    check(after) {
      leaves('third')(after)
      assert.match(after.act.log, /unpinned 2 pins, \d+ bytes/)
      assert.match(after.act.log, new RegExp(`${named('first', 1).id} unpinned Qm`))
      assert.match(after.act.log, new RegExp(`${makePin({}, 99).id} missing`))
    },
  },
  {
    title: 'branch-deleted: a deleted branch takes its own pin along, whatever its name',
    workflow: 'examples/branch-deleted.yml',
    event: 'delete',
    payload: 'delete-branch.json',
    pins: branches,
    check: leaves('branch-main', 'branch-feature/a', 'branch-b'),
  },
  {
    title: 'branch-deleted: a branch that never published succeeds',
    workflow: 'examples/branch-deleted.yml',
    event: 'delete',
    payload: 'delete-branch.json',
    pins: [named('branch-main', 1)],
    check: leaves('branch-main'),
  },
  {
    title: 'branch-deleted: deleting a tag asks for nothing',
    workflow: 'examples/branch-deleted.yml',
    event: 'delete',
    payload: 'delete-tag.json',
    pins: [named('branch-main', 1), named('branch-b', 2)],
    check: asksNothing,
  },
  {
    title: 'branch-deleted: the default branch is left alone',
    workflow: 'examples/branch-deleted.yml',
    event: 'delete',
    payload: 'delete-default-branch.json',
    pins: branches,
    check: asksNothing,
  },
  {
    title:
      'replace-previews: the newest preview of each branch stays, whatever its age, and the ones before it go',
    workflow: 'examples/replace-previews.yml',
    event: 'push',
    payload: 'push-branch.json',
    pins: [
      named('preview-feature', 1, 3),
      named('preview-feature', 2, 1),
      named('preview-feature', 3, 2),
      named('preview-feature/a', 4, 400),
      named('preview-old', 5, 300),
      named('preview-old', 6, 200),
      named('release-1.4.0', 7, 500),
    ],
    check(after) {
      leaves('preview-feature', 'preview-feature/a', 'preview-old', 'release-1.4.0')(after)
      for (const newest of [named('preview-feature', 2), named('preview-old', 6)]) {
        assert.equal(after.service.holds(newest.id), true)
      }
    },
  },
  {
    title: 'preview-closed: the previews of this pull request go, and no others',
    workflow: 'examples/preview-closed.yml',
    event: 'pull_request',
    payload: 'pull-request-closed.json',
    pins: previews,
    check: leaves('of another pull request', 'of another repository'),
  },
  {
    title: 'preview-closed: a pull request from a fork asks for nothing',
    workflow: 'examples/preview-closed.yml',
    event: 'pull_request',
    payload: 'pull-request-of-fork-closed.json',
    pins: previews,
    check: asksNothing,
  },
  {
    title: 'release-rollback: the one release goes, and its removal is read back',
    workflow: 'examples/release-rollback.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-rollback.json',
    pins: releases,
    check(after) {
      leaves('release-1.4.0', 'release-1.4.10')(after)
      const { requests } = after.service
      const removal = requests.findIndex(({ removed }) => removed)
      const readBack = requests
        .slice(removal + 1)
        .some(({ method, pinId }) => method === 'GET' && pinId === requests[removal]?.pinId)
      assert.equal(readBack, true)
    },
  },
  {
    title: 'release-rollback: a version with a star is refused',
    workflow: 'examples/release-rollback.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-rollback-star.json',
    pins: releases,
    check({ service, act }) {
      assert.deepEqual(service.requests, [])
      assert.equal(act.succeeded, false)
      assert.match(act.log, failureOf('Check the version'))
    },
  },
  {
    title: 'retention: on schedule the old ones go, but the newest five stay',
    workflow: 'examples/retention.yml',
    event: 'schedule',
    payload: 'schedule.json',
    pins: [...nightlies, named('release-1', 50, 400)],
    check(after) {
      leaves(...all(nightlies.slice(2)), 'release-1')(after)
      assert.match(after.act.log, /7 pins match, 5 of them stay/)
    },
  },
  {
    title: 'retention: by hand it only shows what would go',
    workflow: 'examples/retention.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-retention-look.json',
    pins: nightlies,
    check(after) {
      leaves(...all(nightlies))(after)
      assert.match(after.act.log, /7 pins match, 5 of them stay/)
      assert.match(after.act.log, new RegExp(String(nightlies[0]?.id)))
    },
  },
  {
    title: 'retention: by hand it unpins when told to',
    workflow: 'examples/retention.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-retention-unpin.json',
    pins: nightlies,
    check: leaves(...all(nightlies.slice(2))),
  },
  {
    title: 'retention: with nothing to do it succeeds',
    workflow: 'examples/retention.yml',
    event: 'schedule',
    payload: 'schedule.json',
    pins: [],
    check: leaves(),
  },
  {
    title: 'matrix-clean-up: three jobs share the pins, each once',
    workflow: 'examples/matrix-clean-up.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-clean-up.json',
    pins: [...imports, named('import-2025-1', 50)],
    check(after) {
      leaves('import-2025-1')(after)
      assert.equal(after.service.requests.filter(({ method }) => method === 'DELETE').length, imports.length)
      for (const job of [1, 2, 3]) assert.match(after.act.log, new RegExp(`Clean up/Unpin part ${job}\\b`))
      assert.doesNotMatch(after.act.log, /Clean up\/Unpin part 4\b/)
    },
  },
  {
    title: 'matrix-clean-up: where nothing matches, no job follows',
    workflow: 'examples/matrix-clean-up.yml',
    event: 'workflow_dispatch',
    payload: 'dispatch-clean-up.json',
    pins: [named('import-2025-1', 50)],
    check(after) {
      leaves('import-2025-1')(after)
      assert.equal(
        after.service.requests.some(({ method }) => method === 'DELETE'),
        false,
      )
    },
  },
  {
    ...sweep,
    title:
      'sweep: the pins of branches that are gone go, and those of branches, of today and of the site stay',
    check: leaves('branch-main', BRANCH, 'branch-of-today', 'branch-site', 'release-1.4.0'),
  },
  {
    ...sweep,
    title: 'sweep: without an answer from GitHub nothing is asked of the service',
    branches: undefined,
    check: failsUnasked('List what is live'),
  },
  {
    ...sweep,
    title: 'sweep: an empty list of branches fails before anything is asked of the service',
    branches: [],
    check: failsUnasked('List what is live'),
  },
  {
    ...sweep,
    title: 'sweep: without an answer from the name server nothing is asked of the service',
    variables: {},
    check: failsUnasked('List what is live'),
  },
  {
    ...sweep,
    title: 'sweep: a site without a DNSLink fails before anything is asked of the service',
    variables: { DNSLINK: '' },
    check: failsUnasked('List what is live'),
  },
  {
    ...sweep,
    title: 'sweep: a DNSLink that names no CID fails before anything is asked of the service',
    variables: dnslink('/ipns/docs.example.org'),
    check: failsUnasked('List what is live'),
  },
  {
    ...approve,
    title: 'approve: the second job unpins what the plan of the first has chosen, and no more',
    pins: [...imports, named('import-2024-keep', 50), named('import-2025-1', 51)],
    check(after) {
      leaves('import-2024-keep', 'import-2025-1')(after)
      assert.match(
        after.act.log,
        /Unpin after approval\/apply.*Success - Main Check that the plan arrived whole/,
      )
      assert.equal(numberOf(after.service, 'DELETE'), imports.length)
    },
  },
  {
    ...approve,
    title: 'approve: without a pin to approve there is no second job',
    pins: [named('import-2024-keep', 50)],
    check(after) {
      leaves('import-2024-keep')(after)
      assert.doesNotMatch(after.act.log, /Unpin after approval\/apply.*Main/)
    },
  },
  {
    ...approve,
    title: 'approve: a plan that got lost between the jobs is refused',
    // As the runner does to an output in which it finds a secret.
    change: ['pin-ids: ${{ steps.plan.outputs.pin-ids }}', "pin-ids: ''"],
    pins: imports,
    check({ service, act }) {
      assert.deepEqual(heldBy(service), all(imports))
      assert.match(act.log, failureOf('Check that the plan arrived whole'))
      assert.equal(act.succeeded, false)
    },
  },
  {
    ...approve,
    title: 'approve: a plan of over 3,000 pins fails in the first job',
    pins: Array.from({ length: 3001 }, (_, seed) => named('import-2024-x', seed)),
    check({ service, act }) {
      assert.equal(numberOf(service, 'DELETE'), 0)
      assert.match(act.log, /Failure - Main \.\//)
      assert.doesNotMatch(act.log, /Unpin after approval\/apply.*Main/)
      assert.equal(act.succeeded, false)
    },
  },
  {
    ...undo,
    title: 'undo: a release that was rolled back is pinned again with its name and its key-values',
    before: rollback,
    pins: [
      named('release-1.4.0', 1),
      named('release-1.4.1', 2, 1, { branch: 'main', build: 17, note: '$(id) ::error::"\'' }),
    ],
    check(after) {
      leaves('release-1.4.0', 'release-1.4.1')(after)
      const [, gone, again] = [...after.service.records.values()]
      assert.equal(gone?.pinned, false)
      assert.equal(again?.cid, gone?.cid)
      assert.deepEqual(again?.metadata, gone?.metadata)
    },
  },
  {
    ...undo,
    title: 'undo: the artifacts of all jobs are read, and the rate limit is kept',
    before: cleanUp,
    pins: imports,
    check(after) {
      leaves(...all(imports))(after)
      const times = after.service.requests.filter(({ method }) => method === 'POST').map(({ at }) => at)
      assert.equal(times.length, imports.length)
      const pauses = times.slice(1).map((at, index) => at - (times[index] ?? at))
      assert.ok(
        pauses.every((pause) => pause >= 60_000 / 180),
        `pauses of ${pauses.join(', ')} ms`,
      )
    },
  },
  {
    ...undo,
    title: 'undo: what cannot be pinned again is named and fails the run, and the rest is pinned',
    before: cleanUp,
    pins: imports,
    fault: refusing(
      { kind: 'answer', status: 400, body: { message: 'User not enough balance' } },
      { kind: 'answer', status: 500, body: { message: '##[error]x ::error::x' } },
      { kind: 'redirect', location: '/api/pinning/pins/', status: 302 },
      { kind: 'answer', status: 409, body: { message: 'Pin with that hash already exists' } },
      { kind: 'cut' },
      { kind: 'answer', status: 200, body: { status: 'error' } },
    ),
    check({ service, act }) {
      // The seventh is pinned, and the fifth, although its answer was cut.
      assert.equal(heldBy(service).length, 2)
      assert.match(act.log, /Qm\w+ HTTP 400, User not enough balance/)
      assert.match(act.log, /Qm\w+ HTTP 500$/m)
      assert.match(act.log, /Qm\w+ HTTP 302$/m)
      assert.match(act.log, /Qm\w+ is pinned already$/m)
      assert.match(act.log, /Qm\w+ no complete answer \(IncompleteRead\)$/m)
      assert.match(act.log, /Qm\w+ HTTP 200$/m)
      const verbs = service.requests.map(({ method }) => method)
      assert.ok(
        verbs.slice(verbs.indexOf('POST')).every((verb) => verb === 'POST'),
        'A redirect was followed',
      )
      assert.equal(act.succeeded, false)
    },
  },
  {
    ...undo,
    title: 'undo: a key pair that may not pin is tried once',
    before: cleanUp,
    pins: imports,
    fault: refusing({ kind: 'answer', status: 403, body: { message: 'Forbidden' } }),
    check({ service, act }) {
      assert.equal(numberOf(service, 'POST'), 1)
      assert.match(act.log, failureOf('Pin again'))
      assert.equal(act.succeeded, false)
    },
  },
  {
    ...undo,
    title: 'undo: a run that unpinned nothing has nothing to undo, and that fails',
    before: { workflow: 'examples/step.yml', event: 'workflow_dispatch', payload: 'dispatch-pin-ids.json' },
    pins: [],
    check({ service, act }) {
      assert.equal(numberOf(service, 'POST'), 0)
      assert.match(act.log, failureOf('Pin again'))
      assert.equal(act.succeeded, false)
    },
  },
  {
    ...undo,
    title: 'undo: a pin that may be gone counts as well, and without a CID it fails the run',
    before: { workflow: 'examples/step.yml', event: 'workflow_dispatch', payload: 'dispatch-pin-ids.json' },
    pins: [named('first', 1), named('second', 2)],
    // The action cannot confirm the first, and is told nothing of its content.
    fault: ({ method, pinId }) =>
      method === 'DELETE' && pinId === named('first', 1).id
        ? { kind: 'answer', status: 204, effect: true }
        : undefined,
    check({ service, act }) {
      assert.deepEqual(heldBy(service), ['second'])
      assert.match(act.log, new RegExp(`${named('first', 1).id} has no CID in the results`))
      assert.equal(act.succeeded, false)
    },
  },
]
