#include "sim/world/virtual/disk.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "sim/world/virtual/random.hpp"

namespace {

using namespace sealcheck::world;

std::string content_of(const Disk& disk, const std::string& name) {
  const auto file = disk.find(name);
  if (!file) return "<none>";
  std::string bytes(file->live.size, '\0');
  file->live.read(0, bytes.data(), bytes.size());
  return bytes;
}

// A file that is durable with this content.
Disk::FilePtr make_durable(Disk& disk, const std::string& name, std::string_view content) {
  const auto file = disk.create(name);
  disk.write(file, 0, content);
  disk.sync(file);
  disk.settle(disk.operation_count());
  return file;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_a_settled_sync_covers_survives_and_the_rest_may_or_may_not) {
  int kept = 0, dropped = 0, torn = 0;
  const std::string synced(10'000, 's');
  const std::string unsynced(3 * Disk::sector_bytes, 'u');
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Disk disk(seed);
    const auto file = make_durable(disk, "f", synced);
    disk.write(file, 2 * Disk::sector_bytes, unsynced);
    disk.settle(disk.operation_count());  // the device has seen it, without a sync
    disk.lose_power();
    const std::string left = content_of(disk, "f");
    BOOST_REQUIRE(left.size() == synced.size());
    BOOST_REQUIRE(left.substr(0, 1024) == synced.substr(0, 1024));
    BOOST_REQUIRE(left.substr(2560) == synced.substr(2560));
    const std::string middle = left.substr(1024, 1536);
    if (middle == unsynced) ++kept;
    if (middle == std::string(1536, 's')) ++dropped;
    if (middle.find('u') != std::string::npos && middle.find('s') != std::string::npos) {
      ++torn;
      for (std::size_t at = 0; at < middle.size(); at += Disk::sector_bytes)  // no sector is mixed
        BOOST_REQUIRE(middle.substr(at, 512) == std::string(512, middle[at]));
    }
  }
  BOOST_TEST(kept > 50);
  BOOST_TEST(dropped > 50);
  BOOST_TEST(torn > 30);
}

BOOST_AUTO_TEST_CASE(unsynced_writes_are_kept_in_any_combination) {
  std::set<std::string> outcomes;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Disk disk(seed);
    const auto file = make_durable(disk, "f", std::string(4, '.'));
    for (std::uint64_t at = 0; at < 3; ++at) disk.write(file, at, "X");
    disk.settle(disk.operation_count());
    disk.lose_power();
    outcomes.insert(content_of(disk, "f"));
  }
  BOOST_TEST(outcomes.contains("..X."));  // the last without the first: reordered
  BOOST_TEST(outcomes.contains("X..."));
  BOOST_TEST(outcomes.size() == 8u);
}

BOOST_AUTO_TEST_CASE(the_device_works_off_a_sync_before_what_comes_after_it) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Disk disk(seed);
    const auto first = make_durable(disk, "first", "old");
    const auto second = make_durable(disk, "second", "old");
    disk.write(first, 0, "new");
    disk.sync(first);
    disk.write(second, 0, "new");
    disk.lose_power();
    if (content_of(disk, "second") == "new") BOOST_TEST(content_of(disk, "first") == "new");
  }
}

