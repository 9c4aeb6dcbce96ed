#include <fmt/format.h>

#include <algorithm>

#include "reference/settings/read_lists.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

class DecryptionReader {
 public:
  DecryptionReader(const std::vector<IpGroup>& groups, bool has_list,
                   syntax::Diagnostics& diagnostics)
      : groups_(groups), has_list_(has_list), diagnostics_(diagnostics) {}

  DecryptionResults results(const syntax::Node& node) {
    DecryptionResults read;
    read_header(node, "success", "Decryption success X-header", read.success);
    read_header(node, "failure", "Decryption failure X-header", read.failure);
    const auto& failure = read.failure;
    if (!failure.name.empty() && read.success.matches(failure.name, failure.value)) {
      diagnostics_.error(node.child("failure")->span("header"),
                         fmt::format("'{}' is the success header already", failure.text()),
                         "give it another value");
    }
    read_group(node, read.group);
    return read;
  }

  std::vector<routing::Server> servers(const syntax::Node& node) {
    if (!node.child("server") && !has_list_)
      missing(node, "server", "server decryption.corp.test:25");
    return read_servers(node, diagnostics_);
  }

 private:
  void missing(const syntax::Node& node, std::string_view word, std::string_view example) {
    diagnostics_.error(node.span(), fmt::format("'{}' is missing", word),
                       fmt::format("say {}", example));
  }

  void read_header(const syntax::Node& node, std::string_view id, const char* field,
                   XHeader& into) {
    const auto* statement = node.child(id);
    if (!statement) return missing(node, id, fmt::format("{} \"header name:value\"", id));
    auto parsed = parse_x_header(field, statement->text("header"));
    if (const auto* error = std::get_if<FieldError>(&parsed)) {
      diagnostics_.error(statement->span("header"), error->text(),
                         "such as \"X-Decryption:failed\"");
    } else {
      into = std::get<XHeader>(std::move(parsed));
    }
  }

  void read_group(const syntax::Node& node, std::string& into) {
    const auto* statement = node.child("group");
    if (!statement) return missing(node, "group", "group \"the name of an IP group\"");
    into = statement->text("group");
    std::string names;
    for (const IpGroup& group : groups_) {
      if (group.name == into) return;
      names += (names.empty() ? "'" : ", '") + group.name + "'";
    }
    diagnostics_.error(statement->span("group"), fmt::format("there is no IP group '{}'", into),
                       "there are " + names);
  }

  const std::vector<IpGroup>& groups_;
  const bool has_list_;
  syntax::Diagnostics& diagnostics_;
};

}  // namespace

Decryption read_decryption(const syntax::Node& node, const std::vector<IpGroup>& groups,
                           bool has_list, syntax::Diagnostics& diagnostics) {
  DecryptionReader reader(groups, has_list, diagnostics);
  Decryption read;
  if (const auto* gateway = node.child("encryption-gateway"))
    read.gateway = DecryptionGateway{reader.results(*gateway), reader.servers(*gateway)};
  if (const auto* service = node.child("hybrid-service")) read.service = reader.results(*service);
  return read;
}

}  // namespace sealgate::settings
