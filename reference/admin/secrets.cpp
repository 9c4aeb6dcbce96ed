#include "reference/admin/secrets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "reference/message/transfer_encoding.hpp"
#include "reference/syntax/lexer.hpp"
#include "reference/tls/secret_box.hpp"

namespace sealgate::admin {
namespace {

using boost::asio::awaitable;
using syntax::Lexeme;

constexpr std::size_t shown_of_sealed = 8;  // of the nonce

/// A value in the text that is, or may be, a secret.
struct Secret {
  enum class Kind { clear, sealed, misplaced };
  Kind kind = Kind::clear;
  std::string value;
  std::size_t begin = 0;  ///< of the word in front of it: `password`, `sealed`
  std::size_t value_begin = 0;
  std::size_t end = 0;
};

bool is_value(const Lexeme& lexeme) {
  return lexeme.kind == Lexeme::Kind::word || lexeme.kind == Lexeme::Kind::string;
}

/// By words and quotes alone: a text that is not well-formed has passwords too. Of the statement
/// whatever follows something else than `user` counts.
std::vector<Secret> find_secrets(const std::string& text) {
  const syntax::SourceFile file("", text);
  syntax::Diagnostics unheard;
  syntax::Lexer lexer(file, unheard);
  std::vector<Secret> found;
  Lexeme before;
  bool in_statement = false;
  for (auto now = lexer.next(); now.kind != Lexeme::Kind::end; now = lexer.next()) {
    if (!is_value(now)) {
      in_statement = false;
    } else if (now.kind == Lexeme::Kind::word && now.text.starts_with("require-auth")) {
      in_statement = true;
    } else if (is_value(before)) {
      const bool quoted = now.kind == Lexeme::Kind::string;
      const bool named = before.kind == Lexeme::Kind::word && before.text == "password";
      const bool is_sealed =
          before.kind == Lexeme::Kind::word && before.text == "sealed" && in_statement && quoted;
      const bool known = named && quoted && in_statement;
      const bool misplaced = named || (in_statement && quoted && before.text != "user");
      if (known || is_sealed || misplaced) {
        const auto kind = is_sealed ? Secret::Kind::sealed
                          : known   ? Secret::Kind::clear
                                    : Secret::Kind::misplaced;
        found.push_back({kind, now.text, before.span.begin, now.span.begin, now.span.end});
      }
    }
    before = std::move(now);
  }
  return found;
}

std::optional<tls::SecretKey> key_from(const host::Result<std::string>& file) {
  tls::SecretKey key;
  if (!file) return std::nullopt;
  const auto bytes = message::decode_base64(*file);
  if (bytes.size() != key.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(key.data()));
  return key;
}

/// A key that is there and cannot be read is never replaced: what it sealed would be lost.
awaitable<host::Result<tls::SecretKey>> load_or_make_key(host::Host& host) {
  const auto file = host.storage().read_file(secret_key_file);
  if (const auto key = key_from(file)) co_return *key;
  if (file) co_return make_error_code(boost::system::errc::bad_message);
  if (file.error() != boost::system::errc::no_such_file_or_directory) co_return file.error();
  tls::SecretKey key;
  host.fill_random(std::as_writable_bytes(std::span(key)));
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  auto keeping = host.storage().replace_file(secret_key_file, message::encode_base64(bytes) + "\n");
  if (const auto error = co_await std::move(keeping)) co_return error;
  co_return key;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  if (what.empty()) return;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

}  // namespace

awaitable<host::Result<std::string>> seal_secrets(host::Host& host, std::string text) {
  auto found = find_secrets(text);
  std::erase_if(found, [](const Secret& one) { return one.kind != Secret::Kind::clear; });
  if (found.empty()) co_return text;
  auto making = load_or_make_key(host);
  const auto key = co_await std::move(making);
  if (!key) co_return key.error();
  for (auto one = found.rbegin(); one != found.rend(); ++one) {
    tls::SecretNonce nonce;
    host.fill_random(std::as_writable_bytes(std::span(nonce)));
    text.replace(one->begin, one->end - one->begin,
                 fmt::format("sealed \"{}\"", tls::seal_secret(*key, nonce, one->value)));
  }
  co_return text;
}

std::optional<std::string> open_secrets(host::Host& host, settings::Settings& settings) {
  if (!settings.third_party || !settings.third_party->login) return std::nullopt;
  auto& login = *settings.third_party->login;
  if (login.sealed.empty()) return std::nullopt;
  const auto key = key_from(host.storage().read_file(secret_key_file));
  auto password = key ? tls::open_secret(*key, login.sealed) : std::nullopt;
  if (!password) {
    return fmt::format(
        "third-party: the password of require-authentication was not sealed on this machine "
        "({}): type it in again, as password \"…\"",
        secret_key_file);
  }
  login.password = *std::move(password);
  return std::nullopt;
}

std::string hidden(std::string text) {
  const auto found = find_secrets(text);
  for (auto one = found.rbegin(); one != found.rend(); ++one) {
    const bool sealed = one->kind == Secret::Kind::sealed;
    const auto shown = sealed ? one->value.substr(0, shown_of_sealed) : std::string();
    text.replace(one->value_begin, one->end - one->value_begin, fmt::format("\"{}…\"", shown));
  }
  return text;
}

std::string scrubbed(std::string words, const std::string& text) {
  for (const Secret& one : find_secrets(text)) {
    if (one.kind == Secret::Kind::sealed) continue;
    replace_all(words, text.substr(one.value_begin, one.end - one.value_begin), "\"…\"");
    replace_all(words, one.value, "…");
  }
  return words;
}

}  // namespace sealgate::admin