// Many operations by chance, against a model that holds what each settled sync covered.
BOOST_AUTO_TEST_CASE(an_acknowledged_sync_survives_whatever_surrounds_it) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Disk disk(seed);
    auto draw = [&, count = std::uint64_t{0}](std::uint64_t below) mutable {
      return random_value(seed, "test", {count++}) % below;
    };
    const auto file = make_durable(disk, "f", std::string(64 * 1024, '0'));
    std::string durable = content_of(disk, "f");
    std::vector<bool> touched(durable.size(), false);  // written since the last sync
    for (int step = 0; step < 40; ++step) {
      if (draw(5) == 0) {
        disk.sync(file);
        disk.settle(disk.operation_count());
        durable = content_of(disk, "f");
        touched.assign(durable.size(), false);
        continue;
      }
      const std::uint64_t offset = draw(60'000);
      const std::string bytes(1 + draw(5'000), static_cast<char>('a' + draw(26)));
      const std::string written = bytes.substr(0, durable.size() - offset);
      disk.write(file, offset, written);
      for (std::size_t i = 0; i < written.size(); ++i) touched[offset + i] = true;
    }
    disk.lose_power();
    const std::string left = content_of(disk, "f");
    BOOST_REQUIRE(left.size() == durable.size());
    for (std::size_t i = 0; i < left.size(); ++i)
      if (!touched[i]) BOOST_REQUIRE(left[i] == durable[i]);
  }
}

BOOST_AUTO_TEST_CASE(a_new_file_is_there_after_a_power_loss_only_if_it_was_synced) {
  int there = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Disk disk(seed);
    disk.write(disk.create("unsynced"), 0, "x");
    make_durable(disk, "synced", "x");
    disk.lose_power();
    BOOST_TEST(content_of(disk, "synced") == "x");
    there += content_of(disk, "unsynced") != "<none>";
  }
  BOOST_TEST(there > 10);
  BOOST_TEST(there < 90);
}

BOOST_AUTO_TEST_CASE(a_removed_or_renamed_file_may_come_back_until_the_directory_is_synced) {
  int removed = 0, renamed = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Disk disk(seed);
    make_durable(disk, "a", "a");
    make_durable(disk, "b", "b");
    disk.remove("a");
    disk.rename("b", "c");
    Disk synced(seed);
    make_durable(synced, "a", "a");
    make_durable(synced, "b", "b");
    synced.remove("a");
    synced.rename("b", "c");
    synced.sync_directory();
    synced.settle(synced.operation_count());
    disk.lose_power();
    synced.lose_power();
    BOOST_TEST((synced.names() == std::vector<std::string>{"c"}));
    removed += content_of(disk, "a") == "<none>";
    renamed += content_of(disk, "c") == "b";
    BOOST_TEST((content_of(disk, "b") == "b") != (content_of(disk, "c") == "b"));
  }
  BOOST_TEST(removed > 10);
  BOOST_TEST(removed < 90);
  BOOST_TEST(renamed > 10);
  BOOST_TEST(renamed < 90);
}

BOOST_AUTO_TEST_CASE(the_removal_of_an_old_file_never_comes_over_a_new_one_of_its_name) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Disk disk(seed);
    make_durable(disk, "f", "old");
    disk.remove("f");  // not synced, as SQLite does with a WAL that it no longer needs
    make_durable(disk, "f", "new");
    disk.lose_power();
    BOOST_TEST(content_of(disk, "f") == "new");
  }
}

BOOST_AUTO_TEST_CASE(a_full_disk_takes_overwrites_but_no_growth_until_it_is_given_room) {
  Disk disk(1);
  const auto file = make_durable(disk, "f", std::string(1000, 'x'));
  std::string seen;
  disk.on_fault([&](std::string_view operation, DiskStatus) { seen += operation; });
  disk.set_faults({.full_after_bytes = 500, .sync_fails_at = {}, .write_fails_at = {}});
  BOOST_TEST((disk.write(file, 1000, std::string(500, 'y')) == DiskStatus::ok));
  BOOST_TEST((disk.write(file, 1500, "z") == DiskStatus::no_space));
  BOOST_TEST((disk.write(disk.create("g"), 0, "z") == DiskStatus::no_space));
  BOOST_TEST((disk.write(file, 0, std::string(1500, 'z')) == DiskStatus::ok));
  BOOST_TEST(disk.used_bytes() == 1500u);
  BOOST_TEST(seen == "writewrite");
  disk.set_faults({});
  BOOST_TEST((disk.write(file, 1500, "z") == DiskStatus::ok));
}

