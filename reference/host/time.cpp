#include "reference/host/time.hpp"

#include <fmt/format.h>

#include <array>

namespace host {
namespace {

struct Civil {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  std::chrono::hh_mm_ss<Duration> time;
};

// <chrono>'s own calendar: std::gmtime would share a static buffer, and g++ 12 has no std::format.
Civil to_civil(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day{day}, std::chrono::weekday{day},
          std::chrono::hh_mm_ss<Duration>{time - day}};
}

}  // namespace

std::string to_rfc5322_date(WallTime time) {
  static constexpr std::array weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil civil = to_civil(time);
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                     weekdays[civil.weekday.c_encoding()], static_cast<unsigned>(civil.date.day()),
                     months[static_cast<unsigned>(civil.date.month()) - 1],
                     static_cast<int>(civil.date.year()), civil.time.hours().count(),
                     civil.time.minutes().count(), civil.time.seconds().count());
}

std::string to_rfc3339(WallTime time) {
  const Civil civil = to_civil(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z",
                     static_cast<int>(civil.date.year()), static_cast<unsigned>(civil.date.month()),
                     static_cast<unsigned>(civil.date.day()), civil.time.hours().count(),
                     civil.time.minutes().count(), civil.time.seconds().count(),
                     civil.time.subseconds().count());
}

}  // namespace host
