#include "sim/adapters/sealgate/sealgate_sut.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/json/array.hpp>
#include <optional>
#include <stdexcept>

#include "reference/gateway/administration.hpp"
#include "sim/adapters/sealgate/broken_gateways.hpp"
#include "sim/adapters/sealgate/sealgate_admin.hpp"
#include "sim/plan/settings_change.hpp"

namespace sealcheck::adapters {
namespace {

namespace json = boost::json;
namespace asio = boost::asio;
using sealgate::gateway::Administration;

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
    if (build_.misperform) build_.misperform(operation, arguments);
    json::object result;
    if (operation == "configure") {
      configuration_ = std::string(arguments.at("configuration").as_string());
    } else if (operation == "start") {
      auto starting =
          Administration::start(machine_, settings_text(), *build_.decisions, build_.misread);
      office_ = co_await std::move(starting);
    } else if (operation == "queue") {
      result["entries"] = co_await queue();
    } else if (operation == "flush") {
      office_->gateway().flush();
    } else if (operation == "apply") {
      result = co_await apply(arguments);
    } else if (operation == "deploy") {
      result = co_await deploy(arguments);
    } else if (!build_.has_no_console &&
               (operation == "release" || operation == "delete" || operation == "hold")) {
      result = co_await change_entry(std::move(operation), std::move(arguments));
    } else if (operation == "stop") {
      co_await office_->gateway().stop();
      office_.reset();
    } else {
      auto administering = administer(*office_, operation, std::move(arguments));
      auto administered = co_await std::move(administering);
      if (administered && build_.warns_of_nothing) (*administered)["text"] = "nothing to say";
      if (administered) co_return *std::move(administered);
      result["unsupported"] = "sealgate has no operation " + operation;
    }
    co_return result;
  }

  void on_death() override { office_.reset(); }

 private:
  /// Who is named, so that owners are asked for (DLP-02); nobody may do everything.
  std::string administrator_of(const json::object& arguments) const {
    const auto* name = arguments.if_contains("administrator");
    if (!name || build_.lets_anybody_edit) return {};
    return std::string(name->as_string());
  }

  /// Once an administrator has changed something, the file on the disk is the truth (RUL-36).
  std::string settings_text() const {
    auto kept = machine_.storage().read_file(sealgate::admin::settings_file);
    return kept ? *std::move(kept) : configuration_;
  }

  /// What changes is changed in what is in force: pages and imports may have come in between.
  asio::awaitable<json::object> apply(const json::object& arguments) {
    std::optional<std::string> text;
    if (const auto* change = arguments.if_contains("configuration-change"))
      text = plan::merged(office_->console().text(), std::string(change->as_string()));
    else
      text = plan::without(office_->console().text(), arguments.at("kind").as_string(),
                           arguments.at("name").as_string());
    if (!text) co_return json::object{{"error", "there is nothing of that name"}};
    auto replacing = office_->console().replace(administrator_of(arguments), *std::move(text));
    const auto outcome = co_await std::move(replacing);
    json::object result;
    if (!outcome.done()) result["error"] = outcome.refusal;
    if (!outcome.warnings.empty())
      result["text"] = fmt::format("{}", fmt::join(outcome.warnings, "\n"));
    co_return result;
  }

  /// The question is the console's (DLP-12): what would change is told, and "no" changes nothing.
  asio::awaitable<json::object> deploy(const json::object& arguments) {
    const auto pending = office_->gateway().pending_deployment();
    if (pending.changes.empty()) co_return json::object{{"error", "there is nothing to deploy"}};
    json::array changes;
    for (const auto& change : pending.changes)
      changes.emplace_back(sealgate::policy::to_text(change));
    const auto* answer = arguments.if_contains("answer");
    if (answer && answer->as_string() == "no" && !build_.deploys_whatever_is_answered)
      co_return json::object{{"pending", changes}};
    if (const auto why = office_->gateway().objection_to_deployment())
      co_return json::object{{"error", "nothing is deployed: " + *why}};
    auto deploying = office_->gateway().deploy();
    const auto deployed = co_await std::move(deploying);
    if (!deployed)
      co_return json::object{{"error", "nothing is deployed: " + deployed.error().message()}};
    co_return json::object{{"deployed", changes}};
  }

  asio::awaitable<json::array> queue() {
    const auto entries = co_await office_->gateway().queue();
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
    const auto entries = co_await office_->gateway().queue();
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
    if (operation == "release") return office_->gateway().release(which);
    return operation == "hold" ? office_->gateway().pause(which) : office_->gateway().remove(which);
  }

  const Build build_;
  const std::unique_ptr<host::Host> wrapped_;
  host::Host& machine_;
  std::string configuration_;  ///< what it was installed with
  std::unique_ptr<Administration> office_;
};

}  // namespace

std::unique_ptr<engine::Sut> make_sealgate(std::string_view name, host::Host& machine) {
  const auto build = build_named(name);
  if (!build) return nullptr;
  return std::make_unique<SealgateSut>(machine, *build);
}

}  // namespace sealcheck::adapters
