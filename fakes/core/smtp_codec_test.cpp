#include "fakes/core/smtp_codec.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(a_command_is_a_verb_in_capitals_and_an_argument_as_it_came) {
  BOOST_TEST(fakes::parse_command("ehlo Mail.Corp.test").verb == "EHLO");
  BOOST_TEST(fakes::parse_command("ehlo Mail.Corp.test").argument == "Mail.Corp.test");
  BOOST_TEST(fakes::parse_command("QUIT").argument == "");
  BOOST_TEST(fakes::parse_command("").verb == "");
}

BOOST_AUTO_TEST_CASE(paths_and_their_parameters_are_taken_apart) {
  const auto path = fakes::parse_path("from:<alice@corp.test>  SIZE=10 BODY=8BITMIME", "FROM:");
  BOOST_TEST(path.well_formed);
  BOOST_TEST(path.path == "alice@corp.test");
  BOOST_TEST(path.parameters == "SIZE=10 BODY=8BITMIME");
  BOOST_TEST(fakes::parse_path("FROM:<>", "FROM:").well_formed);
  BOOST_TEST(fakes::parse_path("TO: <b@c>", "TO:").path == "b@c");
  BOOST_TEST(fakes::parse_path(R"(TO:<"a>b"@c.test>)", "TO:").path == R"("a>b"@c.test)");
  for (const char* bad : {"", "FROM:", "FROM:alice@corp.test", "FROM:<alice", "TO:<a@b>"}) {
    BOOST_TEST(!fakes::parse_path(bad, "FROM:").well_formed, bad);
  }
}

BOOST_AUTO_TEST_CASE(the_domain_follows_the_last_at_sign) {
  BOOST_TEST(fakes::domain_of("\"a@b\"@Partner.TEST") == "partner.test");
  BOOST_TEST(fakes::domain_of("postmaster") == "");
}

BOOST_AUTO_TEST_CASE(replies_are_written_with_code_and_enhanced_code_on_each_line) {
  const fakes::Reply reply{550, "5.1.1", {"No such", "recipient"}};
  BOOST_TEST(fakes::to_bytes(reply) == "550-5.1.1 No such\r\n550 5.1.1 recipient\r\n");
  BOOST_TEST(fakes::text_of(reply) == "5.1.1 No such\n5.1.1 recipient");
  BOOST_TEST(fakes::to_bytes({354, "", {"Go on"}}) == "354 Go on\r\n");
}

BOOST_AUTO_TEST_CASE(replies_are_read_the_same_however_they_are_cut) {
  const std::string wire = "250-mx\r\n250-SIZE 10\r\n250 STARTTLS\r\n220\r\n354 Go\r\n";
  for (std::size_t piece = 1; piece <= wire.size(); ++piece) {
    fakes::ReplyReader reader;
    std::vector<fakes::ReceivedReply> replies;
    for (std::size_t at = 0; at < wire.size(); at += piece) {
      std::string_view part = std::string_view(wire).substr(at, piece);
      while (!part.empty()) {
        if (auto reply = reader.read(part)) replies.push_back(*reply);
      }
    }
    BOOST_REQUIRE_EQUAL(replies.size(), 3u);
    BOOST_TEST(replies[0].code == 250);
    BOOST_TEST(replies[0].text() == "mx\nSIZE 10\nSTARTTLS");
    BOOST_TEST(replies[1].code == 220);
    BOOST_TEST(replies[2].code == 354);
    for (const auto& reply : replies) BOOST_TEST(reply.well_formed);
  }
}

BOOST_AUTO_TEST_CASE(malformed_replies_say_so) {
  for (std::string_view wire :
       {"garbage\r\n", "2x0 no\r\n", "250-a\r\n251 b\r\n", "250-a\r\nb\r\n", "2500 no\r\n"}) {
    fakes::ReplyReader reader;
    const auto reply = reader.read(wire);
    BOOST_REQUIRE(reply.has_value());
    BOOST_TEST(!reply->well_formed);
  }
}

BOOST_AUTO_TEST_CASE(an_endless_reply_is_given_up) {
  fakes::ReplyReader reader;
  std::string wire;
  for (int i = 0; i < 1000; ++i) wire += "250-more\r\n";
  std::string_view input = wire;
  const auto reply = reader.read(input);
  BOOST_REQUIRE(reply.has_value());
  BOOST_TEST(!reply->well_formed);
}
