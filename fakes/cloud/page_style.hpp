// How the service's pages look, the file that a recipient opens included: one style sheet, written
// into each page, so that none loads anything. No pictures: the padlock is drawn with borders. It
// reads well on a phone, on paper and in dark surroundings.
#pragma once

#include <string_view>

namespace fakes {

std::string_view page_style();

}  // namespace fakes
