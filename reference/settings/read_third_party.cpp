#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reference/settings/read_lists.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

class ThirdPartyReader {
 public:
  ThirdPartyReader(const syntax::Node& node, syntax::Diagnostics& diagnostics)
      : node_(node), diagnostics_(diagnostics) {}

  ThirdParty read(const std::vector<IpGroup>& groups) {
    read_header("trigger", "Encryption X-header", read_.trigger);
    read_header("success", "Encryption success X-header", read_.success);
    read_header("failure", "Encryption failure X-header", read_.failure);
    refuse_equal_headers();
    for (const auto* server : node_.children_of("server")) read_server(*server);
    if (!node_.child("server")) missing("server", "server encryption.corp.test:25");
    read_group(groups);
    return std::move(read_);
  }

 private:
  void missing(std::string_view word, std::string_view example) {
    diagnostics_.error(node_.span(), fmt::format("'{}' is missing", word),
                       fmt::format("say {}", example));
  }

  void read_header(std::string_view id, const char* field, XHeader& into) {
    const auto* statement = node_.child(id);
    if (!statement) return missing(id, fmt::format("{} \"header name:value\"", id));
    auto parsed = parse_x_header(field, statement->text("header"));
    if (const auto* error = std::get_if<FieldError>(&parsed)) {
      diagnostics_.error(statement->span("header"), error->text(), "such as \"X-Encrypt:yes\"");
    } else {
      into = std::get<XHeader>(std::move(parsed));
    }
  }

  void refuse_equal_headers() {
    const std::array<std::pair<const char*, const XHeader*>, 3> all = {
        {{"trigger", &read_.trigger}, {"success", &read_.success}, {"failure", &read_.failure}}};
    for (std::size_t i = 1; i < all.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        const auto& [id, header] = all[i];
        if (header->name.empty() || !header->matches(all[k].second->name, all[k].second->value))
          continue;
        diagnostics_.error(
            node_.child(id)->span("header"),
            fmt::format("'{}' is the {} header already", header->text(), all[k].first),
            "give it another value");
      }
    }
  }

  void read_server(const syntax::Node& node) {
    const auto endpoint = syntax::parse_endpoint(node.text("endpoint"));
    const EncryptionServer server{endpoint->host, endpoint->port};
    if (server.port == 0) return diagnostics_.error(node.span("endpoint"), "the port is 0");
    if (std::find(read_.servers.begin(), read_.servers.end(), server) != read_.servers.end()) {
      return diagnostics_.error(node.span("endpoint"),
                                fmt::format("'{}' is in the list already", node.text("endpoint")));
    }
    read_.servers.push_back(server);
  }

  void read_group(const std::vector<IpGroup>& groups) {
    const auto* statement = node_.child("encrypted-group");
    if (!statement) return;
    read_.encrypted_group = statement->text("group");
    std::string names;
    for (const IpGroup& group : groups) {
      if (group.name == read_.encrypted_group) return;
      names += (names.empty() ? "'" : ", '") + group.name + "'";
    }
    diagnostics_.error(statement->span("group"),
                       fmt::format("there is no IP group '{}'", read_.encrypted_group),
                       "there are " + names);
  }

  const syntax::Node& node_;
  syntax::Diagnostics& diagnostics_;
  ThirdParty read_;
};

}  // namespace

std::vector<IpGroup> read_ip_groups(const std::vector<const syntax::Node*>& nodes,
                                    syntax::Diagnostics& diagnostics) {
  std::vector<IpGroup> groups = {{std::string(default_ip_group), {}}};
  std::vector<std::string> said;
  for (const auto* node : nodes) {
    const std::string& name = node->text("name");
    if (name.empty()) {
      diagnostics.error(node->span("name"), "an IP group needs a name");
      continue;
    }
    if (std::find(said.begin(), said.end(), name) != said.end()) {
      diagnostics.error(node->span("name"), fmt::format("there is an IP group '{}' already", name));
      continue;
    }
    said.push_back(name);
    if (name != default_ip_group) groups.push_back({name, {}});
    IpGroup& group = name == default_ip_group ? groups.front() : groups.back();
    for (const auto* statement : node->children_of("address")) {
      for (const auto& text : statement->texts("network"))
        group.networks.push_back(*parse_network(text));
    }
  }
  return groups;
}

ThirdParty read_third_party(const syntax::Node& node, const std::vector<IpGroup>& groups,
                            syntax::Diagnostics& diagnostics) {
  return ThirdPartyReader(node, diagnostics).read(groups);
}

}  // namespace sealgate::settings
