// Each message of scenarios/corpus is parsed as scenarios/corpus/expected.txt says. A Python test
// beside the corpus compares the same file with another parser. With SEALCHECK_WRITE_CORPUS set the
// file is written anew; read the difference before you commit it.
#include <fmt/format.h>

#include <boost/crc.hpp>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "reference/message/charset.hpp"
#include "reference/message/mime.hpp"

namespace {

using namespace sealgate::message;
namespace fs = std::filesystem;

const fs::path corpus = SEALCHECK_CORPUS;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// As the lab sends it.
std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && !out.ends_with('\r')) out += '\r';
    out += c;
  }
  return out;
}

std::uint32_t checksum(const std::string& text) {
  boost::crc_32_type crc;
  crc.process_bytes(text.data(), text.size());
  return crc.checksum();
}

/// Line ends and those at the end are the transport's.
std::string plain(std::string text) {
  std::erase(text, '\r');
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

std::string line(const MimePart& part) {
  auto out = fmt::format("    {} {}", part.path, part.media_type);
  if (!part.filename.empty()) out += fmt::format(" file \"{}\"", part.filename);
  if (part.disposed_as_attachment) out += " attachment";
  if (part.kind != MimePart::Kind::leaf) return out;
  auto content = decode(part.encoding, part.body);
  if (!part.is_text()) {
    content = part.encoding == TransferEncoding::base64 ? content : plain(content);
    return out + fmt::format(" octets {} {:08x}", content.size(), checksum(content));
  }
  const auto text = plain(to_utf8(std::move(content), part.charset).text);
  return out + fmt::format(" text {} {:08x}", text.size(), checksum(text));
}

std::string summary(const fs::path& path) {
  const auto message = with_crlf(read(path));
  const auto mime = parse_mime(message);
  auto out = path.filename().string() + "\n";
  for (const auto& part : mime.parts) {
    if (part.kind != MimePart::Kind::hidden) out += line(part) + "\n";
    if (part.kind == MimePart::Kind::hidden) out += "    hidden: " + part.path + "\n";
    if (out.size() > 4000) break;  // a message with hundreds of parts
  }
  for (const auto& defect : mime.defects) out += "    defect: " + defect + "\n";
  if (mime.exception) out += "    exception: " + *mime.exception + "\n";
  return out;
}

std::set<fs::path> messages() {
  std::set<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(corpus)) {
    if (entry.path().extension() == ".eml") paths.insert(entry.path());
  }
  return paths;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_corpus_is_parsed_as_expected) {
  std::string all;
  for (const auto& path : messages()) all += summary(path);
  if (std::getenv("SEALCHECK_WRITE_CORPUS")) std::ofstream(corpus / "expected.txt") << all;
  const auto expected = read(corpus / "expected.txt");
  BOOST_TEST(messages().size() >= 60u);
  if (all == expected) return;
  std::istringstream seen_lines(all), expected_lines(expected);
  std::string seen_line, expected_line, message;
  while (std::getline(seen_lines, seen_line)) {
    std::getline(expected_lines, expected_line);
    if (seen_line.find(' ') == std::string::npos) message = seen_line;
    BOOST_REQUIRE_MESSAGE(seen_line == expected_line,
                          message << ": expected " << expected_line << ", seen " << seen_line);
  }
  BOOST_ERROR("expected.txt has more than was seen");
}

BOOST_AUTO_TEST_CASE(every_cut_and_every_changed_octet_of_the_corpus_is_survived) {
  for (const auto& path : messages()) {
    const auto message = with_crlf(read(path));
    const std::size_t step = message.size() / 40 + 1;
    for (std::size_t at = 0; at < message.size(); at += step) {
      parse_mime(std::string_view(message).substr(0, at));
      auto changed = message;
      changed[at] = static_cast<char>(changed[at] ^ 0x15);
      const auto mime = parse_mime(changed);
      BOOST_REQUIRE(mime.exception || !mime.parts.empty());
    }
  }
}
