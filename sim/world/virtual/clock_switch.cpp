#include "sim/world/virtual/clock_switch.hpp"

#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

namespace {

const sealcheck::world::clock_switch::VirtualClock* active_clock = nullptr;

constexpr std::int64_t ns_per_s = 1'000'000'000;

bool is_wall(clockid_t id) {
  return id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_TAI;
}

bool is_mono(clockid_t id) {
  return id == CLOCK_MONOTONIC || id == CLOCK_MONOTONIC_RAW || id == CLOCK_MONOTONIC_COARSE ||
         id == CLOCK_BOOTTIME;
}

}  // namespace

namespace sealcheck::world::clock_switch {

void set(const VirtualClock* clock) {
  active_clock = clock;
}

std::int64_t real_mono_ns() {
  timespec now{};
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return now.tv_sec * ns_per_s + now.tv_nsec;
}

}  // namespace sealcheck::world::clock_switch

extern "C" {

int clock_gettime(clockid_t id, timespec* now) noexcept {
  if (!active_clock || !(is_wall(id) || is_mono(id)))
    return static_cast<int>(syscall(SYS_clock_gettime, id, now));
  const std::int64_t ns = is_wall(id) ? active_clock->wall_ns() : active_clock->mono_ns();
  now->tv_sec = ns / ns_per_s;
  now->tv_nsec = ns % ns_per_s;
  return 0;
}

time_t time(time_t* into) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (into) *into = now.tv_sec;
  return now.tv_sec;
}

int gettimeofday(timeval* into, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  into->tv_sec = now.tv_sec;
  into->tv_usec = now.tv_nsec / 1000;
  return 0;
}
}
