#include "sim/dsl/known_names.hpp"

#include <algorithm>

#include "reference/syntax/lexer.hpp"
#include "reference/syntax/values.hpp"

namespace sealcheck::dsl {
namespace {

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

KnownNames::KnownNames(std::string_view text) {
  using Kind = syntax::Lexeme::Kind;
  const syntax::SourceFile file("", std::string(text));
  syntax::Diagnostics ignored;
  syntax::Lexer lexer(file, ignored);
  std::vector<std::string> words;  // of the statement at hand
  const auto take = [&] {
    if (words.size() > 1 &&
        (words[0] == "mx" || words[0] == "encryption-server" || words[0] == "cloud"))
      add(peers_, words[1]);
    if (words.size() > 1 && words[0] == "rows")
      for (std::size_t i = 1; i < words.size(); ++i) add(columns_, words[i]);
    if (words.size() > 1 && words[0] == "send") {
      const std::size_t name = words[1] == "async" && words.size() > 2 ? 2 : 1;
      add(messages_, words[name]);
      for (const auto& word : words)
        if (syntax::is_address(word)) add(addresses_, word);
    }
    words.clear();
  };
  for (auto lexeme = lexer.next(); lexeme.kind != Kind::end; lexeme = lexer.next()) {
    if (lexeme.kind == Kind::word)
      words.push_back(std::move(lexeme.text));
    else if (lexeme.kind != Kind::string && lexeme.kind != Kind::comment)
      take();
  }
  take();
}

std::vector<std::string> KnownNames::for_argument(std::string_view argument) const {
  if (argument == "peer") return peers_;
  if (argument == "message") return messages_;
  if (argument == "sender" || argument == "recipient") return addresses_;
  if (argument == "$") return columns_;
  if (argument == "verb") return {"ehlo", "starttls", "mail", "rcpt", "data", "quit"};
  if (argument == "queue") return {"delayed"};
  std::vector<std::string> machines = peers_;
  if (argument == "machine") return machines;
  if (argument != "one" && argument != "other" && argument != "side") return {};
  machines.insert(machines.begin(), {"gateway", "dns"});
  return machines;
}

}  // namespace sealcheck::dsl
