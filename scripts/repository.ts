import { readFileSync } from 'node:fs'

const NAME = 'aioz-ipfs-unpin'

/** `OWNER/NAME`, from `repository` in package.json: the one place that says who owns this repository. */
export function readRepository(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { repository } = JSON.parse(text) as { repository: string }
  return repository.replace(/^github:/, '')
}

/** The text, with the present owner wherever it names this repository. */
export function withRepository(text: string, repository: string): string {
  return text.replace(new RegExp(`[\\w-]+/${NAME}(?![\\w-])`, 'g'), repository)
}
