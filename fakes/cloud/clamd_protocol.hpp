// clamd's INSTREAM (ClamAV; clamd(8)): the message in chunks with their length before them, one
// line back. Pure.
//
// clamd answers OK to what it did not look into whole unless its configuration says
// `AlertExceedsMax yes`: whoever starts one for the cloud must say so.
#pragma once

#include "fakes/cloud/asked_engine.hpp"

namespace fakes {

std::string clamd_question(std::string_view message);

/// "stream: OK", "stream: NAME FOUND", "INSTREAM size limit exceeded. ERROR", each with a NUL.
host::Result<Analysis> read_clamd_answer(std::string_view answer);

inline constexpr AnalysisProtocol clamd{"clamd", clamd_question, read_clamd_answer};

}  // namespace fakes
