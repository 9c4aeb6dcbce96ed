#include "sim/engine/server_work_of.hpp"

namespace sealcheck::engine {

using fakes::xheader::Header;

fakes::xheader::ServerWork work_of(const plan::EncryptionWork& work,
                                   const RecipientCertificates& certificates) {
  fakes::xheader::ServerWork result;
  result.seal.trigger = Header{work.trigger.name, work.trigger.value};
  result.seal.success = Header{work.success.name, work.success.value};
  result.seal.failure = Header{work.failure.name, work.failure.value};
  for (const std::string& address : work.certificates)
    result.seal.certificates[address] = certificates.at(address);
  if (!work.viewer.user.empty())
    result.seal.viewer_login = {work.viewer.user, work.viewer.password};
  result.seal.fault = fakes::xheader::return_fault_from_name(work.fault).value();
  result.onward = work.returns ? fakes::xheader::Onward::returns : fakes::xheader::Onward::delivers;
  if (work.way == "tls") result.use_tls = fakes::UseTls::required;
  if (work.way == "plain") result.use_tls = fakes::UseTls::never;
  result.takes = host::Duration(work.takes_ns);
  return result;
}

}  // namespace sealcheck::engine
