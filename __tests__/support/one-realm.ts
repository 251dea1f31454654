import { isNativeError } from 'node:util/types'

/**
 * Jest runs a test in a realm of its own, so that errors of Node's own modules are no `Error` there. In the shipped action there is
 * one realm only; after this, every error is one in the test as well.
 */
export function joinRealms(): void {
  for (const base of [Error, RangeError, AggregateError]) {
    const inherited = Function.prototype[Symbol.hasInstance]
    Object.defineProperty(base, Symbol.hasInstance, {
      configurable: true,
      value(this: unknown, thrown: unknown) {
        // Classes that extend these inherit this, and mean themselves.
        if (this !== base || !isNativeError(thrown)) return inherited.call(this as never, thrown)
        return base === Error || thrown.constructor.name === base.name
      },
    })
  }
}
