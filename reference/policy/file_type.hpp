// What a file is, by its content: libmagic on a buffer, with the database that comes with it. The
// answer is a media type such as "application/pdf"; "application/octet-stream" when nothing fits.
//
// Looks at the first 64 KiB only. The library's handle belongs to one thread at a time: each thread
// has its own, loaded at its first call. Throws std::runtime_error when the database is missing: a
// broken installation.
#pragma once

#include <string>
#include <string_view>

namespace sealgate::policy {

std::string file_type(std::string_view content);

}  // namespace sealgate::policy
