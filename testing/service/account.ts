import { Listing } from './listing.ts'
import { contentOf, makePin, serviceTime, ZERO_TIME } from './records.ts'
import type { Deviations, PinRecord } from './types.ts'

/** What a client wants pinned: content that it sends, or that the network has. */
export type Wanted = { metadata: PinRecord['metadata'] } & ({ content: Buffer } | { cid: string })

const UNPINNED = /^(?:unpinNormally|unpinOutOfMoney|gcDone)$/i

/** `pinned: false` alone says nothing: a pin that is being retrieved has it too. */
export function isUnpinned({ pinned, status, date_unpinned }: PinRecord): boolean {
  return !pinned && (UNPINNED.test(status) || date_unpinned !== ZERO_TIME)
}

/** The pins of the one account. Records are replaced, never changed: one that was read earlier stays as it was. */
export class Account {
  readonly #records = new Map<string, PinRecord>()
  readonly #now: () => number
  readonly #deviate: Partial<Deviations>
  // Negative, so that it does not meet the seeds of pins that a test makes. -1 is taken below.
  #seed = -1
  readonly listing = new Listing(this.#records)

  /** @param now epoch milliseconds, for `date_pinned` and `date_unpinned` */
  constructor(now: () => number, deviate: Partial<Deviations>) {
    this.#now = now
    this.#deviate = deviate
  }

  get records(): ReadonlyMap<string, PinRecord> {
    return this.#records
  }

  /** @throws Error where a pin with that id is there already, as an id names one pin only */
  add(pins: readonly PinRecord[]): void {
    for (const pin of pins) {
      if (this.holds(pin.id)) throw new Error(`The embedded service already holds a pin with the id ${pin.id}`)
      this.#records.set(pin.id.toLowerCase(), pin)
    }
    this.listing.forget()
  }

  find(pinId: string): PinRecord | undefined {
    return this.#records.get(pinId.toLowerCase())
  }

  holds(pinId: string): boolean {
    const record = this.find(pinId)
    return record !== undefined && !isUnpinned(record)
  }

  /** Pins content: a new record, even where the content was pinned before; none where it is pinned now. */
  pin(wanted: Wanted): PinRecord | undefined {
    const byHash = 'cid' in wanted
    const content = byHash ? { cid: wanted.cid } : contentOf(wanted.content)
    const same = [...this.#records.values()].filter(({ cid }) => cid === content.cid)
    if (!same.every(isUnpinned)) return undefined
    const time = serviceTime(this.#now())
    // The answer to a pin by hash has a zero `file_record_id` and nine digits of a second.
    const file_record_id = '00000000-0000-0000-0000-000000000000'
    const pin = makePin(
      {
        ...content,
        date_pinned: time,
        metadata: wanted.metadata,
        is_pin_by_hash: byHash,
        is_dir: false,
        ...(byHash && { file_record_id, date_pinned: time.replace('Z', '000Z') }),
        ...(this.#deviate.keepsId === true && same[0] !== undefined && { id: same[0].id }),
      },
      (this.#seed -= 1),
    )
    this.add([pin])
    return pin
  }

  /** Removes a pin, if it is there. The record stays, and says since when it is gone. */
  unpin(pinId: string): void {
    const record = this.find(pinId)
    if (record === undefined || isUnpinned(record)) return
    const date_unpinned = serviceTime(this.#now())
    const after = { ...record, date_unpinned, pinned: false, status: 'unpinNormally' }
    if (this.#deviate.forgets === true) this.#records.delete(pinId.toLowerCase())
    else this.#records.set(pinId.toLowerCase(), after)
    this.listing.forget()
  }

  /** The id of some other pin: one of this account, or a made-up one where there is no other. */
  idOtherThan(pinId: string): string {
    const other = [...this.#records.values()].find(({ id }) => id.toLowerCase() !== pinId.toLowerCase())
    return (other ?? makePin({}, -1)).id
  }
}
