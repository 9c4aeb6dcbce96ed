#include "fakes/xheader/seal_work.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include "fakes/core/header_fields.hpp"
#include "fakes/core/message_data.hpp"
#include "fakes/core/test_host.hpp"
#include "fakes/xheader/smime.hpp"
#include "fakes/xheader/test_openssl_tool.hpp"

namespace {

using namespace fakes::xheader;
using fakes::peek_header;

const std::string message =
    "X-Encrypt: yes\r\n"
    "From: alice@corp.test\r\n"
    "Subject: plans\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain;\r\n charset=utf-8\r\n"
    "\r\n"
    "CANARY in the body\r\n.\r\n";

std::shared_ptr<const fakes::Certificate> certificate(const std::string& address,
                                                      std::byte serial = std::byte{1}) {
  fakes::TestHost host;
  host.next_random = serial;
  fakes::CertificateSpec spec;
  spec.common_name = address;
  return fakes::make_self_signed(host, spec);
}

SealConfig config(ReturnFault fault = ReturnFault::none) {
  SealConfig made;
  made.trigger = {"X-Encrypt", "yes"};
  made.success = {"X-Status", "done"};
  made.failure = {"X-Status", "failed"};
  made.viewer_login = ViewerLogin{"viewer", "s3cret"};
  made.fault = fault;
  return made;
}

std::vector<Sealed> sealed(ReturnFault fault) {
  return seal(config(fault), {"bob@partner.test"}, message);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seal_work)

BOOST_AUTO_TEST_CASE(a_message_without_its_own_trigger_is_passed_on_untouched) {
  for (const char* other : {"X-Encrypt: Yes\r\n", "X-Encrypt: y es\r\n", "X-Seal: yes\r\n", ""}) {
    const std::string content = other + message.substr(message.find("From"));
    const auto made = seal(config(), {"bob@partner.test"}, content);
    BOOST_REQUIRE(made.size() == 1u);
    BOOST_TEST(made[0].how == "passed");
    BOOST_TEST(made[0].content == content);
  }
  BOOST_TEST(sealed(ReturnFault::none)[0].how == "envelope");
}

BOOST_AUTO_TEST_CASE(the_openssl_tool_opens_what_was_made_for_every_recipient) {
  SealConfig made = config();
  const auto bob = certificate("bob@partner.test");
  const auto carol = certificate("carol@partner.test", std::byte{2});
  made.certificates = {{"bob@partner.test", bob}, {"carol@partner.test", carol}};
  const auto all = seal(made, {"Bob@partner.test", "carol@partner.test"}, message);
  BOOST_REQUIRE(all.size() == 1u);
  BOOST_TEST(all[0].how == "smime");
  BOOST_TEST(all[0].recipients.size() == 2u);
  BOOST_TEST(peek_header(all[0].content, "X-Status") == "done");
  BOOST_TEST(peek_header(all[0].content, "X-Encrypt") == "");
  BOOST_TEST(peek_header(all[0].content, "Subject") == "plans");
  BOOST_TEST(holds(peek_header(all[0].content, "Content-Type"), "application/pkcs7-mime"));
  BOOST_TEST(!holds(all[0].content, "CANARY"));
  const std::string inside = message.substr(message.find("MIME-Version"));
  for (const auto& one : {bob, carol}) BOOST_TEST(opened_by_tool(all[0].content, *one) == inside);
  for (const auto& one : {bob, carol})
    BOOST_TEST(decrypt_smime(all[0].content, *one).value_or("") == inside);
  const auto eve = certificate("eve@evil.test", std::byte{3});
  BOOST_TEST(decrypt_smime(all[0].content, *eve).value_or("") != inside);
  BOOST_TEST(!decrypt_smime(message, *bob).has_value());
  BOOST_TEST(opened_by_tool(all[0].content, *eve) != inside);
}

BOOST_AUTO_TEST_CASE(who_has_no_certificate_gets_an_envelope) {
  SealConfig made = config();
  made.certificates = {{"bob@partner.test", certificate("bob@partner.test")}};
  const auto all = seal(made, {"dan@x.test", "bob@partner.test", "eve@x.test"}, message);
  BOOST_REQUIRE(all.size() == 2u);
  BOOST_TEST((all[0].recipients == std::vector<std::string>{"bob@partner.test"}));
  BOOST_TEST((all[1].recipients == std::vector<std::string>{"dan@x.test", "eve@x.test"}));
  BOOST_TEST(all[1].how == "envelope");
  BOOST_TEST(!holds(all[1].content, "CANARY"));
}

BOOST_AUTO_TEST_CASE(an_envelope_opens_for_the_login_and_for_no_other) {  // TPA-14
  const std::string content = sealed(ReturnFault::none)[0].content;
  BOOST_TEST(asks_for_login(content).value());
  BOOST_TEST(peek_header(content, "Content-Type") == "text/html; charset=utf-8");
  const std::string original = message.substr(message.find("From"));
  BOOST_TEST(open_envelope(content, ViewerLogin{"viewer", "s3cret"}).value_or("") == original);
  for (const ViewerLogin& wrong : {ViewerLogin{"viewer", "s3creT"}, ViewerLogin{"viewe", "rs3cret"},
                                   ViewerLogin{"Viewer", "s3cret"}, ViewerLogin{"", ""}})
    BOOST_TEST(!open_envelope(content, wrong).has_value());
  BOOST_TEST(!open_envelope(content, std::nullopt).has_value());
  BOOST_TEST(!open_envelope(message, ViewerLogin{"viewer", "s3cret"}).has_value());
}

BOOST_AUTO_TEST_CASE(an_altered_envelope_does_not_open) {
  std::string content = sealed(ReturnFault::none)[0].content;
  const std::size_t at = content.find("</pre>") - 10;
  content[at] = content[at] == 'A' ? 'B' : 'A';
  BOOST_TEST(!open_envelope(content, ViewerLogin{"viewer", "s3cret"}).has_value());
}

BOOST_AUTO_TEST_CASE(without_a_login_an_envelope_asks_for_none) {  // TPA-14
  SealConfig made = config();
  made.viewer_login.reset();
  const std::string content = seal(made, {"dan@x.test"}, message)[0].content;
  BOOST_TEST(!asks_for_login(content).value());
  BOOST_TEST(open_envelope(content, std::nullopt).has_value());
}

BOOST_AUTO_TEST_CASE(each_fault_is_what_it_says) {
  const auto header = [](ReturnFault fault, const char* name) {
    return peek_header(sealed(fault).at(0).content, name);
  };
  BOOST_TEST(header(ReturnFault::wrong_name, "X-Status") == "");
  BOOST_TEST(header(ReturnFault::wrong_name, "X-Status-Result") == "done");
  BOOST_TEST(header(ReturnFault::other_case, "X-Status") == "DONE");
  BOOST_TEST(header(ReturnFault::other_space, "X-Status") == "do ne");
  BOOST_TEST(header(ReturnFault::no_header, "X-Status") == "");
  const std::string both = sealed(ReturnFault::both_headers)[0].content;
  BOOST_TEST((holds(both, "X-Status: done\r\n") && holds(both, "X-Status: failed\r\n")));
  const auto plain = sealed(ReturnFault::unencrypted);
  BOOST_TEST(plain[0].how == "plain");
  BOOST_TEST(plain[0].content == "X-Status: done\r\n" + message.substr(message.find("From")));
  const auto twice = sealed(ReturnFault::twice);
  BOOST_REQUIRE(twice.size() == 2u);
  BOOST_TEST(twice[0].content == twice[1].content);
  BOOST_TEST(sealed(ReturnFault::never).empty());
  const auto stripped = seal(config(ReturnFault::strips_fields), {"dan@x.test"},
                             "x-other: 1\r\nX-Sealgate-Handover: ID; count=1\r\n" + message);
  BOOST_TEST(peek_header(stripped[0].content, "X-Sealgate-Handover") == "");
  BOOST_TEST(peek_header(stripped[0].content, "x-other") == "");
  BOOST_TEST(peek_header(stripped[0].content, "X-Status") == "done");
  const auto failed = sealed(ReturnFault::cannot_encrypt);
  BOOST_TEST(failed[0].how == "failed");
  BOOST_TEST(failed[0].content == "X-Status: failed\r\n" + message.substr(message.find("From")));
}

BOOST_AUTO_TEST_CASE(faults_have_names) {
  for (int i = 0; i <= static_cast<int>(ReturnFault::cannot_encrypt); ++i) {
    const auto fault = static_cast<ReturnFault>(i);
    BOOST_TEST((return_fault_from_name(to_string(fault)) == fault));
  }
  BOOST_TEST(!return_fault_from_name("nonsense").has_value());
}

BOOST_AUTO_TEST_CASE(a_header_is_split_and_joined_without_a_change) {
  for (const std::string& text : {message, std::string("A: b\r\n\r\n"),
                                  std::string("no field\r\n"
                                              "A:\r\n b\r\n\r\nbody")})
    BOOST_TEST(fakes::split_message(text).text() == text);
}

/// The real openssl tool makes an S/MIME message for that key.
std::string sealed_by_tool(const std::string& entity, const fakes::Certificate& certificate) {
  std::string folder = std::filesystem::temp_directory_path() / "xheader-XXXXXX";
  BOOST_REQUIRE(::mkdtemp(folder.data()));
  const std::filesystem::path path = folder;
  std::ofstream(path / "plain", std::ios::binary) << entity;
  std::ofstream(path / "certificate.pem") << certificate.pem();
  const std::string command = "cd '" + folder +
                              "' && openssl cms -encrypt -binary -crlfeol -aes256 -in plain -from "
                              "eve@evil.test -to carol@corp.test -subject secret -out message.eml "
                              "certificate.pem >log 2>&1";
  BOOST_REQUIRE(std::system(command.c_str()) == 0);
  std::ifstream file(path / "message.eml", std::ios::binary);
  std::string made(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(path);
  return made;
}

BOOST_AUTO_TEST_CASE(what_the_openssl_tool_made_is_decrypted_and_said_so) {  // HYB-23
  const auto key = certificate("carol@corp.test");
  SealConfig made = config();
  made.decryption = Decryption{
      {certificate("other@corp.test", std::byte{2}), key}, "X-Decrypted", "yes", "failed"};
  const std::string inside = message.substr(message.find("MIME-Version"));
  const std::string closed = "X-Decrypted: yes\r\n" + sealed_by_tool(inside, *key);
  const auto opened = seal(made, {"carol@corp.test"}, closed).at(0);
  BOOST_TEST(opened.how == "decrypted");
  BOOST_TEST(peek_header(opened.content, "X-Decrypted") == "yes");
  BOOST_TEST(peek_header(opened.content, "Subject") == "secret");
  BOOST_TEST(peek_header(opened.content, "Content-Type") == "text/plain; charset=utf-8");
  BOOST_TEST(opened.content.ends_with("\r\n\r\nCANARY in the body\r\n.\r\n"));
  BOOST_TEST(opened.content.find("pkcs7") == std::string::npos);
  made.decryption->keys.pop_back();
  const auto kept = seal(made, {"carol@corp.test"}, closed).at(0);
  BOOST_TEST(kept.how == "closed");
  BOOST_TEST(peek_header(kept.content, "X-Decrypted") == "failed");
  BOOST_TEST(kept.content.find("X-Decrypted: yes") == std::string::npos);
  BOOST_TEST(seal(made, {"carol@corp.test"}, inside).at(0).how == "passed");
  made.decryption.reset();
  BOOST_TEST(seal(made, {"carol@corp.test"}, closed).at(0).how == "passed");
}

BOOST_AUTO_TEST_SUITE_END()
