#include "fakes/cloud/envelope.hpp"

#include <boost/test/unit_test.hpp>
#include <map>

#include "fakes/core/base64.hpp"

using namespace fakes;

namespace {

const EnvelopeMaker maker({"Secure Mail", "https://portal.hybrid.test/open"});
const host::WallTime now{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1)};
const WrappingRoot root("2026", {7});

std::string envelope_for(const std::string& recipient, const std::string& sender,
                         const std::string& message = "Subject: minutes\r\n\r\nbody\r\n") {
  const SealedFor about{"2026", recipient, sender, "<m1@corp.test>"};
  return maker.make(about, seal(root, "g", about, message, {{1}, {2}, {3}}), now);
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++found;
  return found;
}

/// What a browser would send of the hidden fields.
std::map<std::string, std::string, std::less<>> fields_of(const std::string& message) {
  std::map<std::string, std::string, std::less<>> fields;
  constexpr std::string_view begin = "<input type=\"hidden\" name=\"";
  for (auto at = message.find(begin); at != message.npos; at = message.find(begin, at + 1)) {
    const auto name = at + begin.size();
    const auto value = message.find("value=\"", name) + 7;
    fields[message.substr(name, message.find('"', name) - name)] =
        message.substr(value, message.find('"', value) - value);
  }
  return fields;
}

std::optional<EnvelopeContent> read(const std::map<std::string, std::string, std::less<>>& fields) {
  return read_envelope([&](std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_the_form_brings_back_opens) {
  const auto content = read(fields_of(envelope_for("bob@partner.test", "alice@corp.test")));
  BOOST_TEST_REQUIRE(content.has_value());
  BOOST_TEST(content->about.recipient == "bob@partner.test");
  BOOST_TEST(
      (open(root, "g", content->about, content->sealed) == "Subject: minutes\r\n\r\nbody\r\n"));
}

BOOST_AUTO_TEST_CASE(one_form_one_button_no_script_nothing_from_elsewhere) {
  const std::string message = envelope_for("bob@partner.test", "alice@corp.test");
  BOOST_TEST(count(message, "<form ") == 1);
  BOOST_TEST(count(message, "method=\"post\" action=\"https://portal.hybrid.test/open\"") == 1);
  BOOST_TEST(count(message, "<button ") == 1);
  for (const char* way_out :
       {"<script", "javascript", " on", "src=", "href=", "url(", "@import", "<img", "<link",
        "<iframe", "<object", "<base", "http-equiv=\"refresh"})
    BOOST_TEST((count(message.substr(message.find("<body>")), way_out) == 0 ||
                std::string_view(way_out) == " on"),
               way_out);
  BOOST_TEST(message.find("minutes") == std::string::npos);
  BOOST_TEST(message.find("m1@corp.test") == message.rfind("m1@corp.test"));  // in the header alone
}

BOOST_AUTO_TEST_CASE(a_mail_server_may_carry_it) {
  const std::string long_name(1000, '"');
  for (const std::string& address :
       {std::string("bob@partner.test"), long_name + "@x.test", std::string(3000, '\xff')}) {
    const std::string message =
        envelope_for("bob@partner.test", "a@x.test", std::string(5000, 'x'));
    const std::string shown = envelope_for(address, address);
    const std::string page = shown.substr(shown.find("<!DOCTYPE"));
    for (const std::string& text : {message, page}) {
      std::size_t begin = 0;
      for (auto end = text.find("\r\n"); end != text.npos; end = text.find("\r\n", begin)) {
        BOOST_TEST(end - begin <= 998);
        begin = end + 2;
      }
      BOOST_TEST(begin == text.size());
      BOOST_TEST(count(text, "\n") == count(text, "\r\n"));
    }
    for (const char c : page) BOOST_TEST_REQUIRE(static_cast<unsigned char>(c) < 0x80);
  }
}

BOOST_AUTO_TEST_CASE(addresses_are_text_wherever_they_stand) {
  const std::string message =
      envelope_for("\"<img src=x onerror='1'>&amp;\"@partner.test", "\u00fcmit\">@corp.test");
  const std::string page = message.substr(message.find("<!DOCTYPE"));
  BOOST_TEST(page.find("<img") == page.npos);
  BOOST_TEST(
      count(page, "&quot;&lt;img src=x onerror=&#39;1&#39;&gt;&amp;amp;&quot;@partner.test") == 1);
  BOOST_TEST(count(page, "<dd>&#252;mit&quot;&gt;@corp.test</dd>") == 1);
  BOOST_TEST((read(fields_of(message))->about.sender == "\u00fcmit\">@corp.test"));
  BOOST_TEST(count(message, "Content-Transfer-Encoding: 8bit") == 1);  // the notice shows it
}

BOOST_AUTO_TEST_CASE(an_address_adds_no_header_field) {
  const std::string message = envelope_for("bob@x.test>\r\nBcc: eve@x.test", "a\r\n\r\nb@x.test");
  const std::string header = message.substr(0, message.find("\r\n\r\n"));
  BOOST_TEST(header.find("\r\nBcc:") == std::string::npos);
  BOOST_TEST(message.find("From: <a????b@x.test>\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_field_that_is_missing_or_of_another_version_is_none_of_ours) {
  const auto whole = fields_of(envelope_for("bob@partner.test", "alice@corp.test"));
  BOOST_TEST(whole.size() == envelope_fields.size());
  BOOST_TEST(read(whole).has_value());
  for (const auto& [name, value] : whole) {
    auto without = whole;
    without.erase(name);
    BOOST_TEST(!read(without), name);
    auto garbage = whole;
    garbage[name] = "?" + value;
    BOOST_TEST(!read(garbage), name);
  }
  auto newer = whole;
  newer["version"] = "Mg==";
  BOOST_TEST(!read(newer));
}

BOOST_AUTO_TEST_CASE(a_portal_that_is_not_at_https_is_a_mistake) {
  for (const char* url :
       {"http://portal.test/open", "javascript:alert(1)", "", "https://x/\" x=\"", "https://x;y/"})
    BOOST_CHECK_THROW(EnvelopeMaker({"S", url}), std::invalid_argument);
}
