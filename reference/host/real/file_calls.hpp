// The calls on which durability rests, recorded and made to fail: fsync, fdatasync and rename of
// this test program and of the libraries in it (SQLite) go through here.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace host::test::file_calls {

/// Starts a new record. The n-th call from now on (1 is the next) fails with EIO, and so do those
/// after it; 0: none fails.
void record(std::size_t fail_from = 0);

/// "fsync NAME", "rename NAME": the file's last component.
std::vector<std::string> calls();

/// How many of them make something durable.
std::size_t syncs();

}  // namespace host::test::file_calls
