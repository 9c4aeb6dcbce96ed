// A page while somebody fills it in: values are set, entries are typed and added to lists, and
// nothing of it touches the gateway before OK. Cancel is to forget the form.
//
// An entry that was typed but not added does not count, whatever is pressed afterwards. Data only;
// whether the edits fit the page and the settings is said at OK (console.hpp).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reference/settings/edit.hpp"

namespace sealgate::admin {

class Form {
 public:
  explicit Form(std::string page) : page_(std::move(page)) {}

  const std::string& page() const { return page_; }

  void set(std::string statement) { edits_.push_back({Kind::set, std::move(statement)}); }
  void remove(std::string statement) { edits_.push_back({Kind::remove, std::move(statement)}); }
  /// Into the entry fields of a list; it takes the place of what was typed there before.
  void type(std::string statement) { typed_ = std::move(statement); }
  /// The Add button: what was typed joins the list. False when nothing was.
  bool add() {
    if (!typed_) return false;
    edits_.push_back({Kind::add, *std::exchange(typed_, std::nullopt)});
    return true;
  }

  const std::vector<settings::Edit>& edits() const { return edits_; }

 private:
  using Kind = settings::Edit::Kind;

  std::string page_;
  std::vector<settings::Edit> edits_;
  std::optional<std::string> typed_;
};

}  // namespace sealgate::admin
