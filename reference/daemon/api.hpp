// The HTTP interface of administrators: which request is which operation (sealgatectl speaks it).
//
//   GET  /pages                       the console's pages
//   GET  /pages/NAME                  one of them: {page, text}
//   POST /pages/NAME                  OK: {edits: [{set: STATEMENT} | {add: …} | {remove: …}]}
//   GET  /settings, PUT /settings     the whole text: {text}
//   GET  /certificate                 what the TLS Certificate page shows
//   POST /certificate/generate
//   POST /certificate/request         {country, …, challenge-password, key, key-password} → {csr}
//   POST /certificate/import          {file, bytes: base64, password}
//   POST /certificate/import-signed   {certificate: PEM}
//   POST /certificate/export          {password} → {bytes: base64}
//   GET  /trusted?search=TEXT         the CAs that are trusted in certificates of peers
//   POST /trusted                     {certificate: PEM}
//   POST /trusted/remove              {sha256}
//   GET  /queue                       every recipient that is not final
//   POST /queue/flush
//   POST /queue/release, hold, delete {message: queue id or Message-ID, recipient: may be absent}
//   GET  /deploy, POST /deploy        what deploying would change, and doing it
//
// Every request needs a token (tokens.hpp) of an administrator whom the settings name. An error is
// {"field", "reason"} and changes nothing. On the queue executor.
#pragma once

#include <filesystem>
#include <memory>

#include "reference/daemon/http.hpp"
#include "reference/gateway/administration.hpp"

namespace sealgate::daemon {

class Api {
 public:
  /// `folder` is the one of the tokens' file. All outlive the object.
  Api(host::Host& host, gateway::Administration& office, std::filesystem::path folder);

  boost::asio::awaitable<HttpResponse> answer(HttpRequest request);

 private:
  using Answer = boost::asio::awaitable<HttpResponse>;
  using Object = boost::json::object;

  std::optional<std::string> administrator_of(const std::string& token) const;
  Answer answer_pages(std::string administrator, HttpRequest request, Object given);
  Answer answer_settings(std::string administrator, HttpRequest request, Object given);
  Answer answer_certificate(std::string administrator, HttpRequest request, Object given);
  Answer answer_trusted(std::string administrator, HttpRequest request, Object given);
  Answer answer_queue(HttpRequest request, Object given);
  Answer answer_deploy(HttpRequest request);
  Answer change_entries(std::string operation, Object given);

  host::Host& host_;
  gateway::Administration& office_;
  std::filesystem::path folder_;
};

}  // namespace sealgate::daemon
