// host::Timer on the machine's monotonic clock. All calls on its executor; destroying it drops a
// pending wait uncalled.
#pragma once

#include <memory>

#include "reference/host/timer.hpp"

namespace host {

std::unique_ptr<Timer> make_real_timer(boost::asio::any_io_executor executor);

}  // namespace host
