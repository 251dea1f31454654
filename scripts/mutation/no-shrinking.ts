import { configureGlobal } from 'fast-check'

/** For `npm run mutation`, where it matters that a property fails, not how small the counterexample can be made. */
configureGlobal({ endOnFailure: true })
