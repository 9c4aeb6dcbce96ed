#include "reference/syntax/complete.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "reference/syntax/values.hpp"

namespace {

const syntax::Vocabulary& vocabulary() {
  static syntax::Vocabulary v;
  if (v.finished()) return v;
  syntax::add_standard_types(v);
  v.add_section("file", "A file")
      .declare({.id = "world", .pattern = "world <title:string> {world}", .doc = "A world"});
  v.add_section("world", "A world")
      .declare({.id = "mx", .pattern = "mx <name:domain> {mx}?", .doc = "A server"})
      .declare({.id = "expect.receives",
                .pattern = "expect <peer:domain> receives <message:name> [over <how:tls|plain>] "
                           "[within <to:duration>]",
                .doc = "It comes"})
      .declare({.id = "expect.empty", .pattern = "expect queue is empty", .doc = "All gone"});
  v.add_section("mx", "A server")
      .declare({.id = "starttls", .pattern = "starttls <way:works|absent>", .doc = "STARTTLS"});
  v.finish();
  return v;
}

// The place is marked by '@'.
syntax::Completions at(std::string text) {
  const auto offset = text.find('@');
  text.erase(offset, 1);
  const syntax::NamesInUse names = [](std::string_view argument) -> std::vector<std::string> {
    if (argument == "peer") return {"mx.a.test", "mx.b.test"};
    if (argument == "$") return {"way"};
    return {};
  };
  return syntax::complete(vocabulary(), {"file", "world"}, text, offset, names);
}

std::string texts(const std::string& text) {
  std::vector<std::string> out;
  for (const auto& item : at(text).items) out.push_back(item.text);
  return fmt::format("{}", fmt::join(out, " "));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(completion)

BOOST_AUTO_TEST_CASE(offers_the_statements_of_the_block_around) {
  BOOST_TEST(texts("@") == "world");
  BOOST_TEST(texts("world \"x\" {\n  @") == "mx expect expect");
  BOOST_TEST(texts("world \"x\" { mx a.test { st@") == "starttls");
  BOOST_TEST(texts("world \"x\" { mx a.test { starttls works }\n@\n}") == "mx expect expect");
  BOOST_TEST(at("world \"x\" { ex@").items.at(1).detail == "expect queue is empty");
}

BOOST_AUTO_TEST_CASE(offers_words_choices_and_names_in_a_statement) {
  BOOST_TEST(texts("world \"x\" { expect @") == "mx.a.test mx.b.test queue");
  BOOST_TEST(texts("world \"x\" { expect mx.b@") == "mx.b.test");
  BOOST_TEST(texts("world \"x\" { expect q@") == "queue");
  BOOST_TEST(texts("world \"x\" { expect mx.a.test receives m1 @") == "over within");
  BOOST_TEST(texts("world \"x\" { expect mx.a.test receives m1 over @") == "tls plain");
  BOOST_TEST(texts("world \"x\" { expect mx.a.test receives m1 over $@") == "$way");
  BOOST_TEST(texts("world \"x\" { mx a.test @") == "{");
  const auto value = at("world \"x\" { expect a.test receives m1 within @").values;
  BOOST_TEST_REQUIRE(value.size() == 1U);
  BOOST_TEST(value.front() == "a duration such as 15m or 1h30m");
}

BOOST_AUTO_TEST_CASE(bears_broken_text_and_is_silent_in_comments_and_strings) {
  BOOST_TEST(texts("world { mx ! ! { @") == "starttls");
  BOOST_TEST(texts("world \"@") == "");
  BOOST_TEST(texts("world # @") == "");
  BOOST_TEST(texts("} } { @") == "");
  BOOST_TEST(texts("nonsense { @") == "");
  BOOST_TEST(texts("mx a.test { @ }") == "starttls");  // an included file has no world around it
}

BOOST_AUTO_TEST_SUITE_END()
