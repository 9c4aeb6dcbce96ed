#include "reference/daemon/api.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "reference/daemon/api_values.hpp"
#include "reference/daemon/tokens.hpp"

namespace sealgate::daemon {

using boost::asio::awaitable;
namespace json = boost::json;

Api::Api(host::Host& host, gateway::Administration& office, std::filesystem::path folder)
    : host_(host), office_(office), folder_(std::move(folder)) {}

/// He must still be one: a token outlives its administrator's line in the settings.
std::optional<std::string> Api::administrator_of(const std::string& token) const {
  if (why_unsafe(folder_)) return std::nullopt;
  const auto tokens = host_.storage().read_file(tokens_file);
  if (!tokens) return std::nullopt;
  auto owner = owner_of_token(*tokens, token);
  const auto settings = office_.gateway().settings();
  const auto& known = settings->policies.administrators;
  const bool is_one = owner && std::any_of(known.begin(), known.end(),
                                           [&](const auto& one) { return one.name == *owner; });
  return is_one ? owner : std::nullopt;
}

Api::Answer Api::answer(HttpRequest request) {
  const auto administrator = administrator_of(request.token);
  if (!administrator)
    co_return problem(401, "Authorization", "no token of an administrator whom the settings name");
  json::object given;
  if (!request.body.empty()) {
    boost::system::error_code wrong;
    const json::value value = json::parse(request.body, wrong);
    if (wrong || !value.is_object()) co_return problem(400, "body", "it is no JSON object");
    given = value.get_object();
  }
  const auto below = [&](std::string_view top) {
    return request.path == top || request.path.starts_with(std::string(top) + "/");
  };
  std::optional<awaitable<HttpResponse>> answering;
  if (below("/pages"))
    answering = answer_pages(*administrator, std::move(request), std::move(given));
  else if (below("/settings"))
    answering = answer_settings(*administrator, std::move(request), std::move(given));
  else if (below("/certificate"))
    answering = answer_certificate(*administrator, std::move(request), std::move(given));
  else if (below("/trusted"))
    answering = answer_trusted(*administrator, std::move(request), std::move(given));
  else if (below("/queue"))
    answering = answer_queue(std::move(request), std::move(given));
  else if (below("/deploy"))
    answering = answer_deploy(std::move(request));
  if (!answering) co_return problem(404, "path", "there is nothing at " + request.path);
  try {
    co_return co_await *std::move(answering);
  } catch (const FieldMissing& missing) {
    co_return problem(400, missing.field, "it is missing, or no text");
  }
}

Api::Answer Api::answer_pages(std::string administrator, HttpRequest request, Object given) {
  if (request.path == "/pages") {
    json::array pages;
    for (const auto& page : office_.console().pages())
      pages.push_back({{"name", page.name}, {"path", page.path}});
    co_return HttpResponse{200, std::move(pages)};
  }
  const std::string page = request.path.substr(std::string_view("/pages/").size());
  const auto text = office_.console().read(page, administrator);
  if (!text) co_return problem(404, "page", "there is no page '" + page + "'");
  if (request.method == "GET")
    co_return HttpResponse{200, json::object{{"page", page}, {"text", *text}}};
  if (request.method != "POST") co_return wrong_method(request);
  auto form = form_of(page, given);
  if (!form) co_return problem(400, "edits", "a list of {set}, {add} or {remove} is expected");
  auto pressing = office_.console().ok(std::move(administrator), *std::move(form));
  const auto outcome = co_await std::move(pressing);
  co_return response_of(outcome, page);
}

Api::Answer Api::answer_settings(std::string administrator, HttpRequest request, Object given) {
  if (!office_.console().may_read_all(administrator))
    co_return problem(403, "settings", "they hold policies of other owners: use the pages");
  if (request.method == "GET")
    co_return HttpResponse{200, json::object{{"text", office_.console().text()}}};
  if (request.method != "PUT") co_return wrong_method(request);
  auto replacing = office_.console().replace(std::move(administrator), text_of(given, "text"));
  const auto outcome = co_await std::move(replacing);
  co_return response_of(outcome, "text");
}

Api::Answer Api::answer_certificate(std::string administrator, HttpRequest request, Object given) {
  const std::string& path = request.path;
  if (path == "/certificate" && request.method == "GET")
    co_return HttpResponse{200, to_json(office_.certificate())};
  if (request.method != "POST") co_return wrong_method(request);
  using Changed = gateway::Administration::Changed;
  std::optional<awaitable<Changed>> change;
  if (path == "/certificate/generate") {
    change = office_.generate_certificate(std::move(administrator));
  } else if (path == "/certificate/import") {
    std::string file = text_of(given, "file");
    std::string bytes = bytes_of(given, "bytes");
    std::string password = text_of(given, "password");
    change = office_.import_certificate(std::move(administrator), std::move(file), std::move(bytes),
                                        std::move(password));
  } else if (path == "/certificate/import-signed") {
    change =
        office_.import_signed_certificate(std::move(administrator), text_of(given, "certificate"));
  } else if (path == "/certificate/export") {
    const auto file = office_.export_certificate(administrator, text_of(given, "password"));
    if (!file) co_return refused(file.error());
    co_return HttpResponse{200, json::object{{"bytes", base64_of(file.value())}}};
  } else if (path == "/certificate/request") {
    auto requesting =
        office_.request_certificate(std::move(administrator), request_of(given), key_of(given));
    const auto made = co_await std::move(requesting);
    if (!made) co_return refused(made.error());
    co_return HttpResponse{200, json::object{{"csr", made.value().csr},
                                             {"warnings", to_array(made.value().warnings)}}};
  }
  if (!change) co_return problem(404, "path", "there is nothing at " + path);
  const auto changed = co_await *std::move(change);
  if (!changed) co_return refused(changed.error());
  auto shown = to_json(office_.certificate());
  shown["warnings"] = to_array(changed.value().warnings);
  co_return HttpResponse{200, std::move(shown)};
}

Api::Answer Api::answer_trusted(std::string administrator, HttpRequest request, Object given) {
  if (request.path == "/trusted" && request.method == "GET") {
    json::array shown;
    for (const auto& one : office_.trusted_certificates(request.query))
      shown.push_back(to_json(one.view));
    co_return HttpResponse{200, std::move(shown)};
  }
  if (request.method != "POST") co_return wrong_method(request);
  if (request.path != "/trusted" && request.path != "/trusted/remove")
    co_return problem(404, "path", "there is nothing at " + request.path);
  const bool adds = request.path == "/trusted";
  const std::string field = adds ? "certificate" : "sha256";
  std::string value = text_of(given, field);
  auto changing = adds ? office_.trust(std::move(administrator), std::move(value))
                       : office_.distrust(std::move(administrator), std::move(value));
  const auto outcome = co_await std::move(changing);
  co_return response_of(outcome, field);
}

Api::Answer Api::answer_queue(HttpRequest request, Object given) {
  if (request.path == "/queue" && request.method == "GET") {
    auto reading = office_.gateway().queue();
    const auto entries = co_await std::move(reading);
    if (!entries) co_return problem(500, "queue", entries.error().message());
    json::array shown;
    for (const auto& entry : *entries)
      if (!is_final(entry.recipient.state)) shown.push_back(to_json(entry));
    co_return HttpResponse{200, std::move(shown)};
  }
  if (request.method != "POST") co_return wrong_method(request);
  const std::string operation = request.path.substr(std::string_view("/queue/").size());
  if (operation == "flush") {
    office_.gateway().flush();
    co_return HttpResponse{200, json::object{}};
  }
  if (operation != "release" && operation != "hold" && operation != "delete")
    co_return problem(404, "path", "there is nothing at " + request.path);
  auto changing = change_entries(operation, std::move(given));
  co_return co_await std::move(changing);
}

Api::Answer Api::change_entries(std::string operation, Object given) {
  const std::string message = text_of(given, "message");
  const std::string recipient = given.contains("recipient") ? text_of(given, "recipient") : "";
  auto& gate = office_.gateway();
  auto reading = gate.queue();
  const auto entries = co_await std::move(reading);
  if (!entries) co_return problem(500, "queue", entries.error().message());
  json::array changed;
  for (const auto& entry : *entries) {
    const bool named = entry.queue_id == message || entry.message_id_header == message;
    const bool meant = recipient.empty() || entry.recipient.forward_path == recipient;
    if (!named || !meant || is_final(entry.recipient.state)) continue;
    const queue::Selection which{entry.message, entry.recipient.n};
    auto changing = operation == "release" ? gate.release(which)
                    : operation == "hold"  ? gate.pause(which)
                                           : gate.remove(which);
    const auto error = co_await std::move(changing);
    if (error) co_return problem(409, "message", error.message());
    changed.emplace_back(entry.recipient.forward_path);
  }
  if (changed.empty())
    co_return problem(404, "message", "no queue holds '" + message + "' for that recipient");
  co_return HttpResponse{200, json::object{{"recipients", std::move(changed)}}};
}

Api::Answer Api::answer_deploy(HttpRequest request) {
  if (request.method == "GET")
    co_return HttpResponse{200, to_json(office_.gateway().pending_deployment())};
  if (request.method != "POST") co_return wrong_method(request);
  if (const auto why = office_.gateway().objection_to_deployment())
    co_return problem(409, "deploy", *why);
  auto deploying = office_.gateway().deploy();
  const auto deployed = co_await std::move(deploying);
  if (!deployed) co_return problem(500, "deploy", deployed.error().message());
  co_return HttpResponse{200, to_json(*deployed)};
}

}  // namespace sealgate::daemon
