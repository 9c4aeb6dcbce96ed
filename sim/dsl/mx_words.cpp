#include "sim/dsl/mx_words.hpp"

namespace sealcheck::dsl {
namespace {

#define VERB "<verb:connect|ehlo|helo|starttls|auth|mail|rcpt|data|final-dot|rset|noop|quit|any>"
// Which of the times that the step is reached: only commands that name this; only so often.
#define WHEN "[naming <argument:any>] [the (first <first:integer> times | <nth:ordinal> time)]"

void declare_starttls(syntax::Section& mx) {
  mx.declare({.id = "starttls",
              .pattern = "starttls (<way:works|not-offered|only-in-greeting> | <way=refused> [with "
                         "<code:integer> [<enhanced:name>] [<text:string>]] | answers (<way=alert> "
                         "<alert:name> | <way:eof|reset> [<late=after> the client hello] | "
                         "<way=stall> | <way=garbage> [<bytes:string>] | <way=plaintext> "
                         "<bytes:string>))",
              .doc = "What becomes of STARTTLS. What it answers comes after its 220: plaintext in "
                     "one piece with it, alert and garbage in place of a ServerHello.",
              .example = "starttls answers alert handshake_failure",
              .once = true});
}

void declare_replies(syntax::Section& mx) {
  mx.declare(
        {.id = "reply",
         .pattern = "replies <code:integer> [<enhanced:name>] [<text:string>]... to " VERB " " WHEN,
         .doc = "Another reply than the ordinary one; several texts are several lines.",
         .example = "replies 451 4.7.1 \"come back later\" to rcpt the first 2 times"})
      .declare({.id = "raw-reply",
                .pattern = "sends <bytes:string> [<times:integer> times] to " VERB " " WHEN,
                .doc = "These octets in place of a reply, with no line end but their own.",
                .example = "sends \"250 ok\\n\" to mail"})
      .declare({.id = "endless-reply",
                .pattern = "sends <bytes:string> endlessly to " VERB " " WHEN,
                .doc = "These octets again and again, until the client goes away.",
                .example = "sends \"250-and more\\r\\n\" endlessly to ehlo"})
      .declare({.id = "breaks",
                .pattern = "<how:disconnects|resets|stalls> at (" VERB " | <verb=content>) " WHEN,
                .doc = "No reply: FIN, RST, or silence. At content: in the middle of a message.",
                .example = "disconnects at final-dot the 1st time"})
      .declare({.id = "deaf",
                .pattern = "stops reading at (" VERB " | <verb=content>) " WHEN,
                .doc = "The connection stays, and nothing of it is read any more.",
                .example = "stops reading at content"})
      .declare({.id = "delay",
                .pattern = "waits <delay:duration> before " VERB " " WHEN,
                .doc = "The ordinary reply comes that much later.",
                .example = "waits 2m before final-dot"});
}

void declare_offers(syntax::Section& mx) {
  mx.declare({.id = "offers",
              .pattern = "offers [<no=no>] "
                         "<keyword:dsn|smtputf8|8bitmime|size|pipelining|enhanced-status-codes>...",
              .doc = "EHLO keywords that it has, or has not, other than at first: pipelining, "
                     "size, 8bitmime and enhanced-status-codes.",
              .example = "offers dsn smtputf8"})
      .declare({.id = "auth",
                .pattern = "auth <how:required|offered|refused|only-before-tls> as <user:string> "
                           "with password <password:string> "
                           "[by <mechanism:plain|login|cram-md5>...]",
                .doc = "SMTP AUTH, with this login; required: no mail without it, as with refused, "
                       "which takes no login, and only-before-tls, which offers it in clear alone.",
                .example = "auth required as \"gateway\" with password \"hand over\" by plain",
                .once = true})
      .declare({.id = "takes",
                .pattern = "takes at most (<size:size> | <recipients:integer> recipients)",
                .doc = "What it refuses beyond that: with 552 a message, with 452 a recipient.",
                .example = "takes at most 100kB"})
      .declare({.id = "reads",
                .pattern = "reads <size:size> each <pause:duration>",
                .doc = "So slowly.",
                .example = "reads 100B each 1s",
                .once = true})
      .declare({.id = "hands-back",
                .pattern = "hands back to gateway [at most <times:integer> times]",
                .doc = "Whatever it has accepted it sends to the gateway again, as it came.",
                .example = "hands back to gateway at most 1 times",
                .once = true});
}

void declare_tls(syntax::Section& mx) {
  mx.declare({.id = "certificate",
              .pattern = "certificate <kind:good|self-signed|expired|not-yet-valid|wrong-name|"
                         "cn-only|wildcard|nul-in-name|unknown-ca|missing-intermediate|weak-key|"
                         "sha1>",
              .doc = "What it presents, issued by the lab's CA, which a gateway trusts that "
                     "verifies; without this line one that it has signed itself.",
              .example = "certificate expired",
              .once = true})
      .declare(
          {.id = "tls-at-most",
           .pattern = "tls at most <version:1.0|1.1|1.2|1.3>",
           .doc = "The newest protocol version that it speaks; below 1.2 it speaks from 1.0 on.",
           .example = "tls at most 1.2",
           .once = true})
      .declare({.id = "tls-at-least",
                .pattern = "tls at least <version:1.0|1.1|1.2|1.3>",
                .doc = "The oldest protocol version that it speaks; 1.2 at first.",
                .example = "tls at least 1.3",
                .once = true})
      .declare({.id = "tls-ciphers",
                .pattern = "tls ciphers <list:string>",
                .doc = "The suites that it accepts up to TLS 1.2, as OpenSSL names them; \"eNULL\" "
                       "encrypts nothing, \"aNULL\" presents no certificate.",
                .example = "tls ciphers \"ECDHE-ECDSA-AES128-SHA\"",
                .once = true})
      .declare({.id = "tls-suites",
                .pattern = "tls suites <list:string>",
                .doc = "The suites that it accepts with TLS 1.3, as OpenSSL names them.",
                .example = "tls suites \"TLS_AES_128_GCM_SHA256\"",
                .once = true})
      .declare({.id = "tls-tickets",
                .pattern = "tls tickets <state:on|off>",
                .doc = "Whether it offers to resume sessions; it does at first.",
                .example = "tls tickets off",
                .once = true})
      .declare({.id = "client-certificate",
                .pattern = "client certificate <how:requested|required|refused>",
                .doc =
                    "Asks for one and takes any or none; or insists; or takes none that it gets. "
                    "With TLS 1.3 its alert comes after the handshake.",
                .example = "client certificate required",
                .once = true});
}

}  // namespace

void declare_mx_words(syntax::Vocabulary& vocabulary) {
  auto& mx = vocabulary.add_section("mx", "How a mail exchanger behaves in one phase.");
  declare_starttls(mx);
  declare_replies(mx);
  declare_offers(mx);
  declare_tls(mx);
}

void declare_budget(syntax::Section& scenario) {
  scenario.declare({.id = "budget",
                    .pattern = "budget (events <events:integer> | time <time:duration> | "
                               "memory <memory:size> | wall <wall:duration>)",
                    .doc = "What the run may use up before it counts as one that never ends.",
                    .example = "budget events 100000"});
}

}  // namespace sealcheck::dsl
