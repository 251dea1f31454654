/**
 * The text of one release in a changelog that is kept as https://keepachangelog.com/en/1.1.0/ says.
 *
 * @param tag of the release, e.g. `v1.2.3`
 * @param version of package.json
 */
export function releaseNotes(tag: string, version: string, changelog: string): { notes: string } | { problem: string } {
  if (tag !== `v${version}`)
    return { problem: `The tag is "${tag}", but package.json says ${version}: tag it v${version}.` }
  const [, ...sections] = changelog.split(/^## (?=\[)/m)
  const section = sections.find((text) => text.startsWith(`[${version}]`))
  const [heading = '', ...lines] = section?.split('\n') ?? []
  if (!/^\[[^\]]+\] - \d{4}-\d\d-\d\d$/.test(heading))
    return {
      problem: `CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD" with the day of the release.`,
    }
  const notes = lines.join('\n').trim()
  return notes === '' ? { problem: `CHANGELOG.md says nothing of ${version}.` } : { notes }
}
