#include "reference/policy/phrase_set.hpp"

#include <glib.h>

#include <algorithm>

#include "reference/message/phrase.hpp"

namespace sealgate::policy {
namespace {

constexpr std::size_t piece_octets_max = 4096;  ///< of what is folded at once

bool is_word(gunichar c) {
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/// As fold_text() sees it: NUL is a space there, a vertical tab is none.
bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == '\0';
}

/// Of the other kind, which a fold would trim at the ends of a piece.
bool is_wide_space(gunichar c) {
  return c >= 0x80 && g_unichar_isspace(c);
}

}  // namespace

/// One pass over one text. Remembers, for the last bytes of the folded text, whether each belongs
/// to a word and where it came from; a match is decided when it is known what follows it.
class PhraseScan {
 public:
  PhraseScan(const PhraseSet& set, const PhraseSet::OnMatch& on_match)
      : set_(set), on_match_(on_match) {
    std::size_t size = 16;
    while (size < set.longest_ + 2) size *= 2;
    past_.resize(size);
    mask_ = size - 1;
  }

  void run(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (is_blank(c)) {
        space_ = true;
        ++at;
      } else if (static_cast<unsigned char>(c) < 0x80 && !mark_may_follow(text, at)) {
        const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
        begin_char(g_ascii_isalnum(lower), false, at);
        byte(lower, g_ascii_isalnum(lower), at);
        if (set_.any_end_[state_]) note_ends();
        ++at;
      } else {
        at = fold_piece(text, at);
      }
    }
    settle(false, false);
  }

 private:
  struct Past {
    bool word = false;
    std::size_t source = 0;
  };
  struct Pending {
    std::uint32_t phrase;
    std::size_t source;
  };

  /// A letter may be composed with what follows: then it is folded with it.
  static bool mark_may_follow(std::string_view text, std::size_t at) {
    return at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x80;
  }

  /// To the next blank, and at most so far that one fold stays cheap.
  std::size_t fold_piece(std::string_view text, std::size_t begin) {
    std::size_t end = begin + 1;
    while (end < text.size() && !is_blank(text[end])) {
      const bool boundary = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
      if (end - begin >= piece_octets_max && boundary) break;
      ++end;
    }
    const char* last = g_utf8_find_prev_char(text.data() + begin, text.data() + end);
    if (is_wide_space(g_utf8_get_char(text.data() + begin))) space_ = true;
    const auto folded = message::fold_text(text.substr(begin, end - begin));
    for (const char* p = folded.data(); p < folded.data() + folded.size();) {
      const gunichar c = g_utf8_get_char(p);
      const char* after = g_utf8_next_char(p);
      if (*p == ' ') {
        space_ = true;
      } else {
        const bool word = is_word(c);
        begin_char(word, g_unichar_ismark(c), begin);
        for (; p < after; ++p) byte(*p, word, begin);
        if (set_.any_end_[state_]) note_ends();
      }
      p = after;
    }
    if (last && is_wide_space(g_utf8_get_char(last))) space_ = true;
    return end;
  }

  void begin_char(bool word, bool mark, std::size_t source) {
    if (space_ && position_ > 0) {
      settle(false, false);
      byte(' ', false, source);
      if (set_.any_end_[state_]) note_ends();
    } else if (!pending_.empty()) {
      settle(word, mark);
    }
    space_ = false;
  }

  void byte(char c, bool word, std::size_t source) {
    past_[position_ & mask_] = {word, source};
    ++position_;
    const auto byte_class = set_.class_of_[static_cast<unsigned char>(c)];
    state_ = set_.next_[state_ * set_.classes_ + byte_class];
  }

  void note_ends() {
    for (auto state = set_.ends_[state_].empty() ? set_.shorter_[state_] : state_; state != 0;
         state = set_.shorter_[state]) {
      for (const auto number : set_.ends_[state]) {
        const auto& phrase = set_.phrases_[number];
        const std::size_t begin = position_ - phrase.octets;
        if (phrase.bounded_left && begin > 0 && past_[(begin - 1) & mask_].word) continue;
        pending_.push_back({number, past_[begin & mask_].source});
      }
    }
  }

  /// Decides what has just ended, by the character that follows.
  void settle(bool word, bool mark) {
    for (const auto& [number, source] : pending_) {
      if (word && (set_.phrases_[number].bounded_right || mark)) continue;
      on_match_(number, source);
    }
    pending_.clear();
  }

  const PhraseSet& set_;
  const PhraseSet::OnMatch& on_match_;
  PhraseSet::State state_ = 0;
  std::vector<Past> past_;
  std::size_t mask_ = 0;
  std::size_t position_ = 0;
  bool space_ = false;
  std::vector<Pending> pending_;
};

PhraseSet::PhraseSet(const std::vector<std::string>& phrases) {
  std::vector<std::string> folded;
  for (const auto& phrase : phrases) folded.push_back(message::fold_text(phrase));
  for (const auto& phrase : folded) {
    for (const char c : phrase) {
      auto& byte_class = class_of_[static_cast<unsigned char>(c)];
      if (byte_class == 0) byte_class = static_cast<std::uint8_t>(classes_++);
    }
  }
  next_.assign(classes_, 0);
  ends_.resize(1);
  for (std::uint32_t i = 0; i < folded.size(); ++i) insert(i, folded[i]);
  connect();
}

void PhraseSet::insert(std::uint32_t number, const std::string& folded) {
  Phrase phrase;
  phrase.octets = static_cast<std::uint32_t>(folded.size());
  if (!folded.empty()) {
    const char* end = folded.data() + folded.size();
    phrase.bounded_left = is_word(g_utf8_get_char(folded.data()));
    phrase.bounded_right = is_word(g_utf8_get_char(g_utf8_prev_char(end)));
  }
  phrases_.push_back(phrase);
  longest_ = std::max(longest_, folded.size());
  if (folded.empty()) return;
  State state = 0;
  for (const char c : folded) {
    const auto byte_class = class_of_[static_cast<unsigned char>(c)];
    if (next(state, byte_class) == 0) {
      next(state, byte_class) = static_cast<State>(ends_.size());
      ends_.emplace_back();
      next_.resize(next_.size() + classes_, 0);
    }
    state = next(state, byte_class);
  }
  ends_[state].push_back(number);
}

/// Fills in where to go on after a mismatch, breadth first.
void PhraseSet::connect() {
  std::vector<State> failure(ends_.size(), 0), order;
  shorter_.assign(ends_.size(), 0);
  any_end_.assign(ends_.size(), 0);
  for (std::uint8_t c = 1; c < classes_; ++c) {
    if (next(0, c) != 0) order.push_back(next(0, c));
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    const State state = order[i];
    const State fallen = failure[state];
    shorter_[state] = ends_[fallen].empty() ? shorter_[fallen] : fallen;
    any_end_[state] = !ends_[state].empty() || shorter_[state] != 0;
    for (std::size_t c = 1; c < classes_; ++c) {
      const auto byte_class = static_cast<std::uint8_t>(c);
      State& to = next(state, byte_class);
      if (to == 0) {
        to = next(fallen, byte_class);
      } else {
        failure[to] = next(fallen, byte_class);
        order.push_back(to);
      }
    }
  }
}

void PhraseSet::scan(std::string_view text, const OnMatch& on_match) const {
  if (longest_ == 0) return;
  PhraseScan(*this, on_match).run(text);
}

}  // namespace sealgate::policy
