// What a peer or the operating system does is data: calls that may fail for such a reason return
// Result<T>. Misconfiguration throws; a programmer's error asserts.
#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace host {

using ErrorCode = boost::system::error_code;

template <class T>
using Result = boost::system::result<T>;

/// The host's own error conditions, beside boost::system::errc for what the system reports.
enum class Error {
  timed_out = 1,   ///< the deadline passed before the operation completed
  end_of_stream,   ///< the peer closed its direction in order (FIN)
  tls_truncated,   ///< TCP ended without the TLS close_notify that RFC 8446 section 6.1 asks for
  tls_alert,       ///< the peer ended TLS with a fatal alert after the handshake
  tls_bad_record,  ///< a TLS record was altered on the path or malformed
  not_durable,     ///< the storage refused to make a commit durable (disk full, I/O error)
};

ErrorCode make_error_code(Error error);

}  // namespace host

template <>
struct boost::system::is_error_code_enum<host::Error> : std::true_type {};
