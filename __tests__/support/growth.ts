/**
 * How many times longer one piece of work takes than a thousand of a thousandth of its size: of the order of 1 where the time grows
 * with the size, of 1000 where it grows with its square. It counts CPU time, the least of three: other work on the machine changes it little.
 */
export function growth(size: number, work: (size: number) => unknown): number {
  const least = (times: number, each: number): number => {
    const once = () => {
      for (let done = 0; done < times; done += 1) work(each)
    }
    return Math.min(cpuSeconds(once), cpuSeconds(once), cpuSeconds(once))
  }
  return least(1, size) / least(1000, size / 1000)
}

/** Seconds of CPU that a piece of work takes. Other processes of the machine do not count. */
export function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
