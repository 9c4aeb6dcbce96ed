#include "fakes/people/browser.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <charconv>
#include <stdexcept>

#include "fakes/core/tls_context.hpp"
#include "reference/host/io.hpp"
#include "reference/host/tls_stream.hpp"

namespace fakes {

using boost::asio::awaitable;

namespace {

constexpr host::Duration answer_limit = std::chrono::minutes(5);
constexpr std::string_view scheme = "https://";

std::string form_encoded(const FormValues& values) {
  std::string out;
  const auto append = [&out](std::string_view text) {
    for (const char c : text) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '*';
      if (plain)
        out += c;
      else if (c == ' ')
        out += '+';
      else
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  };
  for (const auto& [name, value] : values) {
    if (!out.empty()) out += '&';
    append(name);
    out += '=';
    append(value);
  }
  return out;
}

void trust(SSL_CTX* context, const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  while (X509* root = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root);
    X509_free(root);
  }
}

bool is_same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return (x | 0x20) == (y | 0x20); });
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

Browser::Browser(host::Host& host, Observer& observer, BrowserConfig config)
    : host_(host), observer_(observer), config_(std::move(config)) {}

std::optional<Browser::Target> Browser::target_of(const std::string& url) {
  if (!url.starts_with(scheme)) return std::nullopt;
  const std::size_t slash = std::min(url.find('/', scheme.size()), url.size());
  Target target{url.substr(0, slash), url.substr(scheme.size(), slash - scheme.size()),
                url.substr(slash)};
  if (target.path.empty()) target.path = "/";
  return target;
}

awaitable<WebAnswer> Browser::follow(std::string url) {
  const auto target = target_of(url);
  if (!target) co_return WebAnswer{0, {}, "no https address: " + url};
  auto fetching = fetch(*target, "GET", {}, false);
  co_return co_await std::move(fetching);
}

awaitable<WebAnswer> Browser::submit(WebForm form, bool from_file) {
  const auto target = target_of(from_file ? form.action : origin_ + form.action);
  if (!target) co_return WebAnswer{0, {}, "the form leads to no https address: " + form.action};
  auto fetching = fetch(*target, "POST", form_encoded(form.values), !from_file);
  co_return co_await std::move(fetching);
}

awaitable<WebAnswer> Browser::fetch(Target target, std::string method, std::string form,
                                    bool same_site) {
  const auto server = config_.resolve(target.host.substr(0, target.host.find(':')));
  if (!server) co_return WebAnswer{0, {}, "there is no " + target.host};
  std::string request =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", method, target.path, target.host);
  if (method == "POST")
    request += fmt::format(
        "Origin: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        same_site ? target.origin : "null", form.size());
  std::string cookies;
  if (same_site)
    for (const auto& [name, value] : cookies_[target.origin])
      cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", name, value);
  if (!cookies.empty()) request += fmt::format("Cookie: {}\r\n", cookies);
  request += "\r\n";
  request += form;
  const host::MonoTime deadline = host_.mono_now() + answer_limit;
  auto connecting = host_.connect(*server, deadline);
  host::Result<std::unique_ptr<host::Stream>> connected = co_await std::move(connecting);
  if (!connected) co_return WebAnswer{0, {}, connected.error().message()};
  auto exchanging = exchange(std::move(*connected), std::move(target), std::move(request));
  co_return co_await std::move(exchanging);
}

awaitable<WebAnswer> Browser::exchange(std::unique_ptr<host::Stream> transport, Target target,
                                       std::string request) {
  const std::string local = transport->local().to_string();
  const TlsContext context = TlsContext::client({});
  trust(context.get(), config_.trusted_pem);
  const std::string name = target.host.substr(0, target.host.find(':'));
  host::TlsSetup setup = [&name](SSL* ssl) {
    SSL_set_verify(ssl, SSL_VERIFY_PEER, nullptr);
    SSL_set_tlsext_host_name(ssl, name.c_str());
    SSL_set1_host(ssl, name.c_str());
  };
  const host::MonoTime deadline = host_.mono_now() + answer_limit;
  auto shaking = host::tls_handshake(host_, std::move(transport), context.get(),
                                     host::TlsRole::client, std::move(setup), deadline);
  host::TlsResult result = co_await std::move(shaking);
  if (!result.stream) co_return WebAnswer{0, {}, "TLS: " + result.failure.reason};
  host::ErrorCode error = co_await host::write_all(host_, *result.stream, request, deadline);
  std::string received;
  while (!error) error = co_await host::read_some(host_, *result.stream, received, deadline);
  result.stream->close();
  WebAnswer answer = read_answer(target.origin, received);
  origin_ = target.origin;
  observer_.observe({config_.name,
                     "recipient.page",
                     {{"local", local},
                      {"path", target.path.substr(0, target.path.find('?'))},
                      {"status", std::to_string(answer.status)}}});
  co_return answer;
}

/// One whole answer with its length, as the portal ends each connection.
WebAnswer Browser::read_answer(const std::string& origin, const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  WebAnswer answer;
  answer.body = "no whole answer";
  if (!bytes.starts_with("HTTP/1.1 ") || end == bytes.npos) return answer;
  std::size_t length = 0;
  for (std::size_t at = bytes.find("\r\n"); at < end;) {
    const std::size_t begin = at + 2;
    at = bytes.find("\r\n", begin);
    const std::string_view line = std::string_view(bytes).substr(begin, at - begin);
    const std::string_view name = line.substr(0, line.find(':'));
    const std::string_view value = trimmed(line.substr(std::min(name.size() + 1, line.size())));
    if (is_same(name, "Content-Length"))
      std::from_chars(value.data(), value.data() + value.size(), length);
    if (is_same(name, "Content-Type")) answer.content_type = value;
    if (is_same(name, "Set-Cookie")) keep_cookie(origin, std::string(value));
  }
  if (bytes.size() - end - 4 != length) return answer;
  std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
  answer.body = bytes.substr(end + 4);
  return answer;
}

void Browser::keep_cookie(const std::string& origin, const std::string& field) {
  const std::size_t equals = field.find('=');
  const std::size_t end = std::min(field.find(';'), field.size());
  if (equals >= end) return;
  const std::string name = field.substr(0, equals);
  const std::string rest = field.substr(end);
  const bool is_host_only = rest.find("; Secure") != rest.npos &&
                            rest.find("; Path=/") != rest.npos &&
                            rest.find("; Domain") == rest.npos;
  if (name.starts_with("__Host-") && !is_host_only) return;
  if (rest.find("; Max-Age=0") != rest.npos)
    cookies_[origin].erase(name);
  else
    cookies_[origin][name] = field.substr(equals + 1, end - equals - 1);
}

}  // namespace fakes
