import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCertificate } from '../../testing/service/index.ts'
import type { Order } from './service-process.ts'

/** The embedded service in another process. */
export interface ServiceElsewhere {
  url: string
  /** PEM of the authority to trust. */
  certificateFile: string
  order(order: Order): Promise<void>
  end(): void
}

export async function startServiceElsewhere(folder: string): Promise<ServiceElsewhere> {
  const { key, cert } = makeCertificate()
  const keyFile = join(folder, 'service.key')
  const certificateFile = join(folder, 'service.pem')
  writeFileSync(keyFile, key, { mode: 0o600 })
  writeFileSync(certificateFile, cert)
  const script = fileURLToPath(new URL('service-process.ts', import.meta.url))
  const child = fork(script, [keyFile, certificateFile], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const { url } = await answerOf(child)
  return {
    url,
    certificateFile,
    async order(order) {
      child.send(order)
      await answerOf(child)
    },
    end: () => child.disconnect(),
  }
}

async function answerOf(child: ChildProcess): Promise<{ url: string }> {
  const [answer] = (await once(child, 'message')) as [{ url: string }]
  return answer
}
