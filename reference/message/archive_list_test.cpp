#include "reference/message/archive_list.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate::message;

namespace {

std::string number(std::uint32_t value, int octets) {
  std::string out;
  for (int i = 0; i < octets; ++i) out += static_cast<char>(value >> 8 * i & 0xFF);
  return out;
}

/// A zip's directory for empty files of these names, behind a local header that nobody reads.
std::string zip(const std::vector<std::string>& names) {
  std::string out("PK\3\4", 4);
  const auto begin = static_cast<std::uint32_t>(out.size());
  for (const auto& name : names) {
    out += std::string("PK\1\2", 4) + std::string(4, '\0') + number(0x800, 2) +
           std::string(14, '\0') + number(77, 4) +
           number(static_cast<std::uint32_t>(name.size()), 2) + std::string(16, '\0') + name;
  }
  const auto count = static_cast<std::uint32_t>(names.size());
  return out + std::string("PK\5\6", 4) + std::string(4, '\0') + number(count, 2) +
         number(count, 2) + number(0, 4) + number(begin, 4) + number(0, 2);
}

std::string tar_entry(const std::string& name, std::size_t size) {
  std::string block(512, '\0');
  block.replace(0, name.size(), name);
  char digits[13];
  std::snprintf(digits, sizeof digits, "%011zo", size);
  block.replace(124, 11, digits);
  block[156] = '0';
  block.replace(257, 5, "ustar");
  return block + std::string((size + 511) / 512 * 512, 'x');
}

std::string tnef_attribute(std::uint32_t id, const std::string& data) {
  return "\2" + number(id, 4) + number(static_cast<std::uint32_t>(data.size()), 4) + data +
         number(0, 2);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_zip_is_listed_from_its_directory) {
  const auto list = list_archive(zip({"a.txt", "b/\xC3\xA9.dwg"}), 10);
  BOOST_TEST((list.kind == ArchiveList::Kind::zip));
  BOOST_REQUIRE(list.files.size() == 2u);
  BOOST_TEST(list.files[1].name == "b/\xC3\xA9.dwg");
  BOOST_TEST(list.files[1].size == 77u);
  BOOST_TEST(!list.damaged);
}

BOOST_AUTO_TEST_CASE(a_list_over_its_limit_says_so) {
  const auto list = list_archive(zip({"a", "b", "c"}), 2);
  BOOST_TEST(list.too_long);
  BOOST_TEST(list.files.size() == 2u);
  BOOST_TEST(!list_archive(zip({"a", "b"}), 2).too_long);
}

BOOST_AUTO_TEST_CASE(a_damaged_archive_is_listed_as_far_as_it_goes) {
  const auto whole = zip({"a.txt", "b.txt"});
  for (std::size_t size = 4; size < whole.size(); ++size) {
    BOOST_TEST(list_archive(whole.substr(0, size), 10).damaged);
  }
  auto lying = whole;  // the directory would begin beyond the end
  lying[lying.size() - 3] = '\x7f';
  BOOST_TEST(list_archive(lying, 10).damaged);
}

BOOST_AUTO_TEST_CASE(a_tar_is_listed_header_by_header) {
  const auto tar = tar_entry("plan.dwg", 700) + tar_entry("b.txt", 0) + std::string(1024, '\0');
  const auto list = list_archive(tar, 10);
  BOOST_TEST((list.kind == ArchiveList::Kind::tar));
  BOOST_REQUIRE(list.files.size() == 2u);
  BOOST_TEST(list.files[0].name == "plan.dwg");
  BOOST_TEST(list.files[0].size == 700u);
  BOOST_TEST(!list.damaged);
  BOOST_TEST(list_archive(tar.substr(0, 1500), 10).damaged);
}

BOOST_AUTO_TEST_CASE(a_winmail_dat_is_listed) {
  const std::string head = "\x78\x9f\x3e\x22\x01" + std::string(1, '\0');
  const auto tnef = head + tnef_attribute(0x00069002, "render") +
                    tnef_attribute(0x00018010, std::string("budget.xls") + '\0') +
                    tnef_attribute(0x0006800F, "12345") + tnef_attribute(0x00069002, "render") +
                    tnef_attribute(0x00018010, std::string("note.txt") + '\0');
  const auto list = list_archive(tnef, 10);
  BOOST_TEST((list.kind == ArchiveList::Kind::tnef));
  BOOST_REQUIRE(list.files.size() == 2u);
  BOOST_TEST(list.files[0].name == "budget.xls");
  BOOST_TEST(list.files[0].size == 5u);
  BOOST_TEST(list.files[1].name == "note.txt");
  for (std::size_t size = 7; size < tnef.size(); ++size) {
    list_archive(tnef.substr(0, size), 10);
  }
}

BOOST_AUTO_TEST_CASE(anything_else_is_no_archive) {
  BOOST_TEST((list_archive("PK", 10).kind == ArchiveList::Kind::none));
  BOOST_TEST((list_archive("", 10).kind == ArchiveList::Kind::none));
  BOOST_TEST((list_archive(std::string(600, 'x'), 10).kind == ArchiveList::Kind::none));
}
