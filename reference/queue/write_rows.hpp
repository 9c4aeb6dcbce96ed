// The statements that change queue rows. Each function is one step of a transaction that the caller
// holds; all throw SqliteError, and std::system_error's kin with Error::not_found where named so.
#pragma once

#include <string_view>
#include <vector>

#include "reference/queue/queue.hpp"

struct sqlite3;

namespace sealgate::queue {

MessageId insert_message(sqlite3* database, const NewMessage& message);

/// Skips what is not there or already final. Does not finish the message.
void record_update(sqlite3* database, MessageId id, const RecipientUpdate& update);

/// Deletes the message with all its rows if no recipient is left that is not final.
void finish_if_final(sqlite3* database, MessageId id);

void reschedule_delayed(sqlite3* database, const Queue::Schedule& schedule);

/// Error::not_found when the selection holds nothing that is not final.
void hold_recipients(sqlite3* database, const Selection& which, std::string_view queue_name,
                     std::string_view reason);
void release_recipients(sqlite3* database, const Selection& which, host::WallTime now,
                        std::string_view queue_name);
void remove_recipients(sqlite3* database, const Selection& which);

}  // namespace sealgate::queue
