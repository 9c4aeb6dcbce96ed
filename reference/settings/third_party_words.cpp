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

void declare_login(syntax::Section& section) {
  section
      .declare({.id = "require-authentication",
                .pattern = "require-authentication user <user:string> (password <password:string> "
                           "| sealed <sealed:string>)",
                .doc = "Require authentication: what the gateway says to the servers (SMTP AUTH). "
                       "A password that is typed in is sealed before it is stored",
                .console = encryption_page,
                .example = "require-authentication user \"gateway\" password \"not this one\"",
                .once = true})
      .declare({.id = "authentication-in-clear",
                .pattern = "authentication-in-clear allowed",
                .doc = "Says user name and password even where TLS fails; without it such mail "
                       "waits",
                .console = encryption_page,
                .example = "authentication-in-clear allowed",
                .once = true});
}

void declare_return(syntax::Section& section) {
  section
      .declare({.id = "delivery-by",
                .pattern = "delivery-by <who:gateway|server>",
                .doc = "Who delivers what was encrypted: the gateway, to which the server hands it "
                       "back (so at first), or the server itself",
                .console = encryption_page,
                .example = "delivery-by gateway",
                .once = true})
      .declare({.id = "return-within",
                .pattern = "return-within <time:duration>",
                .doc = "The gateway keeps its copy until the return; after this time it holds the "
                       "copy and tells the sender; 4h at first",
                .console = encryption_page,
                .example = "return-within 4h",
                .once = true})
      .declare({.id = "on-failure",
                .pattern = "on-failure <action:hold|deliver|drop|return>",
                .doc = "What to do with a message that comes back with the failure header, or with "
                       "none: hold it in the queue encryption-failed and tell the sender (so at "
                       "first), deliver it by route, drop it, return it to its sender",
                .console = encryption_page,
                .example = "on-failure hold",
                .once = true})
      .declare({.id = "unencrypted-return",
                .pattern = "unencrypted-return <judgement:trusted|failure>",
                .doc = "A success header on content that is not encrypted: trusted (so at first), "
                       "or taken for a failure",
                .console = encryption_page,
                .example = "unencrypted-return failure",
                .once = true})
      .declare({.id = "handovers-maximum",
                .pattern = "handovers-maximum <count:integer>",
                .doc = "A message that was handed over so often is a loop and goes back to its "
                       "sender; 3 at first",
                .console = encryption_page,
                .example = "handovers-maximum 3",
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
  declare_login(section);
  declare_return(section);
}

}  // namespace sealgate::settings
