import { validate } from '@actions/languageservice'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { readRepository } from '../../scripts/repository.ts'
import { readActionMetadata } from '../../testing/runner/action-metadata.ts'

const metadata = readActionMetadata()
const THIS = readRepository()
/** The language service remembers a document by its address, whatever its text: no two may share one. */
let documents = 0

/**
 * Checks a workflow, or an action's metadata, as GitHub's own language service does; the repository of package.json is this action. What
 * other actions take cannot be known here.
 *
 * @param name decides which of the two it is: `action.yml` or a path below `.github/workflows/`.
 * @returns what is wrong, a sentence each.
 */
export async function validateYaml(name: string, text: string): Promise<string[]> {
  documents += 1
  const document = TextDocument.create(`file:///${documents}/${name}`, 'yaml', 0, text)
  const findings = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: async ({ owner, name: repository }) =>
        `${owner}/${repository}` === THIS
          ? {
              name: metadata.name,
              description: metadata.description,
              inputs: Object.fromEntries(metadata.inputs),
              outputs: Object.fromEntries(metadata.outputs),
            }
          : undefined,
    },
  })
  return findings
    .map(({ message, range }) => `line ${range.start.line + 1}: ${JSON.stringify(message)}`)
    .filter((finding) => !finding.includes('Unable to resolve action `') || finding.includes(`\`${THIS}`))
}
