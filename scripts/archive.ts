import { execFileSync } from 'node:child_process'

/** The most that a runner has to download to use the action, compressed. */
export const LARGEST_ARCHIVE = 120_000

export interface Archive {
  /** Compressed. */
  bytes: number
  files: string[]
}

/** What a runner downloads of the newest commit: the archive that GitHub makes leaves out what .gitattributes says. */
export function readArchive(): Archive {
  const archive = (format: string): Buffer =>
    execFileSync('git', ['archive', '--worktree-attributes', `--format=${format}`, 'HEAD'], {
      maxBuffer: 64 * 1024 * 1024,
    })
  return { bytes: archive('tar.gz').length, files: namesIn(archive('tar')) }
}

/** The files of a tar archive: each has a header of 512 bytes with its name, and its size in octal at 124. */
function namesIn(tar: Buffer): string[] {
  const names: string[] = []
  let at = 0
  while (at < tar.length) {
    const text = (from: number, length: number) =>
      tar.toString('utf8', at + from, at + from + length).replace(/\0.*/s, '')
    const size = Number.parseInt(text(124, 12), 8) || 0
    // 0 is a file; the rest are folders, links and the comment with the commit.
    if (text(156, 1) === '0')
      names.push([text(345, 155), text(0, 100)].filter((part) => part !== '').join('/'))
    at += 512 * (1 + Math.ceil(size / 512))
  }
  return names
}
