// What may be said: sections of declared statements over registered types. The mechanism only; it
// knows no word of any language.
//
// Fill it once: add types, then sections and their declarations, then finish(). After that it is
// immutable and must outlive every Node made with it. Checker, manual, completion and linter all
// read it from here. Every mistake in a declaration is the programmer's and throws
// std::logic_error.
//
//   Vocabulary vocabulary;
//   add_standard_types(vocabulary);
//   vocabulary.add_section("mx", "A receiving server").declare({
//       .id = "starttls", .pattern = "starttls <mode:works|absent>", .doc = "How STARTTLS
//       behaves"});
//   vocabulary.finish();
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/pattern.hpp"
#include "reference/syntax/tree.hpp"

namespace syntax {

struct ValueType {
  enum class Form { word, quoted, either };

  std::string name = {};
  std::string description = {};  ///< completes "expected ...": "a duration such as 15m or 1h30m"
  Form form = Form::word;
  /// What is wrong with a token of the right form, nothing when it is fine; an empty function
  /// allows all. A short clause without the value itself ("the port is above 65535"), or "" for no
  /// more than the description says.
  std::function<std::optional<std::string>(const Token&)> check = {};
};

struct Declaration {
  std::string id = {};       ///< unique in its section: "expect.queue"
  std::string pattern = {};  ///< see pattern.hpp
  std::string doc = {};      ///< one line
  std::string console = {};  ///< the console page that it stands for, or empty
  std::string example = {};  ///< one statement, or empty; check_examples() proves it
  std::string defaults = {};  ///< what holds where it is not said: "15m", or empty
  bool required = false;     ///< must stand in each block of its section
  bool once = false;         ///< at most once in each block
  std::string from = {};     ///< set by Section::include: the section that declares it
};

/// The form of a statement, for people: "expect <message> [for <recipient>] in queue <queue>".
std::string usage(const Declaration& declaration);

class Program;  // a compiled pattern, see matcher.hpp

class Section {
 public:
  ~Section();
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  const std::string& name() const { return name_; }
  const std::string& doc() const { return doc_; }
  /// In the order of declaration.
  const std::deque<Declaration>& declarations() const { return declarations_; }
  /// Null when there is none.
  const Declaration* find(std::string_view id) const;
  /// The literal words that a statement of this section may start with, in order of declaration.
  const std::vector<std::string>& first_words() const { return first_words_; }

  bool starts_with(std::string_view word) const { return by_first_word_.contains(word); }

  /// Compiles the pattern against the types registered so far. Returns the section itself.
  Section& declare(Declaration declaration);
  /// Whatever may be said there may be said here too; what is here already is left out.
  Section& include(const Section& other);

 private:
  friend class Vocabulary;
  friend class Checker;
  friend class Completer;
  Section(const class Vocabulary& owner, std::string name, std::string doc);

  const Vocabulary& owner_;
  std::string name_;
  std::string doc_;
  std::deque<Declaration> declarations_;
  std::vector<Program> programs_;
  std::vector<std::string> first_words_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_first_word_;
  std::vector<std::size_t> open_ended_;  ///< may start with something other than a literal word
};

class Vocabulary {
 public:
  Vocabulary();
  ~Vocabulary();
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  void add_type(ValueType type);
  /// The reference stays valid.
  Section& add_section(std::string name, std::string doc);
  /// Checks that every section named by a block exists. Nothing may be added afterwards.
  void finish();
  bool finished() const { return finished_; }

  /// Null when there is none.
  const ValueType* type(std::string_view name) const;
  const Section* section(std::string_view name) const;
  /// To add declarations to it; null when there is none.
  Section* section(std::string_view name);
  /// In the order in which they were added.
  const std::vector<std::unique_ptr<Section>>& sections() const { return sections_; }
  const std::deque<ValueType>& types() const { return types_; }

 private:
  bool finished_ = false;
  std::deque<ValueType> types_;
  std::vector<std::unique_ptr<Section>> sections_;
};

}  // namespace syntax
