#include "fakes/cloud/sealer.hpp"

#include <span>
#include <utility>

namespace fakes {

Sealer::Sealer(host::Host& host, Accounts& accounts, const EnvelopeTexts& texts)
    : host_(host), accounts_(accounts), maker_(texts) {}

boost::asio::awaitable<host::Result<std::string>> Sealer::seal(ToSeal about, std::string message) {
  const std::string recipient = account_name(std::move(about.recipient));
  auto found_key = accounts_.service_key();
  const host::Result<const WrappingRoot*> key = co_await std::move(found_key);
  if (!key) co_return key.error();
  auto found_generation = accounts_.generation_for(recipient);
  const host::Result<std::string> generation = co_await std::move(found_generation);
  if (!generation) co_return generation.error();
  Fresh fresh;
  host_.fill_random(std::as_writable_bytes(std::span(fresh.content_key)));
  host_.fill_random(std::as_writable_bytes(std::span(fresh.content_nonce)));
  host_.fill_random(std::as_writable_bytes(std::span(fresh.wrap_nonce)));
  const SealedFor sealed_for{(*key)->key_id(), recipient, std::move(about.sender),
                             std::move(about.message_id)};
  const Sealed sealed = fakes::seal(**key, *generation, sealed_for, message, fresh);
  co_return maker_.make(sealed_for, sealed, host_.wall_now());
}

}  // namespace fakes
