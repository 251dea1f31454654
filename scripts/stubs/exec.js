// Stands in for @actions/exec in the bundle. @actions/core uses it for details of the platform only, which this action
// never asks for; without it the bundle cannot start another process.
export function getExecOutput() {
  throw new Error('@actions/exec is not part of this bundle')
}
