#include "reference/admin/console.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "reference/admin/line_changes.hpp"
#include "reference/admin/secrets.hpp"
#include "reference/policy/ownership.hpp"
#include "reference/settings/read_settings.hpp"
#include "reference/settings/vocabulary.hpp"
#include "reference/syntax/check.hpp"
#include "reference/syntax/parser.hpp"
#include "reference/syntax/values.hpp"

namespace sealgate::admin {
namespace {

using boost::asio::awaitable;

const std::vector<Page>& settings_pages() {
  static const auto found = admin::pages(settings::settings_vocabulary());
  return found;
}

std::string earlier(int version) {
  return fmt::format("{}.{}", settings_file, version);
}

Outcome refused(std::string why) {
  return {std::move(why), {}, {}};
}

/// What of the form is not on its page; none: all of it is.
std::optional<std::string> stray_edit(const Page& page, const syntax::Vocabulary& vocabulary,
                                      const Form& form) {
  for (const settings::Edit& edit : form.edits()) {
    if (edit.kind == settings::Edit::Kind::remove) continue;  // it names what is there
    syntax::Diagnostics unheard;
    const auto tree = syntax::parse("change", edit.statement, unheard);
    syntax::check(vocabulary, "gateway", tree, unheard);
    if (unheard.has_errors()) continue;  // edited() says what is wrong with it
    for (const auto& statement : tree.statements) {
      if (stands_on(page, vocabulary, statement)) continue;
      return fmt::format("'{}' is not on the page {}", statement.tokens.front().text, page.path);
    }
  }
  return std::nullopt;
}

/// True for a policy whose owners are others.
bool is_somebody_elses(const syntax::Statement& statement, std::string_view administrator) {
  if (!statement.starts_with("policy") || !statement.block) return false;
  const auto& words = statement.block->statements;
  const auto owners = std::find_if(words.begin(), words.end(), [](const syntax::Statement& word) {
    return word.starts_with("owners");
  });
  return owners != words.end() &&
         std::none_of(owners->tokens.begin() + 1, owners->tokens.end(),
                      [&](const syntax::Token& owner) { return owner.text == administrator; });
}

/// The administrator, for the log.
std::string who(const std::string& administrator) {
  return administrator.empty() ? "whoever has the file" : administrator;
}

/// Why the administrator may not make the new settings of the old text; empty: he may.
std::string edit_refusal(const std::string& before, const settings::Settings& after,
                         const std::string& administrator) {
  if (administrator.empty()) return {};
  syntax::Diagnostics unheard;
  const auto old = settings::parse_settings(std::string(settings_file), before, unheard);
  return old ? policy::edit_refusal(old->policies, after.policies, administrator) : std::string();
}

}  // namespace

Console::Console(host::Host& host, std::string text, Apply apply, Advise advise, Object object)
    : host_(host),
      text_(std::move(text)),
      apply_(std::move(apply)),
      advise_(std::move(advise)),
      object_(std::move(object)) {}

const std::vector<Page>& Console::pages() const {
  return settings_pages();
}

std::optional<std::string> Console::read(std::string_view page,
                                         std::string_view administrator) const {
  const Page* found = find_page(pages(), page);
  if (!found) return std::nullopt;
  syntax::Diagnostics diagnostics;
  auto tree = syntax::parse(std::string(settings_file), text_, diagnostics);
  if (!administrator.empty()) {
    std::erase_if(tree.statements, [&](const syntax::Statement& statement) {
      return is_somebody_elses(statement, administrator);
    });
  }
  return hidden(shown_on(*found, settings::settings_vocabulary(), tree));
}

bool Console::may_read_all(std::string_view administrator) const {
  syntax::Diagnostics diagnostics;
  const auto tree = syntax::parse(std::string(settings_file), text_, diagnostics);
  return std::none_of(tree.statements.begin(), tree.statements.end(),
                      [&](const syntax::Statement& statement) {
                        return is_somebody_elses(statement, administrator);
                      });
}

awaitable<Outcome> Console::ok(std::string administrator, Form form) {
  const Page* page = find_page(pages(), form.page());
  if (!page) co_return refused("there is no page '" + form.page() + "'");
  if (auto stray = stray_edit(*page, settings::settings_vocabulary(), form))
    co_return refused(*std::move(stray));
  syntax::Diagnostics diagnostics;
  auto text = settings::edited(settings::settings_vocabulary(), std::string(settings_file), text_,
                               form.edits(), diagnostics);
  if (!text) {
    std::string typed;
    for (const auto& edit : form.edits()) typed += edit.statement + "\n";
    co_return refused(scrubbed(diagnostics.render(), typed));
  }
  auto adopting = adopt(std::move(administrator), page->path, *std::move(text));
  co_return co_await std::move(adopting);
}

awaitable<Outcome> Console::replace(std::string administrator, std::string text) {
  auto adopting = adopt(std::move(administrator), std::string(settings_file), std::move(text));
  co_return co_await std::move(adopting);
}

awaitable<Outcome> Console::adopt(std::string administrator, std::string place, std::string text) {
  if (busy_) co_return refused("another change is just being made: try again");
  syntax::Diagnostics diagnostics;
  auto read = settings::parse_settings(std::string(settings_file), text, diagnostics);
  if (!read) co_return refused(scrubbed(diagnostics.render(), text));
  if (auto why = open_secrets(host_, *read)) co_return refused(*std::move(why));
  auto why = edit_refusal(text_, *read, administrator);
  if (why.empty() && object_) why = object_(*read).value_or("");
  if (!why.empty()) {
    host_.log(host::Severity::warning, "admin",
              fmt::format("{} on {}: refused: {}", who(administrator), place, why));
    co_return refused(std::move(why));
  }
  Outcome outcome;
  if (!diagnostics.empty()) outcome.warnings.push_back(scrubbed(diagnostics.render(), text));
  if (advise_) {
    for (auto& line : advise_(*read)) outcome.warnings.push_back(std::move(line));
  }
  busy_ = true;
  auto changing = change(*std::move(read), std::move(text), outcome);
  const auto error = co_await std::move(changing);
  busy_ = false;
  if (error) co_return refused("the settings stay as they are: " + error.message());
  for (const std::string& line : outcome.changes)
    host_.log(host::Severity::info, "admin",
              fmt::format("{} on {}: {}", who(administrator), place, line));
  co_return outcome;
}

/// On the disk first, then in the gateway; back on the disk where the gateway refuses.
awaitable<host::ErrorCode> Console::change(settings::Settings read, std::string text,
                                           Outcome& outcome) {
  auto sealing = seal_secrets(host_, std::move(text));
  auto sealed = co_await std::move(sealing);
  if (!sealed) co_return sealed.error();
  outcome.changes = line_changes(hidden(text_), hidden(*sealed));
  const std::string before = text_;
  auto storing = store(*sealed);
  host::ErrorCode error = co_await std::move(storing);
  if (error) co_return error;
  auto applying = apply_(std::move(read));
  error = co_await std::move(applying);
  if (error) {
    auto restoring = host_.storage().replace_file(settings_file, before);
    co_await std::move(restoring);
    co_return error;
  }
  text_ = *std::move(sealed);
  co_return error;
}

/// Earlier versions move up by one, oldest first, so that a power loss anywhere leaves each of them
/// in at least one file.
awaitable<host::ErrorCode> Console::store(const std::string& text) {
  if (text == text_) co_return host::ErrorCode{};
  for (int version = earlier_versions_max; version > 1; --version) {
    auto older = host_.storage().read_file(earlier(version - 1));
    if (!older) continue;
    const auto name = earlier(version);  // it has to outlive the call
    auto moving = host_.storage().replace_file(name, *std::move(older));
    if (const auto error = co_await std::move(moving)) co_return error;
  }
  const auto latest = earlier(1);
  auto keeping = host_.storage().replace_file(latest, text_);
  if (const auto error = co_await std::move(keeping)) co_return error;
  auto replacing = host_.storage().replace_file(settings_file, text);
  co_return co_await std::move(replacing);
}

}  // namespace sealgate::admin