BOOST_AUTO_TEST_CASE(the_nth_write_or_sync_fails_and_those_after_it_work) {
  Disk disk(1);
  const auto file = make_durable(disk, "f", "old");
  disk.set_faults({.full_after_bytes = {}, .sync_fails_at = 2, .write_fails_at = 2});
  BOOST_TEST((disk.write(file, 0, "1") == DiskStatus::ok));
  BOOST_TEST((disk.write(file, 0, "2") == DiskStatus::io_error));
  BOOST_TEST((disk.write(file, 1, "3") == DiskStatus::ok));
  BOOST_TEST(content_of(disk, "f") == "13d");
  BOOST_TEST((disk.sync(file) == DiskStatus::ok));
  BOOST_TEST((disk.sync_directory() == DiskStatus::io_error));
  BOOST_TEST((disk.sync(file) == DiskStatus::ok));
  disk.set_faults(
      {.full_after_bytes = {}, .sync_fails_at = DiskFaults::each, .write_fails_at = {}});
  for (int i = 0; i < 3; ++i) BOOST_TEST((disk.sync(file) == DiskStatus::io_error));
}

// What fsyncgate taught: the next fsync says "done" and means only what came after the failure.
BOOST_AUTO_TEST_CASE(what_a_failed_sync_was_to_cover_is_not_made_durable_by_the_next) {
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Disk disk(seed);
    const auto file = make_durable(disk, "f", "....");
    disk.write(file, 0, "a");
    disk.sync(file);  // not settled yet, and promised all the same
    disk.write(file, 1, "b");
    disk.set_faults({.full_after_bytes = {}, .sync_fails_at = 1, .write_fails_at = {}});
    disk.sync(file);
    disk.write(file, 2, "c");
    disk.sync(file);
    disk.settle(disk.operation_count());
    BOOST_TEST(content_of(disk, "f") == "abc.");  // until then the program sees all of it
    disk.lose_power();
    const std::string left = content_of(disk, "f");
    BOOST_TEST((left == "abc." || left == "a.c."));
    lost += left == "a.c.";
  }
  BOOST_TEST(lost > 10);
  BOOST_TEST(lost < 90);
}

BOOST_AUTO_TEST_CASE(what_the_kernel_has_written_back_survives_without_a_sync) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    Disk disk(seed);
    disk.write(disk.create("f"), 0, "written");
    disk.write_back(disk.operation_count());
    disk.lose_power();
    BOOST_TEST(content_of(disk, "f") == "written");
  }
}

BOOST_AUTO_TEST_CASE(a_machine_that_dies_in_an_operation_leaves_it_undone_before_and_done_after) {
  for (const Side side : {Side::before, Side::after}) {
    Disk disk(1);
    const auto file = make_durable(disk, "f", "old");
    disk.on_operation([&](Side now) {
      if (now == side) disk.set_inert(true);
    });
    BOOST_TEST((disk.write(file, 0, "new") == DiskStatus::io_error));
    BOOST_TEST(content_of(disk, "f") == (side == Side::before ? "old" : "new"));
    BOOST_TEST((disk.write(file, 0, "NEW") == DiskStatus::io_error));
    BOOST_TEST((disk.sync(file) == DiskStatus::io_error));
    BOOST_TEST(!disk.remove("f"));
    BOOST_TEST(content_of(disk, "f") == (side == Side::before ? "old" : "new"));
  }
}

BOOST_AUTO_TEST_CASE(another_outcome_of_the_same_power_loss_is_another_draw) {
  std::set<std::string> outcomes;
  for (std::uint64_t outcome = 0; outcome < 50; ++outcome) {
    Disk disk(1);
    disk.set_outcome(outcome);
    const auto file = make_durable(disk, "f", "..");
    disk.write(file, 0, "X");
    disk.write(file, 1, "X");
    disk.lose_power();
    outcomes.insert(content_of(disk, "f"));
  }
  BOOST_TEST(outcomes.size() == 4u);
}
