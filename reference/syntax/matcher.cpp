#include "reference/syntax/matcher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

namespace syntax {
namespace {

// Which choice was already tried at which token. Most statements fit into the array.
class Visited {
 public:
  explicit Visited(std::size_t bits) {
    if (bits > small_.size() * 64) large_.resize(bits / 64 + 1);
  }

  /// True the first time.
  bool mark(std::size_t bit) {
    auto& cell = large_.empty() ? small_[bit / 64] : large_[bit / 64];
    const auto mask = std::uint64_t{1} << (bit % 64);
    const bool fresh = (cell & mask) == 0;
    cell |= mask;
    return fresh;
  }

 private:
  std::array<std::uint64_t, 8> small_{};
  std::vector<std::uint64_t> large_;
};

struct Retry {
  std::size_t pc;
  std::size_t position;
  std::size_t captures;
};

}  // namespace

bool Expectation::reach(std::size_t at) {
  if (at < position) return false;
  if (at > position) *this = {.position = at};
  return true;
}

void Expectation::add_word(const std::string& word) {
  if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
}

void Expectation::add_type(const ValueType& type, const std::string& argument) {
  if (std::find(types.begin(), types.end(), &type) == types.end()) types.push_back(&type);
  if (std::find(arguments.begin(), arguments.end(), argument) == arguments.end())
    arguments.push_back(argument);
}

Token cursor_token() {
  return {Token::Kind::word, {}, {}};  // no word of a text is empty
}

Program::Program(const Pattern& pattern, const Vocabulary& vocabulary)
    : block_(pattern.block), section_(pattern.section) {
  emit_sequence(pattern.elements, vocabulary);
  code_.push_back({.op = Op::accept});
  std::vector<bool> seen(code_.size());
  find_first_words(0, seen);
}

void Program::emit_sequence(const std::vector<Element>& elements, const Vocabulary& vocabulary) {
  for (const auto& element : elements) emit(element, vocabulary);
}

// A loop is entered once before its split (an argument, a group), or through it (an optional).
void Program::emit(const Element& element, const Vocabulary& vocabulary) {
  const auto begin = code_.size();
  const bool optional = element.kind == Element::Kind::optional;
  const auto add_split = [&](std::size_t preferred, std::size_t other) {
    code_.push_back({.op = Op::split, .a = preferred, .b = other, .ordinal = splits_++});
  };
  if (optional) add_split(begin + 1, 0);
  emit_once(element, vocabulary);
  if (optional && element.repeated) code_.push_back({.op = Op::jump, .a = begin});
  if (!optional && element.repeated) add_split(begin, code_.size() + 1);
  if (optional) code_[begin].b = code_.size();
}

void Program::emit_once(const Element& element, const Vocabulary& vocabulary) {
  const auto name_index = [&] {
    const auto at = std::find(argument_names_.begin(), argument_names_.end(), element.name);
    const auto index = static_cast<std::size_t>(at - argument_names_.begin());
    if (at == argument_names_.end()) argument_names_.push_back(element.name);
    return index;
  };
  switch (element.kind) {
    case Element::Kind::literal:
      code_.push_back({.op = Op::word, .b = words_.size()});
      words_.push_back(element.name);
      break;
    case Element::Kind::argument: {
      const auto* type = vocabulary.type(element.type);
      if (!type) {
        throw std::logic_error(
            fmt::format("argument '{}' is of the unknown type '{}'", element.name, element.type));
      }
      code_.push_back({.op = Op::value, .a = name_index(), .type = type});
      break;
    }
    case Element::Kind::choice:
      code_.push_back({.op = Op::choice, .a = name_index(), .b = word_lists_.size()});
      word_lists_.push_back(element.words);
      break;
    default:
      emit_alternatives(element, vocabulary);
  }
}

void Program::emit_alternatives(const Element& element, const Vocabulary& vocabulary) {
  std::vector<std::size_t> jumps;
  for (std::size_t i = 0; i < element.alternatives.size(); ++i) {
    const bool last = i + 1 == element.alternatives.size();
    const auto split = code_.size();
    if (!last) code_.push_back({.op = Op::split, .a = split + 1, .ordinal = splits_++});
    emit_sequence(element.alternatives[i], vocabulary);
    if (last) break;
    jumps.push_back(code_.size());
    code_.push_back({.op = Op::jump});
    code_[split].b = code_.size();
  }
  for (const auto jump : jumps) code_[jump].a = code_.size();
}

void Program::find_first_words(std::size_t pc, std::vector<bool>& seen) {
  if (seen[pc]) return;
  seen[pc] = true;
  const auto add = [&](const std::string& word) {
    if (std::find(first_words_.begin(), first_words_.end(), word) == first_words_.end()) {
      first_words_.push_back(word);
    }
  };
  const auto& instruction = code_[pc];
  switch (instruction.op) {
    case Op::word:
      return add(words_[instruction.b]);
    case Op::choice:
      for (const auto& word : word_lists_[instruction.b]) add(word);
      return;
    case Op::value:
      starts_openly_ = true;
      return;
    case Op::jump:
      return find_first_words(instruction.a, seen);
    case Op::split:
      find_first_words(instruction.a, seen);
      return find_first_words(instruction.b, seen);
    case Op::accept:
      throw std::logic_error("the pattern could match a statement without any token");
  }
}

bool Program::accepts(const Instruction& instruction, const Token& token) const {
  if (instruction.op == Op::word) return token.is_word(words_[instruction.b]);
  if (instruction.op == Op::choice) {
    const auto& words = word_lists_[instruction.b];
    return token.is_word() && std::find(words.begin(), words.end(), token.text) != words.end();
  }
  if (token.is_word() && token.text.empty()) return false;  // the cursor
  const auto& type = *instruction.type;
  if (type.form == ValueType::Form::word && !token.is_word()) return false;
  if (type.form == ValueType::Form::quoted && !token.is_string()) return false;
  return !type.check || !type.check(token);
}

void Program::explain(const Instruction& instruction, std::size_t position,
                      Expectation& expectation) const {
  if (!expectation.reach(position)) return;
  if (instruction.op == Op::accept) expectation.end = true;
  if (instruction.op == Op::word) expectation.add_word(words_[instruction.b]);
  if (instruction.op == Op::value)
    expectation.add_type(*instruction.type, argument_names_[instruction.a]);
  if (instruction.op != Op::choice) return;
  for (const auto& word : word_lists_[instruction.b]) expectation.add_word(word);
}

bool Program::match(std::span<const Token> tokens, std::vector<Capture>& captures,
                    Expectation* expectation) const {
  captures.clear();
  Visited visited(splits_ * (tokens.size() + 1));
  std::vector<Retry> retries;
  std::size_t pc = 0;
  std::size_t position = 0;
  while (true) {
    const auto& instruction = code_[pc];
    bool fits = true;
    switch (instruction.op) {
      case Op::split:
        fits = visited.mark(instruction.ordinal * (tokens.size() + 1) + position);
        if (fits) retries.push_back({instruction.b, position, captures.size()});
        pc = instruction.a;
        break;
      case Op::jump:
        pc = instruction.a;
        break;
      case Op::accept:
        if (position == tokens.size()) return true;
        if (expectation) explain(instruction, position, *expectation);
        fits = false;
        break;
      default:
        fits = position < tokens.size() && accepts(instruction, tokens[position]);
        if (!fits) {
          if (expectation) explain(instruction, position, *expectation);
          break;
        }
        if (instruction.op != Op::word) captures.push_back({instruction.a, position});
        ++position;
        ++pc;
    }
    if (fits) continue;
    if (retries.empty()) return false;
    pc = retries.back().pc;
    position = retries.back().position;
    captures.resize(retries.back().captures);
    retries.pop_back();
  }
}

}  // namespace syntax
