#!/usr/bin/env bash
# Checks the workflows, the examples, action.yml and the shell scripts with the tools of scripts/install-tools.sh.
# Exit code 1: a finding. Exit code 3: no finding, but a tool is missing.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH=$PWD/.tools/bin:$PATH

missing=0
failed=0
check() { # COMMAND...
  if ! command -v "$1" > /dev/null; then
    echo "$1: not installed, so it checks nothing. \`npm run tools\` installs it."
    missing=3
  elif "$@"; then
    echo "$1: no findings."
  else
    echo "$1: see above."
    failed=1
  fi
}

# If shellcheck is on PATH, actionlint also checks every `run` with it.
check actionlint .github/workflows/*.yml examples/*.yml
check zizmor --offline --no-progress --quiet --config .github/zizmor.yml \
  .github/workflows/*.yml .github/dependabot.yml examples/*.yml action.yml
check shellcheck .ci/run scripts/*.sh
if [ $failed = 1 ]; then exit 1; fi
exit $missing
