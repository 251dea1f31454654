import { readFileSync } from 'node:fs'
import { makePin, startService } from '../../testing/service/index.ts'

/** The embedded service in a process of its own, so that its work is not measured. */

export interface Order {
  /** Every answer comes this much later. */
  delayMs: number
  /** Adds `count` pins to the list, with seeds from `first` on. */
  listed?: { first: number; count: number }
}

const [keyFile = '', certFile = ''] = process.argv.slice(2)
let delayMs = 0
const service = await startService({
  tls: { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') },
  fault(request) {
    const { pinId } = request
    // Each pin that a run removes exists, so every run does the same.
    if (request.method === 'DELETE' && pinId !== undefined && !service.holds(pinId))
      service.add(makePin({ id: pinId }))
    return delayMs === 0 ? undefined : { kind: 'delay', ms: delayMs }
  },
})

process.on('message', (order: Order) => {
  delayMs = order.delayMs
  if (order.listed !== undefined) {
    const { first, count } = order.listed
    service.add(...Array.from({ length: count }, (_, index) => makePin({}, first + index)))
  }
  process.send?.({ url: service.url })
})
process.on('disconnect', () => process.exit())
process.send?.({ url: service.url })
