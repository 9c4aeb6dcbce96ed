// Machines on which sealgate does one thing wrong, each a HostWrapper. The broken gateways are made
// of them; see broken_gateways.hpp for their names.
#pragma once

#include <memory>

#include "reference/host/host.hpp"

namespace sealcheck::adapters {

// --- disk, timers, entropy ---

std::unique_ptr<host::Host> losing_disk(host::Host& machine);
std::unique_ptr<host::Host> lying_disk(host::Host& machine);
std::unique_ptr<host::Host> certificate_forgetting_disk(host::Host& machine);
std::unique_ptr<host::Host> misplacing_disk(host::Host& machine);
std::unique_ptr<host::Host> timers_at_zero(host::Host& machine);
std::unique_ptr<host::Host> chattering_timers(host::Host& machine);
std::unique_ptr<host::Host> restless_timers(host::Host& machine);
std::unique_ptr<host::Host> unseeded_entropy(host::Host& machine);

// --- what is said and heard ---

std::unique_ptr<host::Host> leak_into_the_log(host::Host& machine);
std::unique_ptr<host::Host> leak_of_the_body(host::Host& machine);
std::unique_ptr<host::Host> leak_of_the_envelope(host::Host& machine);
std::unique_ptr<host::Host> going_on_after_a_refusal(host::Host& machine);
std::unique_ptr<host::Host> one_mail_host(host::Host& machine);
std::unique_ptr<host::Host> repeating_network(host::Host& machine);
std::unique_ptr<host::Host> forgetful_reception(host::Host& machine);
std::unique_ptr<host::Host> no_starttls(host::Host& machine);
std::unique_ptr<host::Host> visits_to_the_portal(host::Host& machine);

}  // namespace sealcheck::adapters
