#include "reference/host/result.hpp"

#include <string>

namespace host {
namespace {

class Category final : public boost::system::error_category {
 public:
  const char* name() const noexcept override { return "host"; }

  std::string message(int value) const override {
    switch (static_cast<Error>(value)) {
      case Error::timed_out:
        return "timed out";
      case Error::end_of_stream:
        return "connection closed by the peer";
      case Error::tls_truncated:
        return "TLS stream ended without close_notify";
      case Error::tls_alert:
        return "the peer sent a fatal TLS alert";
      case Error::tls_bad_record:
        return "TLS record altered or malformed";
      case Error::not_durable:
        return "the storage could not make it durable";
    }
    return "unknown";
  }
};

}  // namespace

ErrorCode make_error_code(Error error) {
  static const Category category;
  return {static_cast<int>(error), category};
}

}  // namespace host
