// The part of the scenario vocabulary that speaks of crashes, pauses, clocks and disks.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "reference/syntax/vocabulary.hpp"

namespace sealcheck::dsl {

/// "1st", "2nd", "17th"; nothing for any other text.
std::optional<std::uint64_t> ordinal(std::string_view text);

/// The types ordinal and answer. To be called before the sections that use them are declared.
void add_fault_types(syntax::Vocabulary& vocabulary);

void declare_faults(syntax::Vocabulary& vocabulary, syntax::Section& scenario);

}  // namespace sealcheck::dsl
