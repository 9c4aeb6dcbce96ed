#include "sim/engine/recorder.hpp"

namespace sealcheck::engine {
namespace {

bool is_report(std::string_view content) {
  const std::string_view header = content.substr(0, content.find("\r\n\r\n"));
  return header.find("multipart/report") != std::string_view::npos;
}

}  // namespace

std::string Recorder::name_of(std::string_view message_id, std::string_view content) const {
  for (const plan::Message& message : plan_.messages)
    if (!message.message_id.empty() && message.message_id == message_id) return message.name;
  // A report returns what it is about: it is that message no more than a letter about it is.
  if (is_report(content)) return "report";
  for (const plan::Message& message : plan_.messages)
    for (const plan::Canary& canary : message.canaries)
      if (canary.what == "body" && content.find(canary.text) != std::string_view::npos)
        return message.name;
  return "unknown";
}

void Recorder::observe(fakes::Observation observation) {
  std::string payload;
  const std::string message_id(observation.field("message-id"));
  std::vector<trace::Field> fields;
  fields.reserve(observation.fields.size() + 1);
  for (auto& [name, value] : observation.fields) {
    if (name == "content")
      payload = std::move(value);
    else
      fields.emplace_back(std::move(name), std::move(value));
  }
  if (observation.kind == "smtp.message" || observation.kind == "smtp.hand-back" ||
      observation.kind.starts_with("seal."))
    fields.emplace_back("message", name_of(message_id, payload));
  // What passes through before the gateway has it was delivered to nobody yet.
  if (plan_.cloud && observation.actor == plan_.cloud->inbound_name &&
      observation.kind == "smtp.message")
    observation.kind = "cloud.passed";
  const trace::Event& event =
      trace_.record(std::move(observation.actor), std::move(observation.kind), std::move(fields),
                    std::move(payload));
  if (on_delivery_ && event.kind == "smtp.message" && event.field("reply").starts_with('2'))
    on_delivery_(event);
}

}  // namespace sealcheck::engine
