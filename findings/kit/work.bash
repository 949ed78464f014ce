# Makes the folder $work, which is removed at the end, after the processes in $started were ended.
# To be sourced.

work=$(mktemp -d)
kit=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
started=()

finish() {
  for id in "${started[@]}"; do
    kill "$id" 2>/dev/null || true
    wait "$id" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

# need PROGRAM PACKAGE: the Debian package to install where a program is missing.
need() {
  command -v "$1" >/dev/null && return
  echo "$1 is missing: install Debian's package $2" >&2
  exit 1
}

# packages NAME@VERSION…: installs them into $work.
packages() {
  need npm npm
  npm install --prefix "$work" --no-audit --no-fund --ignore-scripts --silent "$@"
  echo "$*"
}
