// A compiled pattern and the machine that runs it over the tokens of one statement. Internal to
// this folder.
//
// A backtracking machine that never visits the same choice at the same token twice: its time is at
// most (length of the program) x (number of tokens).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/syntax/pattern.hpp"
#include "reference/syntax/tree.hpp"
#include "reference/syntax/vocabulary.hpp"

namespace syntax {

/// What would have fitted at the furthest token that a failed match reached.
struct Expectation {
  std::size_t position = 0;             ///< index of the token; the number of tokens: at the end
  std::vector<std::string> words = {};  ///< literal words
  std::vector<const ValueType*> types = {};
  std::vector<std::string> arguments = {};  ///< the names of the arguments of these types
  bool end = false;                         ///< the statement could have ended here

  /// Moves on to `at` (forgetting less far ones); false when `at` lies before the furthest
  /// position.
  bool reach(std::size_t at);
  void add_word(const std::string& word);
  void add_type(const ValueType& type, const std::string& argument);
};

struct Capture {
  std::size_t argument = 0;  ///< index into Program::argument_names()
  std::size_t token = 0;
};

/// Fits nothing: behind the tokens before a cursor it makes match() fail there, and tell in the
/// expectation all that may come next.
Token cursor_token();

class Program {
 public:
  /// Throws std::logic_error for a type that the vocabulary does not know.
  Program(const Pattern& pattern, const Vocabulary& vocabulary);

  /// Fills `captures` in token order when the tokens match. A non-null `expectation` collects what
  /// was missing (slower: run it only for a message).
  bool match(std::span<const Token> tokens, std::vector<Capture>& captures,
             Expectation* expectation = nullptr) const;

  const std::vector<std::string>& argument_names() const { return argument_names_; }
  Pattern::BlockRule block() const { return block_; }
  const std::string& section() const { return section_; }
  /// The literal words that a match may start with.
  const std::vector<std::string>& first_words() const { return first_words_; }
  /// True when a match may start with an argument that is not a choice of words.
  bool starts_openly() const { return starts_openly_; }

 private:
  enum class Op { word, value, choice, split, jump, accept };
  struct Instruction {
    Op op = Op::accept;
    std::size_t a = 0;  ///< split: preferred next; jump: next; value, choice: argument name
    std::size_t b =
        0;  ///< split: other next; word: index into words; choice: index into word lists
    const ValueType* type = nullptr;
    std::size_t ordinal = 0;  ///< of a split among the splits
  };

  void emit_sequence(const std::vector<Element>& elements, const Vocabulary& vocabulary);
  void emit(const Element& element, const Vocabulary& vocabulary);
  void emit_once(const Element& element, const Vocabulary& vocabulary);
  void emit_alternatives(const Element& element, const Vocabulary& vocabulary);
  void find_first_words(std::size_t pc, std::vector<bool>& seen);
  bool accepts(const Instruction& instruction, const Token& token) const;
  void explain(const Instruction& instruction, std::size_t position,
               Expectation& expectation) const;

  std::vector<Instruction> code_;
  std::size_t splits_ = 0;
  std::vector<std::string> words_;
  std::vector<std::vector<std::string>> word_lists_;
  std::vector<std::string> argument_names_;
  std::vector<std::string> first_words_;
  bool starts_openly_ = false;
  Pattern::BlockRule block_ = Pattern::BlockRule::none;
  std::string section_;
};

}  // namespace syntax
