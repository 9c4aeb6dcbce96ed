#!/bin/sh
# link_archives.sh LINKER ARGUMENT…: links a program with archives in the place of shared libraries,
# where they are installed (Debian's -dev packages bring them; a library without one stays shared).
#
# The engine forks for every run. A shared library costs each fork the copies of five mappings, and
# each child the pages that it has to find again: with archives a run takes a fifth less of the
# processor. Nothing else of the project is linked so: a gateway in service takes its libraries'
# security updates.
set -eu

installed() { # the path of library $1, its archive first; nothing where there is none
  for file in "lib$1.a" "lib$1.so" "lib$1.so.1"; do
    path=$("$linker" -print-file-name="$file")
    case $path in /*) echo "$path" && return ;; esac
  done
}

linker=$1
shift
for argument; do
  shift
  name=${argument##*/lib}
  case ${name%%.so*} in
    archive | crypto | ssl | sqlite3 | ldns | magic | re2 | idn2 | boost_json | \
      boost_container | gmime-3.0 | gio-2.0 | gobject-2.0 | glib-2.0)
      found=$(installed "${name%%.so*}")
      argument=${found:-$argument}
      ;;
  esac
  set -- "$@" "$argument"
done
# What these archives are in need of themselves: GMime, GLib, libidn2, libmagic and libarchive.
set -- "$@" -Wl,--as-needed
for name in gmodule-2.0 gpgme assuan gpg-error ffi pcre2-8 unistring lzma bz2 z mount selinux \
  nettle zstd; do
  found=$(installed "$name")
  set -- "$@" ${found:+"$found"}
done
exec "$linker" -Wl,-z,now -Wl,--start-group "$@" -Wl,--end-group
