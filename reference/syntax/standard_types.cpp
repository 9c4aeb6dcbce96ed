// The types that every vocabulary wants, made of the parsers in values.hpp.
#include <utility>

#include "reference/syntax/values.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace syntax {
namespace {

template <class Parse>
void add(Vocabulary& vocabulary, std::string name, std::string description, Parse parse) {
  vocabulary.add_type({.name = std::move(name),
                       .description = std::move(description),
                       .check = [parse](const Token& token) -> std::optional<std::string> {
                         if (parse(token.text)) return std::nullopt;
                         return std::string();
                       }});
}

}  // namespace

void add_standard_types(Vocabulary& vocabulary) {
  using Form = ValueType::Form;
  vocabulary.add_type({.name = "string", .description = "a text in quotes", .form = Form::quoted});
  vocabulary.add_type({.name = "path",
                       .description = "a path in quotes",
                       .form = Form::quoted,
                       .check = [](const Token& token) -> std::optional<std::string> {
                         if (token.text.empty()) return "the path is empty";
                         if (token.text.find('\0') != std::string::npos)
                           return "a path cannot hold NUL";
                         return std::nullopt;
                       }});
  vocabulary.add_type(
      {.name = "any", .description = "a word or a text in quotes", .form = Form::either});
  add(vocabulary, "name", "a name of letters, digits, '-', '_' and '.'", is_name);
  add(vocabulary, "integer", "a whole number", parse_integer);
  add(vocabulary, "duration", "a duration such as 15m or 1h30m", parse_duration);
  add(vocabulary, "size", "a size such as 10kB or 5MB", parse_size);
  add(vocabulary, "domain", "a domain such as partner.test", is_domain);
  add(vocabulary, "host", "a host name or an IP address", is_host);
  add(vocabulary, "address", "a mail address such as alice@corp.test", is_address);
  add(vocabulary, "ip", "an IP address such as 192.0.2.1", is_ip);
  add(vocabulary, "network", "an IP address or a network such as 10.0.0.0/8", parse_network);
  add(vocabulary, "endpoint", "a host with a port such as 192.0.2.1:25", parse_endpoint);
  add(vocabulary, "requirement-id", "a requirement such as TLS-M-02", is_requirement_id);
}

}  // namespace syntax
