// The administration of a gateway: its pages are read, changed and confirmed here, whoever asks (a
// scenario's administrator, the HTTP interface, SIGHUP).
//
// The settings file is the one truth (RUL-36). OK makes a new text from the kept one and the form's
// edits, judges it as a whole, stores it durably, then has the gateway apply it; when either fails
// the old file and the old settings stay. Comments are kept, and so are the latest earlier
// versions, as "sealgate.conf.1" (the newest) to "sealgate.conf.9". Every change is logged: who,
// when, which page, old and new lines. A password that was typed in is sealed before it is stored,
// and in none of these lines, nor in what is shown or refused (secrets.hpp).
//
// A policy with owners is theirs: nobody else is shown it, or may change it or what it refers to
// (DLP-02). An empty name stands for whoever has the file itself, and sees and changes all of it.
//
// One change at a time, on the host's queue executor. The host and the gateway outlive the console.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/admin/form.hpp"
#include "reference/admin/page.hpp"
#include "reference/host/host.hpp"
#include "reference/settings/settings.hpp"

namespace sealgate::admin {

inline constexpr std::string_view settings_file = "sealgate.conf";
inline constexpr int earlier_versions_max = 9;

/// What became of a change.
struct Outcome {
  std::string refusal;                ///< why nothing has changed, empty: it is done
  std::vector<std::string> changes;   ///< lines that went, with "- ", and that came, with "+ "
  std::vector<std::string> warnings;  ///< what its administrator should know all the same

  bool done() const { return refusal.empty(); }
};

class Console {
 public:
  /// Makes the gateway work by new settings, or leaves it as it is.
  using Apply = std::function<boost::asio::awaitable<host::ErrorCode>(settings::Settings)>;

  /// Why the gateway may not work by settings beside what it does already; nothing: it may.
  using Object = std::function<std::optional<std::string>(const settings::Settings&)>;

  /// What else its administrator should know about settings, one line each.
  using Advise = std::function<std::vector<std::string>(const settings::Settings&)>;

  /// `text` is what the gateway was started with, its secrets sealed.
  Console(host::Host& host, std::string text, Apply apply, Advise advise = {}, Object object = {});

  const std::vector<Page>& pages() const;
  const std::string& text() const { return text_; }

  /// The page's settings as they are, without the policies of other owners; none: there is no such
  /// page.
  std::optional<std::string> read(std::string_view page, std::string_view administrator = {}) const;

  /// False when the whole text would show policies of other owners (DLP-02).
  bool may_read_all(std::string_view administrator) const;

  /// The OK button.
  boost::asio::awaitable<Outcome> ok(std::string administrator, Form form);

  /// The file itself was changed by hand (SIGHUP), or a whole new one was given.
  boost::asio::awaitable<Outcome> replace(std::string administrator, std::string text);

 private:
  boost::asio::awaitable<Outcome> adopt(std::string administrator, std::string place,
                                        std::string text);
  boost::asio::awaitable<host::ErrorCode> change(settings::Settings read, std::string text,
                                                 Outcome& outcome);
  boost::asio::awaitable<host::ErrorCode> store(const std::string& text);

  host::Host& host_;
  std::string text_;
  Apply apply_;
  Advise advise_;
  Object object_;
  bool busy_ = false;
};

}  // namespace sealgate::admin
