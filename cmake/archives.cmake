# Debian's archives in place of its shared libraries, for SEALCHECK_ARCHIVES.
#
# A run is played in a forked child, and a fork pays for each mapping of each library; calls inside
# of one program are cheaper, too. GMime and GLib bring the most libraries. One without an archive
# (fmt, mount) stays shared, and so does the C library: OpenSSL loads its legacy ciphers from a
# module (reference/tls/pfx.cpp). Needs libgpgme-dev and libunistring-dev beside packages.txt. No
# preset turns it on: PKCS #12 with legacy ciphers has not been tried with it.

# archives_of(VARIABLE NAME…): the archive of each name, or its shared library where there is none.
function(archives_of variable)
  set(found)
  foreach(name IN LISTS ARGN)
    find_library(SEALCHECK_ARCHIVE_${name} NAMES lib${name}.a ${name} REQUIRED)
    mark_as_advanced(SEALCHECK_ARCHIVE_${name})
    list(APPEND found ${SEALCHECK_ARCHIVE_${name}})
  endforeach()
  set(${variable} ${found} PARENT_SCOPE)
endfunction()

# use_archives(): after the targets have been found.
function(use_archives)
  archives_of(ssl ssl)
  set_target_properties(OpenSSL::SSL PROPERTIES IMPORTED_LOCATION ${ssl})
  archives_of(crypto crypto)
  set_target_properties(OpenSSL::Crypto PROPERTIES IMPORTED_LOCATION ${crypto})
  archives_of(sqlite sqlite3)
  set_target_properties(SQLite::SQLite3 PROPERTIES IMPORTED_LOCATION ${sqlite})
  archives_of(libraries idn2 unistring)
  set_target_properties(PkgConfig::libidn2 PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
  archives_of(libraries gmime-3.0 gio-2.0 gobject-2.0 gmodule-2.0 glib-2.0 idn2 unistring gpgme
              assuan gpg-error mount selinux ffi pcre2-8 z)
  set_target_properties(PkgConfig::gmime PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
  archives_of(libraries magic lzma bz2 z)
  set_target_properties(PkgConfig::libmagic PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
  archives_of(libraries re2)
  set_target_properties(PkgConfig::re2 PROPERTIES INTERFACE_LINK_LIBRARIES
                        "${libraries};Threads::Threads")
  archives_of(libraries ldns)
  set_target_properties(PkgConfig::ldns PROPERTIES INTERFACE_LINK_LIBRARIES
                        "${libraries};OpenSSL::SSL;OpenSSL::Crypto")
  add_link_options(LINKER:--as-needed)
endfunction()
