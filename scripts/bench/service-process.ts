import { readFileSync } from 'node:fs'
import { makePin, startService } from '../../testing/service/index.ts'

/** The embedded service in a process of its own, so that answering does not take part in what is measured. */

export interface Order {
  /** Every answer comes this much later. */
  delayMs: number
  /** So many pins are there to be listed, from the first number on. */
  listed?: { first: number; count: number }
}

const [keyFile = '', certFile = ''] = process.argv.slice(2)
let delayMs = 0
const service = await startService({
  tls: { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') },
  fault(request) {
    const { pinId } = request
    // Whatever is to be removed is there, so that every run does the same.
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
