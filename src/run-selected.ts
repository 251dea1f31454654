import { readList } from './client/list.ts'
import type { Surroundings } from './client/service.ts'
import type { Criteria } from './criteria.ts'
import { RefusedError } from './errors.ts'
import { unpinOne, WOULD } from './execution/one-pin.ts'
import { untouched, withKnown } from './execution/outcomes.ts'
import { unpinAll } from './execution/unpin-all.ts'
import { spareMemory } from './memory.ts'
import { pinIdOf } from './pin-id.ts'
import { createRedactor } from './redact.ts'
import { count } from './report/format.ts'
import { whyMatched } from './selection/match.ts'
import { type Decision, planSelection } from './selection/plan.ts'
import { type Stage, stoppedBy } from './stage.ts'

/**
 * Reads the list of pins and decides for each that matches. Nothing is removed.
 *
 * @throws RefusedError when the list or a date in it cannot be relied on.
 */
export async function planSelected(stage: Stage, criteria: Criteria): Promise<Decision[]> {
  const { inputs, service, report, world } = stage
  const { canonicalCid, timeoutSeconds } = inputs
  const { signal } = world
  // How long the list is, nobody knows yet.
  await spareMemory(Infinity)
  report.line('Reading the list of pins')
  const surroundings: Surroundings = {
    timeoutSeconds,
    signal,
    startSignal: signal,
    onRetry: (retry) => report.retrying('The list of pins', retry),
  }
  const list = await readList(
    (page) => service.page(page, surroundings),
    (record) => whyMatched(record, criteria, canonicalCid) !== null,
    timeoutSeconds,
  )
  if ('problem' in list) throw new RefusedError([`${list.problem} Nothing was unpinned.`])
  report.line(`The list is complete, read in ${count(list.requests, 'request')}`)
  const plan = planSelection(list.records, criteria, world.clock.epoch(), canonicalCid)
  // An ID becomes part of a URL, an output, the summary; a service that made one of a key is not to be followed.
  const redact = createRedactor([inputs.keys.api, inputs.keys.secret])
  if (list.records.some(({ id }) => redact(String(id)) !== id)) {
    throw new RefusedError([
      'The list of pins holds an ID with the value of a key in it. Nothing was unpinned.',
    ])
  }
  if ('problem' in plan)
    throw new RefusedError([`No plan can be made: ${plan.problem}. Nothing was unpinned.`])
  return plan.decisions
}

/** Carries a plan out, unless it is larger than allowed. */
export async function unpinSelected(
  stage: Stage,
  decisions: Decision[],
  maxUnpins: number,
): Promise<boolean> {
  const { inputs, service, report, world } = stage
  const { dryRun, verify, timeoutSeconds } = inputs
  const chosen: { pinId: string; decision: Decision; index: number }[] = []
  decisions.forEach((decision, index) => {
    const pinId = pinIdOf(String(decision.record['id'])) ?? ''
    const { record, verdict, reason } = decision
    if (verdict === 'chosen') chosen.push({ pinId, decision, index })
    else report.ended(untouched(pinId, verdict, `Not unpinned: ${reason}.`, { record, reason }), index)
  })
  report.line(`Matching pins: ${decisions.length}, chosen of them: ${chosen.length}`)
  const leave = (result: 'not-attempted' | 'would-unpin', message: string) => {
    for (const { pinId, decision, index } of chosen)
      report.ended(untouched(pinId, result, message, decision), index)
  }

  let problem: string | null = null
  if (chosen.length > maxUnpins) {
    problem =
      `${chosen.length} pins are chosen, more than the ${maxUnpins} that \`max-unpins\` allows, so nothing was unpinned. ` +
      'If the selection is right, raise `max-unpins`.'
    leave('not-attempted', 'Not attempted: more pins are chosen than `max-unpins` allows.')
  } else if (dryRun) leave('would-unpin', WOULD)
  else if (chosen.length > 0) {
    report.expect(chosen.length)
    await unpinAll(
      chosen.map(({ pinId }) => pinId),
      {
        unpin: (pinId, signals) =>
          unpinOne(
            service.pin(pinId, {
              ...signals,
              timeoutSeconds,
              onRetry: (retry) => report.retrying(pinId, retry),
            }),
            { dryRun: false, verify, whyProtected: null },
          ),
        signal: world.signal,
        onEnd(outcome, place) {
          const { decision, index } = chosen[place] as (typeof chosen)[number]
          report.ended(withKnown(outcome, decision.record, decision.reason), index)
        },
      },
    )
  }

  let warning: string | null = null
  if (decisions.length === 0 && inputs.onMissing !== 'ignore') {
    const none =
      'No pin matches the selection. Check `cid`, `name` and `keyvalues`, and the account of the key.'
    if (inputs.onMissing === 'fail') problem = none
    else warning = none
  }
  return report.finish({ stopped: stoppedBy(world), problem, warning })
}
