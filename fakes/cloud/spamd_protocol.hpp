// SpamAssassin's spamd, asked for SYMBOLS (SPAMC/1.5, its file PROTOCOL): the message behind a
// header with its length; back comes a header with the score, and the names of the rules that
// matched. Pure.
//
// spamd has no limit of its own on a message's size; the client's habit of passing large messages
// as clean is not ours: AskedEngine has a limit, above which there is no verdict.
#pragma once

#include "fakes/cloud/asked_engine.hpp"

namespace fakes {

std::string spamd_question(std::string_view message);

/// Its name is the list of rules, "GTUBE,NO_RECEIVED". An answer that is cut short, says something
/// twice or contradicts itself is AnalysisError::bad_answer.
host::Result<Analysis> read_spamd_answer(std::string_view answer);

inline constexpr AnalysisProtocol spamd{"spamd", spamd_question, read_spamd_answer};

}  // namespace fakes
