import { loadCore } from '../__tests__/exhaustive/core.ts'
import { SCENARIOS } from '../__tests__/exhaustive/scenarios.ts'
import { search, type Census } from '../__tests__/exhaustive/search.ts'
const core = await loadCore()
for (const depth of [1,2,3]) { const c: Census = {sequences:0, states:0, seen:new Set()}; const t=process.cpuUsage().user
 await search(core, {...SCENARIOS[process.argv[2]!]!, depth}, c); console.log(depth, c.sequences, c.states, (process.cpuUsage().user-t)/1e6) }
