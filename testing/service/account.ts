import { Listing } from './listing.ts'
import { makePin, serviceTime } from './records.ts'
import type { PinRecord } from './types.ts'

/** The pins of the one account. Records are replaced, never changed: one that was read earlier stays as it was. */
export class Account {
  readonly #records = new Map<string, PinRecord>()
  readonly #now: () => number
  readonly listing = new Listing(this.#records)

  /** @param now epoch milliseconds, for `date_pinned` and `date_unpinned` */
  constructor(now: () => number) {
    this.#now = now
  }

  /** Every record ever held, by lower-case id. */
  get records(): ReadonlyMap<string, PinRecord> {
    return this.#records
  }

  /** @throws Error where a pin with that id is there already, as an id names one pin only */
  add(pins: readonly PinRecord[]): void {
    for (const pin of pins) {
      if (this.holds(pin.id))
        throw new Error(`The embedded service already holds a pin with the id ${pin.id}`)
      this.#records.set(pin.id.toLowerCase(), pin)
    }
    this.listing.forget()
  }

  find(pinId: string): PinRecord | undefined {
    return this.#records.get(pinId.toLowerCase())
  }

  holds(pinId: string): boolean {
    return this.find(pinId)?.pinned === true
  }

  holdsContent(cid: string): boolean {
    return [...this.#records.values()].some((record) => record.pinned && record.cid === cid)
  }

  /** Pins content that the network still has: a new record, even where the content was pinned before. */
  pinByHash(cid: string, metadata: PinRecord['metadata']): PinRecord {
    // Negative, so that it does not meet the seeds of pins that a test makes. -1 is taken below.
    const seed = -2 - this.#records.size
    const pin = makePin({ cid, metadata, date_pinned: serviceTime(this.#now()), is_pin_by_hash: true }, seed)
    this.add([pin])
    return pin
  }

  /** Removes a pin, if it is there. The record stays, and says since when it is gone. */
  unpin(pinId: string): void {
    const record = this.find(pinId)
    if (record?.pinned !== true) return
    this.#records.set(pinId.toLowerCase(), {
      ...record,
      date_unpinned: serviceTime(this.#now()),
      pinned: false,
      status: 'RETRIEVAL',
    })
    this.listing.forget()
  }

  /** The id of some other pin: one of this account, or a made-up one where there is no other. */
  idOtherThan(pinId: string): string {
    for (const { id } of this.#records.values()) {
      if (id.toLowerCase() !== pinId.toLowerCase()) return id
    }
    return makePin({}, -1).id
  }
}
