#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reference/settings/read_lists.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::settings {
namespace {

constexpr std::size_t login_octets_max = 255;  // RFC 4616 section 2

class ThirdPartyReader {
 public:
  ThirdPartyReader(const syntax::Node& node, syntax::Diagnostics& diagnostics)
      : node_(node), diagnostics_(diagnostics) {}

  ThirdParty read(const std::vector<IpGroup>& groups) {
    refuse_gaps();
    read_header("trigger", "Encryption X-header", read_.trigger);
    read_header("success", "Encryption success X-header", read_.success);
    read_header("failure", "Encryption failure X-header", read_.failure);
    refuse_equal_headers();
    for (const auto* server : node_.children_of("server")) read_server(*server);
    read_group(groups);
    read_login();
    read_return();
    return std::move(read_);
  }

 private:
  /// One error, whatever is missing.
  void refuse_gaps() {
    std::string missing;
    std::string remedy;
    for (const auto& [id, example] : {std::pair("trigger", "trigger \"header name:value\""),
                                      std::pair("success", "success \"header name:value\""),
                                      std::pair("failure", "failure \"header name:value\""),
                                      std::pair("server", "server encryption.corp.test:25")}) {
      if (node_.child(id)) continue;
      missing += fmt::format("{}'{}'", missing.empty() ? "" : ", ", id);
      remedy += fmt::format("{} {}", remedy.empty() ? "say" : ";", example);
    }
    if (!missing.empty()) diagnostics_.error(node_.span(), missing + " is missing", remedy);
  }

  void read_header(std::string_view id, const char* field, XHeader& into) {
    const auto* statement = node_.child(id);
    if (!statement) return;
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

  void read_login() {
    const auto* statement = node_.child("require-authentication");
    const auto* in_clear = node_.child("authentication-in-clear");
    if (statement) {
      ServerLogin& login = read_.login.emplace();
      login.user = statement->text("user");
      login.in_clear = in_clear != nullptr;
      check_login(*statement, "user");
      if (statement->has("sealed")) {
        login.sealed = statement->text("sealed");
      } else {
        login.password = statement->text("password");
        check_login(*statement, "password");
      }
    } else if (in_clear) {
      diagnostics_.error(in_clear->span(), "nothing is said in clear without authentication",
                         "say require-authentication user \"…\" password \"…\" beside it");
    }
  }

  /// Never quotes the value.
  void check_login(const syntax::Node& statement, std::string_view word) {
    const std::string& text = statement.text(word);
    const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
    if (text.empty()) {
      diagnostics_.error(statement.span(), fmt::format("the {} is empty", word));
    } else if (text.size() > login_octets_max) {
      diagnostics_.error(statement.span(), fmt::format("the {} is longer than {} characters", word,
                                                       login_octets_max));
    } else if (std::any_of(text.begin(), text.end(), is_control)) {
      diagnostics_.error(statement.span(), fmt::format("the {} has a control character", word));
    }
  }

  void read_return() {
    if (const auto* by = node_.child("delivery-by")) read_.returns = by->text("who") == "gateway";
    if (const auto* within = node_.child("return-within")) {
      read_.return_within = within->duration("time");
      if (read_.return_within < std::chrono::minutes(1)) {
        diagnostics_.error(within->span("time"), "no server is that quick: the time is below 1m");
      }
    }
    if (const auto* failure = node_.child("on-failure")) {
      for (const auto action : {OnEncryptionFailure::hold, OnEncryptionFailure::deliver,
                                OnEncryptionFailure::drop, OnEncryptionFailure::send_back}) {
        if (to_word(action) == failure->text("action")) read_.on_failure = action;
      }
    }
    if (const auto* unencrypted = node_.child("unencrypted-return")) {
      read_.holds_unencrypted = unencrypted->text("judgement") == "failure";
    }
    if (const auto* most = node_.child("handovers-maximum")) {
      const auto count = most->integer("count");
      if (count < 1 || count > 100) {
        diagnostics_.error(most->span("count"), "the limit is not between 1 and 100");
      }
      read_.handovers_max = static_cast<int>(count);
    }
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

void check_third_party(const syntax::Node& encryption, const Settings& settings,
                       syntax::Diagnostics& diagnostics) {
  const auto* chosen = encryption.child("other-method");
  if (!chosen || settings.encryption.other != OtherMethod::third_party || settings.third_party)
    return;
  diagnostics.error(chosen->span("method"), "the third-party application is not set up",
                    "say third-party { trigger \"X-Encrypt:yes\"; success \"X-Encrypted:yes\"; "
                    "failure \"X-Encrypted:failed\"; server encryption.corp.test:25 }");
}

}  // namespace sealgate::settings
