#include <boost/test/unit_test.hpp>

#include "reference/policy/test_policies.hpp"

namespace {

using namespace sealgate::policy;
using namespace sealgate::policy::test;

const std::string letter =
    "Subject: Figures\r\nX-Project: Falcon\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
    "--B\r\nContent-Type: text/html\r\n\r\n<p>Top <b>sec</b>ret &amp; more</p>\r\n"
    "--B\r\nContent-Type: text/csv; name=q3.csv\r\nContent-Disposition: attachment\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nY2FyZCwxMjM0IDU2NzgKZmFsY29uIGZhbGNvbgo=\r\n"
    "--B\r\nContent-Type: application/octet-stream; name=plan.txt\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQKJcOkw7zDtgo=\r\n--B--\r\n";

std::string phrase(std::uint8_t areas, std::string text) {
  return met(PhraseCondition{areas, {std::move(text)}}, letter);
}

}  // namespace

BOOST_AUTO_TEST_CASE(phrases_are_found_in_their_areas_and_the_place_is_told) {
  BOOST_TEST(phrase(subject_area, "figures") ==
             "subject contains \"figures\" at subject, offset 0");
  BOOST_TEST(phrase(body_area, "figures") == "");
  BOOST_TEST(phrase(headers_area, "falcon") == "headers contains \"falcon\" at headers, offset 28");
  BOOST_TEST(phrase(body_area, "top secret") ==
             "body contains \"top secret\" at part 1.1 (text/html), offset 1");
  BOOST_TEST(phrase(attachments_area, "card") ==
             "attachments contains \"card\" at part 1.2 (text/csv), offset 0");
  BOOST_TEST(phrase(body_area, "card") == "");
  BOOST_TEST(phrase(all_areas, "card") != "");
  BOOST_TEST(met(PhraseCondition{all_areas, {"nowhere", "falcon"}}, letter).find("falcon") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(patterns_match_in_their_areas) {
  BOOST_TEST(met(PatternCondition{attachments_area, "[0-9]{4} [0-9]{4}"}, letter) ==
             "attachments matches \"[0-9]{4} [0-9]{4}\" at part 1.2 (text/csv), offset 5");
  BOOST_TEST(met(PatternCondition{body_area, "[0-9]{4} [0-9]{4}"}, letter) == "");
}

BOOST_AUTO_TEST_CASE(dictionaries_add_up_their_weights) {
  const std::vector<Dictionary> words = {{"Projects", {{"falcon", 2}, {"card", 1}}}};
  const auto weighs = [&](std::int64_t threshold, std::uint8_t areas) {
    return met(DictionaryCondition{areas, "Projects", threshold}, letter, words) != "";
  };
  BOOST_TEST(weighs(5, attachments_area));
  BOOST_TEST(!weighs(6, attachments_area));
  BOOST_TEST(weighs(7, all_areas));  // one more falcon in the headers
  BOOST_TEST(!weighs(8, all_areas));
  const std::string subject = "Subject: card\r\n\r\n";  // once, though the headers hold the subject
  BOOST_TEST(met(DictionaryCondition{all_areas, "Projects", 2}, subject, words) == "");
}

BOOST_AUTO_TEST_CASE(files_are_known_by_name_type_and_size) {
  BOOST_TEST(met(FileNameCondition{{"*.doc", "*.CSV"}}, letter) ==
             "a file is named \"*.CSV\" at part 1.2 (text/csv)");
  BOOST_TEST(met(FileNameCondition{{"*.doc"}}, letter) == "");
  BOOST_TEST(met(FileTypeCondition{{"application/pdf"}}, letter) ==
             "a file is of type \"application/pdf\" at part 1.3 (application/octet-stream)");
  BOOST_TEST(met(FileTypeCondition{{"image/*"}}, letter) == "");
  BOOST_TEST(met(FileSizeCondition{{true, 28}}, letter) != "");
  BOOST_TEST(met(FileSizeCondition{{true, 29}}, letter) == "");
  BOOST_TEST(met(FileSizeCondition{{false, 10}}, letter) == "");
}

BOOST_AUTO_TEST_CASE(attachments_and_bytes_are_counted) {
  BOOST_TEST(met(AttachmentCountCondition{{true, 1}}, letter) ==
             "there are more than 1 attachments at 2 attachments");
  BOOST_TEST(met(AttachmentCountCondition{{true, 2}}, letter) == "");
  BOOST_TEST(met(AttachmentCountCondition{{false, 1}}, "Subject: x\r\n\r\n") != "");
  BOOST_TEST(met(MessageSizeCondition{{true, 100}}, letter) != "");
  BOOST_TEST(met(MessageSizeCondition{{true, letter.size()}}, letter) == "");
}

BOOST_AUTO_TEST_CASE(conditions_are_combined_by_all_any_and_count) {
  const auto rule_met = [](std::size_t needed, std::vector<std::string> phrases) {
    std::vector<Condition> conditions;
    for (auto& one : phrases) conditions.push_back(PhraseCondition{subject_area, {one}});
    auto combined = rule("P", Action::encrypt, conditions);
    combined.needed = needed;
    return decide(of({combined}), "Subject: a b c\r\n\r\n").action == Action::encrypt;
  };
  BOOST_TEST(rule_met(0, {"a", "b"}));
  BOOST_TEST(!rule_met(0, {"a", "x"}));
  BOOST_TEST(rule_met(1, {"x", "b"}));
  BOOST_TEST(!rule_met(1, {"x", "y"}));
  BOOST_TEST(rule_met(2, {"x", "b", "c"}));
  BOOST_TEST(!rule_met(3, {"x", "b", "c"}));
  BOOST_TEST(!rule_met(0, {}));  // an unfinished rule must not drop mail
}

BOOST_AUTO_TEST_CASE(forwarded_mail_and_hidden_text_are_searched_as_attachments) {
  const std::string forwarded =
      "Subject: Fwd\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner secret\r\n\r\ndeep "
      "words\r\n";
  BOOST_TEST(met(PhraseCondition{attachments_area, {"inner secret"}}, forwarded) ==
             "attachments contains \"inner secret\" at part 1.1 headers, offset 9");
  BOOST_TEST(met(PhraseCondition{attachments_area, {"deep words"}}, forwarded) != "");
  const std::string preamble =
      "Content-Type: multipart/mixed; boundary=B\r\n\r\nsmuggled\r\n--B\r\n\r\nx\r\n--B--\r\n";
  BOOST_TEST(met(PhraseCondition{attachments_area, {"smuggled"}}, preamble) ==
             "attachments contains \"smuggled\" at part 1 preamble, offset 0");
}

BOOST_AUTO_TEST_CASE(a_type_from_a_stranger_does_not_reach_the_log_as_it_is) {
  const std::string message = "Content-Type: text/\x1b[31m\"secret\"; name=x\r\n\r\nfound\r\n";
  const auto told = met(PhraseCondition{attachments_area, {"found"}}, message);
  BOOST_TEST(told.find('\x1b') == std::string::npos);
  BOOST_TEST(told != "");
}
