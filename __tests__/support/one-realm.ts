import { isNativeError } from 'node:util/types'

/**
 * Jest runs a test in a realm of its own, so that errors of Node's own modules are no `Error` there. In the shipped action there is
 * one realm only; after this, every error is one in the test as well.
 */
export function joinRealms(): void {
  const inherited = Function.prototype[Symbol.hasInstance]
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, thrown: unknown) {
      // Classes that extend Error inherit this, and mean themselves.
      return this === Error ? isNativeError(thrown) : inherited.call(this as never, thrown)
    },
  })
}
