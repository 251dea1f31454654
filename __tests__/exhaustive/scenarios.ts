import type { Scenario } from './play.ts'

/** A scenario, and the depth that the tests go to in place of its own. */
type Sized = Scenario & { quickDepth: number }

const one = { pins: 1, depth: 5, quickDepth: 2 }
/** Enough to find out what too little time does. */
const LATE = ['success', '500', 'its record']
const two = { pins: 2, depth: 3, quickDepth: 1 }

/** Every world that is searched. `on-missing` is not among them: each schedule is judged for all three of its values. */
export const SCENARIOS: Readonly<Record<string, Sized>> = {
  'one pin': one,
  'one pin, verified': { ...one, verify: true },
  'one pin, verified, late answers': { ...one, verify: true, late: true, only: LATE },
  'one pin, another protected': { ...one, protect: 'other' },
  'one pin, another protected, verified': { ...one, protect: 'other', verify: true },
  'one pin, protected': { ...one, protect: 'first' },
  'one pin, dry run': { ...one, dryRun: true },
  'one pin, dry run, protected': { ...one, dryRun: true, protect: 'first' },
  'one pin, wrong server': { ...one, wrongServer: true },
  'one pin, wrong server, dry run': { ...one, wrongServer: true, dryRun: true },
  'two pins': two,
  'two pins, verified': { ...two, verify: true },
  'two pins, one protected, verified': { ...two, protect: 'first', verify: true },
  'two pins, one request a minute, dry run': { ...two, slots: 1, dryRun: true },
  'two pins, wrong server': { ...two, wrongServer: true },
  'two pins, one request a minute': { ...two, slots: 1, quickDepth: 2 },
  'two pins, two requests a minute, verified': { ...two, slots: 2, verify: true },
  'two pins, selected': { ...two, selected: true, depth: 4, quickDepth: 3 },
  'two pins, selected, one protected': {
    ...two,
    selected: true,
    protect: 'first',
    depth: 4,
    quickDepth: 3,
  },
  'nine pins': { pins: 9, depth: 2, quickDepth: 1, only: ['401', 'success'] },
  'redirects only': { ...one, quickDepth: 4, only: ['a redirect within the server', 'success'] },
  'a run that is stopped before it begins': { ...two, stopped: true },
}
