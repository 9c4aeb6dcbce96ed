// The gateway's certificate: what its administrator brings along, what the lab reads of what comes
// back, and what a client is shown.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <boost/json/value_to.hpp>
#include <stdexcept>

#include "fakes/core/certificate_file.hpp"
#include "sim/engine/script_runner.hpp"

namespace sealcheck::engine {

namespace json = boost::json;
namespace raw = fakes::raw_step;

namespace {

std::string to_base64(const std::string& bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string from_base64(const std::string& text) {
  std::string bytes(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) throw std::runtime_error("the gateway's export is no base64");
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

const std::string& argument(const plan::Admin& admin, std::string_view name) {
  static const std::string none;
  for (const auto& [known, value] : admin.arguments)
    if (known == name) return value;
  return none;
}

fakes::RawConversation up_to_the_handshake() {
  return {{raw::Expect{220}, raw::Send{"EHLO onlooker.test\r\n"}, raw::Expect{250},
           raw::Send{"STARTTLS\r\n"}, raw::Expect{220}, raw::StartTls{}, raw::Send{"QUIT\r\n"}},
          {}};
}

}  // namespace

json::object ScriptRunner::arguments_of(const plan::Admin& admin) {
  json::object arguments;
  for (const auto& [name, value] : admin.arguments) arguments[name] = cast_.with_lab_root(value);
  if (admin.operation == "import-certificate")
    arguments["bytes"] = to_base64(cast_.certificate_file(argument(admin, "file")));
  if (admin.operation == "trust") arguments["certificate"] = cast_.lab_root();
  if (const std::string& key = argument(admin, "key"); !key.empty())
    arguments["key"] = cast_.key_file(key);
  if (admin.operation == "import-signed-certificate") {
    const std::string& kind = argument(admin, "kind");
    const bool another = !argument(admin, "other").empty();
    if (!another && signing_request_.empty())
      throw std::runtime_error("there is no signing request that the lab could sign");
    arguments["certificate"] = cast_.sign(another ? std::string() : signing_request_,
                                          kind.empty() ? "good" : kind, argument(admin, "root"));
  }
  return arguments;
}

std::string ScriptRunner::shown_by(const plan::Admin& admin, const json::object& result) {
  std::string text;
  if (const json::value* shown = result.if_contains("text"))
    text = json::value_to<std::string>(*shown);
  if (const json::value* csr = result.if_contains("csr")) {
    signing_request_ = json::value_to<std::string>(*csr);
    text += "\n" + fakes::describe_request(signing_request_).value_or("no signing request");
  }
  if (const json::value* bytes = result.if_contains("bytes")) {
    const auto file = from_base64(json::value_to<std::string>(*bytes));
    text += fakes::describe_file(file, argument(admin, "password"))
                .value_or("a file that does not open with its password");
  }
  return text;
}

void ScriptRunner::play(const plan::Step& step, const plan::LookAtCertificate& look) {
  using Compared = plan::LookAtCertificate::Compared;
  if (plan_.sweep) await_start();
  note("lab.look", {{"at", step.place.position}});
  const std::size_t begin = world_.trace().events().size();
  auto done = std::make_shared<bool>(false);
  cast_.talk(look.origin, up_to_the_handshake(), [done](fakes::RawResult) { *done = true; });
  world_.run(virtual_ns_max_, true, [&] { return *done; });
  mark(plan::Anchor::last_send);
  std::string pem;
  const auto& events = world_.trace().events();
  for (std::size_t i = begin; i < events.size(); ++i)
    if (events[i].actor == look.origin && events[i].kind == "tls.established")
      pem = events[i].field("peer-certificate");
  if (pem.empty()) return decide(step, false, to_text(look), "there was no handshake");
  const auto names = fakes::names_of(pem);
  const bool same = pem == presented_;
  const bool fits = (look.subject.empty() || look.subject == names.subject) &&
                    (look.issuer.empty() || look.issuer == names.issuer) &&
                    (look.change == Compared::any || same == (look.change == Compared::same));
  std::string seen = fmt::format("{} certificate of {} issued by {}",
                                 presented_.empty() ? "a"
                                 : same             ? "the same"
                                                    : "another",
                                 names.subject, names.issuer);
  presented_ = std::move(pem);
  decide(step, fits, to_text(look), std::move(seen));
}

}  // namespace sealcheck::engine
