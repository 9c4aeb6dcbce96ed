// The HTTP interface's JSON: what a request gives, and how answers look. Internal to this folder.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "reference/daemon/http.hpp"
#include "reference/gateway/administration.hpp"

namespace sealgate::daemon {

struct FieldMissing : std::runtime_error {
  explicit FieldMissing(std::string name) : std::runtime_error(name), field(std::move(name)) {}
  std::string field;
};

/// Throw FieldMissing where the field is not there or no text.
std::string text_of(const boost::json::object& given, const std::string& field);
std::string bytes_of(const boost::json::object& given, const std::string& field);
std::string base64_of(std::string_view bytes);

/// None: its edits are not what they should be.
std::optional<admin::Form> form_of(const std::string& page, const boost::json::object& given);
tls::SigningRequest request_of(const boost::json::object& given);
/// The one that the request gives, or a new one (RSA, 2048 bits).
tls::Checked<tls::Key> key_of(const boost::json::object& given);

HttpResponse response_of(const admin::Outcome& outcome, const std::string& field);
HttpResponse refused(const settings::FieldError& error);
HttpResponse wrong_method(const HttpRequest& request);

boost::json::object to_json(const tls::CertificateView& view);
boost::json::object to_json(const queue::Entry& entry);
boost::json::object to_json(const policy::Deployment& deployment);
boost::json::array to_array(const std::vector<std::string>& lines);

}  // namespace sealgate::daemon
