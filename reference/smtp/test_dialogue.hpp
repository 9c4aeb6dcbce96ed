// Scripted dialogues for the tests of both sessions, after the manner of Boost.MySQL: what must be
// written and what is read, in order; the input cut into pieces of any size. For tests only.
#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sealgate::smtp::test {

/// `Session` is pulled until it needs input; what it sends is collected and compared; `on_action`
/// performs whatever is neither Send, NeedInput nor Close.
template <class Session>
class Dialogue {
 public:
  using OnAction = std::function<void(Session&, typename Session::Action&)>;

  Dialogue(Session& session, OnAction on_action)
      : session_(session), on_action_(std::move(on_action)) {}

  /// Input is handed over in pieces of so many octets; 0: whole.
  Dialogue& chop(std::size_t octets) {
    chop_ = octets;
    return *this;
  }

  Dialogue& expect_write(std::string_view bytes) {
    run();
    BOOST_TEST(std::exchange(written_, {}) == bytes);
    return *this;
  }

  Dialogue& expect_read(std::string_view bytes) {
    run();
    BOOST_TEST(!closed_, "closed, and " << bytes << " was to be read");
    const std::size_t step = chop_ == 0 ? bytes.size() : chop_;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
      session_.receive(bytes.substr(at, step));
      if (at + step < bytes.size()) run();
    }
    return *this;
  }

  Dialogue& expect_close() {
    run();
    BOOST_TEST(written_ == "");
    BOOST_TEST(closed_);
    return *this;
  }

  /// Nothing more is written and the session waits.
  Dialogue& expect_open() {
    run();
    BOOST_TEST(written_ == "");
    BOOST_TEST(!closed_);
    return *this;
  }

  std::size_t largest_send() const { return largest_send_; }
  bool closed() const { return closed_; }
  std::string& written() { return written_; }

  /// Pulls until input is needed or the session is over.
  void run() {
    while (!closed_) {
      auto action = session_.next();
      if (std::holds_alternative<typename Session::NeedInput>(action)) return;
      if (auto* send = std::get_if<typename Session::Send>(&action)) {
        written_ += send->bytes;
        largest_send_ = std::max(largest_send_, send->bytes.size());
      } else if (std::holds_alternative<typename Session::Close>(action)) {
        closed_ = true;
      } else {
        on_action_(session_, action);
      }
    }
  }

 private:
  Session& session_;
  OnAction on_action_;
  std::size_t chop_ = 0;
  std::string written_;
  std::size_t largest_send_ = 0;
  bool closed_ = false;
};

}  // namespace sealgate::smtp::test
