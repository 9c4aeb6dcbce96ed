#!/usr/bin/env bash
# packages.sh SECTION…: installs what is missing of these sections of packages.txt.
#
# Bash and not Python, because Python is among what it installs. Asks dpkg once and leaves
# a stamp in the build folder; while neither dpkg's database nor the list is newer than the stamp,
# it asks nobody. Says what apt will install and remove before apt does it. Exit 3, with one message
# that names the list and the missing packages, when it cannot install them.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
list=$here/packages.txt
state=${SEALCHECK_BUILD:-$here/../../build}
stamp=$state/.packages-$(IFS=-; echo "$*")

if [ "$stamp" -nt /var/lib/dpkg/status ] && [ "$stamp" -nt "$list" ]; then exit 0; fi

wanted=()
section=
while read -r word _; do
  case $word in
    '' | '#'*) ;;
    '['*']') section=${word:1:-1} ;;
    *) for s in "$@"; do if [ "$s" = "$section" ]; then wanted+=("$word"); fi; done ;;
  esac
done <"$list"

missing_packages() {
  local name status
  local -A installed=()
  while read -r name status; do
    if [ "$status" = installed ]; then installed[$name]=1; fi
  done < <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null)
  for name in "${wanted[@]}"; do
    if [ -z "${installed[$name]-}" ]; then echo "$name"; fi
  done
}

give_up() {
  {
    echo "sealcheck: $1"
    echo "  missing packages: ${missing[*]}"
    echo "  the list of packages, with what each is for: $list"
    echo "  install them by hand (Debian 12), then call sealcheck again"
  } >&2
  exit 3
}

leave_stamp() {
  if mkdir -p "$state" 2>/dev/null; then : >"$stamp" || true; fi
}

mapfile -t missing < <(missing_packages)
if [ ${#missing[@]} -eq 0 ]; then
  leave_stamp
  exit 0
fi

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  give_up "packages are missing, and this machine has no apt-get to install them with"
as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null ||
    give_up "packages are missing; installing them needs root, and there is no sudo"
  # Without a terminal nobody can type a password: fail now instead of waiting for one.
  if [ ! -t 0 ] && ! sudo -n true 2>/dev/null; then
    give_up "packages are missing, and sudo asks for a password that nobody can type here"
  fi
  as_root=(sudo)
fi
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 "$@"
}

log=$(mktemp -t sealcheck-packages.XXXXXX)
echo "sealcheck: missing packages: ${missing[*]}" >&2
# An update that fails is no reason to stop: what is needed may be in apt's cache.
apt update -q >>"$log" 2>&1 || true
if ! plan=$(apt install -s --no-install-recommends "${missing[@]}" 2>>"$log"); then
  tail -n 5 "$log" >&2
  give_up "apt finds no way to install the missing packages (offline, or not Debian 12?); log: $log"
fi
removed=$(awk '$1 == "Remv" { printf " %s", $2 }' <<<"$plan")
echo "sealcheck: apt will install:$(awk '$1 == "Inst" { printf " %s", $2 }' <<<"$plan")" >&2
echo "sealcheck: apt will remove:${removed:- nothing}" >&2
# What brings a service is wanted for its programs: none is started, here or when the machine boots.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap '"${as_root[@]}" rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
  "${as_root[@]}" chmod +x "$policy"
fi
if ! apt install -y -q --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
  tail -n 5 "$log" >&2
  give_up "apt could not install the missing packages; log: $log"
fi
for unit in clamav-daemon.service clamav-daemon.socket clamav-freshclam.service spamd.service; do
  if [[ $plan == *"Inst ${unit%.*} "* ]] && command -v systemctl >/dev/null; then
    "${as_root[@]}" systemctl disable -q "$unit" >>"$log" 2>&1 || true
  fi
done
mapfile -t missing < <(missing_packages)
[ ${#missing[@]} -eq 0 ] || give_up "apt said that it was done, but packages are still missing"
rm -f "$log"
leave_stamp
echo "sealcheck: packages installed" >&2
