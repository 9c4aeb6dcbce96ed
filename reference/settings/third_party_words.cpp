#include "reference/settings/third_party_words.hpp"

namespace sealgate::settings {
namespace {

constexpr const char* groups_page = "Settings > General > IP Groups";
constexpr const char* encryption_page = "Settings > Inbound/Outbound > Encryption";

void declare_headers(syntax::Section& section) {
  section
      .declare({.id = "trigger",
                .pattern = "trigger <header:string>",
                .doc = "Encryption X-header, `name:value`: put on each message that is to be "
                       "encrypted, and on no other",
                .console = encryption_page,
                .example = "trigger \"X-Encrypt:yes\"",
                .once = true})
      .declare({.id = "success",
                .pattern = "success <header:string>",
                .doc = "Encryption success X-header: what the server puts on a message that it has "
                       "encrypted",
                .console = encryption_page,
                .example = "success \"X-Encrypted:yes\"",
                .once = true})
      .declare({.id = "failure",
                .pattern = "failure <header:string>",
                .doc = "Encryption failure X-header: what the server puts on a message that it "
                       "could not encrypt",
                .console = encryption_page,
                .example = "failure \"X-Encrypted:failed\"",
                .once = true});
}

void declare_servers(syntax::Section& section) {
  section
      .declare({.id = "server",
                .pattern = "server <endpoint:endpoint>",
                .doc = "Encryption Server List: an address or a host name, and a port; several are "
                       "tried in this order",
                .console = encryption_page,
                .example = "server encryption.corp.test:2525"})
      .declare({.id = "encrypted-group",
                .pattern = "encrypted-group <group:string>",
                .doc = "Encrypted IP address group: the IP group whose members send encrypted mail "
                       "back; \"Encryption Gateway\" at first",
                .console = encryption_page,
                .example = "encrypted-group \"Encryption Gateway\"",
                .once = true});
}

}  // namespace

void declare_third_party(syntax::Vocabulary& vocabulary, syntax::Section& gateway) {
  gateway
      .declare({.id = "ip-group",
                .pattern = "ip-group <name:string> {gateway-ip-group}?",
                .doc = "A named list of addresses; \"Encryption Gateway\" exists without being "
                       "said and cannot be deleted",
                .console = groups_page,
                .example = "ip-group \"Encryption Gateway\" { address 192.0.2.40 }"})
      .declare({.id = "third-party",
                .pattern = "third-party {gateway-third-party}",
                .doc = "The third-party application that encrypts messages by x-headers",
                .console = encryption_page,
                .example = "third-party { trigger \"X-Encrypt:yes\"; success \"X-Encrypted:yes\"; "
                           "failure \"X-Encrypted:failed\"; server 192.0.2.40:25 }",
                .once = true});
  vocabulary.add_section("gateway-ip-group", "An IP group")
      .declare({.id = "address",
                .pattern = "address <network:network>...",
                .doc = "Addresses and networks, IPv4 or IPv6",
                .console = groups_page,
                .example = "address 192.0.2.40 198.51.100.0/28 2001:db8::/64"});
  auto& section =
      vocabulary.add_section("gateway-third-party", "Third-party application encryption");
  declare_headers(section);
  declare_servers(section);
}

}  // namespace sealgate::settings
