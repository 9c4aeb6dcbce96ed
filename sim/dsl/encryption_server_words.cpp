#include "sim/dsl/encryption_server_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

void declare_headers(syntax::Section& server) {
  server
      .declare({.id = "trigger",
                .pattern = "trigger <header:string>",
                .doc = "What makes it encrypt a message, by its own configuration, whatever the "
                       "gateway's is; all else it passes on as it came.",
                .example = "trigger \"X-Encrypt:yes\"",
                .defaults = "\"X-Encrypt:yes\"",
                .once = true})
      .declare({.id = "success",
                .pattern = "success <header:string>",
                .doc = "What it puts on a message that it has encrypted.",
                .example = "success \"X-Encrypted:yes\"",
                .defaults = "\"X-Encrypted:yes\"",
                .once = true})
      .declare({.id = "failure",
                .pattern = "failure <header:string>",
                .doc = "What it puts on a message that it could not encrypt.",
                .example = "failure \"X-Encrypted:failed\"",
                .defaults = "\"X-Encrypted:failed\"",
                .once = true});
}

void declare_sealing(syntax::Section& server) {
  server
      .declare({.id = "certificate",
                .pattern = "certificate for <recipient:address>...",
                .doc = "It has certificates of these recipients and encrypts to them by S/MIME; "
                       "everybody else gets an HTML envelope.",
                .example = "certificate for bob@partner.test"})
      .declare({.id = "viewer",
                .pattern = "viewer logs in (as <user:string> with password <password:string> | "
                           "<nobody=without> password)",
                .doc = "Who opens an HTML envelope is asked for this, or for nothing.",
                .example = "viewer logs in as \"bob\" with password \"open up\"",
                .defaults = "without password",
                .once = true})
      .declare({.id = "fault",
                .pattern = "fault <fault:none|wrong-name|other-case|other-space|both-headers|"
                           "no-header|unencrypted|twice|never|strips-fields|cannot-encrypt>",
                .doc = "What it gets wrong with a message that it is to encrypt: the success "
                       "header under another name, its value in the other letter case or with a "
                       "space in it, success and failure at once, neither; success on plain text; "
                       "everything twice; nothing at all; every X- field that is not its own taken "
                       "out. cannot-encrypt is honest: the failure header.",
                .example = "fault wrong-name",
                .defaults = "none",
                .once = true});
}

void declare_decryption(syntax::Section& server) {
  server
      .declare({.id = "decrypts-with",
                .pattern = "decrypts with <key:string>...",
                .doc = "S/MIME that comes without the trigger for the holder of one of these keys "
                       "goes on in clear, with a header that says how that went; see `encrypted "
                       "as smime for` of a message.",
                .example = "decrypts with \"corp\"",
                .once = true})
      .declare({.id = "decryption-header",
                .pattern = "decryption header <header:name> says <success:string> or "
                           "<failure:string>",
                .doc = "That header; one that comes along is taken out.",
                .example = "decryption header X-Decrypted says \"yes\" or \"failed\"",
                .defaults = "X-Decrypted, \"yes\" or \"failed\"",
                .once = true});
}

void declare_way_on(syntax::Section& server) {
  server
      .declare({.id = "returns",
                .pattern = "returns mail to gateway [over <transport:tls|plain>]",
                .doc = "What it has worked on goes to the gateway again, at first so, and over TLS "
                       "where that is offered.",
                .example = "returns mail to gateway over tls",
                .once = true})
      .declare({.id = "delivers",
                .pattern = "delivers mail itself [over <transport:tls|plain>]",
                .doc = "It looks up the recipients' mail hosts and delivers there.",
                .example = "delivers mail itself",
                .once = true})
      .declare({.id = "works-for",
                .pattern = "works for <duration:duration>",
                .doc = "How long it has a message before it sends it on.",
                .example = "works for 2m",
                .defaults = "0s",
                .once = true})
      .declare({.id = "unanswered",
                .pattern = "works on unanswered mail",
                .doc = "On a message too whose final dot it never answered, by a fault of its "
                       "smtp: what makes the gateway send it again.",
                .example = "works on unanswered mail",
                .once = true});
}

void declare_opening(syntax::Section& scenario) {
  scenario
      .declare({.id = "views",
                .pattern = "recipient <recipient:address> views <message:name> (as <user:string> "
                           "with password <password:string> | <nobody=without> password) "
                           "[<refused=and> is refused] " SHOWS,
                .doc = "Opens the HTML envelope that he has received, and finds the original "
                       "message in it; without password: he is asked for none. Refused: it does "
                       "not open for him.",
                .example = "recipient bob@partner.test views m1 as \"bob\" with password \"open "
                           "up\""})
      .declare({.id = "decrypts",
                .pattern = "recipient <recipient:address> decrypts <message:name> " SHOWS,
                .doc = "Opens the S/MIME message that he has received with the key of his "
                       "certificate, and finds the original message in it.",
                .example = "recipient bob@partner.test decrypts m1"});
}

}  // namespace

void declare_encryption_server(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  scenario
      .declare({.id = "encryption-server",
                .pattern = "encryption-server <name:domain> [at <address:network> "
                           "[port <port:integer>]] [sends from <way-on:network>] "
                           "{encryption-server}?",
                .doc = "The third-party application that encrypts by x-headers, and a peer as any "
                       "other; sends from: as the receiver sees it, by a second interface or a "
                       "translation on the way.",
                .example = "encryption-server es.corp.test at 192.0.2.40 { fault never }"})
      .declare({.id = "change-encryption",
                .pattern = "change encryption of <peer:domain> {encryption-server}",
                .doc = "It works like this from now on; what the block does not say stays. Its "
                       "smtp is changed as that of a mail exchanger.",
                .example = "change encryption of es.corp.test { fault none }"});
  declare_opening(scenario);
  auto& server = vocabulary.add_section("encryption-server", "What an encryption server does.");
  declare_headers(server);
  declare_sealing(server);
  declare_decryption(server);
  declare_way_on(server);
  server.declare({.id = "smtp",
                  .pattern = "smtp {mx}",
                  .doc = "How it takes mail, in the words of a mail exchanger; only at first.",
                  .example = "smtp { disconnects at final-dot }",
                  .once = true});
}

}  // namespace sealcheck::dsl
