#include "sim/engine/result_json.hpp"

#include <boost/json/array.hpp>

#include "sim/engine/timeline.hpp"

namespace sealcheck::engine {

namespace json = boost::json;

namespace {

constexpr std::size_t timeline_events_per_actor = 40;

template <class Range>
json::array strings(const Range& range) {
  json::array array;
  for (const auto& text : range) array.emplace_back(text);
  return array;
}

// One row for each requirement that the assertion decides; one without any is reported all the
// same.
void append(json::array& rows, const verdict::Assertion& assertion) {
  const std::vector<std::string> none{""};
  for (const std::string& requirement :
       assertion.requirements.empty() ? none : assertion.requirements) {
    json::object row{{"requirement", requirement},
                     {"position", assertion.position},
                     {"verdict", to_word(assertion.verdict)},
                     {"expected", assertion.expected},
                     {"seen", assertion.seen},
                     {"source", assertion.source}};
    if (assertion.tolerated) row["tolerated"] = true;
    rows.push_back(std::move(row));
  }
}

json::object to_json(const TimelineLine& line) {
  json::object object{
      {"t_s", static_cast<double>(line.at_ns) / 1e9}, {"actor", line.actor}, {"text", line.text}};
  if (!line.arrow.from.empty() && !line.arrow.to.empty()) {
    object["from"] = line.arrow.from;
    object["to"] = line.arrow.to;
  }
  return object;
}

}  // namespace

json::object to_json(const plan::Plan& plan, const RunResult& result, double wall_s,
                     const RunFiles& files) {
  json::array assertions;
  for (const verdict::Assertion& assertion : result.assertions) append(assertions, assertion);
  json::array lines;
  if (result.trace)
    for (const TimelineLine& line : timeline(result.trace->events(), timeline_events_per_actor))
      lines.push_back(to_json(line));
  json::object object{{"id", plan.id},
                      {"file", plan.file},
                      {"title", plan.title},
                      {"verdict", to_word(result.verdict)},
                      {"requirements", strings(plan.requirements)},
                      {"tags", strings(plan.tags)},
                      {"hash", result.hash},
                      {"virtual_s", static_cast<double>(result.virtual_ns) / 1e9},
                      {"wall_s", wall_s},
                      {"expected_failure", plan.must_fail_with.has_value()},
                      {"assertions", std::move(assertions)},
                      {"timeline", std::move(lines)}};
  if (plan.sweep) {
    object["disk_operations"] = result.disk_operations;
    object["disk_commits"] = result.disk_commits;
  }
  if (!result.detail.empty()) object["detail"] = result.detail;
  if (!files.trace.empty()) object["trace"] = files.trace;
  if (!files.capture.empty()) object["capture"] = files.capture;
  return object;
}

}  // namespace sealcheck::engine
