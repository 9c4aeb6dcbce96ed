#include "sim/dsl/expectation_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

// Conditions on one event.
#define REPORT                                                                        \
  "<peer:domain> receives report <action:failed|delayed|delivered|relayed|expanded> " \
  "about " MESSAGE " [because <because:string>]"
#define NOTICE                                                                        \
  "<peer:domain> receives notice about <message:name> [to <owner:address>] [because " \
  "<because:string>]"
#define RECEIVES                                  \
  "<peer:domain> receives " MESSAGE " " TRANSPORT \
  " [with header <header:string>]... [without header <absent:name>]..."
#define SEES "<peer:domain> sees <verb:" SEEN_VERBS ">"
#define ENDS MESSAGE " is <outcome:delivered|expired>"
#define ANSWERED                                      \
  MESSAGE                                             \
  " is answered <code:answer> [or <code:answer>]... " \
  "[tolerate <tolerated:answer> [or <tolerated:answer>]...]"

void declare_events(syntax::Section& scenario) {
  scenario
      .declare({.id = "expect.report",
                .pattern = "expect " REPORT " " WINDOW " " SHOWS,
                .doc = "The peer accepts a delivery status notification (RFC 3464) that says this "
                       "of the message; because: its status, diagnostic or text says so.",
                .example = "expect mail.corp.test receives report failed about m1 because "
                           "\"4.4.7\" within 25h after send"})
      .declare({.id = "expect.notice",
                .pattern = "expect " NOTICE " " WINDOW " " SHOWS,
                .doc = "The peer accepts an automatic mail (RFC 3834, no delivery report) that "
                       "refers to the message: to the owner of a policy, say; because: it says so.",
                .example = "expect mail.corp.test receives notice about m1 to carol@corp.test "
                           "because \"Confidential\""})
      .declare({.id = "expect.receives",
                .pattern = "expect " RECEIVES " " TIMES " " WINDOW " " SHOWS,
                .doc = "The peer accepts the message; time advances to that moment. With header: "
                       "its header has that field, `name:value`, the name in any letter case.",
                .example = "expect mx.partner.test receives m1 over tls between 14m and 16m after "
                           "send"})
      .declare({.id = "expect.answered",
                .pattern = "expect " ANSWERED " " WINDOW " " SHOWS,
                .doc = "The final reply that the sender got, or with 'for' the reply to that "
                       "RCPT; lost: none. A tolerated one passes, and the results say so.",
                .example = "expect m1 is answered 451 or 454 tolerate 421"})
      .declare({.id = "expect.outcome",
                .pattern = "expect " ENDS " " WINDOW " " SHOWS,
                .doc = "A mail exchanger of the recipient's domain has accepted it; or one of the "
                       "sender's has accepted the report that its time ran out (status x.4.7).",
                .example = "expect m1 is delivered within 16m after send"})
      .declare({.id = "expect.sees",
                .pattern = "expect " SEES " " TIMES " " WINDOW " " SHOWS,
                .doc = "The SMTP command reaches the peer.",
                .example = "expect mx.partner.test sees starttls"})
      .declare({.id = "expect.client",
                .pattern = "expect " CLIENT_DECISION " " TIMES " " WINDOW " " SHOWS,
                .doc = "The hybrid service lets the gateway in, by the root that its certificate "
                       "ends in, or refuses it before MAIL.",
                .example = "expect in.hybrid.test refuses gateway because no-ptr-record"})
      .declare({.id = "expect.all",
                .pattern = "expect all " WINDOW " {all}",
                .doc = "All of it happens, in whatever order, and each by an event of its own.",
                .example = "expect all within 1m { mx.partner.test receives m1; m1 is answered "
                           "250 }"});
}

