// A person's browser, as far as secure pages need one: HTTPS with a verified certificate, cookies
// and forms. It runs no script and follows no redirection; each page costs a connection.
//
// Cookies are kept and sent as RFC 6265bis says of SameSite=Strict and the prefix __Host-: not with
// what a file, a mail or another site leads to. Lifetime: host and observer outlive the browser,
// the browser its calls; one at a time.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "fakes/core/observation.hpp"
#include "fakes/people/web_page.hpp"
#include "reference/host/host.hpp"

namespace fakes {

struct BrowserConfig {
  std::string name;         ///< of the actor
  std::string trusted_pem;  ///< the roots that it trusts
  /// Where a name is served; none: it does not exist.
  std::function<std::optional<host::Endpoint>(const std::string& name)> resolve;
};

struct WebAnswer {
  unsigned status = 0;  ///< 0: no answer came, and `body` says why
  std::string content_type;
  std::string body;
};

class Browser {
 public:
  Browser(host::Host& host, Observer& observer, BrowserConfig config);

  /// A link that somebody followed from outside: no cookie of the site goes along.
  boost::asio::awaitable<WebAnswer> follow(std::string url);
  /// `from_file`: the form stands in a file, its action is a whole address.
  boost::asio::awaitable<WebAnswer> submit(WebForm form, bool from_file);

 private:
  struct Target {
    std::string origin;  ///< "https://portal.hybrid.test"
    std::string host;    ///< with its port, if any
    std::string path;
  };

  static std::optional<Target> target_of(const std::string& url);
  boost::asio::awaitable<WebAnswer> fetch(Target target, std::string method, std::string form,
                                          bool same_site);
  boost::asio::awaitable<WebAnswer> exchange(std::unique_ptr<host::Stream> transport, Target target,
                                             std::string request);
  void keep_cookie(const std::string& origin, const std::string& field);
  WebAnswer read_answer(const std::string& origin, const std::string& bytes);

  host::Host& host_;
  Observer& observer_;
  BrowserConfig config_;
  std::string origin_;  ///< of the page that it shows
  std::map<std::string, std::map<std::string, std::string>> cookies_;  ///< by origin
};

}  // namespace fakes
