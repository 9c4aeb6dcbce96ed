// The portal's pages as HTML: what each shows, and the forms that lead on.
//
// Whatever came from a message or from a person is escaped here and nowhere else. No script; the
// one style sheet stands in the page, and the policy of content_security_policy() allows it by its
// hash and nothing more. The file that somebody opened travels on in the hidden fields of the next
// form: the portal keeps nothing of it.
#pragma once

#include <string>
#include <string_view>

#include "fakes/cloud/envelope.hpp"
#include "fakes/cloud/opened_message.hpp"

namespace fakes {

/// The hidden fields that prove that a form is ours.
struct FormProof {
  std::string form;   ///< names the form's cookie; empty: the session's
  std::string token;  ///< see Sessions::token_for
};

class PortalPages {
 public:
  explicit PortalPages(std::string service_name);

  std::string content_security_policy() const;

  std::string front_door() const;
  /// `complaint`: what was wrong with the last try; empty: the first.
  std::string log_in(const EnvelopeContent& file, const FormProof& proof,
                     std::string_view complaint) const;
  std::string registration(const EnvelopeContent& file, const FormProof& proof,
                           std::string_view complaint) const;
  std::string link_was_mailed(const EnvelopeContent& file) const;
  std::string confirmation(std::string_view token, const FormProof& proof,
                           std::string_view complaint) const;
  std::string confirmed(std::string_view address) const;
  std::string opened(const EnvelopeContent& file, const OpenedMessage& message,
                     const FormProof& proof) const;
  /// A plain page: a headline and what it means.
  std::string plain(std::string_view title, std::string_view text, bool is_refusal) const;

 private:
  std::string page(std::string_view title, std::string_view tag, std::string_view content) const;

  std::string service_name_;
};

}  // namespace fakes
