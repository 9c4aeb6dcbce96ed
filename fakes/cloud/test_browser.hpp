// A browser as the tests of the portal want it: it keeps cookies, knows the hidden fields of the
// page that it is on, and talks to the portal without a socket.
#pragma once

#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>
#include <string>

#include "fakes/cloud/portal_answers.hpp"
#include "fakes/cloud/sealer.hpp"
#include "reference/host/real/loopback_fixture.hpp"

namespace fakes::test {

using namespace std::chrono_literals;
using Values = std::map<std::string, std::string>;

inline const std::string bob = "bob@partner.test";
inline const std::string password = "correct horse";

struct PortalLab : host::test::Loopback {
  explicit PortalLab(PortalConfig a_config = {}) : config(std::move(a_config)) {
    auto keep = [this](std::string to, std::string message) {
      mails.emplace_back(std::move(to), std::move(message));
    };
    answers = std::make_shared<PortalAnswers>(host, accounts, config, keep);
  }

  /// The envelope as it reaches its recipient.
  std::string seal(std::string recipient, std::string message, std::string message_id = "<m1>") {
    std::string envelope;
    Sealer sealer(host, accounts, {config.service_name, Portal::open_url(config)});
    auto sealing = [&]() -> boost::asio::awaitable<void> {
      auto work = sealer.seal({"alice@corp.test", std::move(recipient), std::move(message_id)},
                              std::move(message));
      envelope = (co_await std::move(work)).value();
    };
    auto work = sealing();
    start(std::move(work));
    run();
    return envelope;
  }

  WebResponse send(WebRequest request) {
    WebResponse response;
    auto answering = [&]() -> boost::asio::awaitable<void> {
      auto work = PortalAnswers::answer(answers, std::move(request));
      response = co_await std::move(work);
    };
    auto work = answering();
    start(std::move(work));
    run();
    return response;
  }

  std::string link() const {
    const std::string& text = mails.back().second;
    const auto at = text.find("/confirm?link=");
    return text.substr(at + 14, text.find("\r\n", at) - at - 14);
  }

  PortalConfig config;
  Accounts accounts{host, 16};
  std::vector<std::pair<std::string, std::string>> mails;
  std::shared_ptr<PortalAnswers> answers;
};

/// The hidden fields of all forms of a page.
inline Values hidden_fields(const std::string& page) {
  static const std::regex field("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");
  Values values;
  for (std::sregex_iterator at(page.begin(), page.end(), field), end; at != end; ++at)
    values[(*at)[1]] = (*at)[2];
  return values;
}

struct Browser {
  explicit Browser(PortalLab& a_lab) : lab(a_lab) {}

  /// Another site's form, or a file's: no cookie goes with it that is SameSite.
  const WebResponse& post_from_elsewhere(const std::string& path, const Values& fields) {
    request.origin = "null";
    request.cookies.clear();
    return send("POST", path, fields);
  }

  /// From the page that it is on: `more` beside or in the place of its hidden fields.
  const WebResponse& post(const std::string& path, const Values& more) {
    Values fields = hidden_fields(page.body);
    for (const auto& [name, value] : more) fields[name] = value;
    request.origin = lab.config.origin;
    request.cookies = cookie_field();
    return send("POST", path, fields);
  }

  const WebResponse& get(const std::string& path, const std::string& query = "") {
    request.origin.clear();
    request.query = query;
    request.cookies = cookie_field();
    return send("GET", path, {});
  }

  const WebResponse& open(const std::string& envelope) {
    return post_from_elsewhere("/open", hidden_fields(envelope));
  }

  const WebResponse& log_in(const std::string& with = password, const std::string& as = bob) {
    return post("/log-in", {{"address", as}, {"password", with}});
  }

  /// First access with an envelope, to the confirmed address.
  void become_registered(const std::string& envelope) {
    open(envelope);
    post("/register", {{"address", bob}, {"password", password}, {"again", password}});
    BOOST_TEST_REQUIRE(outcome() == "link-mailed");
    get("/confirm", "link=" + lab.link());
    post("/confirm", {{"password", password}});
    BOOST_TEST_REQUIRE(outcome() == "confirmed");
  }

  std::string outcome() const { return page.seen.empty() ? "" : page.seen.front().second; }
  std::string field(const std::string& name) const {
    for (const auto& [key, value] : page.fields)
      if (key == name) return value;
    return {};
  }

  std::string cookie_field() const {
    std::string field;
    for (const auto& [name, value] : cookies)
      field += (field.empty() ? "" : "; ") + name + "=" + value;
    return field;
  }

  PortalLab& lab;
  WebRequest request{{boost::asio::ip::make_address("192.0.2.9"), 40000},
                     {},
                     {},
                     {},
                     "portal.hybrid.test",
                     {},
                     {},
                     {},
                     {}};
  WebResponse page;
  Values cookies;

 private:
  const WebResponse& send(const std::string& method, const std::string& path,
                          const Values& fields) {
    request.method = method;
    request.path = path;
    request.content_type = method == "POST" ? "application/x-www-form-urlencoded" : "";
    request.body.clear();
    for (const auto& [name, value] : fields)
      request.body += (request.body.empty() ? "" : "&") + name + "=" + percent_encoded(value);
    page = lab.send(request);
    request.query.clear();
    for (const auto& [name, value] : page.fields) {
      if (name != "Set-Cookie") continue;
      const auto equals = value.find('=');
      cookies[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
      if (value.find("Max-Age=0;") != value.npos) cookies.erase(value.substr(0, equals));
    }
    return page;
  }
};

}  // namespace fakes::test
