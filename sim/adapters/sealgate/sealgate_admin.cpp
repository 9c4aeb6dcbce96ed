#include "sim/adapters/sealgate/sealgate_admin.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/message/transfer_encoding.hpp"

namespace sealcheck::adapters {
namespace {

namespace json = boost::json;
using boost::asio::awaitable;
using sealgate::admin::Form;
using sealgate::gateway::Administration;
namespace tls = sealgate::tls;

constexpr const char* administrator = "admin";

std::string word(const json::object& arguments, std::string_view name) {
  const json::value* value = arguments.if_contains(name);
  return value ? std::string(value->as_string()) : std::string();
}

json::object refused(std::string why) {
  return {{"error", std::move(why)}};
}

json::object shown(std::string text) {
  return {{"text", std::move(text)}};
}

json::object to_json(const Administration::Changed& changed, const std::string& text = {}) {
  if (!changed) return refused(changed.error().text());
  return shown(fmt::format("{}{}", text, fmt::join(changed.value().warnings, "\n")));
}

Form filled_in(const json::object& arguments) {
  Form form(word(arguments, "page"));
  for (const auto& [name, value] : arguments) {
    if (!name.starts_with("edit-")) continue;
    const std::string edit(value.as_string());
    const std::string what = edit.substr(0, edit.find(' '));
    const std::string statement = edit.substr(std::min(what.size() + 1, edit.size()));
    if (what == "set") form.set(statement);
    if (what == "type") form.type(statement);
    if (what == "add") form.add();
    if (what == "remove") form.remove(statement);
  }
  return form;
}

awaitable<json::object> press(Administration& office, json::object arguments) {
  Form form = filled_in(arguments);
  if (word(arguments, "button") == "cancel") co_return shown("");
  auto pressing = office.console().ok(administrator, std::move(form));
  const auto outcome = co_await std::move(pressing);
  if (!outcome.done()) co_return refused(outcome.refusal);
  co_return shown(
      fmt::format("{}\n{}", fmt::join(outcome.changes, "\n"), fmt::join(outcome.warnings, "\n")));
}

json::object read_page(Administration& office, const json::object& arguments) {
  const auto text = office.console().read(word(arguments, "page"));
  if (!text) return refused("there is no page '" + word(arguments, "page") + "'");
  return shown(*text);
}

std::string describe(const tls::CertificateView& view) {
  return fmt::format(
      "subject {}\nissuer {}\nserial {}\nvalid from {} to {}\nSHA-1 {}\nSHA-256 {}\nkey {}\n"
      "names {}\n{}\n",
      view.subject, view.issuer, view.serial, host::to_rfc3339(view.not_before),
      host::to_rfc3339(view.not_after), view.sha1, view.sha256, view.key,
      fmt::join(view.dns_names, " "), view.self_signed ? "self-signed" : "issued by a CA");
}

awaitable<json::object> request(Administration& office, json::object arguments) {
  tls::SigningRequest wanted;
  wanted.subject = {word(arguments, "country"),
                    word(arguments, "state"),
                    word(arguments, "locality"),
                    word(arguments, "organization"),
                    word(arguments, "organizational-unit"),
                    word(arguments, "common-name"),
                    word(arguments, "email")};
  wanted.challenge_password = word(arguments, "challenge-password");
  // The document's RSA key takes 150 ms of real time; what is asked here is not about its kind.
  auto key = arguments.contains("key")
                 ? Administration::open_key(word(arguments, "key"), word(arguments, "key-password"))
                 : tls::Checked<tls::Key>(tls::make_key(tls::KeyKind::p256));
  auto requesting = office.request_certificate(administrator, std::move(wanted), std::move(key));
  const auto made = co_await std::move(requesting);
  if (!made) co_return refused(made.error().text());
  json::object result = shown(fmt::format("{}", fmt::join(made.value().warnings, "\n")));
  result["csr"] = made.value().csr;
  co_return result;
}

awaitable<json::object> import_file(Administration& office, json::object arguments) {
  if (word(arguments, "answer") == "no") co_return shown("nothing is imported");
  const std::string file = word(arguments, "file");
  auto importing = office.import_certificate(
      administrator, file, sealgate::message::decode_base64(word(arguments, "bytes")),
      word(arguments, "password"));
  const auto changed = co_await std::move(importing);
  co_return to_json(changed, "Certificate file: " + file + "\n");
}

json::object export_file(Administration& office, const json::object& arguments) {
  const auto bytes = office.export_certificate(administrator, word(arguments, "password"));
  if (!bytes) return refused(bytes.error().text());
  return {{"bytes", sealgate::message::encode_base64(bytes.value())}};
}

json::object to_json(const sealgate::admin::Outcome& outcome) {
  if (!outcome.done()) return refused(outcome.refusal);
  return shown(fmt::format("{}", fmt::join(outcome.changes, "\n")));
}

json::object list_trusted(Administration& office, const json::object& arguments) {
  std::string text;
  for (const auto& one : office.trusted_certificates(word(arguments, "search")))
    text += one.view.subject + " " + one.view.sha256 + "\n";
  return shown(std::move(text));
}

awaitable<json::object> distrust(Administration& office, json::object arguments) {
  const auto found = office.trusted_certificates(word(arguments, "search"));
  if (found.size() != 1) co_return refused("no such trusted CA, or several");
  auto removing = office.distrust(administrator, found.front().view.sha256);
  const auto outcome = co_await std::move(removing);
  co_return to_json(outcome);
}

}  // namespace

awaitable<std::optional<json::object>> administer(Administration& office, std::string operation,
                                                  json::object arguments) {
  if (operation == "read-page") co_return read_page(office, arguments);
  if (operation == "view-certificate") co_return shown(describe(office.certificate()));
  if (operation == "export-certificate") co_return export_file(office, arguments);
  if (operation == "page") {
    auto pressing = press(office, std::move(arguments));
    co_return co_await std::move(pressing);
  }
  if (operation == "request-certificate") {
    auto requesting = request(office, std::move(arguments));
    co_return co_await std::move(requesting);
  }
  if (operation == "import-certificate") {
    auto importing = import_file(office, std::move(arguments));
    co_return co_await std::move(importing);
  }
  if (operation == "generate-certificate") {
    auto generating = office.generate_certificate(administrator);
    const auto changed = co_await std::move(generating);
    co_return to_json(changed);
  }
  if (operation == "import-signed-certificate") {
    auto importing =
        office.import_signed_certificate(administrator, word(arguments, "certificate"));
    const auto changed = co_await std::move(importing);
    co_return to_json(changed);
  }
  if (operation == "trusted-certificates") co_return list_trusted(office, arguments);
  if (operation == "trust") {
    auto trusting = office.trust(administrator, word(arguments, "certificate"));
    const auto outcome = co_await std::move(trusting);
    co_return to_json(outcome);
  }
  if (operation == "distrust") {
    auto removing = distrust(office, std::move(arguments));
    co_return co_await std::move(removing);
  }
  co_return std::nullopt;
}

}  // namespace sealcheck::adapters
