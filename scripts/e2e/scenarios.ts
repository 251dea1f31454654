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
  /** What must be true. */
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

/** A green run after which the service holds exactly these. */
function leaves(...names: string[]): Scenario['check'] {
  return ({ service, act }) => {
    assert.deepEqual(heldBy(service), names.toSorted())
    assert.equal(act.succeeded, true)
  }
}

/** No step ran that spoke to the service. */
const asksNothing: Scenario['check'] = ({ service, act }) => {
  assert.deepEqual(service.requests, [])
  assert.equal(act.succeeded, true)
}

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

export const SCENARIOS: readonly Scenario[] = [
  {
    title: 'the job of CI that uses the action as a step passes',
    workflow: '.github/workflows/ci.yml',
    job: 'action',
    event: 'push',
    payload: 'push.json',
    pins: [],
    check({ act }) {
      assert.match(act.log, /Success - Main Outcomes and outputs are the expected ones/)
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
    title: 'branch-deleted: a branch that never published is green',
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
      // act now and then loses the last line of a step that ends at once, so the step's own text is not looked for.
      assert.match(act.log, /Failure - Main Check the versions/)
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
    title: 'retention: with nothing to do it is green',
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
]
