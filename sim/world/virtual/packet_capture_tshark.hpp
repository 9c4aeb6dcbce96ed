// For tests: the capture of a small world, and what tshark sees in it.
//
// Without tshark the tests that ask for it are skipped, and say so. The file lies in a folder of
// its own under the system's temporary one and goes with its object.
#pragma once

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "sim/world/virtual/packet_capture.hpp"
#include "sim/world/virtual/world.hpp"

namespace sealcheck::world::capture {

inline std::string output_of(const std::string& command) {
  FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::string output;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) output += static_cast<char>(c);
  BOOST_TEST(::pclose(pipe) == 0, command);
  return output;
}

inline boost::test_tools::assertion_result tshark_is_here(boost::unit_test::test_unit_id) {
  if (std::system("tshark --version >/dev/null 2>&1") == 0) return true;
  std::cout << "skipped: tshark is not installed\n";
  boost::test_tools::assertion_result no(false);
  no.message() << "tshark is not installed";
  return no;
}

inline const auto needs_tshark = boost::unit_test::precondition(tshark_is_here);

class CaptureFile {
 public:
  explicit CaptureFile(const std::string& bytes) {
    std::string pattern = std::filesystem::temp_directory_path() / "capture-XXXXXX";
    BOOST_REQUIRE(::mkdtemp(pattern.data()));
    folder_ = pattern;
    std::ofstream(file(), std::ios::binary) << bytes;
  }
  CaptureFile(const CaptureFile&) = delete;
  CaptureFile& operator=(const CaptureFile&) = delete;
  ~CaptureFile() { std::filesystem::remove_all(folder_); }

  /// The named fields of the frames that pass the filter, one line a frame.
  std::string fields(const std::string& filter, std::vector<std::string> names) const {
    std::string command = "tshark -r " + file() + " -Y '" + filter + "' -T fields";
    for (const std::string& name : names) command += " -e " + name;
    return output_of(command);
  }

  /// The frames in which tshark sees a malformation, a wrong checksum, an oddity of TCP or anything
  /// else worth a warning, except that a reset is one.
  std::string complaints() const {
    const std::string all =
        output_of("tshark -r " + file() +
                  " -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE"
                  " -o udp.check_checksum:TRUE -Y '_ws.malformed || tcp.analysis.flags ||"
                  " _ws.expert.severity >= 0x00600000 || ip.checksum.status == 0 ||"
                  " tcp.checksum.status == 0 || udp.checksum.status == 0'"
                  " -T fields -e frame.number -e tcp.port -e _ws.expert.message");
    static const std::regex reset(
        "\\d+\t[\\d,]+\t([^,]* resets|refused: nobody listens there),Connection reset \\(RST\\)");
    std::istringstream lines(all);
    std::string kept;
    for (std::string line; std::getline(lines, line);)
      if (!std::regex_match(line, reset)) kept += line + '\n';
    return kept;
  }

 private:
  std::string file() const { return (folder_ / "run.pcapng").string(); }
  std::filesystem::path folder_;
};

// Two hosts in both families. capture() first lets the world come to rest.
struct TwoHosts {
  trace::Trace trace;
  World world{7, trace};
  VirtualHost& a;
  VirtualHost& b;

  explicit TwoHosts(bool v6 = false)
      : a(world.add_host("a.test",
                         {boost::asio::ip::make_address(v6 ? "2001:db8::1" : "192.0.2.1")})),
        b(world.add_host("b.test",
                         {boost::asio::ip::make_address(v6 ? "2001:db8::2" : "192.0.2.2")})) {
    world.keep_tls_secrets();
  }

  std::string capture() {
    world.run(INT64_MAX, true);
    return to_pcapng(trace.events(), world.tls_secrets(),
                     world.wall_epoch().time_since_epoch().count());
  }
};

}  // namespace sealcheck::world::capture
