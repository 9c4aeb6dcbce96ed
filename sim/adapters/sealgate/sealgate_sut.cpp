#include "sim/adapters/sealgate/sealgate_sut.hpp"

#include <boost/json/array.hpp>
#include <stdexcept>

#include "reference/gateway/gateway.hpp"
#include "reference/policy/ownership.hpp"
#include "reference/settings/read_settings.hpp"
#include "sim/adapters/sealgate/broken_gateways.hpp"

namespace sealcheck::adapters {
namespace {

namespace json = boost::json;
namespace asio = boost::asio;
using sealgate::gateway::Gateway;

json::object to_json(const sealgate::queue::Entry& entry) {
  const auto& recipient = entry.recipient;
  json::object object{{"message-id", entry.message_id_header}, {"sender", entry.sender},
                      {"recipient", recipient.forward_path},   {"queue", recipient.queue_name},
                      {"state", to_word(recipient.state)},     {"reason", recipient.reason},
                      {"attempts", recipient.attempts}};
  if (recipient.next_attempt_at)
    object["next-attempt"] = host::to_rfc3339(*recipient.next_attempt_at);
  return object;
}

class SealgateSut final : public engine::Sut {
 public:
  SealgateSut(host::Host& machine, const Build& build)
      : build_(build),
        wrapped_(build.wrap ? build.wrap(machine) : nullptr),
        machine_(wrapped_ ? *wrapped_ : machine) {}

  asio::awaitable<json::object> perform(std::string operation, json::object arguments) override {
    json::object result;
    if (operation == "configure") {
      settings_ = read(arguments);
      drafts_ = settings_.policies;
    } else if (operation == "start") {
      gateway_ = co_await Gateway::start(machine_, std::move(settings_), *build_.decisions);
    } else if (operation == "queue") {
      result["entries"] = co_await queue();
    } else if (operation == "flush") {
      gateway_->flush();
    } else if (operation == "apply") {
      sealgate::settings::Settings settings = read(arguments);
      if (build_.keeps_first_settings) co_return result;
      if (auto why = edit_refusal(settings.policies, arguments); !why.empty())
        co_return json::object{{"error", why}};
      drafts_ = settings.policies;
      const host::ErrorCode error = co_await gateway_->apply(std::move(settings));
      if (error) result["error"] = "the settings stay as they are: " + error.message();
    } else if (operation == "deploy") {
      result = co_await deploy(arguments);
    } else if (!build_.has_no_console &&
               (operation == "release" || operation == "delete" || operation == "hold")) {
      result = co_await change_entry(std::move(operation), std::move(arguments));
    } else if (operation == "stop") {
      co_await gateway_->stop();
      gateway_.reset();
    } else {
      result["unsupported"] = "sealgate has no operation " + operation;
    }
    co_return result;
  }

  void on_death() override { gateway_.reset(); }

 private:
  /// Why the administrator who is named may not do this (DLP-02).
  std::string edit_refusal(const sealgate::policy::PolicySet& after,
                           const json::object& arguments) const {
    const auto* name = arguments.if_contains("administrator");
    if (!name || build_.lets_anybody_edit) return {};
    return sealgate::policy::edit_refusal(drafts_, after, std::string_view(name->as_string()));
  }

  sealgate::settings::Settings read(const json::object& arguments) const {
    syntax::Diagnostics diagnostics;
    const std::string text(arguments.at("configuration").as_string());
    auto settings = sealgate::settings::parse_settings("sealgate.conf", text, diagnostics);
    if (!settings) throw std::runtime_error(diagnostics.render());
    if (build_.misread) build_.misread(*settings);
    return std::move(*settings);
  }

  /// The question is the console's (DLP-12): what would change is told, and "no" changes nothing.
  asio::awaitable<json::object> deploy(const json::object& arguments) {
    const auto pending = gateway_->pending_deployment();
    if (pending.changes.empty()) co_return json::object{{"error", "there is nothing to deploy"}};
    json::array changes;
    for (const auto& change : pending.changes)
      changes.emplace_back(sealgate::policy::to_text(change));
    const auto* answer = arguments.if_contains("answer");
    if (answer && answer->as_string() == "no" && !build_.deploys_whatever_is_answered)
      co_return json::object{{"pending", changes}};
    auto deploying = gateway_->deploy();
    const auto deployed = co_await std::move(deploying);
    if (!deployed)
      co_return json::object{{"error", "nothing is deployed: " + deployed.error().message()}};
    co_return json::object{{"deployed", changes}};
  }

  asio::awaitable<json::array> queue() {
    const auto entries = co_await gateway_->queue();
    if (!entries)
      throw std::runtime_error("the queue cannot be read: " + entries.error().message());
    json::array array;
    for (const auto& entry : *entries)
      if (!is_final(entry.recipient.state)) array.push_back(to_json(entry));
    co_return array;
  }

  /// Of one recipient of a message, or of all of them when none is named.
  asio::awaitable<json::object> change_entry(std::string operation, json::object arguments) {
    const auto word = [&](const char* name) -> std::string_view {
      const auto* value = arguments.if_contains(name);
      return value ? std::string_view(value->as_string()) : std::string_view();
    };
    const auto entries = co_await gateway_->queue();
    if (!entries)
      throw std::runtime_error("the queue cannot be read: " + entries.error().message());
    std::vector<sealgate::queue::Selection> chosen;
    for (const auto& entry : *entries) {
      const bool named =
          word("recipient").empty() || entry.recipient.forward_path == word("recipient");
      if (entry.message_id_header == word("message-id") && named &&
          !is_final(entry.recipient.state))
        chosen.push_back({entry.message, entry.recipient.n});
    }
    json::object result;
    if (chosen.empty()) result["error"] = "no such message in a queue";
    for (const auto& which : chosen) {
      const auto error = co_await change_one(operation, which);
      if (error) result["error"] = error.message();
    }
    co_return result;
  }

  asio::awaitable<host::ErrorCode> change_one(const std::string& operation,
                                              sealgate::queue::Selection which) {
    if (operation == "release") return gateway_->release(which);
    return operation == "hold" ? gateway_->pause(which) : gateway_->remove(which);
  }

  const Build build_;
  const std::unique_ptr<host::Host> wrapped_;
  host::Host& machine_;
  sealgate::settings::Settings settings_;
  sealgate::policy::PolicySet drafts_;
  std::unique_ptr<Gateway> gateway_;
};

}  // namespace

std::unique_ptr<engine::Sut> make_sealgate(std::string_view name, host::Host& machine) {
  const auto build = build_named(name);
  if (!build) return nullptr;
  return std::make_unique<SealgateSut>(machine, *build);
}

}  // namespace sealcheck::adapters
