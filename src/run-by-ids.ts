import { protectsNothing } from './criteria.ts'
import { type PinRules, unpinOne } from './execution/one-pin.ts'
import { unpinAll } from './execution/unpin-all.ts'
import { spareMemory } from './memory.ts'
import { type Stage, stoppedBy } from './stage.ts'

/** Unpins what was given by ID, in the order given; each record is read first where something is protected or nothing is removed. */
export async function unpinByIds(stage: Stage, pinIds: readonly string[]): Promise<boolean> {
  const { inputs, service, report, world } = stage
  const { dryRun, verify, timeoutSeconds } = inputs
  const rules: PinRules = { dryRun, verify, whyProtected: await guardOf(stage) }
  await spareMemory(pinIds.length)
  report.expect(pinIds.length)
  await unpinAll(pinIds, {
    unpin: (pinId, signals) =>
      unpinOne(
        service.pin(pinId, { ...signals, timeoutSeconds, onRetry: (retry) => report.retrying(pinId, retry) }),
        rules,
      ),
    signal: world.signal,
    onEnd: (outcome, index) => report.ended(outcome, index),
  })
  return report.finish({ stopped: stoppedBy(world), problem: null, warning: null })
}

async function guardOf({ inputs }: Stage): Promise<PinRules['whyProtected']> {
  const { protect, canonicalCid } = inputs
  if (protectsNothing(protect)) return null
  const { whyProtected } = await import('./selection/match.ts')
  return (record) => whyProtected(record, protect, canonicalCid)
}
