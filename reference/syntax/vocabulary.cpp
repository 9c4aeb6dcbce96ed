#include "reference/syntax/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "reference/syntax/matcher.hpp"
#include "reference/syntax/values.hpp"

namespace syntax {

std::string usage(const Declaration& declaration) {
  return usage(parse_pattern(declaration.pattern));
}

Section::Section(const Vocabulary& owner, std::string name, std::string doc)
    : owner_(owner), name_(std::move(name)), doc_(std::move(doc)) {}

Section::~Section() = default;

const Declaration* Section::find(std::string_view id) const {
  const auto at = std::find_if(declarations_.begin(), declarations_.end(),
                               [&](const Declaration& d) { return d.id == id; });
  return at == declarations_.end() ? nullptr : &*at;
}

Section& Section::declare(Declaration declaration) {
  const auto fail = [&](std::string_view what) {
    throw std::logic_error(
        fmt::format("declaration '{}' of section '{}': {}", declaration.id, name_, what));
  };
  if (owner_.finished()) fail("the vocabulary is finished");
  if (!is_name(declaration.id)) fail("its id is not a name");
  if (find(declaration.id)) fail("its id is taken");
  if (declaration.doc.empty() || declaration.doc.find('\n') != std::string::npos) {
    fail("its doc must be one line");
  }
  const auto same_pattern = [&](const Declaration& d) { return d.pattern == declaration.pattern; };
  if (std::any_of(declarations_.begin(), declarations_.end(), same_pattern)) {
    fail("an earlier declaration has the same pattern");
  }
  try {
    programs_.emplace_back(parse_pattern(declaration.pattern), owner_);
  } catch (const std::logic_error& error) {
    fail(error.what());
  }
  const auto index = declarations_.size();
  const auto& program = programs_.back();
  for (const auto& word : program.first_words()) {
    const auto [at, fresh] = by_first_word_.try_emplace(word);
    at->second.push_back(index);
    if (fresh) first_words_.push_back(word);
  }
  if (program.starts_openly()) open_ended_.push_back(index);
  declarations_.push_back(std::move(declaration));
  return *this;
}

Section& Section::include(const Section& other) {
  for (const Declaration& declaration : other.declarations_) {
    if (find(declaration.id)) continue;
    Declaration& copy = declare(declaration).declarations_.back();
    if (copy.from.empty()) copy.from = other.name_;
  }
  return *this;
}

Vocabulary::Vocabulary() = default;
Vocabulary::~Vocabulary() = default;

void Vocabulary::add_type(ValueType added) {
  if (finished_) throw std::logic_error("type '" + added.name + "': the vocabulary is finished");
  if (!is_name(added.name)) throw std::logic_error("type '" + added.name + "': not a name");
  if (type(added.name)) throw std::logic_error("type '" + added.name + "': declared twice");
  if (added.description.empty()) {
    throw std::logic_error("type '" + added.name + "': a description is missing");
  }
  types_.push_back(std::move(added));
}

Section& Vocabulary::add_section(std::string name, std::string doc) {
  if (finished_) throw std::logic_error("section '" + name + "': the vocabulary is finished");
  if (!is_name(name)) throw std::logic_error("section '" + name + "': not a name");
  if (section(name)) throw std::logic_error("section '" + name + "': declared twice");
  // Not make_unique: the constructor is private.
  sections_.push_back(
      std::unique_ptr<Section>(new Section(*this, std::move(name), std::move(doc))));
  return *sections_.back();
}

void Vocabulary::finish() {
  for (const auto& section_ptr : sections_) {
    for (std::size_t i = 0; i < section_ptr->programs_.size(); ++i) {
      const auto& program = section_ptr->programs_[i];
      if (program.block() == Pattern::BlockRule::none || section(program.section())) continue;
      throw std::logic_error(fmt::format("declaration '{}' of section '{}': no section '{}'",
                                         section_ptr->declarations_[i].id, section_ptr->name(),
                                         program.section()));
    }
  }
  finished_ = true;
}

const ValueType* Vocabulary::type(std::string_view name) const {
  const auto at = std::find_if(types_.begin(), types_.end(),
                               [&](const ValueType& t) { return t.name == name; });
  return at == types_.end() ? nullptr : &*at;
}

const Section* Vocabulary::section(std::string_view name) const {
  const auto at = std::find_if(sections_.begin(), sections_.end(),
                               [&](const auto& s) { return s->name() == name; });
  return at == sections_.end() ? nullptr : at->get();
}

Section* Vocabulary::section(std::string_view name) {
  return const_cast<Section*>(std::as_const(*this).section(name));
}

}  // namespace syntax
