// What recipients do with the messages that an encryption server has made: open them, or be
// refused.
#include <algorithm>
#include <optional>

#include "fakes/xheader/html_envelope.hpp"
#include "fakes/xheader/smime.hpp"
#include "sim/engine/script_runner.hpp"
#include "sim/verdict/delivery.hpp"

namespace sealcheck::engine {
namespace {

namespace xheader = fakes::xheader;

// What he was sent at last, by whichever mail exchanger took it for him.
const trace::Event* received_by(const plan::Plan& plan, const std::vector<trace::Event>& events,
                                const plan::OpenSealed& open) {
  const auto is_server = [&](const std::string& actor) {
    return std::any_of(plan.mxs.begin(), plan.mxs.end(),
                       [&](const plan::Mx& mx) { return mx.encryption && mx.name == actor; });
  };
  const trace::Event* last = nullptr;
  for (const verdict::Delivery& delivery : verdict::deliveries(events))
    if (delivery.message == open.message && !is_server(delivery.event->actor) &&
        delivery.recipient == verdict::plain_address(open.recipient))
      last = delivery.event;
  return last;
}

std::string_view body_of(std::string_view entity) {
  if (entity.starts_with("\r\n")) return entity.substr(2);
  const std::size_t end = entity.find("\r\n\r\n");
  return end == entity.npos ? std::string_view() : entity.substr(end + 4);
}

// The original message, or why there is none.
struct Opened {
  std::optional<std::string> content = {};
  std::string seen = {};
};

Opened view(const std::string& received, const plan::OpenSealed& open) {
  const std::optional<bool> asks = xheader::asks_for_login(received);
  if (!asks) return {{}, "what he has received is no HTML envelope"};
  std::optional<xheader::ViewerLogin> login;
  if (!open.login.user.empty()) login = {open.login.user, open.login.password};
  if (*asks && !login && !open.refused) return {{}, "he is asked for user name and password"};
  if (!*asks && login) return {{}, "he is asked for no password"};
  auto content = xheader::open_envelope(received, login);
  return {content, content ? "it opens" : "it does not open"};
}

}  // namespace

void ScriptRunner::play(const plan::Step& step, const plan::OpenSealed& open) {
  note("lab.opens",
       {{"message", open.message}, {"recipient", open.recipient}, {"at", step.place.position}});
  mark(plan::Anchor::last_action);
  const trace::Event* received = received_by(plan_, world_.trace().events(), open);
  if (!received) return decide(step, false, to_text(open), "nobody has received it for him");
  Opened opened;
  if (open.by_certificate) {
    const auto& certificate = cast_.recipient_certificate(verdict::plain_address(open.recipient));
    opened.content = xheader::decrypt_smime(received->payload, certificate);
    opened.seen = opened.content ? "it opens" : "it is no S/MIME message for his key";
  } else {
    opened = view(received->payload, open);
  }
  bool holds = opened.content.has_value() != open.refused;
  if (open.refused) holds = opened.seen == "it does not open";
  const plan::Message& message = *plan_.find_message(open.message);
  if (opened.content && body_of(*opened.content) != body_of(message.content)) {
    holds = false;
    opened.seen = "it opens, and holds another text";
  }
  decide(step, holds, to_text(open), opened.seen);
}

}  // namespace sealcheck::engine
