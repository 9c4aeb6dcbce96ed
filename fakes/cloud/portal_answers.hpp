// What the portal answers to each request, without a socket: from the form's fields, the accounts
// and the sessions to a page. Internal to the portal.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "fakes/cloud/accounts.hpp"
#include "fakes/cloud/attempts.hpp"
#include "fakes/cloud/envelope.hpp"
#include "fakes/cloud/form_fields.hpp"
#include "fakes/cloud/portal.hpp"
#include "fakes/cloud/portal_pages.hpp"
#include "fakes/cloud/sessions.hpp"
#include "fakes/cloud/web_server.hpp"

namespace fakes {

class PortalAnswers {
 public:
  PortalAnswers(host::Host& host, Accounts& accounts, PortalConfig config, PortalMail mail);

  /// The frame shares `self`, so that a portal may be destroyed while it answers.
  static boost::asio::awaitable<WebResponse> answer(std::shared_ptr<PortalAnswers> self,
                                                    WebRequest request);
  /// For what never became a request: 400, 408, 413, 431.
  WebResponse failure(unsigned status) const;

 private:
  /// A file that is as it was sealed, for an account that there is.
  struct OpenFile {
    EnvelopeContent file;
    std::string content;
  };
  /// Either the file or the refusal.
  struct Unsealed {
    std::optional<OpenFile> open;
    WebResponse refusal;
  };
  struct Form {
    const WebRequest& request;
    const FormFields& fields;
  };

  using Answer = boost::asio::awaitable<WebResponse>;
  Answer open(Form form);
  Answer register_address(Form form);
  Answer ask_to_confirm(const WebRequest& request);
  Answer confirm(Form form);
  Answer log_in(Form form);
  Answer file(Form form);
  Answer log_out(Form form);
  Answer remove(Form form);

  boost::asio::awaitable<Unsealed> unseal(const FormFields& fields);
  /// None: it is the account's. Else too often wrong, or wrong now.
  std::optional<std::string_view> complaint_of(const std::string& address,
                                               const std::string& password);
  WebResponse show(const OpenFile& opened, const std::string& session) const;
  /// A page with a form that is ours: sets the form's cookie.
  WebResponse with_form(unsigned status, std::string seen,
                        const std::function<std::string(const FormProof&)>& make_page);
  bool is_our_form(const Form& form) const;
  /// The session's owner, where the form is of that session.
  std::optional<std::string> who(const Form& form);

  WebResponse page(unsigned status, std::string html, std::string seen) const;
  WebResponse refuse(unsigned status, std::string_view title, std::string_view text,
                     std::string seen) const;
  WebResponse form_expired() const;
  WebResponse disk_failed() const;
  std::string link_message(const std::string& address, const std::string& token);

  host::Host& host_;
  Accounts& accounts_;
  PortalConfig config_;
  PortalMail mail_;
  PortalPages pages_;
  Sessions sessions_;
  Attempts attempts_;
};

}  // namespace fakes
