// Tells a trace file to people: each event with its kind, its fields and what it says in words.
//
// The bytes of an event are not in the file, so that what depends on them (the line that a party on
// the path stripped) is left out.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <string>

namespace sealcheck::engine {

/// Calls `say` for each event with {line, t_s, actor, kind, text, from?, to?}; text is empty where
/// the event is too small to tell. At the first line that is no event it says {line, error} and
/// returns false. Throws std::runtime_error when the file cannot be read.
bool tell_trace(const std::string& path,
                const std::function<void(const boost::json::object&)>& say);

}  // namespace sealcheck::engine
