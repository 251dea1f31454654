import { systemClock } from './clock.ts'
import { run } from './run.ts'
import { supervise } from './supervise.ts'

supervise((signal) => run({ clock: systemClock, random: Math.random, signal }))
