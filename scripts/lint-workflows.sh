#!/usr/bin/env bash
# Checks the workflows, the examples, action.yml and the shell scripts with the tools of scripts/install-tools.sh.
# A finding fails; a missing tool is one line of output.
set -uo pipefail
cd "$(dirname "$0")/.." || exit
PATH=$PWD/.tools/bin:$PATH

failed=0
check() { # NAME COMMAND...
  local name=$1
  shift
  if ! command -v "$name" > /dev/null; then
    echo "$name: not installed, so it checks nothing."
  elif "$@"; then
    echo "$name: no findings."
  else
    echo "$name: see above."
    failed=1
  fi
}

# If shellcheck is on PATH, actionlint also checks every `run` with it.
check actionlint actionlint .github/workflows/*.yml examples/*.yml
check zizmor zizmor --offline --no-progress --quiet --config .github/zizmor.yml \
  .github/workflows/*.yml .github/dependabot.yml examples/*.yml action.yml
check shellcheck shellcheck .ci/run scripts/*.sh
exit $failed
