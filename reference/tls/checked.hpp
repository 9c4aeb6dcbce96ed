// What reading foreign keys and certificates yields: a value, or the field that is wrong and why.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "reference/settings/field_error.hpp"

namespace sealgate::tls {

using settings::FieldError;

/// A T or a FieldError. value() of an error, and error() of a value, is the caller's mistake.
template <class T>
class Checked {
 public:
  Checked(T value) : content_(std::move(value)) {}
  Checked(FieldError error) : content_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(content_); }
  const T& value() const& { return std::get<T>(content_); }
  T&& value() && { return std::get<T>(std::move(content_)); }
  const FieldError& error() const { return std::get<FieldError>(content_); }

 private:
  std::variant<T, FieldError> content_;
};

}  // namespace sealgate::tls