void declare_states(syntax::Section& scenario) {
  scenario
      .declare({.id = "expect.queue",
                .pattern = "expect " MESSAGE
                           " in queue <queue:name> [because <reason:name>] " WINDOW " " SHOWS,
                .doc = "A queue of the gateway holds the message, for this reason: in the snapshot "
                       "that is taken when nothing is pending but retries.",
                .example = "expect m1 in queue delayed because handshake-failed"})
      .declare({.id = "expect.queue-empty",
                .pattern = "expect queue is empty " WINDOW " " SHOWS,
                .doc = "The gateway has nothing left to deliver, in such a snapshot.",
                .example = "expect queue is empty"});
}

void declare_nevers(syntax::Section& scenario) {
  scenario
      .declare({.id = "never.report",
                .pattern = "never [<ever=ever>] " REPORT " " SHOWS,
                .doc = "No delivery status notification says this of the message.",
                .example = "never ever mail.corp.test receives report failed about m1"})
      .declare({.id = "never.notice",
                .pattern = "never [<ever=ever>] " NOTICE " " SHOWS,
                .doc = "No such mail refers to the message.",
                .example = "never ever mail.corp.test receives notice about m1 to dave@corp.test"})
      .declare({.id = "never.receives",
                .pattern = "never [<ever=ever>] " RECEIVES " " SHOWS,
                .doc = "From here to the next change, admin or restart (ever: in the whole run) it "
                       "does not.",
                .example = "never mx.partner.test receives m1"})
      .declare({.id = "never.answered",
                .pattern = "never [<ever=ever>] " MESSAGE
                           " is answered <code:answer> [or <code:answer>]... " SHOWS,
                .doc = "The sender gets no such final reply.",
                .example = "never m1 is answered 250"})
      .declare({.id = "never.outcome",
                .pattern = "never [<ever=ever>] " ENDS " " SHOWS,
                .doc = "It does not end so.",
                .example = "never ever m1 is expired"})
      .declare({.id = "never.client",
                .pattern = "never [<ever=ever>] " CLIENT_DECISION " " SHOWS,
                .doc = "The hybrid service does not decide so.",
                .example = "never ever in.hybrid.test admits gateway"})
      .declare({.id = "never.sees",
                .pattern = "never [<ever=ever>] " SEES " " SHOWS,
                .doc = "The SMTP command does not reach the peer.",
                .example = "never ever mx.partner.test sees starttls"});
}

void declare_all(syntax::Section& all) {
  all.declare({.id = "all.report",
               .pattern = REPORT " " SHOWS,
               .doc = "The peer accepts such a delivery status notification.",
               .example = "mail.corp.test receives report failed about m1"})
      .declare({.id = "all.notice",
                .pattern = NOTICE " " SHOWS,
                .doc = "The peer accepts an automatic mail that refers to the message.",
                .example = "mail.corp.test receives notice about m1"})
      .declare({.id = "all.receives",
                .pattern = RECEIVES " " TIMES " " SHOWS,
                .doc = "The peer accepts the message.",
                .example = "mx.partner.test receives m1 over tls"})
      .declare({.id = "all.answered",
                .pattern = ANSWERED " " SHOWS,
                .doc = "The sender gets that reply.",
                .example = "m1 is answered 250"})
      .declare({.id = "all.outcome",
                .pattern = ENDS " " SHOWS,
                .doc = "It ends so.",
                .example = "m1 is delivered"})
      .declare({.id = "all.client",
                .pattern = CLIENT_DECISION " " TIMES " " SHOWS,
                .doc = "The hybrid service decides so on the gateway.",
                .example = "in.hybrid.test admits gateway"})
      .declare({.id = "all.sees",
                .pattern = SEES " " TIMES " " SHOWS,
                .doc = "The SMTP command reaches the peer.",
                .example = "mx.partner.test sees starttls 2 times"});
}

}  // namespace

void declare_expectations(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  declare_events(scenario);
  declare_states(scenario);
  declare_nevers(scenario);
  declare_all(vocabulary.add_section("all", "What is expected in whatever order."));
}

}  // namespace sealcheck::dsl
