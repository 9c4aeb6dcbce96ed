#include "reference/host/real/durable_file.hpp"

#include <sys/stat.h>

#include <fstream>

#include "reference/host/real/file_calls.hpp"
#include "reference/host/real/loopback_fixture.hpp"

using namespace host;
using namespace host::test;
using boost::asio::awaitable;

namespace {

const ErrorCode not_durable = make_error_code(Error::not_durable);

awaitable<void> replace(Storage& storage, std::string content, ErrorCode& result) {
  result = co_await storage.replace_file("certificate.pem", std::move(content));
}

std::string joined(const std::vector<std::string>& calls) {
  std::string all;
  for (const auto& call : calls) all += call + "; ";
  return all;
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_file_is_made_durable_before_and_after_it_takes_its_name, Loopback) {
  BOOST_TEST((host.storage().read_file("certificate.pem").error() ==
              boost::system::errc::no_such_file_or_directory));
  const std::string large = pattern(300'000);
  for (const std::string& content : {std::string("old"), large, std::string()}) {
    file_calls::record();
    ErrorCode error = not_durable;
    start(replace(host.storage(), content, error));
    run();
    BOOST_TEST(!error);
    BOOST_TEST(joined(file_calls::calls()) ==
               "fsync certificate.pem.new; rename certificate.pem.new; fsync " +
                   directory.path().filename().string() + "; ");
    BOOST_TEST((host.storage().read_file("certificate.pem").value() == content));
  }
  struct stat status {};
  ::stat((directory.path() / "certificate.pem").c_str(), &status);
  BOOST_TEST((status.st_mode & 07777) == 0600u);
}

BOOST_FIXTURE_TEST_CASE(a_file_is_old_or_new_whichever_step_fails, Loopback) {
  ErrorCode error;
  start(replace(host.storage(), "old", error));
  run();
  const char* expected[] = {"old", "old", "new"};
  for (std::size_t step = 1; step <= 3; ++step) {
    file_calls::record(step);
    start(replace(host.storage(), "new", error));
    run();
    file_calls::record();
    BOOST_TEST((error == not_durable || error == boost::system::errc::io_error));
    BOOST_TEST(host.storage().read_file("certificate.pem").value() == expected[step - 1]);
    BOOST_TEST(!std::filesystem::exists(directory.path() / "certificate.pem.new"));
  }
}

BOOST_FIXTURE_TEST_CASE(what_a_crash_left_half_written_is_in_nobodys_way, Loopback) {
  const auto elsewhere = directory.path() / "elsewhere";
  std::ofstream(elsewhere) << "untouched";
  std::filesystem::create_symlink(elsewhere, directory.path() / "certificate.pem.new");
  ErrorCode error;
  start(replace(host.storage(), "new", error));
  run();
  BOOST_TEST(!error);
  BOOST_TEST(host.storage().read_file("certificate.pem").value() == "new");
  BOOST_TEST(host.storage().read_file("elsewhere").value() == "untouched");
  std::filesystem::remove(directory.path() / "certificate.pem");
  start(replace(host.storage(), "first", error));
  run();
  BOOST_TEST(host.storage().read_file("certificate.pem").value() == "first");
}
