#include "fakes/cloud/portal.hpp"

#include "fakes/cloud/test_browser.hpp"

using namespace fakes;
using namespace fakes::test;

namespace {

const std::string letter =
    "From: alice@corp.test\r\nTo: bob@partner.test\r\nSubject: <i>minutes</i>\r\n"
    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhello <b>Bob</b>\r\n--b\r\n"
    "Content-Type: text/html\r\nContent-Disposition: attachment; filename=page.html\r\n\r\n"
    "<script>alert(1)</script>\r\n--b--\r\n";

bool shows(const WebResponse& page, std::string_view text) {
  return page.body.find(text) != std::string::npos;
}

/// A registered Bob with a letter before him.
struct Reader : PortalLab {
  explicit Reader(PortalConfig a_config = {}) : PortalLab(std::move(a_config)), browser(*this) {
    envelope = seal(bob, letter);
    browser.become_registered(envelope);
  }
  std::string envelope;
  Browser browser;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_first_access_registers_and_the_password_opens_what_comes_later) {
  PortalLab lab;
  const std::string envelope = lab.seal("Bob@partner.test", letter);
  Browser browser(lab);
  browser.open(envelope);
  BOOST_TEST(browser.outcome() == "asks-to-register");
  BOOST_TEST(!shows(browser.page, "minutes"));
  browser.post("/register",
               {{"address", "BOB@Partner.Test"}, {"password", password}, {"again", password}});
  BOOST_TEST(browser.outcome() == "link-mailed");
  BOOST_TEST(!shows(browser.page, "minutes"));
  BOOST_TEST_REQUIRE(lab.mails.size() == 1);
  BOOST_TEST(lab.mails[0].first == bob);
  BOOST_TEST(lab.mails[0].second.find(password) == std::string::npos);

  browser.post("/open", {});  // "I have confirmed": not yet
  BOOST_TEST(browser.outcome() == "asks-to-register");

  Browser mail_program(lab);  // the link may lead into another browser
  mail_program.get("/confirm", "link=" + lab.link());
  BOOST_TEST(mail_program.outcome() == "asks-to-confirm");
  BOOST_TEST(!lab.accounts.is_registered(bob));  // to look at it proves nothing
  mail_program.post("/confirm", {{"password", "guessed wrong"}});
  BOOST_TEST(mail_program.outcome() == "not-confirmed");
  mail_program.post("/confirm", {{"password", password}});
  BOOST_TEST(mail_program.outcome() == "confirmed");

  browser.open(envelope);
  BOOST_TEST(browser.outcome() == "asks-for-password");
  browser.log_in();
  BOOST_TEST(browser.outcome() == "opened");
  BOOST_TEST(shows(browser.page, "&lt;i&gt;minutes&lt;/i&gt;"));
  BOOST_TEST(shows(browser.page, "hello &lt;b&gt;Bob&lt;/b&gt;"));
  BOOST_TEST(!shows(browser.page, "<script"));

  Browser next_day(lab);
  next_day.open(lab.seal(bob, "Subject: second\r\n\r\nmore\r\n", "<m2>"));
  next_day.log_in();
  BOOST_TEST(next_day.outcome() == "opened");
  BOOST_TEST(shows(next_day.page, "second"));
}

BOOST_AUTO_TEST_CASE(a_file_is_saved_never_shown) {
  Reader lab;
  lab.browser.open(lab.envelope);
  lab.browser.log_in();
  lab.browser.post("/file", {{"number", "1"}});
  BOOST_TEST(lab.browser.outcome() == "file");
  BOOST_TEST(lab.browser.page.body == "<script>alert(1)</script>");
  BOOST_TEST(lab.browser.field("Content-Type") == "application/octet-stream");
  BOOST_TEST(lab.browser.field("Content-Disposition") == "attachment; filename*=UTF-8''page.html");
  BOOST_TEST(lab.browser.field("X-Content-Type-Options") == "nosniff");
  BOOST_TEST(lab.browser.field("Content-Security-Policy") == "default-src 'none'; sandbox");
}

BOOST_AUTO_TEST_CASE(html_alone_is_shown_in_a_sandbox) {
  Reader lab;
  lab.browser.open(lab.seal(bob, "Content-Type: text/html\r\n\r\n<script>\"x\"</script>"));
  lab.browser.log_in();
  BOOST_TEST(shows(lab.browser.page,
                   "<iframe sandbox title=\"The message\" "
                   "srcdoc=\"&lt;script&gt;&quot;x&quot;&lt;/script&gt;\">"));
}

BOOST_AUTO_TEST_CASE(what_was_altered_or_cut_or_is_of_another_service_is_refused) {
  Reader lab;
  const Values whole = hidden_fields(lab.envelope);
  for (const auto& [name, value] : whole) {
    Values altered = whole;
    char& c = altered[name][2];  // behind CRLF
    c = c == 'A' ? 'B' : 'A';
    lab.browser.post_from_elsewhere("/open", altered);
    BOOST_TEST((lab.browser.page.status == 403 || lab.browser.page.status == 400), name);
    Values cut = whole;
    cut[name] = value.substr(0, value.size() / 2);
    lab.browser.post_from_elsewhere("/open", cut);
    BOOST_TEST((lab.browser.page.status == 403 || lab.browser.page.status == 400), name);
    BOOST_TEST(!shows(lab.browser.page, "<form"));
  }
  PortalLab other_service;
  lab.browser.open(other_service.seal(bob, letter));
  BOOST_TEST(lab.browser.outcome() == "does-not-open");
  // At each later step too: the file goes along with each form.
  lab.browser.open(lab.envelope);
  std::string content = whole.at("content");
  content[7] = content[7] == 'A' ? 'B' : 'A';
  lab.browser.post("/log-in", {{"address", bob}, {"password", password}, {"content", content}});
  BOOST_TEST(lab.browser.outcome() == "does-not-open");
}

BOOST_AUTO_TEST_CASE(only_its_recipient_opens_a_message) {
  Reader lab;
  Browser eve(lab);
  eve.open(lab.envelope);
  eve.log_in(password, "eve@partner.test");
  BOOST_TEST(eve.outcome() == "wrong-recipient");
  eve.open(lab.seal("carol@partner.test", letter));
  eve.post("/register",
           {{"address", "eve@partner.test"}, {"password", password}, {"again", password}});
  BOOST_TEST(eve.outcome() == "wrong-recipient");
  // Bob is logged in, and brings Carol's file.
  lab.browser.open(lab.envelope);
  lab.browser.log_in();
  Values carols = hidden_fields(lab.seal("carol@partner.test", letter));
  carols["number"] = "1";
  lab.browser.post("/file", carols);
  BOOST_TEST(lab.browser.outcome() == "wrong-recipient");
  lab.browser.post("/open", carols);
  BOOST_TEST(!shows(lab.browser.page, "minutes"));
}

BOOST_AUTO_TEST_CASE(wrong_passwords_are_counted) {
  PortalConfig config;
  config.wrong_passwords_max = 3;
  Reader lab(config);
  for (int i = 0; i < 3; ++i) {
    lab.browser.open(lab.envelope);
    lab.browser.log_in("battery staple");
    BOOST_TEST(lab.browser.outcome() == "wrong-password");
    BOOST_TEST(lab.browser.page.status == 403);
    BOOST_TEST(!shows(lab.browser.page, "minutes"));
  }
  lab.browser.log_in();  // right, and too late
  BOOST_TEST(lab.browser.outcome() == "wrong-password");
  BOOST_TEST(shows(lab.browser.page, "quarter of an hour"));
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_too_often) {
  PortalConfig config;
  config.requests_per_minute_max = 3;
  config.registrations_per_hour_max = 1;
  PortalLab lab(config);
  Browser browser(lab);
  browser.open(lab.seal(bob, letter));
  const Values registration{{"address", bob}, {"password", password}, {"again", password}};
  browser.post("/register", registration);
  BOOST_TEST(browser.get("/").status == 200);
  BOOST_TEST(browser.get("/").status == 429);
  Browser elsewhere(lab);
  elsewhere.request.peer.address = boost::asio::ip::make_address("192.0.2.10");
  elsewhere.open(lab.seal(bob, letter));
  elsewhere.post("/register", registration);
  BOOST_TEST(elsewhere.outcome() == "too-many-registrations");
  BOOST_TEST(lab.mails.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_forged_form_does_nothing) {
  Reader lab;
  lab.browser.open(lab.envelope);
  const Values page = hidden_fields(lab.browser.page.body);
  lab.browser.log_in();
  const Values logged_in = hidden_fields(lab.browser.page.body);
  Browser other(lab);
  other.open(lab.envelope);
  for (const char* path : {"/log-in", "/register", "/confirm", "/file", "/log-out", "/delete"}) {
    // From another site: no cookie goes along; nor would ours be right for the session of Bob.
    Values fields = page;
    fields["address"] = bob;
    fields["password"] = fields["again"] = password;
    lab.browser.post_from_elsewhere(path, fields);
    BOOST_TEST(lab.browser.page.status == 403, path);
    lab.browser.request.origin = "https://evil.test";
    Browser forger = lab.browser;
    forger.page.body.clear();
    forger.post(path, {{"address", bob}, {"password", password}, {"form", page.at("form")}});
    BOOST_TEST(forger.outcome() == "form-expired", path);
    forger.post(path, {{"token", hidden_fields(other.page.body).at("token")}});
    BOOST_TEST(forger.outcome() == "form-expired", path);
  }
  lab.browser.request.origin = "https://evil.test";
  lab.browser.request.method = "POST";
  lab.browser.request.path = "/log-out";
  lab.browser.request.cookies = lab.browser.cookie_field();
  lab.browser.request.body = "token=" + logged_in.at("token");
  lab.browser.page = lab.send(lab.browser.request);
  BOOST_TEST(lab.browser.outcome() == "foreign-origin");
}

BOOST_AUTO_TEST_CASE(a_session_ends_by_log_out_and_by_time) {
  Reader lab;
  lab.browser.open(lab.envelope);
  lab.browser.log_in();
  const std::string page = lab.browser.page.body;
  const Values cookies = lab.browser.cookies;
  lab.browser.post("/log-out", {});
  BOOST_TEST(lab.browser.outcome() == "logged-out");
  BOOST_TEST(lab.browser.cookies.count("__Host-session") == 0);
  lab.browser.page.body = page;
  lab.browser.cookies = cookies;  // kept by somebody
  lab.browser.post("/file", {{"number", "1"}});
  BOOST_TEST(lab.browser.outcome() == "form-expired");

  PortalConfig config;
  config.session_idle_max = 0s;
  Reader impatient(config);
  impatient.browser.open(impatient.envelope);
  impatient.browser.log_in();
  BOOST_TEST(impatient.browser.outcome() == "opened");
  impatient.browser.post("/file", {{"number", "1"}});
  BOOST_TEST(impatient.browser.outcome() == "form-expired");
}

BOOST_AUTO_TEST_CASE(after_the_account_was_deleted_its_files_stay_closed) {
  Reader lab;
  lab.browser.open(lab.envelope);
  lab.browser.log_in();
  lab.browser.post("/delete", {{"password", "battery staple"}});
  BOOST_TEST(lab.browser.outcome() == "wrong-password");
  lab.browser.open(lab.envelope);
  lab.browser.log_in();
  lab.browser.post("/delete", {{"password", password}});
  BOOST_TEST(lab.browser.outcome() == "deleted");
  lab.browser.open(lab.envelope);
  BOOST_TEST(lab.browser.outcome() == "no-account");
  const std::string later = lab.seal(bob, letter);  // an account anew
  lab.browser.open(lab.envelope);
  BOOST_TEST(lab.browser.outcome() == "does-not-open");
  lab.browser.open(later);
  BOOST_TEST(lab.browser.outcome() == "asks-to-register");
}

BOOST_AUTO_TEST_CASE(an_address_that_is_registered_is_not_registered_again) {
  PortalLab lab;
  const std::string envelope = lab.seal(bob, letter);
  Browser eve(lab);
  eve.open(envelope);
  Browser browser(lab);
  browser.become_registered(envelope);
  eve.post("/register", {{"address", bob}, {"password", "eve's own"}, {"again", "eve's own"}});
  BOOST_TEST(eve.outcome() == "registered-already");
  BOOST_TEST(!lab.accounts.may_log_in(bob, "eve's own"));
}

BOOST_AUTO_TEST_CASE(an_unfit_password_is_told_and_asked_for_again) {
  PortalLab lab;
  Browser browser(lab);
  browser.open(lab.seal(bob, letter));
  for (const auto& [first, second] : {std::pair<std::string, std::string>("short", "short"),
                                      {"1234567\u00fc", "1234567u"},
                                      {std::string(801, 'x'), std::string(801, 'x')}}) {
    browser.post("/register", {{"address", bob}, {"password", first}, {"again", second}});
    BOOST_TEST(browser.outcome() == "unfit-password");
  }
  browser.post("/register",
               {{"address", bob}, {"password", "1234567\u00fc"}, {"again", "1234567\u00fc"}});
  BOOST_TEST(browser.outcome() == "link-mailed");
}

BOOST_AUTO_TEST_CASE(every_page_is_guarded) {
  Reader lab;
  const auto check = [&](const std::string& what) {
    BOOST_TEST(lab.browser.field("Strict-Transport-Security").starts_with("max-age="), what);
    BOOST_TEST(lab.browser.field("X-Content-Type-Options") == "nosniff", what);
    BOOST_TEST(lab.browser.field("X-Frame-Options") == "DENY", what);
    BOOST_TEST(lab.browser.field("Referrer-Policy") == "same-origin", what);
    BOOST_TEST(lab.browser.field("Cache-Control") == "no-store", what);
    const std::string policy = lab.browser.field("Content-Security-Policy");
    BOOST_TEST(policy.starts_with("default-src 'none'"), what);
    BOOST_TEST(policy.find("unsafe") == policy.npos, what);
    for (const auto& [name, value] : lab.browser.page.fields) {
      if (name != "Set-Cookie") continue;
      BOOST_TEST(value.starts_with("__Host-"));
      BOOST_TEST(value.find("; Path=/; ") != value.npos);
      BOOST_TEST(value.ends_with("; Secure; HttpOnly; SameSite=Strict"));
    }
  };
  for (const char* path : {"/", "/confirm", "/open", "/nowhere"}) {
    lab.browser.get(path);
    check(path);
  }
  lab.browser.open(lab.envelope);
  check("log-in");
  lab.browser.log_in();
  check("opened");
  lab.browser.post("/log-out", {});
  check("log-out");
  lab.browser.page = lab.answers->failure(413);
  check("too large");
}

BOOST_AUTO_TEST_CASE(other_requests_are_refused_plainly) {
  PortalLab lab;
  Browser browser(lab);
  BOOST_TEST(browser.get("/open").status == 405);
  BOOST_TEST(browser.field("Allow") == "POST");
  BOOST_TEST(browser.get("/../etc/passwd").status == 404);
  BOOST_TEST(browser.post_from_elsewhere("/open", {}).status == 400);
  browser.request.host = "evil.test";
  BOOST_TEST(browser.get("/").status == 421);
}
