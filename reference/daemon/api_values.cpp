#include "reference/daemon/api_values.hpp"

#include "reference/message/transfer_encoding.hpp"

namespace sealgate::daemon {

namespace json = boost::json;

namespace {

std::string text_or_nothing(const json::object& given, std::string_view field) {
  return given.contains(field) ? text_of(given, std::string(field)) : std::string();
}

}  // namespace

std::string text_of(const json::object& given, const std::string& field) {
  const json::value* value = given.if_contains(field);
  if (!value || !value->is_string()) throw FieldMissing(field);
  return std::string(value->get_string());
}

std::string bytes_of(const json::object& given, const std::string& field) {
  return message::decode_base64(text_of(given, field));
}

std::string base64_of(std::string_view bytes) {
  return message::encode_base64(bytes);
}

std::optional<admin::Form> form_of(const std::string& page, const json::object& given) {
  const json::value* edits = given.if_contains("edits");
  if (!edits || !edits->is_array()) return std::nullopt;
  admin::Form form(page);
  for (const json::value& edit : edits->get_array()) {
    if (!edit.is_object() || edit.get_object().size() != 1) return std::nullopt;
    const auto& [what, value] = *edit.get_object().begin();
    if (!value.is_string()) return std::nullopt;
    std::string statement(value.get_string());
    if (what == "set") {
      form.set(std::move(statement));
    } else if (what == "add") {
      form.type(std::move(statement));
      form.add();
    } else if (what == "remove") {
      form.remove(std::move(statement));
    } else {
      return std::nullopt;
    }
  }
  return form;
}

tls::SigningRequest request_of(const json::object& given) {
  tls::SigningRequest request;
  request.subject = {text_or_nothing(given, "country"),
                     text_or_nothing(given, "state"),
                     text_or_nothing(given, "locality"),
                     text_or_nothing(given, "organization"),
                     text_or_nothing(given, "organizational-unit"),
                     text_or_nothing(given, "common-name"),
                     text_or_nothing(given, "email")};
  request.challenge_password = text_or_nothing(given, "challenge-password");
  return request;
}

tls::Checked<tls::Key> key_of(const json::object& given) {
  if (!given.contains("key")) return tls::make_key(tls::KeyKind::rsa_2048);
  return gateway::Administration::open_key(text_of(given, "key"),
                                           text_or_nothing(given, "key-password"));
}

HttpResponse response_of(const admin::Outcome& outcome, const std::string& field) {
  if (!outcome.done()) return problem(422, field, outcome.refusal);
  return {200, json::object{{"changes", to_array(outcome.changes)},
                            {"warnings", to_array(outcome.warnings)}}};
}

HttpResponse refused(const settings::FieldError& error) {
  return problem(422, error.field, error.reason);
}

HttpResponse wrong_method(const HttpRequest& request) {
  return problem(405, "method", request.method + " is not for " + request.path);
}

json::object to_json(const tls::CertificateView& view) {
  return {{"subject", view.subject},
          {"common-name", view.common_name},
          {"issuer", view.issuer},
          {"serial", view.serial},
          {"not-before", host::to_rfc3339(view.not_before)},
          {"not-after", host::to_rfc3339(view.not_after)},
          {"sha1", view.sha1},
          {"sha256", view.sha256},
          {"key", view.key},
          {"names", to_array(view.dns_names)},
          {"self-signed", view.self_signed}};
}

json::object to_json(const queue::Entry& entry) {
  const auto& recipient = entry.recipient;
  json::object object{{"id", entry.queue_id},
                      {"message-id", entry.message_id_header},
                      {"sender", entry.sender},
                      {"recipient", recipient.forward_path},
                      {"queue", recipient.queue_name},
                      {"state", to_word(recipient.state)},
                      {"reason", recipient.reason},
                      {"attempts", recipient.attempts},
                      {"size", entry.size},
                      {"received", host::to_rfc3339(entry.received_at)}};
  if (recipient.next_attempt_at)
    object["next-attempt"] = host::to_rfc3339(*recipient.next_attempt_at);
  return object;
}

json::object to_json(const policy::Deployment& deployment) {
  json::array changes;
  for (const auto& change : deployment.changes) changes.emplace_back(policy::to_text(change));
  return {{"changes", std::move(changes)}};
}

json::array to_array(const std::vector<std::string>& lines) {
  json::array array;
  for (const auto& line : lines) array.emplace_back(line);
  return array;
}

}  // namespace sealgate::daemon
