// The statements about hand-overs. As write_rows.hpp and read_rows.hpp: each is one step of a
// transaction that the caller holds. Internal to this folder.
#pragma once

#include <string>

#include "reference/queue/handover.hpp"

struct sqlite3;

namespace sealgate::queue {

Handover find_handover_rows(sqlite3* database, const std::string& id,
                            const std::string& message_id_header);

/// Remembers who has come back, and forgets those of long ago.
void remember_returns(sqlite3* database, const Return& returned);

}  // namespace sealgate::queue
