import type * as Execute from '../../src/execution/execute.ts'
import type * as UnpinOne from '../../src/execution/unpin-one.ts'
import type * as List from '../../src/client/list.ts'
import type * as Service from '../../src/client/service.ts'
import type * as OriginClient from '../../src/http/origin-client.ts'
import type * as RateLimiter from '../../src/http/rate-limiter.ts'
import type * as PlanByIds from '../../src/plan.ts'
import type * as Guards from '../../src/selection/guard.ts'
import type * as SelectionPlan from '../../src/selection/plan.ts'
import type * as Verdict from '../../src/verdict.ts'

/** What the search runs: the real modules, from `src` or from a copy with one rule broken. */
export type Core = typeof Execute &
  typeof UnpinOne &
  typeof List &
  typeof Service &
  typeof OriginClient &
  typeof RateLimiter &
  typeof PlanByIds &
  typeof Guards &
  typeof SelectionPlan &
  typeof Verdict

const MODULES = `
  execution/execute execution/unpin-one client/list client/service http/origin-client http/rate-limiter
  plan selection/guard selection/plan verdict`

/** @param root URL of a folder like `src`, with its slash. */
export async function loadCore(root: URL): Promise<Core> {
  const paths = MODULES.trim().split(/\s+/)
  const modules = await Promise.all(
    paths.map((path) => import(new URL(`${path}.ts`, root).href) as Promise<Partial<Core>>),
  )
  return Object.assign({}, ...modules) as Core
}
