// From what a plan says of an encryption server's work to what its fake is told.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "fakes/xheader/encryption_server.hpp"
#include "sim/plan/encryption_work.hpp"

namespace sealcheck::engine {

/// By address, in lower case.
using RecipientCertificates = std::map<std::string, std::shared_ptr<const fakes::Certificate>>;

/// `certificates` has those of all recipients that the work names.
fakes::xheader::ServerWork work_of(const plan::EncryptionWork& work,
                                   const RecipientCertificates& certificates);

}  // namespace sealcheck::engine
