import { isNativeError } from 'node:util/types'

/**
 * Jest runs a test in a realm of its own, so that errors of Node's own modules are no `Error` there. In the shipped action there is
 * one realm only; from this call on, every error is one here too.
 */
export function makeOneRealm(): void {
  const inherits = Function.prototype[Symbol.hasInstance]
  Object.defineProperty(Error, Symbol.hasInstance, {
    value(this: unknown, thrown: unknown) {
      // Classes that extend Error inherit this, and mean themselves.
      return this === Error ? isNativeError(thrown) : inherits.call(this as never, thrown)
    },
  })
}
