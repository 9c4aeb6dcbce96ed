#include "reference/smtp/path.hpp"

#include <boost/test/unit_test.hpp>

namespace sealgate::smtp {
namespace {

/// The path printed again, "none", or with what was left over.
std::string round_trip(std::string_view text, PathKind kind = PathKind::forward) {
  const auto path = parse_path(text, kind);
  return path ? to_wire(*path) + std::string(text) : "none";
}

}  // namespace

BOOST_AUTO_TEST_CASE(paths_are_parsed_and_printed) {
  BOOST_TEST(round_trip("<alice@corp.test>") == "<alice@corp.test>");
  BOOST_TEST(round_trip("<a.b+c=d@x> SIZE=1") == "<a.b+c=d@x> SIZE=1");
  BOOST_TEST(round_trip("<\"a b\"@corp.test>") == "<\"a b\"@corp.test>");
  BOOST_TEST(round_trip("<\"a\\\"\\\\@>b\"@corp.test>") == "<\"a\\\"\\\\@>b\"@corp.test>");
  BOOST_TEST(round_trip("<\"alice\"@corp.test>") == "<alice@corp.test>");  // quotes not needed
  BOOST_TEST(round_trip("<a@[192.0.2.1]>") == "<a@[192.0.2.1]>");
  BOOST_TEST(round_trip("<a@[IPv6:2001:db8::1]>") == "<a@[IPv6:2001:db8::1]>");
}

BOOST_AUTO_TEST_CASE(null_path_and_postmaster_have_their_places) {
  BOOST_TEST(round_trip("<>", PathKind::reverse) == "<>");
  BOOST_TEST(round_trip("<>", PathKind::forward) == "none");
  BOOST_TEST(round_trip("<Postmaster>", PathKind::forward) == "<Postmaster>");
  BOOST_TEST(round_trip("<Postmaster>", PathKind::reverse) == "none");
}

BOOST_AUTO_TEST_CASE(source_routes_are_dropped) {
  BOOST_TEST(round_trip("<@a.test,@b.test:c@d.test>") == "<c@d.test>");
  BOOST_TEST(round_trip("<@[IPv6:::1]:c@d.test>") == "<c@d.test>");
  BOOST_TEST(round_trip("<@a.test>") == "none");
  BOOST_TEST(round_trip("<@a.test:>") == "none");
}

BOOST_AUTO_TEST_CASE(what_is_no_path_is_refused) {
  for (const char* text : {"",
                           "a@b.test",
                           "<a@b.test",
                           "<a>",
                           "<@b.test>",
                           "<a@>",
                           "<.a@b.test>",
                           "<a.@b.test>",
                           "<a..b@c.test>",
                           "<a b@c.test>",
                           "<a@b_c.test>",
                           "<a@-b.test>",
                           "<a@b-.test>",
                           "<a@b..test>",
                           "<a@b.test.>",
                           "<a@[300.1.1.1]>",
                           "<a@[1.2.3]>",
                           "<a@[IPv6:zz]>",
                           "<a@[tag:x]>",
                           "<\"a@b.test>",
                           "<\"a\tb\"@c.test>",
                           "< a@b.test>",
                           "<a@b.test >",
                           "<a\xc3@b.test>",
                           "<a@b\xbc.test>",
                           "<\xc0\xafx@b.test>",
                           "<\xed\xa0\x80@b.test>",
                           "<\xf4\x90\x80\x80@b.test>"}) {
    BOOST_TEST(round_trip(text) == "none", text);
  }
}

BOOST_AUTO_TEST_CASE(internationalised_addresses_are_told_from_ascii) {
  for (const char* text : {"<j\xc3\xbcrgen@partner.test>",
                           "<a@b\xc3\xbc"
                           "cher.test>",
                           "<\"\xe2\x82\xac \xf0\x9f\x93\xae\"@b.test>"}) {
    BOOST_TEST(round_trip(text) == text);
    std::string_view rest = text;
    BOOST_TEST(!is_ascii(*parse_path(rest, PathKind::forward)));
  }
  BOOST_TEST(is_ascii(*parse_mailbox("alice@corp.test")));
}

BOOST_AUTO_TEST_CASE(lengths_are_bounded) {
  const std::string label(63, 'd');
  const auto path = [](std::string local, std::string domain) {
    return round_trip("<" + local + "@" + domain + ">") != "none";
  };
  BOOST_TEST(path(std::string(64, 'a'), "x"));
  BOOST_TEST(!path(std::string(65, 'a'), "x"));
  BOOST_TEST(path("a", label));
  BOOST_TEST(!path("a", label + "d"));
  const std::string long_domain = label + "." + label + "." + label + ".";  // 192 octets
  BOOST_TEST(path("a", long_domain + std::string(60, 'd')));                // 252 + "<a@>" = 256
  BOOST_TEST(!path("a", long_domain + std::string(61, 'd')));
  BOOST_TEST(is_domain(long_domain + label));
  BOOST_TEST(!is_domain(long_domain + label + ".d"));
}

BOOST_AUTO_TEST_CASE(domains_are_compared_without_case_and_local_parts_with) {
  const auto path = [](std::string_view text) { return *parse_mailbox(text); };
  BOOST_TEST((path("a@Corp.TEST") == path("a@corp.test")));
  BOOST_TEST(!(path("A@corp.test") == path("a@corp.test")));
  BOOST_TEST(!parse_mailbox(""));
  BOOST_TEST(!parse_mailbox("postmaster"));
  BOOST_TEST(!parse_mailbox("a@b.test>x"));
  BOOST_TEST(!parse_mailbox("@r.test:a@b.test"));
}

}  // namespace sealgate::smtp
