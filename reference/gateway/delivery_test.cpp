#include "reference/gateway/delivery.hpp"

#include <boost/test/unit_test.hpp>

using namespace sealgate;
using gateway::Group;
using queue::MessageId;

namespace {

queue::DueRecipient due(int message, int n, const char* path) {
  queue::DueRecipient recipient;
  recipient.message = MessageId{message};
  recipient.n = n;
  recipient.forward_path = path;
  return recipient;
}

}  // namespace

BOOST_AUTO_TEST_CASE(recipients_of_one_message_at_one_domain_travel_together) {
  const auto groups =
      gateway::group_by_destination({due(1, 0, "a@one.test"), due(1, 1, "b@two.test"),
                                     due(2, 0, "a@one.test"), due(1, 2, "\"x@y\"@ONE.test")});
  const std::vector<Group> expected = {{MessageId{1}, "one.test", {0, 2}},
                                       {MessageId{1}, "two.test", {1}},
                                       {MessageId{2}, "one.test", {0}}};
  BOOST_TEST((groups == expected));
}

BOOST_AUTO_TEST_CASE(an_internationalised_address_travels_apart_and_its_domain_in_ascii) {
  const auto groups = gateway::group_by_destination({due(1, 0,
                                                         "bob@b\xc3\xbc"
                                                         "cher.test"),
                                                     due(1, 1,
                                                         "j\xc3\xbcrgen@b\xc3\xbc"
                                                         "cher.test"),
                                                     due(1, 2, "eve@xn--bcher-kva.test")});
  const std::vector<Group> expected = {{MessageId{1}, "xn--bcher-kva.test", {0, 2}},
                                       {MessageId{1}, "xn--bcher-kva.test", {1}}};
  BOOST_TEST((groups == expected));
}
