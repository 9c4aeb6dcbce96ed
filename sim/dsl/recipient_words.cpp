#include "sim/dsl/recipient_words.hpp"

#include "sim/dsl/shared_tails.hpp"

namespace sealcheck::dsl {
namespace {

#define READS "<recipient:address> reads <message:name>"
#define REFUSED "<recipient:address> is refused <message:name> [because <because:string>]"

void declare_opening(syntax::Section& scenario) {
  scenario.declare(
      {.id = "opens",
       .pattern = "recipient <recipient:address> opens <message:name> [of <owner:address>] "
                  "[<how:altered|truncated> | with the <part:key|content|key-and-content> of "
                  "<other:name>] with password <password:string> [<times:integer> times] "
                  "[<delete=and> deletes the account]",
       .doc = "Saves the file of the hybrid service, opens it in a browser, presses the button and "
              "does what the portal asks for: registers at the first access and follows the "
              "mailed link, logs in, reads, saves what is attached, logs out. 'of': the file is "
              "another recipient's, forwarded. 'with the content of m2': the file is put together "
              "from two, the sealed content (or the wrapped key, or both) is that of m2's. "
              "'times': says a password that is refused again, so often in all. Waits for the end.",
       .example = "recipient bob@partner.test opens m1 with password \"correct horse\""});
}

void declare_outcomes(syntax::Section& scenario) {
  scenario
      .declare({.id = "expect.reads",
                .pattern = "expect " READS " " WINDOW " " SHOWS,
                .doc = "The portal has shown the recipient the message, with all that is in it.",
                .example = "expect bob@partner.test reads m1"})
      .declare({.id = "expect.refused",
                .pattern = "expect " REFUSED " " WINDOW " " SHOWS,
                .doc = "A page of the portal has told him why not; because: in these words.",
                .example = "expect bob@partner.test is refused m1 because \"not the password\""})
      .declare({.id = "never.reads",
                .pattern = "never [<ever=ever>] " READS " " SHOWS,
                .doc = "The portal does not show him the message.",
                .example = "never ever bob@partner.test reads m1"});
}

}  // namespace

void declare_recipient_words(syntax::Section& scenario) {
  declare_opening(scenario);
  declare_outcomes(scenario);
}

}  // namespace sealcheck::dsl
