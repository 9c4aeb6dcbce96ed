#include "sim/verdict/notice.hpp"

#include "sim/verdict/delivery.hpp"
#include "sim/verdict/mime_entity.hpp"

namespace sealcheck::verdict {

std::optional<Notice> notice_received(const trace::Event& event) {
  if (event.kind != "smtp.message" || !is_positive(event.field("reply")) ||
      !plain_address(event.field("from")).empty())
    return std::nullopt;
  const MimeEntity mail = parse_entity(event.payload);
  const std::string submitted = field_of(mail.header, "Auto-Submitted");
  if (!submitted.starts_with("auto-") || mail.type == "multipart/report") return std::nullopt;
  return Notice{plain_address(event.field("to")),
                field_of(mail.header, "In-Reply-To") + " " + field_of(mail.header, "References"),
                field_of(mail.header, "Subject") + "\n" + mail.decoded()};
}

}  // namespace sealcheck::verdict
