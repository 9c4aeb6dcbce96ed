#include "sim/dsl/dns_words.hpp"

namespace sealcheck::dsl {
namespace {

// Which queries: of this type, for this name, so often.
#define QUERIES                                                                 \
  "[to <type:A|AAAA|MX|CNAME|PTR|TXT> queries] [for <name:domain>] [the first " \
  "<first:integer> times]"

}  // namespace

void declare_dns_words(syntax::Vocabulary& vocabulary, syntax::Section& scenario) {
  scenario
      .declare({.id = "dns",
                .pattern = "dns [<second=second>] {dns}",
                .doc = "What the name server knows beside the records made for the actors, and how "
                       "it answers; second: of another one, which is asked next.",
                .example = "dns { record partner.test MX 10 mx2.partner.test }"})
      .declare({.id = "change-dns",
                .pattern = "change dns [<second=second>] {dns}",
                .doc = "The name server knows and does this from now on.",
                .example = "change dns { answers servfail }"});
  vocabulary.add_section("dns", "How a name server behaves in one phase.")
      .declare({.id = "record",
                .pattern = "record <name:domain> [ttl <ttl:duration>] "
                           "<type:A|AAAA|MX|CNAME|PTR|TXT|NS|SOA> <value:any>...",
                .doc = "A record, 5m old at most; it replaces those made for the actors with its "
                       "name and type, a CNAME all of its name.",
                .example = "record partner.test ttl 30s MX 10 mx2.partner.test"})
      .declare({.id = "no-records",
                .pattern = "no records for <name:domain>",
                .doc = "Those made for the actors are left out: the name does not exist.",
                .example = "no records for mx.partner.test"})
      .declare({.id = "answers",
                .pattern = "answers <how:nxdomain|servfail|refused|nothing|truncated|wrong-id|"
                           "wrong-question|garbage> " QUERIES,
                .doc = "In place of the right answer. Over TCP only the first four apply.",
                .example = "answers servfail to MX queries the first 2 times"})
      .declare({.id = "forged",
                .pattern = "forged answers with <how:wrong-id|wrong-question|wrong-source> come "
                           "first " QUERIES,
                .doc = "A lie is there before the right answer.",
                .example = "forged answers with wrong-id come first to A queries"})
      .declare({.id = "no-tcp",
                .pattern = "serves no tcp",
                .doc = "Connections are closed at once.",
                .example = "serves no tcp",
                .once = true});
}

}  // namespace sealcheck::dsl
