#include "reference/gateway/deployed_policies.hpp"

#include <stdexcept>

#include "reference/policy/deploy.hpp"
#include "reference/policy/policy_text.hpp"
#include "reference/settings/read_policies.hpp"

namespace sealgate::gateway {
namespace {

constexpr const char* file_name = "policies.deployed";

}  // namespace

boost::asio::awaitable<host::ErrorCode> store_policies(host::Host& host,
                                                       const policy::PolicySet& deployed) {
  auto storing = host.storage().replace_file(file_name, policy::to_text(deployed));
  co_return co_await std::move(storing);
}

boost::asio::awaitable<std::shared_ptr<const policy::Engine>> load_policies(
    host::Host& host, policy::PolicySet drafts) {
  const auto stored = host.storage().read_file(file_name);
  if (stored) {
    syntax::Diagnostics diagnostics;
    auto deployed = settings::parse_policies(file_name, *stored, diagnostics);
    if (!deployed) throw std::runtime_error(diagnostics.render());
    co_return std::make_shared<const policy::Engine>(std::move(*deployed));
  }
  if (stored.error() != boost::system::errc::no_such_file_or_directory) {
    throw std::runtime_error(std::string(file_name) + ": " + stored.error().message());
  }
  // Even if there are none: a draft that says `deployed` later must not be in force after a
  // restart.
  const auto first = policy::first_deployed(drafts);
  auto storing = store_policies(host, first);
  const auto error = co_await std::move(storing);
  if (error) throw std::runtime_error(std::string(file_name) + ": " + error.message());
  co_return std::make_shared<const policy::Engine>(first);
}

}  // namespace sealgate::gateway
