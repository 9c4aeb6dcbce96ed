#include "reference/smtp/client_session.hpp"

#include <boost/test/unit_test.hpp>

#include "reference/smtp/test_client.hpp"

namespace sealgate::smtp::test {

using Kind = SessionFailure::Kind;

BOOST_AUTO_TEST_CASE(a_message_is_delivered_whatever_the_chunks) {
  for (const auto* steps : {&plain_steps, &tls_steps}) {
    for (std::size_t chop = 0; chop < 40; ++chop) {
      Client client(steps == &tls_steps ? TlsUse::required : TlsUse::never);
      client.dialogue.chop(chop);
      play(client, *steps, steps->size());
      client.dialogue.expect_write("QUIT\r\n").expect_read("221 bye\r\n").expect_close();
      BOOST_TEST(client.result() == "delivered in final-dot 250 2.0.0 queued");
      BOOST_TEST(!client.outcome().failure.has_value());
      BOOST_TEST(client.outcomes.size() == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(helo_is_tried_where_ehlo_is_refused) {
  Client client;
  client.dialogue.expect_read("220 mx.test\r\n")
      .expect_write(ehlo)
      .expect_read("502 what\r\n")
      .expect_write("HELO gw.test\r\n")
      .expect_read("250-mx.test\r\n250 STARTTLS\r\n")
      .expect_write("MAIL FROM:<alice@corp.test>\r\n");
  Client refused;
  refused.dialogue.expect_read("220 x\r\n")
      .expect_write(ehlo)
      .expect_read("450 no\r\n")
      .expect_write("QUIT\r\n");
  BOOST_TEST(refused.result() == "temporary in ehlo 450 no");
  BOOST_TEST((refused.outcome().failure->kind == Kind::hello_refused));
}

BOOST_AUTO_TEST_CASE(what_was_offered_before_tls_is_forgotten) {
  Client client(TlsUse::required, message({"bob@mx.test"}, "\xc3\xbc\r\n"));
  client.dialogue.expect_read("220 x\r\n")
      .expect_write(ehlo)
      .expect_read("250-x\r\n250-8BITMIME\r\n250-PIPELINING\r\n250-SIZE\r\n250 STARTTLS\r\n")
      .expect_write("STARTTLS\r\n")
      .expect_read("220 go\r\n")
      .expect_write(ehlo)
      .expect_read(plain_offer)
      .expect_write("QUIT\r\n");
  BOOST_TEST(client.result().substr(0, 27) == "permanent in mail 554 5.6.3");
}

BOOST_AUTO_TEST_CASE(what_was_offered_before_tls_does_not_survive_in_helo) {
  Client client(TlsUse::required, message({"bob@mx.test"}, "\xc3\xbc\r\n"));
  client.dialogue.expect_read("220 x\r\n")
      .expect_write(ehlo)
      .expect_read("250-x\r\n250-8BITMIME\r\n250 STARTTLS\r\n")
      .expect_write("STARTTLS\r\n")
      .expect_read("220 go\r\n")
      .expect_write(ehlo)
      .expect_read("502 what\r\n")
      .expect_write("HELO gw.test\r\n")
      .expect_read("250 x\r\n")
      .expect_write("QUIT\r\n");
  BOOST_TEST(client.result().substr(0, 27) == "permanent in mail 554 5.6.3");
}

BOOST_AUTO_TEST_CASE(what_the_server_cannot_take_is_not_sent) {
  const auto result = [](std::string content) {
    Client client(TlsUse::never, message({"bob@mx.test", "eve@mx.test"}, std::move(content)));
    client.dialogue.expect_read("220 x\r\n").expect_write(ehlo).expect_read(full_offer).run();
    if (client.outcomes.empty()) return client.dialogue.written().substr(0, 60);
    BOOST_TEST(client.dialogue.written() == "QUIT\r\n");
    BOOST_TEST(client.outcome().recipients.size() == 2u);
    return client.result(1).substr(0, 27);
  };
  BOOST_TEST(result(std::string(1001, 'x')) == "permanent in mail 552 5.3.4");
  BOOST_TEST(result(std::string(999, 'x')) == "permanent in mail 552 5.3.4");  // CRLF will be added
  BOOST_TEST(result("a\nb\r\n") == "permanent in mail 554 5.6.0");
  BOOST_TEST(result("a\rb\r\n") == "permanent in mail 554 5.6.0");
  BOOST_TEST(result(std::string("a\0\r\n", 4)) == "permanent in mail 554 5.6.0");
  BOOST_TEST(result("\xc3\xbc\r\n") ==
             "MAIL FROM:<alice@corp.test> SIZE=4 BODY=8BITMIME\r\nRCPT TO:<b");
}

BOOST_AUTO_TEST_CASE(each_recipient_has_a_result_of_its_own) {
  Client client(TlsUse::never, message({"a@x.test", "b@x.test", "c@x.test", "d@x.test"}));
  client.dialogue.expect_read("220 x\r\n").expect_write(ehlo).expect_read(full_offer).run();
  client.dialogue.written().clear();
  client.dialogue
      .expect_read(
          "250 ok\r\n550 5.1.1 gone\r\n250 ok\r\n450 4.2.0 later\r\n552 5.5.3 many\r\n354 go\r\n")
      .expect_write(stuffed)
      .expect_read("250 queued\r\n")
      .expect_write("QUIT\r\n");
  BOOST_TEST(client.result(0) == "permanent in rcpt 550 5.1.1 gone");
  BOOST_TEST(client.result(1) == "delivered in final-dot 250 queued");
  BOOST_TEST(client.result(2) == "temporary in rcpt 450 4.2.0 later");
  BOOST_TEST(client.result(3) == "temporary in rcpt 552 5.5.3 many");
}

BOOST_AUTO_TEST_CASE(without_an_accepted_recipient_no_content_is_sent) {
  Client pipelined;
  pipelined.dialogue.expect_read("220 x\r\n").expect_write(ehlo).expect_read(full_offer).run();
  pipelined.dialogue.written().clear();
  pipelined.dialogue.expect_read("250 ok\r\n550 no\r\n354 go\r\n")
      .expect_write(".\r\n")
      .expect_read("250 queued nothing\r\n")
      .expect_write("QUIT\r\n");
  BOOST_TEST(pipelined.result() == "permanent in rcpt 550 no");
  Client refused;
  refused.dialogue.expect_read("220 x\r\n").expect_write(ehlo).expect_read(full_offer).run();
  refused.dialogue.written().clear();
  refused.dialogue.expect_read("550 not you\r\n503 no\r\n503 no\r\n").expect_write("QUIT\r\n");
  BOOST_TEST(refused.result() == "permanent in mail 550 not you");
}

BOOST_AUTO_TEST_CASE(many_recipients_are_pipelined_in_groups) {
  std::vector<std::string> recipients;
  for (int i = 0; i < 120; ++i) recipients.push_back("r" + std::to_string(i) + "@x.test");
  Client client(TlsUse::never, message(recipients));
  client.dialogue.expect_read("220 x\r\n").expect_write(ehlo).expect_read(full_offer).run();
  std::vector<std::size_t> groups;
  while (client.outcomes.empty()) {
    const std::string written = std::exchange(client.dialogue.written(), {});
    if (written == stuffed) {
      client.dialogue.expect_read("250 queued\r\n").run();
      continue;
    }
    std::string replies;
    std::size_t commands = 0;
    for (std::size_t at = 0; at < written.size(); at = written.find('\n', at) + 1, ++commands) {
      replies += written.substr(at, 4) == "DATA" ? "354 go\r\n" : "250 ok\r\n";
    }
    groups.push_back(commands);
    BOOST_REQUIRE(commands > 0u);
    client.dialogue.expect_read(replies).run();
  }
  const std::vector<std::size_t> expected = {50, 50, 22};
  BOOST_TEST(groups == expected, boost::test_tools::per_element());
  BOOST_TEST(client.result(119) == "delivered in final-dot 250 queued");
}

BOOST_AUTO_TEST_CASE(several_messages_go_over_one_connection) {
  Client client;
  client.next_messages = {message(), message(), message()};
  play(client, plain_steps, 2);
  client.dialogue.expect_write(plain_steps[2].write)
      .expect_read("550 no\r\n")  // MAIL refused: nothing to reset
      .expect_write(plain_steps[2].write)
      .expect_read("250 ok\r\n")
      .expect_write(plain_steps[3].write)
      .expect_read("450 later\r\n")
      .expect_write("RSET\r\n")
      .expect_read("250 ok\r\n");
  for (std::size_t i = 2; i < plain_steps.size(); ++i) {
    client.dialogue.expect_write(plain_steps[i].write).expect_read(plain_steps[i].read);
  }
  client.dialogue
      .expect_write(plain_steps[2].write)  // nothing to reset after a delivery either
      .expect_read("550 no\r\n")
      .expect_write("QUIT\r\n");
  BOOST_REQUIRE(client.outcomes.size() == 4u);
  BOOST_TEST(to_string(client.outcomes[2].recipients[0].disposition) == "delivered");
}

BOOST_AUTO_TEST_CASE(need_input_names_the_phase_for_its_time_out) {
  Client client;
  const Phase phases[] = {Phase::greeting, Phase::ehlo, Phase::mail,
                          Phase::rcpt,     Phase::data, Phase::final_dot};
  for (std::size_t i = 0; i < plain_steps.size(); ++i) {
    client.dialogue.expect_write(plain_steps[i].write);
    const auto action = client.session.next();
    BOOST_TEST((std::get<ClientSession::NeedInput>(action).phase == phases[i]));
    client.dialogue.expect_read(plain_steps[i].read);
  }
}

}  // namespace sealgate::smtp::test
