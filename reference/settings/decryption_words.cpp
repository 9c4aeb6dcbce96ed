#include "reference/settings/decryption_words.hpp"

namespace sealgate::settings {
namespace {

constexpr const char* encryption_page = "Settings > Inbound/Outbound > Encryption";

void declare_results(syntax::Section& section) {
  section
      .declare({.id = "group",
                .pattern = "group <group:string>",
                .doc = "The IP group whose members decrypt: their result headers count, those of "
                       "others are removed",
                .console = encryption_page,
                .example = "group \"Decryption\"",
                .once = true})
      .declare({.id = "success",
                .pattern = "success <header:string>",
                .doc = "Decryption success X-header, `name:value`: the content is in clear",
                .console = encryption_page,
                .example = "success \"X-Decryption:succeeded\"",
                .once = true})
      .declare({.id = "failure",
                .pattern = "failure <header:string>",
                .doc = "Decryption failure X-header, `name:value`: the content is as it came",
                .console = encryption_page,
                .example = "failure \"X-Decryption:failed\"",
                .once = true});
}

}  // namespace

void declare_decryption(syntax::Vocabulary& vocabulary, syntax::Section& gateway) {
  gateway.declare({.id = "decryption",
                   .pattern = "decryption {gateway-decryption}",
                   .doc = "Who decrypts inbound mail; without this block nobody does",
                   .console = encryption_page,
                   .example = "decryption { hybrid-service { group \"Hybrid service\"; "
                              "success \"X-Decryption:succeeded\"; "
                              "failure \"X-Decryption:failed\" } }",
                   .once = true});
  vocabulary.add_section("gateway-decryption", "Decryption of inbound mail")
      .declare({.id = "encryption-gateway",
                .pattern = "encryption-gateway {gateway-decryption-server}",
                .doc = "Inbound mail that is encrypted is forwarded there, and comes back from its "
                       "group",
                .console = encryption_page,
                .example = "encryption-gateway { server 192.0.2.40:25; group \"Decryption\"; "
                           "success \"X-Decryption:succeeded\"; "
                           "failure \"X-Decryption:failed\" }",
                .once = true})
      .declare({.id = "hybrid-service",
                .pattern = "hybrid-service {gateway-decryption-service}",
                .doc = "The hybrid service stands in front of the gateway and decrypts what it can",
                .console = encryption_page,
                .example = "hybrid-service { group \"Hybrid service\"; "
                           "success \"X-Decryption:succeeded\"; "
                           "failure \"X-Decryption:failed\" }",
                .once = true});
  auto& server = vocabulary.add_section("gateway-decryption-server",
                                        "An encryption gateway that decrypts inbound mail");
  server.declare({.id = "server",
                  .pattern = "server (<endpoint:endpoint> | <host:host>)",
                  .doc = "Where it takes mail; several are asked in turn; without any it is the "
                         "Encryption Server List of third-party",
                  .console = encryption_page,
                  .example = "server decryption.corp.test:25"});
  declare_results(server);
  declare_results(vocabulary.add_section("gateway-decryption-service",
                                         "The hybrid service as it decrypts inbound mail"));
}

}  // namespace sealgate::settings
